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

use super::engine::{Mended, Own, Rule, Spec};
use super::flaw::{Expected, FINE, Flaw, Name, Outcome, doubt, flaw, flaw_whole};
use super::{Kind, verdict};
use crate::text::{chars, push, push_number, string};
use crate::verdict::{Context, Day, Value, Verdict};

mod part;
mod spelling;

pub(super) use part::wrong;
use spelling::read;

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

pub(super) static ANY: Spec =
    spec("date", "дата", |chars, ctx| look(chars, ctx, Wanted::Any), |chars, ctx| value_as(chars, ctx, Wanted::Any));
pub(super) static PAST: Spec = spec("past_date", "дата", |chars, ctx| look(chars, ctx, Wanted::Past), value);
pub(super) static FUTURE: Spec = spec(
    "future_date",
    "дата",
    |chars, ctx| look(chars, ctx, Wanted::Future),
    |chars, ctx| value_as(chars, ctx, Wanted::Future),
);
pub(super) static BIRTH: Spec =
    spec("birth_date", "дата рождения родился родилась др род", |chars, ctx| look(chars, ctx, Wanted::Birth), value);

/// Nobody documented lived longer; older dates are doubted, never refused.
const OLDEST_YEARS: u16 = 120;
/// Before it a date on a form is a slip of a digit.
const FIRST_YEAR: u16 = 1800;
const LAST_YEAR: u16 = 2200;
/// The day the first blanks of the present internal passport were issued.
const FIRST_PASSPORT: Day = Day { year: 1997, month: 10, day: 1 };

/// Which days a field asks for. It also tells the century of a year of two digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// A short year is up to ten years ahead: 36 is 2036 in 2026, 37 is 1937.
    Any,
    /// A short year is the latest that is not in the future, here and for births and passports.
    Past,
    Birth,
    Passport,
    /// A short year is of this century.
    Future,
}

const fn spec(
    name: &'static str,
    labels: &'static str,
    look: fn(&[char], &Context) -> Outcome,
    value: fn(&[char], &Context) -> Value,
) -> Spec {
    Spec { name, labels, rule: Rule::Own(Own { look, value, mend }) }
}

/// The day a passport was issued on: a past day, before October 1997 doubted.
pub(super) fn look_issue(chars: &[char], ctx: &Context) -> Outcome {
    look(chars, ctx, Wanted::Passport)
}

fn look(chars: &[char], ctx: &Context, wanted: Wanted) -> Outcome {
    let day = match parse(chars, ctx.today, wanted) {
        Ok(day) => day,
        Err(outcome) => return outcome,
    };
    match wanted {
        Wanted::Future if day < ctx.today => flaw_whole(Name::Range, Expected::Future),
        Wanted::Past | Wanted::Birth | Wanted::Passport if day > ctx.today => flaw_whole(Name::Range, Expected::Past),
        _ if day.year < FIRST_YEAR => flaw_whole(Name::Range, Expected::First),
        _ if day.year > LAST_YEAR => flaw_whole(Name::Range, Expected::Last),
        Wanted::Any | Wanted::Future => FINE,
        Wanted::Birth => doubt(day.year + OLDEST_YEARS < ctx.today.year, Name::Old),
        _ => doubt(wanted == Wanted::Passport && day < FIRST_PASSPORT, Name::Early),
    }
}

/// The day a text names.
#[cfg_attr(target_family = "wasm", inline(never))]
fn parse(chars: &[char], today: Day, wanted: Wanted) -> Result<Day, Outcome> {
    let (mut day, short) = read(chars, today)?;
    if short {
        // Two digits of a year and empty cells of a mask are a year that is not finished.
        let cells = chars.iter().rev().take_while(|c| **c == '_').count();
        if cells > 0 {
            return Err(Outcome::Partial(cells as u32));
        }
        day.year += today.year - today.year % 100;
        let late = match wanted {
            Wanted::Any => day.year > today.year + 10,
            Wanted::Future => false,
            _ => day > today,
        };
        if late {
            day.year -= 100;
        }
    }
    if exists(day) { Ok(day) } else { Err(flaw(Name::Calendar)) }
}

/// The day is in the calendar.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(crate) fn exists(d: Day) -> bool {
    (1..=last(d)).contains(&d.day)
}

/// The last day of the month; 0 where there is no such month.
fn last(d: Day) -> u8 {
    let leap = d.year.is_multiple_of(4) && (!d.year.is_multiple_of(100) || d.year.is_multiple_of(400));
    match d.month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// The day of a text that is complete as a date of this kind, in the century that the field reads; of a field that is no date of its
/// own as a past date or, failing that, as any.
pub(crate) fn day_of(kind: Option<Kind>, text: &str, today: Day) -> Option<Day> {
    let own = kind.filter(|kind| kind.is_date());
    let read = |kind| match verdict(kind, text, &Context { today, bik: None }) {
        Verdict::Complete { value, .. } => parse(&chars(&value.canonical), today, Wanted::Any).ok(),
        _ => None,
    };
    read(own.unwrap_or(Kind::PastDate)).or_else(|| read(own.unwrap_or(Kind::Date)))
}

/// Canonical and official spelling of a past day.
pub(super) fn value(chars: &[char], ctx: &Context) -> Value {
    value_as(chars, ctx, Wanted::Past)
}

/// The same with the century of a short year as the field wants it.
fn value_as(chars: &[char], ctx: &Context, wanted: Wanted) -> Value {
    match parse(chars, ctx.today, wanted) {
        Ok(Day { year, month, day }) => {
            let (year, month, day) = ((year, 4), (month.into(), 2), (day.into(), 2));
            Value::new(joined('-', &[year, month, day]), joined('.', &[day, month, year]))
        }
        Err(_) => Value::same(string(chars)),
    }
}

/// Numbers with leading zeros up to their widths.
#[cfg_attr(target_family = "wasm", inline(never))]
fn joined(sign: char, numbers: &[(u16, u32)]) -> String {
    let mut out = String::new();
    for &(number, width) in numbers {
        if !out.is_empty() {
            push(&mut out, sign);
        }
        push_number(&mut out, number.into(), width);
    }
    out
}

/// Day and month the other way round.
pub(super) fn mend(typed: &[char], ctx: &Context, flaw: &Flaw) -> Mended {
    let Ok((Day { year, month, day }, false)) = read(typed, ctx.today) else { return None };
    let swapped = || chars(&joined('.', &[(month.into(), 2), (day.into(), 2), (year, 4)]));
    (flaw.name == Name::Calendar).then(|| ("day-month", swapped()))
}
