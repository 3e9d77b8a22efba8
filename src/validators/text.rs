//! Свободный текст: free text with limits.
//!
//! Anything a person writes, up to a number of characters; characters outside of writing (controls) are refused.
//!
//! # Sources
//! None: limits are a form's choice, the built-in ones are generous.

use super::engine::{Own, Rule, Spec, no_mend};
use super::flaw::{Expected, FINE, Name, Outcome, flaw_char, flaw_chars};
use crate::text::{composed, find, is_blank, string, trim};
use crate::verdict::{Context, Value};

identifier!(
    /// A text within its limit.
    Text, Text, main
);

/// Longest text of a large field: what a support letter takes.
const LONG: usize = 10_000;
/// Longest text of a line, such as a place of birth.
const SHORT: usize = 255;

pub(super) static SPEC: Spec = spec("text", |chars, _| within(chars, LONG));

/// A line of text.
pub(super) const fn short(name: &'static str) -> Spec {
    spec(name, |chars, _| within(chars, SHORT))
}

const fn spec(name: &'static str, look: fn(&[char], &Context) -> Outcome) -> Spec {
    Spec { name, labels: "", rule: Rule::Own(Own { look, value, mend: no_mend }) }
}

/// The text without blanks around it, its й and ё in one piece.
pub(super) fn value(chars: &[char], _: &Context) -> Value {
    Value::same(string(trim(&composed(chars))))
}

/// Something is there, no controls, at most `limit` characters.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(super) fn within(chars: &[char], limit: usize) -> Outcome {
    if let Some(at) = find(chars, |c| (c < ' ' && !is_blank(c)) || c == '\u{7f}') {
        return flaw_char(Name::Chars, at, Expected::Nothing);
    }
    match trim(chars).len() {
        0 => Outcome::Partial(1),
        n if n > limit => flaw_chars(Name::Long, limit, n, Expected::Nothing),
        _ => FINE,
    }
}
