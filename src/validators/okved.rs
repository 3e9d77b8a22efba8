//! ОКВЭД 2, код вида экономической деятельности: code of an economic activity.
//!
//! `NN[.N[N[.N[N]]]]`: class, group, kind. Without dots the digits are read in the same order.
//!
//! # Sources
//! ОК 029-2014 (КДЕС Ред. 2).

use super::engine::{Mended, Own, Rule, Spec, some_digit};
use super::flaw::{Expected, Flaw, Name, Outcome, flaw_char};
use crate::text::{is_blank, is_dash, is_letter, push, without};
use crate::verdict::{Context, Value};

identifier!(
    /// A code of the right shape.
    Okved, Okved, main
);

pub(super) static SPEC: Spec =
    Spec { name: "okved", labels: "оквэд код", rule: Rule::Own(Own { look, value, mend }) };

/// Parts, of two digits each at most.
const PARTS: usize = 3;

fn look(chars: &[char], _: &Context) -> Outcome {
    let (mut part, mut digits) = (0, 0);
    let dotted = crate::text::has(chars, is_dot);
    for (at, c) in chars.iter().enumerate() {
        match *c {
            // With dots the parts are where the person put them; digits alone are read in twos.
            '0'..='9' if digits == 2 && dotted => return flaw_char(Name::Format, at, Expected::Dotted),
            '0'..='9' if digits == 2 => (part, digits) = (part + 1, 1),
            '0'..='9' => digits += 1,
            c if is_dot(c) && digits < 2 => return flaw_char(Name::Format, at, Expected::Dotted),
            c if is_dot(c) => (part, digits) = (part + 1, 0),
            c if is_blank(c) => {}
            _ => return flaw_char(Name::Chars, at, Expected::Dotted),
        }
        if part >= PARTS {
            return flaw_char(Name::Length, at, Expected::Dotted);
        }
    }
    match (part, digits) {
        (0, 0 | 1) => Outcome::Partial(2 - digits),
        (_, 0) => Outcome::Partial(1),
        _ => some_digit(chars),
    }
}

/// A dot, or what is typed for it.
fn is_dot(c: char) -> bool {
    matches!(c, '.' | ',') || is_dash(c)
}

fn value(chars: &[char], _: &Context) -> Value {
    let mut out = String::new();
    let mut digits = 0;
    for c in without(chars, is_blank) {
        let dot = is_dot(c);
        if dot || digits == 2 {
            push(&mut out, '.');
            digits = 0;
        }
        if !dot {
            push(&mut out, c);
            digits += 1;
        }
    }
    Value::same(out)
}

/// The code without its name behind it, or with the leading zero of its class.
fn mend(chars: &[char], ctx: &Context, flaw: &Flaw) -> Mended {
    let zero = flaw.name == Name::Format;
    let mut code = Vec::new();
    if zero {
        code.push('0');
    }
    for (at, c) in chars.iter().enumerate() {
        if is_letter(*c) {
            // A letter inside of the code stands for something.
            if chars.get(at + 1).is_some_and(char::is_ascii_digit) {
                return None;
            }
            break;
        }
        if !is_blank(*c) {
            code.push(*c);
        }
    }
    look(&code, ctx).is_fine().then_some((if zero { "leading-zero" } else { "stray" }, code))
}
