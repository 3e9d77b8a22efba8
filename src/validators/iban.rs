//! IBAN РФ: a Russian account as international account number.
//!
//! `RU`, two check digits, БИК, account: 33 symbols. Rare: payments inside the country use БИК and account.
//!
//! # Sources
//! ISO 13616-1; ГОСТ Р ИСО 13616-1.

use super::engine::{Flaw, Honest, Judgement, Number, Rule, Spec, form};
use crate::verdict::Context;

identifier!(
    /// A number whose check digits hold.
    Iban, Iban, main
);

pub(super) static SPEC: Spec = Spec {
    name: "iban",
    labels: &["iban"],
    rule: Rule::Number(Number {
        forms: &[form("AA99 9999 9999 9999 99XX XXXX XXXX XXXX X")],
        judge,
        honest: Honest::Swaps,
    }),
};

fn judge(d: &[u8], _: &Context) -> Judgement {
    if !d.starts_with(b"RU") {
        return Err(Flaw { expected: "RU", ..Flaw::at("country", 0, 2) });
    }
    let (head, tail) = d.split_at_checked(4).unwrap_or((d, &[]));
    // A letter counts as two digits, A as 10.
    let step = |rest: u32, symbol: &u8| match symbol {
        b'A'..=b'Z' => (rest * 100 + u32::from(symbol - b'A') + 10) % 97,
        _ => (rest * 10 + u32::from(symbol & 15)) % 97,
    };
    if tail.iter().chain(head).fold(0, step) == 1 { Ok(None) } else { Err(Flaw::whole("checksum")) }
}
