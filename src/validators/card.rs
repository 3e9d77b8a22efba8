//! Банковская карта: number of a bank card.
//!
//! 13 to 19 digits, the last one a check digit by Luhn; cards of МИР start with 2200 to 2204 and have 16 to 19. A field of
//! this kind is never shown or stored outside the page.
//!
//! # Sources
//! ISO/IEC 7812-1; lengths of the payment systems' numbering ranges.

use super::engine::{Flaw, Honest, Judgement, MORE, Number, Rule, Spec, form};
use crate::checksum::luhn;
use crate::verdict::Context;

identifier!(
    /// A number whose check digit holds.
    Card, Card, main
);

pub(super) static SPEC: Spec = Spec {
    name: "card",
    labels: &["карта", "номеркарты"],
    rule: Rule::Number(Number {
        forms: &[
            form("9999 9999 9999 9"),
            form("9999 9999 9999 99"),
            form("9999 9999 9999 999"),
            form("9999 9999 9999 9999"),
            form("9999 9999 9999 9999 9"),
            form("9999 9999 9999 9999 99"),
            form("9999 9999 9999 9999 999"),
        ],
        judge,
        honest: Honest::Swaps,
    }),
};

fn judge(d: &[u8], _: &Context) -> Judgement {
    if d.iter().all(|d| *d == b'0') {
        return Err(Flaw::whole("zero"));
    }
    // Short numbers belong to few systems; to the others they are unfinished.
    let short = match d {
        [b'4', ..] => d.len() == 13,
        [b'3', b'4' | b'7', ..] => d.len() == 15,
        [b'3', b'0' | b'6' | b'8' | b'9', ..] => d.len() == 14,
        [b'5', b'0' | b'6'..=b'9', ..] | [b'6', ..] => luhn(d),
        _ => false,
    };
    if d.len() < 16 && !short {
        return Err(MORE);
    }
    if luhn(d) { Ok(None) } else { Err(Flaw::whole("checksum")) }
}
