//! ПТС, паспорт транспортного средства: vehicle passport, on paper or electronic.
//!
//! On paper: series of two digits and two digits or letters, number of 6 digits. Electronic: 15 digits.
//!
//! # Sources
//! Shapes from memory of the blanks and of extracts; alphabet and length are checked, a letter that vehicle plates do not have is
//! doubted.

use super::driver_licence::{FORMS, judge};
use super::engine::{Honest, Number, Rule, Spec, some};

identifier!(
    /// Series and number of a paper passport.
    Pts, Pts, main
);
identifier!(
    /// Number of an electronic passport.
    Epts, Epts
);

pub(super) static SPEC: Spec =
    Spec {
        name: "pts", labels: "птс паспорт тс", rule: Rule::Number(Number::new(FORMS, judge, Honest::Nothing))
    };

pub(super) static ELECTRONIC: Spec =
    Spec {
        name: "epts", labels: "эптс", rule: Rule::Number(Number::new("999999999999999", some, Honest::Nothing))
    };
