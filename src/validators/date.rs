//! Дата: a calendar day, typed as `ДД.ММ.ГГГГ` or in any other Russian spelling.
//!
//! `5.3.1990`, `05/03/90`, `01021990`, `1990-03-05`, «5 марта 1990 года» and «вчера» are read; canonical is `YYYY-MM-DD`. A year
//! of two digits is read so that a past date is not in the future.
//!
//! # Sources
//! ГОСТ Р 7.0.97-2016, 5.10 (spelling of a date); ГОСТ Р 7.0.64-2018 (`YYYY-MM-DD`).
//!
//! # Examples
//! ```
//! use podskazka::{validators::date::check, verdict::*};
//! let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
//! assert!(matches!(check("5 марта 1990 г.", &ctx), Verdict::Complete { value, .. } if value.as_str() == "1990-03-05"));
//! assert!(matches!(check("05.03.19", &ctx), Verdict::Complete { .. }));
//! assert!(matches!(check("31.04.1990", &ctx), Verdict::Fault(f) if f.code == "date.calendar"));
//! ```

use super::engine::{Flaw, Outcome, Own, Rule, Spec};
use crate::text::{Glyph, digit_like, glyph, letter};
use crate::verdict::{Context, Day, Value};

mod spelling;

use spelling::{Read, read};

identifier!(
    /// Any day.
    Date, Date, main
);
identifier!(
    /// A day of birth.
    BirthDate, BirthDate
);
identifier!(
    /// A day up to today.
    PastDate, PastDate
);
identifier!(
    /// Today or a later day.
    FutureDate, FutureDate
);

pub(super) static ANY: Spec = spec("date", &["дата"], |text, ctx| look(text, ctx, Pivot::Near, |_, _| Ok(None)));
pub(super) static PAST: Spec = spec("past_date", &["дата"], |text, ctx| look(text, ctx, Pivot::Past, up_to_today));
pub(super) static FUTURE: Spec =
    spec("future_date", &["дата"], |text, ctx| look(text, ctx, Pivot::Future, from_today));
pub(super) static BIRTH: Spec =
    spec("birth_date", &["датарождения", "родился", "родилась"], |text, ctx| {
        look(text, ctx, Pivot::Past, birth)
    });

/// Nobody documented lived longer; older dates are doubted, never refused.
const OLDEST_YEARS: u16 = 120;
/// Before it a date on a form is a slip of a digit.
const FIRST_YEAR: u16 = 1800;
const LAST_YEAR: u16 = 2200;
/// The day the first blanks of the present internal passport were issued.
const FIRST_PASSPORT: Day = Day { year: 1997, month: 10, day: 1 };

/// How a year of two digits gets its century.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pivot {
    /// The latest year that is not in the future.
    Past,
    /// Up to ten years ahead: 36 is 2036 in 2026, 37 is 1937.
    Near,
    /// This century.
    Future,
}

const fn spec(name: &'static str, labels: &'static [&'static str], look: fn(&str, &Context) -> Outcome) -> Spec {
    Spec { name, labels, rule: Rule::Own(Own { look, value, fixes }) }
}

/// The day a passport was issued on: a past day, before October 1997 doubted.
pub(super) fn look_issue(text: &str, ctx: &Context) -> Outcome {
    look(text, ctx, Pivot::Past, |day, ctx| {
        up_to_today(day, ctx)?;
        Ok((day < FIRST_PASSPORT).then_some("early"))
    })
}

fn up_to_today(day: Day, ctx: &Context) -> Result<Option<&'static str>, Flaw> {
    if day > ctx.today { Err(Flaw { expected: "past", ..Flaw::whole("range") }) } else { Ok(None) }
}

fn from_today(day: Day, ctx: &Context) -> Result<Option<&'static str>, Flaw> {
    if day < ctx.today { Err(Flaw { expected: "future", ..Flaw::whole("range") }) } else { Ok(None) }
}

