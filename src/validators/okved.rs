//! ОКВЭД 2, код вида экономической деятельности: code of an economic activity.
//!
//! `NN[.N[N[.N[N]]]]`: class, group, kind. Without dots the digits are read in the same order.
//!
//! # Sources
//! ОК 029-2014 (КДЕС Ред. 2).

use super::engine::{Mended, Own, Rule, Spec, some_digit};
use super::flaw::{Expected, Flaw, Name, Outcome, flaw_char};
use crate::text::{has, is_blank, is_dash, is_letter, push, trim_end, without};
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
    let dotted = has(chars, is_dot);
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

/// The code without its name behind it, without the edition of its list before it («ОКВЭД 2»), or with the leading zero of its class.
fn mend(chars: &[char], ctx: &Context, flaw: &Flaw) -> Mended {
    let zero = flaw.name == Name::Format;
    let mut code = vec!['0'];
    for (at, c) in chars.iter().enumerate() {
        if is_letter(*c) {
            // A dash before the name. A letter inside of the code, or at its end, stands for something.
            let inside = chars.get(at + 1).is_none_or(char::is_ascii_digit);
            code.truncate(if inside { 0 } else { trim_end(&code, is_dash).len() });
            break;
        }
        if !is_blank(*c) {
            code.push(*c);
        }
    }
    let bare = code.get(1..).unwrap_or_default();
    if look(bare, ctx).is_fine() {
        return Some(("stray", bare.to_vec()));
    }
    if zero && look(&code, ctx).is_fine() {
        return Some(("leading-zero", code));
    }
    let last = chars.len() - chars.iter().rev().take_while(|c| !is_blank(**c)).count();
    let (edition, code) = chars.split_at_checked(last)?;
    let other = has(edition, |c| matches!(c, '0' | '1' | '3'..='9'));
    (!other && look(code, ctx).is_fine()).then(|| ("stray", code.to_vec()))
}
