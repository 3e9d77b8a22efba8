//! Водительское удостоверение: driver's licence.
//!
//! Series of two digits and two digits or letters, number of 6 digits. There is no check digit.
//!
//! # Sources
//! Shape from memory of the blanks since 2011: letters are the twelve with a Latin twin, as on vehicle plates. No act confirms it,
//! so another Cyrillic letter is doubted, never refused.

use super::engine::{Honest, Number, Rule, Spec, admit};
use super::flaw::{Name, Outcome, doubt};
use crate::verdict::Context;

identifier!(
    /// Series and number.
    DriverLicence, DriverLicence, main
);

/// Two digits, two digits or letters, six digits: licence and vehicle papers alike.
pub(super) const FORMS: &str = "99 99 999999|99 CC 999999|99 LL 999999";

/// Of all these papers: a letter of the series that is none of the twelve is doubted.
pub(super) fn judge(d: &[u8], _: &Context) -> Outcome {
    doubt(d.iter().any(|s| *s > b'9' && admit(b'L', *s) == 0), Name::Series)
}

pub(super) static SPEC: Spec = Spec {
    name: "driver_licence",
    labels: "водительск удостоверен права ву в/у",
    rule: Rule::Number(Number::new(FORMS, judge, Honest::Nothing)),
};
