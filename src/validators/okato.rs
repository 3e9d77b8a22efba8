//! ОКАТО, Общероссийский классификатор объектов административно-территориального деления: code of a territory.
//!
//! 2, 5, 8 or 11 digits. Forms use the code without its check digit; data files may carry it as a last digit.
//!
//! # Sources
//! ОК 019-95; check digit: ЕСКК, «Методика расчета контрольного числа», приложение В.

use super::engine::{Honest, Number, Rule, Spec, any, form};
use super::okpo::checked;

identifier!(
    /// A code of a lawful length.
    Okato, Okato, main
);
identifier!(
    /// A code with its check digit.
    OkatoCheck, OkatoCheck
);

pub(super) static SPEC: Spec = Spec {
    name: "okato",
    labels: "окато okato",
    rule: Rule::Number(Number {
        forms: &[form("99"), form("99999"), form("99999999"), form("99999999999")],
        judge: any,
        honest: Honest::Nothing,
    }),
};

pub(super) static CHECKED: Spec = Spec {
    name: "okato_check",
    labels: "окато okato",
    rule: Rule::Number(Number {
        forms: &[form("999"), form("999999"), form("999999999"), form("999999999999")],
        judge: |d, _| checked(d),
        honest: Honest::Swaps,
    }),
};
