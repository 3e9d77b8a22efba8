//! Процент: a share in percent.
//!
//! Digits with at most four decimals after a comma or a dot, `%` may follow. More than 100 only warns: growth can be.
//!
//! # Sources
//! None: a form's schema may set limits.

use super::engine::{Own, Rule, Spec, no_mend};
use super::flaw::{Name, Outcome, doubt};
use super::money::{Amount, read};
use crate::text::{find, join, string, trim_end};
use crate::verdict::{Context, Value};

identifier!(
    /// A share; canonical with a dot.
    Percent, Percent, main
);

pub(super) static SPEC: Spec =
    Spec { name: "percent", labels: "", rule: Rule::Own(Own { look, value, mend: no_mend }) };

const DECIMALS: usize = 4;
const WORDS: &str = "% процентов процента процент";

fn look(chars: &[char], _: &Context) -> Outcome {
    match read(chars, DECIMALS, WORDS) {
        Err(outcome) => outcome,
        Ok(Amount { whole, decimals }) => {
            let hundred = whole == ['1', '0', '0'] && find(&decimals, |c| c != '0').is_none();
            doubt(whole.len() > 2 && !hundred, Name::Over)
        }
    }
}

fn value(chars: &[char], _: &Context) -> Value {
    let Ok(Amount { whole, decimals }) = read(chars, DECIMALS, WORDS) else { return Value::same(string(chars)) };
    let (whole, decimals) = (string(&whole), string(trim_end(&decimals, |c| c == '0')));
    let with = |point: &str| join(&[&whole, if decimals.is_empty() { "" } else { point }, &decimals]);
    Value::new(with("."), with(","))
}
