//! Дата: a calendar day, typed as `ДД.ММ.ГГГГ`.
//!
//! `/`, `-` and spaces stand for the dot; eight digits in a row are read as `ДДММГГГГ`.
//!
//! # Sources
//! ГОСТ Р 7.0.97-2016, 5.10: the spelling of a date.

use super::{fault, whole};
use crate::text::{Mark, marks};
use crate::verdict::{Context, Day, Span, Verdict, Warning};

/// Nobody documented lived longer; older dates are doubted, never refused.
const OLDEST_YEARS: u16 = 120;

/// A day of the calendar; canonical is `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    day: Day,
    canonical: String,
}

/// Any day up to today.
pub fn check(text: &str, ctx: &Context) -> Verdict<Date> {
    past("date", text, ctx)
}

/// A day of birth: any day up to today; more than 120 years ago is a warning.
pub fn check_birth(text: &str, ctx: &Context) -> Verdict<Date> {
    match past("birth_date", text, ctx) {
        Verdict::Complete { value, mut warnings } => {
            if value.day.year + OLDEST_YEARS < ctx.today.year {
                warnings.push(Warning { code: "birth_date.old".to_owned(), span: None });
            }
            Verdict::Complete { value, warnings }
        }
        other => other,
    }
}

fn past(kind: &str, text: &str, ctx: &Context) -> Verdict<Date> {
    let marks = marks(text);
    let separator = |c: char| c.is_whitespace() || matches!(c, '.' | '/' | '-' | ',');
    if let Some(bad) = marks.iter().find(|m| !m.symbol.is_ascii_digit() && !separator(m.symbol)) {
        let span = Span { start: bad.start, end: bad.end };
        return fault(&format!("{kind}.chars"), span, "0-9 .", bad.symbol.to_string(), Vec::new());
    }
    let Some((day, month, year)) = parts(&marks) else {
        let digits = marks.iter().filter(|m| m.symbol.is_ascii_digit()).count() as u32;
        if digits > 8 {
            return fault(&format!("{kind}.calendar"), whole(text), "8", digits.to_string(), Vec::new());
        }
        return Verdict::Partial { missing: (8 - digits).max(1), lengths: vec![8] };
    };
    let day = Day { year, month, day };
    if !exists(day) {
        return fault(&format!("{kind}.calendar"), whole(text), "", "", Vec::new());
    }
    if day > ctx.today || year < 1800 {
        return fault(&format!("{kind}.range"), whole(text), "", "", Vec::new());
    }
    let canonical = format!("{year:04}-{month:02}-{:02}", day.day);
    Verdict::Complete { value: Date { day, canonical }, warnings: Vec::new() }
}

/// Day, month and year, or `None` while they are not all there.
fn parts(marks: &[Mark]) -> Option<(u8, u8, u16)> {
    let groups: Vec<String> = marks
        .split(|m| !m.symbol.is_ascii_digit())
        .filter(|g| !g.is_empty())
        .map(|g| g.iter().map(|m| m.symbol).collect())
        .collect();
    let number = |text: &str| text.parse::<u16>().ok();
    let (day, month, year) = match groups.as_slice() {
        [all] if all.len() == 8 => (all.get(..2)?, all.get(2..4)?, all.get(4..)?),
        [day, month, year] if day.len() <= 2 && month.len() <= 2 && year.len() == 4 => (&**day, &**month, &**year),
        _ => return None,
    };
    Some((u8::try_from(number(day)?).ok()?, u8::try_from(number(month)?).ok()?, number(year)?))
}

fn exists(d: Day) -> bool {
    let leap = d.year.is_multiple_of(4) && (!d.year.is_multiple_of(100) || d.year.is_multiple_of(400));
    let last = match d.month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=last).contains(&d.day)
}

impl AsRef<str> for Date {
    fn as_ref(&self) -> &str {
        &self.canonical
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}.{:02}.{:04}", self.day.day, self.day.month, self.day.year)
    }
}
