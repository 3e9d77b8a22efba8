//! ОКТМО, Общероссийский классификатор территорий муниципальных образований: code of a municipality.
//!
//! 8 digits for a municipality, 11 for a settlement in it. There is no check digit.
//!
//! # Sources
//! ОК 033-2013.

use super::engine::{Honest, Number, Rule, Spec, some};

identifier!(
    /// A code of a lawful length.
    Oktmo, Oktmo, main
);

pub(super) static SPEC: Spec = Spec {
    name: "oktmo",
    labels: "октмо",
    rule: Rule::Number(Number::new("99999999|99999999999", some, Honest::Nothing)),
};
