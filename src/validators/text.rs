//! Свободный текст: free text with limits.
//!
//! Anything a person writes, up to a number of characters; characters outside of writing (controls) are refused.
//!
//! # Sources
//! None: limits are a form's choice, the built-in ones are generous.

use super::engine::{Flaw, Outcome, Own, Place, Rule, Spec};
use crate::text::{is_blank, trim};
use crate::verdict::{Context, Value};

identifier!(
    /// A text within its limit.
    Text, Text, main
);

/// Longest text of a large field: what a support letter takes.
const LONG: usize = 10_000;
/// Longest text of a line, such as a place of birth.
const SHORT: usize = 255;

pub(super) static SPEC: Spec = Spec {
    name: "text",
    labels: &[],
    rule: Rule::Own(Own { look: |text, _| within(text, LONG), value, fixes: |_, _, _| Vec::new() }),
};

/// A line of text.
pub(super) const fn short(name: &'static str) -> Spec {
    let rule = Rule::Own(Own { look: |text, _| within(text, SHORT), value, fixes: |_, _, _| Vec::new() });
    Spec { name, labels: &[], rule }
}

/// The text without blanks around it.
pub(super) fn value(text: &str, _: &Context) -> Value {
    Value::same(trim(text))
}

/// Something is there, no controls, at most `limit` characters.
pub(super) fn within(text: &str, limit: usize) -> Outcome {
    let control = |c: char| (c < ' ' && !is_blank(c)) || c == '\u{7f}';
    if let Some(at) = text.chars().position(control) {
        return Outcome::Fault(Flaw { place: Place::Chars(at, at + 1), ..Flaw::whole("chars") });
    }
    match trim(text).chars().count() {
        0 => Outcome::Partial(1),
        n if n > limit => Outcome::Fault(Flaw { place: Place::Chars(limit, n), ..Flaw::whole("long") }),
        _ => Outcome::Complete(None),
    }
}
