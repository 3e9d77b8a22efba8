//! ОКВЭД 2, код вида экономической деятельности: code of an economic activity.
//!
//! `NN[.N[N[.N[N]]]]`: class, group, kind. Without dots the digits are read in the same order.
//!
//! # Sources
//! ОК 029-2014 (КДЕС Ред. 2).

use super::engine::{Flaw, Outcome, Own, Place, Rule, Spec};
use crate::text::{is_blank, trim};
use crate::verdict::{Context, Value};

identifier!(
    /// A code of the right shape.
    Okved, Okved, main
);

pub(super) static SPEC: Spec =
    Spec {
        name: "okved", labels: &["оквэд2", "оквэд", "okved"], rule: Rule::Own(Own { look, value, fixes })
    };

/// Most digits of the three parts.
const PARTS: [usize; 3] = [2, 2, 2];

fn look(text: &str, _: &Context) -> Outcome {
    let flaw = |name, at: usize| Outcome::Fault(Flaw { name, place: Place::Chars(at, at + 1), expected: "0-9 ." });
    let (mut part, mut digits, mut any) = (0, 0, 0);
    for (at, c) in text.chars().enumerate() {
        match c {
            '0'..='9' if digits == 2 => (part, digits, any) = (part + 1, 1, any + 1),
            '0'..='9' => (digits, any) = (digits + 1, any + 1),
            '.' | ',' if digits == 0 || (part == 0 && digits < 2) => return flaw("format", at),
            '.' | ',' => (part, digits) = (part + 1, 0),
            _ if is_blank(c) => {}
            _ => return flaw("chars", at),
        }
        if part >= PARTS.len() {
            return flaw("length", at);
        }
    }
    match (part, digits, any) {
        (0, 0 | 1, _) => Outcome::Partial(2 - digits as u32),
        (_, 0, _) => Outcome::Partial(1),
        _ => Outcome::Complete(None),
    }
}

fn value(text: &str, _: &Context) -> Value {
    let mut out = String::new();
    let mut digits = 0;
    for c in text.chars().filter(|c| !is_blank(*c)) {
        let dot = matches!(c, '.' | ',');
        if dot || digits == 2 {
            out.push('.');
            digits = 0;
        }
        if !dot {
            out.push(c);
            digits += 1;
        }
    }
    Value::same(&out)
}

/// A class written without its leading zero.
fn fixes(text: &str, ctx: &Context, flaw: &Flaw) -> Vec<(&'static str, String)> {
    let padded = ["0", trim(text)].concat();
    let whole = flaw.name == "format" && look(&padded, ctx) == Outcome::Complete(None);
    whole.then(|| ("leading-zero", value(&padded, ctx).display)).into_iter().collect()
}
