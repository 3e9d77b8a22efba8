//! СНИЛС, страховой номер индивидуального лицевого счёта: number of a person's pension account.
//!
//! 11 digits, written `XXX-XXX-XXX YY`; the last two are a check number, which numbers up to 001-001-998 do not have.
//!
//! # Sources
//! Постановление Правления ПФР 192п; check number as in consultant LAW_124607, §8.
//!
//! # Examples
//! ```
//! use podskazka::{validators::snils::check, verdict::*};
//! let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
//! assert!(matches!(check("112-233-445 95", &ctx), Verdict::Complete { .. }));
//! assert!(matches!(check("11223344595", &ctx), Verdict::Complete { .. }));
//! assert!(matches!(check("112-233-445 96", &ctx), Verdict::Fault(f) if f.code == "snils.checksum"));
//! ```

use super::engine::{Honest, Number, Rule, Spec};
use super::flaw::{FINE, Name, Outcome, doubt, flaw};
use crate::checksum::{number, weighted};
use crate::verdict::Context;

identifier!(
    /// A number whose check number holds; canonical are the digits alone.
    Snils, Snils, main
);

pub(crate) const WEIGHTS: [u8; 9] = [9, 8, 7, 6, 5, 4, 3, 2, 1];
/// The last number without a check number.
const LAST_UNCHECKED: u32 = 1_001_998;

pub(super) static SPEC: Spec = Spec {
    name: "snils",
    labels: "снилс страхов свидетельств",
    rule: Rule::Number(Number::new("999-999-999 99", judge, Honest::Digits(9, 11))),
};

fn judge(d: &[u8], _: &Context) -> Outcome {
    let Some((body, control)) = d.split_at_checked(9) else { return FINE };
    match number(body) {
        0 => flaw(Name::Zero),
        1..=LAST_UNCHECKED => doubt(true, Name::Unchecked),
        _ if weighted(body, &WEIGHTS) % 101 % 100 == number(control) => FINE,
        _ => flaw(Name::Checksum),
    }
}
