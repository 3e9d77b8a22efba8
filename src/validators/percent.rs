//! Процент: a share in percent.
//!
//! Digits with at most four decimals after a comma or a dot, `%` may follow. More than 100 only warns: growth can be.
//!
//! # Sources
//! None: a form's schema may set limits.

use super::engine::{Outcome, Own, Rule, Spec};
use super::money::{Amount, read};
use crate::verdict::{Context, Value};

identifier!(
    /// A share; canonical with a dot.
    Percent, Percent, main
);

pub(super) static SPEC: Spec =
    Spec { name: "percent", labels: &[], rule: Rule::Own(Own { look, value, fixes: |_, _, _| Vec::new() }) };

const DECIMALS: usize = 4;

fn look(text: &str, _: &Context) -> Outcome {
    match read(text, DECIMALS, &["%", "процентов", "процента", "процент"]) {
        Err(outcome) => outcome,
        Ok(Amount { whole, decimals }) => {
            let over = whole.len() > 3 || (whole.len() == 3 && (whole != "100" || decimals.bytes().any(|d| d != b'0')));
            Outcome::Complete(over.then_some("over"))
        }
    }
}

fn value(text: &str, _: &Context) -> Value {
    let Ok(Amount { whole, decimals }) = read(text, DECIMALS, &["%", "процентов", "процента", "процент"])
    else {
        return Value::same(text);
    };
    let decimals = decimals.trim_end_matches('0');
    let with = |point: &str| if decimals.is_empty() { whole.clone() } else { [&whole, point, decimals].concat() };
    Value::new(with("."), with(","))
}
