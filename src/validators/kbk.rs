//! КБК, код бюджетной классификации: code of a payment to a budget.
//!
//! 20 digits; the first three name the administrator of the payment. There is no check digit.
//!
//! # Sources
//! Минфин order 82н of 24.05.2022.

use super::engine::{Honest, Number, Rule, Spec, form, some};

identifier!(
    /// A code of the right length.
    Kbk, Kbk, main
);

pub(super) static SPEC: Spec = Spec {
    name: "kbk",
    labels: "кбк kbk",
    rule: Rule::Number(Number { forms: &[form("99999999999999999999")], judge: some, honest: Honest::Nothing }),
};