fn birth(day: Day, ctx: &Context) -> Result<Option<&'static str>, Flaw> {
    up_to_today(day, ctx)?;
    Ok((day.year + OLDEST_YEARS < ctx.today.year).then_some("old"))
}

type Judge = fn(Day, &Context) -> Result<Option<&'static str>, Flaw>;

fn look(text: &str, ctx: &Context, pivot: Pivot, judge: Judge) -> Outcome {
    let day = match parse(text, ctx.today, pivot) {
        Ok(day) => day,
        Err(outcome) => return outcome,
    };
    if !(FIRST_YEAR..=LAST_YEAR).contains(&day.year) {
        return Outcome::Fault(Flaw { expected: "year", ..Flaw::whole("range") });
    }
    match judge(day, ctx) {
        Ok(warning) => Outcome::Complete(warning),
        Err(flaw) => Outcome::Fault(flaw),
    }
}

/// The day a text names.
fn parse(text: &str, today: Day, pivot: Pivot) -> Result<Day, Outcome> {
    let day = match read(text, today) {
        Read::Day(day) => day,
        Read::Short(day) => Day { year: century(day, today, pivot), ..day },
        Read::Partial(missing) => return Err(Outcome::Partial(missing)),
        Read::Bad(flaw) => return Err(Outcome::Fault(flaw)),
    };
    if exists(day) { Ok(day) } else { Err(Outcome::Fault(Flaw::whole("calendar"))) }
}

/// The full year for a year of two digits.
fn century(day: Day, today: Day, pivot: Pivot) -> u16 {
    let this = today.year - today.year % 100 + day.year;
    let late = match pivot {
        Pivot::Past => Day { year: this, ..day } > today,
        Pivot::Near => this > today.year + 10,
        Pivot::Future => false,
    };
    if late { this - 100 } else { this }
}

/// The day is in the calendar.
pub(crate) fn exists(d: Day) -> bool {
    let leap = d.year.is_multiple_of(4) && (!d.year.is_multiple_of(100) || d.year.is_multiple_of(400));
    let last = match d.month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=last).contains(&d.day)
}

/// The day of a text that is complete as a past date or, failing that, as any date.
pub(crate) fn day_of(text: &str, today: Day) -> Option<Day> {
    parse(text, today, Pivot::Past).or_else(|_| parse(text, today, Pivot::Near)).ok()
}

/// Canonical and official spelling. A year of two digits in the future only makes sense where the past does not.
pub(super) fn value(text: &str, ctx: &Context) -> Value {
    match day_of(text, ctx.today) {
        Some(day) => Value::new(iso(day), dotted(day)),
        None => Value::same(text),
    }
}

pub(crate) fn iso(day: Day) -> String {
    [&digits(day.year, 4), "-", &digits(day.month.into(), 2), "-", &digits(day.day.into(), 2)].concat()
}

fn dotted(day: Day) -> String {
    [&digits(day.day.into(), 2), ".", &digits(day.month.into(), 2), ".", &digits(day.year, 4)].concat()
}

/// The number with leading zeros.
fn digits(number: u16, width: usize) -> String {
    let text = number.to_string();
    ["0".repeat(width.saturating_sub(text.len())), text].concat()
}

/// Day and month the other way round, or letters that look like digits.
pub(super) fn fixes(text: &str, ctx: &Context, flaw: &Flaw) -> Vec<(&'static str, String)> {
    if flaw.name == "chars" {
        let mend = |c: char| match glyph(c) {
            Glyph::Symbol(s) => digit_like(s).map_or(c, letter),
            _ => c,
        };
        let mended: String = text.chars().map(mend).collect();
        return day_of(&mended, ctx.today).map(|day| ("letter-for-digit", dotted(day))).into_iter().collect();
    }
    let swapped = match read(text, ctx.today) {
        Read::Day(d) if flaw.name == "calendar" => Day { day: d.month, month: d.day, ..d },
        _ => return Vec::new(),
    };
    (exists(swapped) && swapped <= ctx.today).then(|| ("day-month", dotted(swapped))).into_iter().collect()
}
