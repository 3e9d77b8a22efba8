//! Телефон: a number of the Russian numbering plan.
//!
//! Ten national digits, after `+7`, `8` or nothing. Canonical is `+7` and ten digits.
//!
//! # Sources
//! Приказ Минцифры of 31.01.2022 № 75, Российская система и план нумерации.

use super::{fault, whole};
use crate::text::{clean, digits, join};
use crate::verdict::{Context, Span, Verdict};

/// A number; canonical `+79001234567`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

/// Clean, characters, length.
pub fn check(text: &str, _: &Context) -> Verdict<Phone> {
    let marks: Vec<_> = clean(text).into_iter().filter(|m| !matches!(m.symbol, '(' | ')')).collect();
    let (plus, rest) = match marks.split_first() {
        Some((first, rest)) if first.symbol == '+' => (true, rest),
        _ => (false, marks.as_slice()),
    };
    let d = match digits(rest) {
        Ok(d) => d,
        Err(bad) => {
            let span = Span { start: bad.start, end: bad.end };
            return fault("phone.chars", span, "0-9", bad.symbol.to_string(), Vec::new());
        }
    };
    let national = match d.split_first() {
        Some((7, rest)) if plus || d.len() > 10 => rest,
        Some((8, rest)) if !plus && (d.len() > 10 || rest.first() != Some(&0)) && d.len() != 10 => rest,
        _ => &d,
    };
    match national.len() {
        0..=9 => Verdict::Partial { missing: 10 - national.len() as u32, lengths: vec![10] },
        10 => Verdict::Complete { value: Phone(format!("+7{}", join(national))), warnings: Vec::new() },
        n => fault("phone.length", whole(text), "10", n.to_string(), Vec::new()),
    }
}

impl AsRef<str> for Phone {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = |a, b| self.0.get(a..b).unwrap_or("");
        write!(f, "+7 ({}) {}-{}-{}", part(2, 5), part(5, 8), part(8, 10), part(10, 12))
    }
}
