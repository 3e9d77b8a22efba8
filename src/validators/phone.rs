//! Телефон: a number of the Russian numbering plan.
//!
//! Ten national digits, after `+7`, `8`, `7` or nothing. Canonical is `+7` and ten digits. After another country code the
//! number is kept as it is, with a warning: a foreign mobile is a lawful contact.
//!
//! # Sources
//! Приказ Минцифры of 31.01.2022 № 75, Российская система и план нумерации; ITU-T E.164.

use super::{fault, whole};
use crate::text::{clean, digits, join};
use crate::verdict::{Context, Span, Verdict, Warning};

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
        Some((7, rest)) if plus => rest,
        Some(_) if plus => return foreign(text, &d),
        // Ten digits that start with 89 or 79 are a mobile number behind 8 or 7 whose last digit is still to come.
        Some((7 | 8, rest)) if d.len() != 10 || rest.first() == Some(&9) => rest,
        _ => &d,
    };
    match national.len() {
        0..=9 => Verdict::Partial { missing: 10 - national.len() as u32, lengths: vec![10] },
        10 => Verdict::Complete { value: Phone(format!("+7{}", join(national))), warnings: Vec::new() },
        n => fault("phone.length", whole(text), "10", n.to_string(), Vec::new()),
    }
}

/// A number of another country, kept as typed: its length is that country's affair, within ITU-T E.164.
fn foreign(text: &str, d: &[u8]) -> Verdict<Phone> {
    match d.len() {
        0..=7 => Verdict::Partial { missing: 8 - d.len() as u32, lengths: Vec::new() },
        8..=15 => Verdict::Complete {
            value: Phone(format!("+{}", join(d))),
            warnings: vec![Warning { code: "phone.foreign".to_owned(), span: None }],
        },
        n => fault("phone.length", whole(text), "8-15", n.to_string(), Vec::new()),
    }
}

impl AsRef<str> for Phone {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.0.starts_with("+7") {
            return f.write_str(&self.0);
        }
        let part = |a, b| self.0.get(a..b).unwrap_or("");
        write!(f, "+7 ({}) {}-{}-{}", part(2, 5), part(5, 8), part(8, 10), part(10, 12))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Day;

    #[track_caller]
    fn check_as(text: &str, expected: &str) {
        let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
        let found = match check(text, &ctx) {
            Verdict::Complete { value, warnings } if warnings.is_empty() => value.as_ref().to_owned(),
            Verdict::Complete { value, .. } => format!("{} with a warning", value.as_ref()),
            Verdict::Partial { missing, .. } => format!("{missing} missing"),
            Verdict::Fault(fault) => fault.code,
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn accepts_every_way_to_type_one_number() {
        for text in ["+7 916 123-45-67", "8 (916) 123-45-67", "89161234567", "79161234567", "9161234567"] {
            check_as(text, "+79161234567");
        }
        check_as("8442 12 34 56", "+78442123456");
    }

    #[test]
    fn rejects_nothing_that_is_only_unfinished() {
        check_as("8 916 123-45-6", "1 missing");
        check_as("7 916 123 45 6", "1 missing");
        check_as("+7 916", "7 missing");
    }

    #[test]
    fn accepts_a_foreign_number_as_it_is() {
        check_as("+49 15112345", "+4915112345 with a warning");
        check_as("+1 415 555 26 71", "+14155552671 with a warning");
    }

    #[test]
    fn rejects_letters_and_too_many_digits() {
        check_as("8916123456o", "phone.chars");
        check_as("891612345678", "phone.length");
    }
}
