//! ОКПО, код Общероссийского классификатора предприятий и организаций: statistics code.
//!
//! 8 digits for an organisation, 10 for a sole trader, 14 for a branch (its first 8 are the organisation's); the last of 8
//! or 10 is a check digit. People drop leading zeros.
//!
//! # Sources
//! ЕСКК, «Методика расчета контрольного числа», приложение В. In the second pass the weights go on from 10 to 1: three
//! common implementations get ten-digit codes wrong there.

use super::engine::{Honest, Number, Rule, Spec};
use super::flaw::{FINE, Name, Outcome, flaw};
use crate::checksum::{escc, value};
use crate::verdict::Context;

identifier!(
    /// A code whose check digit holds.
    Okpo, Okpo, main
);

pub(super) static SPEC: Spec = Spec {
    name: "okpo",
    labels: "окпо",
    rule: Rule::Number(Number::new("99999999|9999999999|99999999999999", judge, Honest::Swaps)),
};

fn judge(d: &[u8], _: &Context) -> Outcome {
    // Only the organisation's own code inside a branch's code can be checked.
    let own = d.get(..if d.len() == 10 { 10 } else { 8 }).unwrap_or(d);
    checked(own)
}

/// The last digit is the ЕСКК check digit of the others.
pub(super) fn checked(d: &[u8]) -> Outcome {
    match d.split_last() {
        Some((last, body)) if escc(body) != value(*last) => flaw(Name::Checksum),
        _ => FINE,
    }
}
