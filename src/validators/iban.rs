//! IBAN РФ: a Russian account as international account number.
//!
//! `RU`, two check digits, БИК, account: 33 symbols. Rare: payments inside the country use БИК and account.
//!
//! # Sources
//! ISO 13616-1; ГОСТ Р ИСО 13616-1.

use super::engine::{Honest, Number, Rule, Spec};
use super::flaw::{FINE, Name, Outcome, flaw};
use crate::verdict::Context;

identifier!(
    /// A number whose check digits hold.
    Iban, Iban, main
);

pub(super) static SPEC: Spec = Spec {
    name: "iban",
    labels: "iban",
    rule: Rule::Number(Number::new("RU99 9999 9999 9999 99XX XXXX XXXX XXXX X", judge, Honest::Swaps)),
};

fn judge(d: &[u8], _: &Context) -> Outcome {
    let (head, tail) = d.split_at_checked(4).unwrap_or((d, &[]));
    if modulo_97(modulo_97(0, tail), head) == 1 { FINE } else { flaw(Name::Checksum) }
}

/// The symbols behind `rest` as one number modulo 97; a letter counts as two digits, A as 10.
#[cfg_attr(target_family = "wasm", inline(never))]
fn modulo_97(mut rest: u32, symbols: &[u8]) -> u32 {
    for symbol in symbols {
        rest = match symbol {
            b'A'..=b'Z' => rest * 100 + u32::from(symbol - b'A') + 10,
            _ => rest * 10 + u32::from(symbol & 15),
        } % 97;
    }
    rest
}
