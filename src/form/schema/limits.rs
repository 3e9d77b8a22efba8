//! Bounds of a field: a pattern, the least and the most of a number or a day, the length of a text.

use super::reader::{Problems, Table};
use super::{Problem, pattern};
use crate::form::node::Node;
use crate::text::{cut, split};
use crate::validators::{Kind, date};
use crate::verdict::Day;

/// What a value may be beyond its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Of the part of regular expressions that [`pattern`] describes; it stands for the whole text.
    pub pattern: Option<String>,
    pub min: Option<Bound>,
    pub max: Option<Bound>,
    /// Characters of the text without blanks around it.
    pub min_length: Option<u32>,
    pub max_length: Option<u32>,
}

/// An end of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A number in hundredths, and as it is written.
    Number(i64, String),
    Day(Day),
    Today,
}

/// Digits before the point: any sum of money fits into 64 bits with hundredths.
const MOST_DIGITS: usize = 15;

pub(super) fn of(table: &Table, kind: Option<Kind>, problems: &mut Problems) -> Limits {
    let limits = Limits {
        pattern: table.text("pattern", problems),
        min: bound(table, "min", kind, problems),
        max: bound(table, "max", kind, problems),
        min_length: table.count("min_length", 0, problems),
        max_length: table.count("max_length", 1, problems),
    };
    if let Some(Err(refusal)) = limits.pattern.as_deref().map(pattern::check) {
        problems.add(&table.path("pattern"), "schema.pattern", &[refusal]);
    }
    let lengths = (limits.min_length, limits.max_length);
    if let (Some(least), Some(most)) = lengths
        && least > most
    {
        problems.add(&table.path("min_length"), "schema.order", &["`min_length` is above `max_length`: swap them"]);
    }
    let crossed = match (&limits.min, &limits.max) {
        (Some(Bound::Number(least, _)), Some(Bound::Number(most, _))) => least > most,
        (Some(Bound::Day(least)), Some(Bound::Day(most))) => least > most,
        _ => false,
    };
    if crossed {
        problems.add(&table.path("min"), "schema.order", &["`min` is above `max`: swap them"]);
    }
    limits
}

fn bound(table: &Table, name: &str, kind: Option<Kind>, problems: &mut Problems) -> Option<Bound> {
    let node = table.get(name)?;
    let dated = kind.is_some_and(Kind::is_date);
    let found = match node {
        Node::Number(text) if !dated => hundredths(text).map(|n| Bound::Number(n, text.clone())),
        Node::Text(text) if dated && text == "today" => Some(Bound::Today),
        Node::Text(text) if dated => day(text).map(Bound::Day),
        _ => None,
    };
    if found.is_none() {
        let fix =
            if dated { "a day such as \"2026-12-31\", or \"today\"" } else { "a number with at most two decimals" };
        problems.0.push(Problem {
            path: table.path(name),
            code: "schema.bound",
            message: crate::text::join(&["write ", fix, " here"]),
        });
    }
    found
}

/// A decimal number in hundredths; `None` for more decimals or another notation.
pub(super) fn hundredths(text: &str) -> Option<i64> {
    let (minus, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = cut(text, b'.').unwrap_or((text, ""));
    let plain = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > MOST_DIGITS || part.len() > 2 || !plain(whole) || !plain(part) {
        return None;
    }
    let digits = whole.bytes().chain(part.bytes().chain("00".bytes()).take(2));
    let number = digits.fold(0, |n, digit| n * 10 + i64::from(digit & 15));
    Some(if minus { -number } else { number })
}

/// `YYYY-MM-DD`, a day that is in the calendar.
fn day(text: &str) -> Option<Day> {
    let mut parts = split(text, b'-').into_iter();
    let mut next = |width: usize| {
        let part = parts.next().filter(|part| part.len() == width && part.bytes().all(|b| b.is_ascii_digit()))?;
        Some(part.bytes().fold(0, |n, digit| n * 10 + u16::from(digit & 15)))
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    let day = Day { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? };
    (parts.next().is_none() && date::exists(day)).then_some(day)
}
