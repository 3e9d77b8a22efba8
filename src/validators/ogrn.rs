//! ОГРН, основной государственный регистрационный номер: state registration number of an organisation.
//!
//! 13 digits `СГГККННННННН Ч`: kind of record (1 and 5 are ОГРН; 2 and 6 to 9 number another record of the register),
//! year, region, number, check digit.
//!
//! # Sources
//! Минфин order 165н of 30.10.2017; before it ПП РФ № 438 of 19.06.2002.
//!
//! # Examples
//! ```
//! use podskazka::{validators::ogrn::check, verdict::*};
//! let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
//! assert!(matches!(check("1027700132195", &ctx), Verdict::Complete { .. }));
//! assert!(matches!(check("1027700132196", &ctx), Verdict::Fault(f) if f.code == "ogrn.checksum"));
//! ```

use super::engine::{Flaw, Honest, Judgement, Number, Rule, Spec, form};
use crate::checksum::{modulo, number, value};
use crate::verdict::Context;

identifier!(
    /// A number whose check digit holds.
    Ogrn, Ogrn, main
);

pub(super) static SPEC: Spec = Spec {
    name: "ogrn",
    labels: &["огрн", "ogrn"],
    rule: Rule::Number(Number { forms: &[form("9999999999999")], judge, honest: Honest::Swaps }),
};

fn judge(d: &[u8], ctx: &Context) -> Judgement {
    register(d, ctx, b"034", b"15", "grn", |body| modulo(body, 11) % 10, 2)
}

/// What ОГРН and ОГРНИП share: refused and plain first digits, check digit, year of the record.
pub(super) fn register(
    d: &[u8],
    ctx: &Context,
    refused: &[u8],
    plain: &[u8],
    other: &'static str,
    control: fn(&[u8]) -> u32,
    first_year: u32,
) -> Judgement {
    let Some(((last, body), first)) = d.split_last().zip(d.first()) else { return Ok(None) };
    if refused.contains(first) {
        return Err(Flaw::at("prefix", 0, 1));
    }
    if control(body) != value(*last) {
        return Err(Flaw::whole("checksum"));
    }
    let year = number(d.get(1..3).unwrap_or_default());
    if !plain.contains(first) {
        return Ok(Some(other));
    }
    Ok((year < first_year || year > u32::from(ctx.today.year % 100)).then_some("year"))
}
