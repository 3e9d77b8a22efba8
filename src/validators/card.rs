//! Банковская карта: number of a bank card.
//!
//! 13 to 19 digits, the last one a check digit by Luhn; cards of МИР start with 2200 to 2204 and have 16 to 19. A field of
//! this kind is never shown or stored outside the page.
//!
//! # Sources
//! ISO/IEC 7812-1; lengths of the payment systems' numbering ranges.

use super::engine::{Honest, Number, Rule, Spec};
use super::flaw::{FINE, MORE, Name, Outcome, flaw};
use crate::checksum::{luhn, number};
use crate::verdict::Context;

identifier!(
    /// A number whose check digit holds.
    Card, Card, main
);

pub(super) static SPEC: Spec = Spec {
    name: "card",
    labels: "карт банковск",
    rule: Rule::Number(Number::new(
        "9999 9999 9999 9|9999 9999 9999 99|9999 9999 9999 999|9999 9999 9999 9999|9999 9999 9999 9999 9|9999 9999 9999 9999 99|9999 9999 9999 9999 999",
        judge,
        Honest::Swaps,
    )),
};

fn judge(d: &[u8], _: &Context) -> Outcome {
    let holds = luhn(d);
    // A short number whose check digit does not hold is read as one that is not whole yet: cards here have 16 digits and more.
    if d.len() < 16 && (!holds || matches!(number(d.get(..4).unwrap_or_default()), 2200..=2204)) {
        return MORE;
    }
    if holds { FINE } else { flaw(Name::Checksum) }
}
