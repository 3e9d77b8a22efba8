//! VIN, идентификационный номер транспортного средства: vehicle identification number.
//!
//! 17 digits and Latin capitals without I, O and Q. Cyrillic letters that look Latin are read as Latin. The check digit in
//! place 9 binds only in North America, so it is not tested; letters among the last four only warn.
//!
//! # Sources
//! ISO 3779; ГОСТ 33990-2016.

use super::engine::{Honest, Number, Rule, Spec};
use super::flaw::{Name, Outcome, doubt};
use crate::verdict::Context;

identifier!(
    /// A number of the right alphabet and length.
    Vin, Vin, main
);

pub(super) static SPEC: Spec = Spec {
    name: "vin",
    labels: "вин vin-код",
    rule: Rule::Number(Number::new("VVVVVVVVVVVVVVVVV", judge, Honest::Nothing)),
};

fn judge(d: &[u8], _: &Context) -> Outcome {
    let tail = d.get(13..).unwrap_or_default();
    doubt(!tail.iter().all(u8::is_ascii_digit), Name::Tail)
}
