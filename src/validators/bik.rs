//! БИК, банковский идентификационный код: code of a bank or of a treasury body in payments.
//!
//! 9 digits, the first 0, 1 or 2. Codes of treasury bodies start with 00, 01 and others: a check for «04» refuses every
//! payment to the state. There is no check digit; only the directory of Банк России confirms a code.
//!
//! # Sources
//! Положение Банка России № 732-П of 24.09.2020; directory ED807.

use super::engine::{Honest, Number, Rule, Spec, zeros};
use super::flaw::{Expected, Name, Outcome, doubt, flaw, flaw_symbols};
use crate::checksum::number;
use crate::verdict::Context;

identifier!(
    /// A code of the right shape.
    Bik, Bik, main
);

pub(super) static SPEC: Spec = Spec {
    name: "bik",
    labels: "бик банк получател",
    rule: Rule::Number(Number::new("999999999", judge, Honest::Nothing)),
};

pub(super) fn judge(d: &[u8], _: &Context) -> Outcome {
    let (first, rest) = d.split_first().unwrap_or((&b'0', d));
    if zeros(rest) {
        return flaw(Name::Zero);
    }
    if *first > b'2' {
        return flaw_symbols(Name::Prefix, 0, 1, Expected::Nothing);
    }
    // 003 to 049 are not given to banks by the rule; real codes with such ends are known.
    let end = number(d.get(6..).unwrap_or_default());
    doubt(d.starts_with(b"04") && (3..50).contains(&end), Name::End)
}
