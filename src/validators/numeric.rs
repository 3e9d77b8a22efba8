//! Steps that all kinds made of digits share.

use super::{fault, whole};
use crate::text::{Mark, clean, digits, look_alike};
use crate::verdict::{Edit, Fix, Span, Verdict};

/// Clean and read digits; a letter is a fault `kind.chars`, with a fix where it looks like a digit.
pub fn read<T>(kind: &str, text: &str, display: impl Fn(&[u8]) -> String) -> Result<Vec<u8>, Verdict<T>> {
    let marks = clean(text);
    digits(&marks).map_err(|bad| {
        let repaired: Option<Vec<Mark>> = marks
            .iter()
            .map(|m| {
                if m.symbol.is_ascii_digit() {
                    Some(*m)
                } else {
                    look_alike(m.symbol).map(|symbol| Mark { symbol, ..*m })
                }
            })
            .collect();
        let fixes = repaired.and_then(|marks| digits(&marks).ok()).map(|d| fix("letter-for-digit", text, display(&d)));
        let span = Span { start: bad.start, end: bad.end };
        fault(&format!("{kind}.chars"), span, "0-9", bad.symbol.to_string(), fixes.into_iter().collect())
    })
}

/// Replace the whole text by `value`.
pub fn fix(reason: &str, text: &str, value: String) -> Fix {
    let Span { start, end } = whole(text);
    Fix { reason: reason.to_owned(), edits: vec![Edit { start, end, text: value.clone() }], value }
}

/// Swaps of neighbours that pass `ok`, then one-digit changes when `single`; at most three.
pub fn candidates(
    text: &str,
    d: &[u8],
    single: bool,
    ok: impl Fn(&[u8]) -> bool,
    display: impl Fn(&[u8]) -> String,
) -> Vec<Fix> {
    let mut out = Vec::new();
    for i in 1..d.len() {
        let mut other = d.to_vec();
        other.swap(i - 1, i);
        if other != d && ok(&other) {
            out.push(fix("swap", text, display(&other)));
        }
    }
    if single {
        for i in 0..d.len() {
            for digit in 0..10 {
                let mut other = d.to_vec();
                if let Some(place) = other.get_mut(i) {
                    *place = digit;
                }
                if other != d && ok(&other) {
                    out.push(fix("digit", text, display(&other)));
                }
            }
        }
    }
    out.truncate(3);
    out
}
