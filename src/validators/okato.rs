//! ОКАТО, Общероссийский классификатор объектов административно-территориального деления: code of a territory.
//!
//! 2, 5, 8 or 11 digits. Forms use the code without its check digit; data files may carry it as a last digit.
//!
//! # Sources
//! ОК 019-95; check digit: ЕСКК, «Методика расчета контрольного числа», приложение В.

use super::engine::{Honest, Number, Rule, Spec};
use super::okpo::checked;

identifier!(
    /// A code of a lawful length.
    Okato, Okato, main
);
identifier!(
    /// A code with its check digit.
    OkatoCheck, OkatoCheck
);

pub(super) static SPEC: Spec =
    Spec { name: "okato", labels: "окато", rule: Rule::Number(Number::any("99|99999|99999999|99999999999")) };

pub(super) static CHECKED: Spec = Spec {
    name: "okato_check",
    labels: "окато",
    rule: Rule::Number(Number::new("999|999999|999999999|999999999999", |d, _| checked(d), Honest::Swaps)),
};
