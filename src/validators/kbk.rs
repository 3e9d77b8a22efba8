//! КБК, код бюджетной классификации: code of a payment to a budget.
//!
//! 20 digits; the first three name the administrator of the payment. There is no check digit.
//!
//! # Sources
//! Минфин order 82н of 24.05.2022.

use super::engine::{Honest, Number, Rule, Spec, some};

identifier!(
    /// A code of the right length.
    Kbk, Kbk, main
);

pub(super) static SPEC: Spec =
    Spec {
        name: "kbk", labels: "кбк", rule: Rule::Number(Number::new("99999999999999999999", some, Honest::Nothing))
    };
