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

use super::engine::{Honest, Number, Rule, Spec};
use super::flaw::{Expected, FINE, Name, Outcome, doubt, flaw, flaw_symbols};
use super::inn;
use crate::checksum::{modulo, number, value};
use crate::verdict::Context;

identifier!(
    /// A number whose check digit holds.
    Ogrn, Ogrn, main
);

pub(super) static SPEC: Spec = Spec {
    name: "ogrn",
    labels: "огрн",
    rule: Rule::Pair(Number::new("9999999999999", judge, Honest::Swaps), &[&inn::ANY]),
};

fn judge(d: &[u8], ctx: &Context) -> Outcome {
    register(d, ctx, b"034", b"15", Name::Grn, |body| modulo(body, 11) % 10, 2)
}

/// What ОГРН and ОГРНИП share: refused and plain first digits, check digit, year of the record.
pub(super) fn register(
    d: &[u8],
    ctx: &Context,
    refused: &[u8],
    plain: &[u8],
    other: Name,
    control: fn(&[u8]) -> u32,
    first_year: u32,
) -> Outcome {
    let [first, .., last] = d else { return FINE };
    let body = d.get(..d.len() - 1).unwrap_or_default();
    let among = |digits: &[u8]| digits.iter().any(|digit| digit == first);
    if among(refused) {
        return flaw_symbols(Name::Prefix, 0, 1, Expected::Nothing);
    }
    if control(body) != value(*last) {
        return flaw(Name::Checksum);
    }
    let year = number(d.get(1..3).unwrap_or_default());
    if !among(plain) {
        return doubt(true, other);
    }
    doubt(year < first_year || year > u32::from(ctx.today.year % 100), Name::Year)
}
