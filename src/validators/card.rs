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
    // Short numbers belong to few systems; to the others they are unfinished.
    let short = match number(d.get(..2).unwrap_or_default()) {
        40..=49 => d.len() == 13,
        34 | 37 => d.len() == 15,
        30 | 36 | 38 | 39 => d.len() == 14,
        50 | 56..=69 => luhn(d),
        _ => false,
    };
    if d.len() < 16 && !short {
        return MORE;
    }
    if luhn(d) { FINE } else { flaw(Name::Checksum) }
}
