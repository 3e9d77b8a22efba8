//! КБК, код бюджетной классификации: code of a payment to a budget.
//!
//! 20 digits; the first three name the administrator of the payment. There is no check digit.
//!
//! # Sources
//! Минфин order 82н of 24.05.2022.

use super::engine::{Flaw, Honest, Judgement, Number, Rule, Spec, form};
use crate::verdict::Context;

identifier!(
    /// A code of the right length.
    Kbk, Kbk, main
);

pub(super) static SPEC: Spec = Spec {
    name: "kbk",
    labels: &["кбк", "kbk"],
    rule: Rule::Number(Number { forms: &[form("99999999999999999999")], judge, honest: Honest::Nothing }),
};

fn judge(d: &[u8], _: &Context) -> Judgement {
    if d.iter().all(|d| *d == b'0') { Err(Flaw::whole("zero")) } else { Ok(None) }
}
