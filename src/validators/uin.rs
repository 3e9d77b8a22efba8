//! УИН, уникальный идентификатор начисления: number of a charge such as a fine.
//!
//! 20 or 25 digits, the last one a check digit; a lone 0 stands for "no number" in a payment.
//!
//! # Sources
//! Минфин order 107н of 12.11.2013; format control of ГИС ГМП (check digit as in ЕСКК).

use super::engine::{Honest, Number, Rule, Spec};
use super::flaw::{FINE, MORE, Outcome};
use super::okpo::checked;
use crate::verdict::Context;

identifier!(
    /// A number whose check digit holds, or 0.
    Uin, Uin, main
);

pub(super) static SPEC: Spec = Spec {
    name: "uin",
    labels: "уин постановлен индекс начислен квитанци",
    rule: Rule::Number(Number::new("9|99999999999999999999|9999999999999999999999999", judge, Honest::Swaps)),
};

fn judge(d: &[u8], _: &Context) -> Outcome {
    match d {
        b"0" => FINE,
        [_] => MORE,
        _ => checked(d),
    }
}
