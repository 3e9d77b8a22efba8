//! ОГРНИП, основной государственный регистрационный номер индивидуального предпринимателя: registration number of a sole
//! trader.
//!
//! 15 digits; the first is 3 (4 numbers another record of the register). The check digit is the last digit of the remainder
//! modulo 13: for remainders 10, 11 and 12 it is 0, 1 and 2. Checks that leave the second step out refuse 3 of 13 numbers.
//!
//! # Sources
//! Минфин order 165н of 30.10.2017, п. 7.

use super::engine::{Honest, Number, Rule, Spec};
use super::flaw::{Name, Outcome};
use super::ogrn::register;
use crate::checksum::modulo;
use crate::verdict::Context;

identifier!(
    /// A number whose check digit holds.
    Ogrnip, Ogrnip, main
);

pub(super) static SPEC: Spec =
    Spec {
        name: "ogrnip", labels: "огрнип", rule: Rule::Number(Number::new("999999999999999", judge, Honest::Swaps))
    };

fn judge(d: &[u8], ctx: &Context) -> Outcome {
    register(d, ctx, b"01256789", b"3", Name::Grnip, |body| modulo(body, 13) % 10, 4)
}
