//! Words that are pasted together with a value, and the number that is pasted beside it.

use super::engine::{Number, Rule, Spec, symbols_of};
use super::flaw::Outcome;
use crate::text::{self, Symbols, is_blank, is_dash, is_label, is_letter};
use crate::verdict::{Context, Day};

/// Words that are pasted with any number.
const COMMON: &str = "номер сери код документ гражданин n no";

/// The characters with blanks in the place of labels that were pasted with the value, such as «ИНН: 7707083893», and of a
/// number that was pasted beside it. Places stay as they are.
pub fn unlabelled(spec: &Spec, typed: &[char]) -> Vec<char> {
    let mut chars = typed.to_vec();
    unlabel(spec, typed, &mut chars);
    chars
}

/// The same in place: `chars` are those that were typed.
pub fn unlabel(spec: &Spec, typed: &[char], chars: &mut [char]) {
    if spec.labels.is_empty() {
        return;
    }
    let form = spec.number().is_some();
    let others = if let Rule::Pair(_, others) = spec.rule { others } else { &[] };
    let (mut at, mut free) = (0, true);
    while let Some(rest) = typed.get(at..)
        && let Some(first) = rest.first()
    {
        let word = text::word(rest);
        let (next, then) = (rest.get(word.len()), rest.get(word.len() + 1));
        let dot = next == Some(&'.');
        // A word that touches the value must be a whole label; behind it, such as RUS on a plate, it may be one. In a text with
        // an order of its own it is no label at all.
        let glued = next.is_some_and(|c| !is_blank(*c) && !is_bond(*c));
        let label = (free || form && next.is_none() && word.len() > 2)
            && !word.is_empty()
            && (form || !(glued || dot && then.is_some_and(|c| is_letter(*c))))
            && (is_label(spec.labels, word, form && !glued || dot)
                || is_label(spec.name, word, false)
                || form && is_label(COMMON, word, !glued)
                || others.iter().any(|other| is_label(other.labels, word, false)));
        if label {
            let mut end = at + word.len();
            while let Some(rest) = typed.get(end..)
                && let [bond, more @ ..] = text::trim_start(rest, is_blank)
                // A dash at a number may be its minus.
                && (is_bond(*bond) || is_dash(*bond) && more.first().is_some_and(|c| is_blank(*c)))
            {
                end = typed.len() - more.len();
            }
            while at > 0 && typed.get(at - 1).is_some_and(|c| is_blank(*c) || matches!(c, ',' | ';' | '(' | '/')) {
                at -= 1;
            }
            fill(chars, at, end);
            if let Rule::Pair(..) = spec.rule
                && let Some(border) = chars.get_mut(at)
            {
                *border = '\n';
            }
            (at, free) = (end, true);
        } else {
            at += word.len().max(1);
            free = word.is_empty() && (is_blank(*first) || matches!(first, ',' | ';' | '(' | ':' | '.' | '/'));
        }
    }
    if let Rule::Pair(number, others) = &spec.rule {
        leave(number, others, chars);
    }
}

/// What stands between a label and its value.
fn is_bond(c: char) -> bool {
    matches!(c, '.' | ':' | '=' | '№' | '#' | ')')
}

/// Blank out what is between two borders and complete as another number, unless nothing would be left: a number that stands alone is
/// in the wrong field, and its digits are counted.
fn leave(number: &Number, others: &[&Spec], chars: &mut [char]) {
    let ctx = Context { today: Day { year: 2099, month: 1, day: 1 }, bik: None };
    let complete = |number: &Number, symbols: &Symbols| matches!(number.look(symbols, &ctx), Outcome::Complete(_));
    let mut left = false;
    for blanks in [false, true] {
        let (mut from, mut at) = (0, 0);
        while at <= chars.len() {
            if chars.get(at).is_none_or(|c| matches!(c, '/' | '\\' | ',' | ';' | '\n')) {
                let part = symbols_of(chars.get(from..at).unwrap_or_default());
                let other = |spec: &&Spec| spec.number().is_some_and(|number| complete(number, &part));
                if complete(number, &part) || !others.iter().any(other) {
                    left |= part.count > 0;
                } else if blanks && left {
                    // With both borders.
                    fill(chars, from.saturating_sub(1), at + 1);
                }
                from = at + 1;
            }
            at += 1;
        }
    }
}

/// Blanks in this range.
fn fill(chars: &mut [char], from: usize, to: usize) {
    let to = to.min(chars.len());
    chars.get_mut(from..to).unwrap_or_default().fill(' ');
}
