//! Почтовый индекс: postal code.
//!
//! 6 digits, the first 1 to 6. There is no check digit.
//!
//! # Sources
//! Почта России, Правила оказания услуг почтовой связи. The first digit is from memory, so it only warns.

use super::engine::{Honest, Number, Rule, Spec};
use super::flaw::{Name, Outcome, doubt};
use crate::verdict::Context;

identifier!(
    /// A code of the right length.
    Postcode, Postcode, main
);

pub(super) static SPEC: Spec = Spec {
    name: "postcode",
    labels: "почтов индекс",
    rule: Rule::Number(Number::new("999999", judge, Honest::Nothing)),
};

fn judge(d: &[u8], _: &Context) -> Outcome {
    doubt(d.first().is_some_and(|d| !(b'1'..=b'6').contains(d)), Name::Prefix)
}
