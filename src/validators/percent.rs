//! Процент: a share in percent.
//!
//! Digits with at most four decimals after a comma or a dot, `%` may follow. More than 100 only warns: growth can be.
//!
//! # Sources
//! None: a form's schema may set limits.

use super::engine::{Own, Rule, Spec, no_mend};
use super::flaw::{Name, Outcome, doubt};
use super::money::{Amount, read};
use crate::text::{push, push_number, string};
use crate::verdict::{Context, Value};

identifier!(
    /// A share; canonical with a dot.
    Percent, Percent, main
);

pub(super) static SPEC: Spec =
    Spec {
        name: "percent", labels: "ставка процентн годовых", rule: Rule::Own(Own { look, value, mend: no_mend })
    };

const DECIMALS: u32 = 4;
const WORDS: &str = "% процентов процента процент проц";

fn look(chars: &[char], _: &Context) -> Outcome {
    match read(chars, DECIMALS, WORDS) {
        Err(outcome) => outcome,
        Ok(Amount { whole, decimals, .. }) => doubt(whole > 100 || (whole == 100 && decimals > 0), Name::Over),
    }
}

fn value(chars: &[char], _: &Context) -> Value {
    let Ok(Amount { whole, mut decimals, mut places }) = read(chars, DECIMALS, WORDS) else {
        return Value::same(string(chars));
    };
    while places > 0 && decimals.is_multiple_of(10) {
        decimals /= 10;
        places -= 1;
    }
    let spelt = |sign| {
        let mut out = String::new();
        push_number(&mut out, whole, 0);
        if places > 0 {
            push(&mut out, sign);
            push_number(&mut out, decimals, places);
        }
        out
    };
    Value::new(spelt('.'), spelt(','))
}
