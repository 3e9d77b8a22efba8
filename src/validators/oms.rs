//! Полис ОМС: number of a health insurance policy.
//!
//! The uniform number (ЕНП) has 16 digits, the last one a check digit; a temporary certificate has 9 digits. A bank card
//! has the same check digit, so the two cannot be told apart by it. Policies of the old kind had series and numbers of each
//! region's own.
//!
//! # Sources
//! ФФОМС order 79 of 07.04.2011: HL7 Mod10, which is Luhn's formula written differently.

use super::engine::{Honest, Number, Rule, Spec};
use super::flaw::{FINE, Name, Outcome, flaw};
use crate::checksum::luhn;
use crate::verdict::Context;

identifier!(
    /// A uniform number or the number of a temporary certificate.
    Oms, Oms, main
);

pub(super) static ANY: Spec = spec("oms", "999999999|9999 9999 9999 9999", Honest::Swaps);
pub(super) static ENP: Spec = spec("oms_enp", "9999 9999 9999 9999", Honest::Swaps);
pub(super) static TEMPORARY: Spec = spec("oms_temporary", "999999999", Honest::Nothing);
/// Series and number of the old kind: only length and alphabet.
pub(super) static OLD: Spec = super::foreign::free("oms_old");

const fn spec(name: &'static str, forms: &'static str, honest: Honest) -> Spec {
    Spec { name, labels: "полис енп омс", rule: Rule::Number(Number::new(forms, judge, honest)) }
}

fn judge(d: &[u8], _: &Context) -> Outcome {
    if d.len() == 16 && !luhn(d) { flaw(Name::Checksum) } else { FINE }
}
