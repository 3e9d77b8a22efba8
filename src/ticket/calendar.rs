//! Working time: when operators answer, and when a deadline falls.
//!
//! Moments are seconds since 1970 in UTC. A zone is a constant offset: Russia has had no summer time since 26 October
//! 2014 (248-ФЗ of 21.07.2014), so a table of zones is not needed. Every calculation walks the days, each of which has a
//! list of open intervals taken from the weekly hours and the production calendar.
//!
//! # Sources
//! Hours of [`OPERATORS`]: the support schedule of the mission text (Monday to Friday 08:00–20:00 Moscow time, Saturday
//! 09:00–17:00, Sunday and official holidays 10:00–16:00).
//!
//! # Examples
//! ```
//! use podskazka::ticket::calendar::{OFFICE, OPERATORS, moment};
//! // Friday 18:00 in Moscow and four working hours: two on Friday, two on Saturday.
//! let friday = moment(2026, 11, 27, 18, 0);
//! assert_eq!(OPERATORS.add(friday, 4 * 3600), Some(moment(2026, 11, 28, 11, 0)));
//! // Offices worked on Saturday 1 November 2025, an hour less before the holiday, and rested until Wednesday.
//! let before = moment(2025, 10, 31, 17, 0);
//! assert_eq!(OFFICE.add(before, 9 * 3600), Some(moment(2025, 11, 1, 17, 0)));
//! assert_eq!(OFFICE.add(before, 10 * 3600), Some(moment(2025, 11, 5, 10, 0)));
//! ```

use std::borrow::Cow;

use super::holidays::{DayKind, is_provisional, kind};
use super::sla::{TARGETS, Target};

const DAY: i64 = 86_400;
/// The shorter day ends this much earlier.
const EVE: i64 = 3_600;
/// A deadline further than ten years away is a mistake of the caller.
const FAR: i64 = 3_660;
/// The year 9999: moments beyond it count as it.
const END: i64 = 253_402_300_800;

/// Open intervals of a day: minutes from local midnight, half-open.
pub type Hours = Cow<'static, [(i64, i64)]>;

/// Working hours of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Stable name.
    pub id: Cow<'static, str>,
    /// Minutes east of UTC.
    pub offset: i64,
    /// Monday first.
    pub week: [Hours; 7],
    /// Official holidays and moved days off.
    pub holiday: Hours,
    /// Days of its own, counted from 1970 and in their order: whatever the week and the production calendar say of them.
    pub days: Cow<'static, [(i64, Hours)]>,
    /// How soon tickets are answered and solved, by priority.
    pub targets: [Target; 4],
}

const WEEKDAY: Hours = Cow::Borrowed(&[(8 * 60, 20 * 60)]);
const SATURDAY: Hours = Cow::Borrowed(&[(9 * 60, 17 * 60)]);
const SUNDAY: Hours = Cow::Borrowed(&[(10 * 60, 16 * 60)]);
const OFFICE_DAY: Hours = Cow::Borrowed(&[(9 * 60, 18 * 60)]);
const SHUT: Hours = Cow::Borrowed(&[]);

/// First-line operators: every day, Moscow time.
pub static OPERATORS: Calendar = Calendar {
    id: Cow::Borrowed("ru-operators"),
    offset: 180,
    week: [WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, SATURDAY, SUNDAY],
    holiday: SUNDAY,
    days: Cow::Borrowed(&[]),
    targets: TARGETS,
};

/// Departments: working days 09:00–18:00, Moscow time.
pub static OFFICE: Calendar = Calendar {
    id: Cow::Borrowed("ru-office"),
    offset: 180,
    week: [OFFICE_DAY, OFFICE_DAY, OFFICE_DAY, OFFICE_DAY, OFFICE_DAY, SHUT, SHUT],
    holiday: SHUT,
    days: Cow::Borrowed(&[]),
    targets: TARGETS,
};

impl Calendar {
    /// The same hours in another zone: minutes east of UTC.
    pub fn at(&self, offset: i64) -> Calendar {
        Calendar { offset, ..self.clone() }
    }

    /// Open intervals of a day in minutes, and how many seconds earlier the last one ends.
    fn hours(&self, day: i64) -> (&[(i64, i64)], i64) {
        if let Some((_, own)) =
            self.days.binary_search_by_key(&day, |(day, _)| *day).ok().and_then(|at| self.days.get(at))
        {
            return (own, 0);
        }
        let (year, month, of_month) = civil(day);
        let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
        let plain = self.week.get(weekday).map_or(&[][..], |it| it);
        let [monday, ..] = &self.week;
        match kind(year, month, of_month) {
            None => (plain, 0),
            Some(DayKind::Holiday | DayKind::DayOff) => (&self.holiday, 0),
            Some(DayKind::Work) => (monday, 0),
            Some(DayKind::ShortWork) => (monday, EVE),
            Some(DayKind::Short) => (plain, EVE),
        }
    }

    /// Open intervals of the local day (days since 1970), in seconds UTC.
    fn open(&self, day: i64) -> impl Iterator<Item = (i64, i64)> + '_ {
        let (hours, cut) = self.hours(day);
        let midnight = day * DAY - self.offset * 60;
        let last = hours.iter().map(|(_, close)| midnight + close * 60 - cut).max().unwrap_or(midnight);
        hours
            .iter()
            .map(move |(open, close)| (midnight + open * 60, (midnight + close * 60).min(last)))
            .filter(|(open, close)| open < close)
    }

    fn local_day(&self, moment: i64) -> i64 {
        (moment.clamp(-END, END) + self.offset * 60).div_euclid(DAY)
    }

    /// The moment after `seconds` of working time from `from`; `None` when that is more than ten years away. Zero gives
    /// `from` itself.
    pub fn add(&self, from: i64, seconds: i64) -> Option<i64> {
        let mut left = seconds;
        if left <= 0 {
            return Some(from);
        }
        let first = self.local_day(from);
        for day in first..first.checked_add(FAR)? {
            for (open, close) in self.open(day) {
                let start = open.max(from);
                if start >= close {
                    continue;
                }
                if left <= close - start {
                    return Some(start + left);
                }
                left -= close - start;
            }
        }
        None
    }

    /// Working seconds from `a` to `b`; 0 when `b` is not later. At most ten years are walked.
    pub fn between(&self, a: i64, b: i64) -> i64 {
        let first = self.local_day(a);
        let last = self.local_day(b).min(first.saturating_add(FAR));
        let within = |(open, close): (i64, i64)| (close.min(b) - open.max(a)).max(0);
        (first..=last).flat_map(|day| self.open(day)).map(within).sum()
    }

    /// The first year between these moments whose days are not settled, unless it has days of its own here.
    pub fn unsettled(&self, from: i64, to: i64) -> Option<i64> {
        let year = |day: i64| civil(day).0;
        let own = |it: i64| self.days.iter().any(|(day, _)| year(*day) == it);
        (year(self.local_day(from))..=year(self.local_day(to))).find(|it| is_provisional(*it) && !own(*it))
    }

    /// Whether the team answers at this moment.
    pub fn is_open(&self, moment: i64) -> bool {
        self.open(self.local_day(moment)).any(|(open, close)| open <= moment && moment < close)
    }
}

/// Year, month, day of a day counted from 1970; years start in March inside, so that leap days come last.
pub fn civil(day: i64) -> (i64, u8, u8) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

/// Days since 1970 of a date.
pub fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let year_of_era = year.rem_euclid(400);
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468
}

/// Seconds since 1970 of a date and time in Moscow.
pub fn moment(year: i64, month: i64, day: i64, hour: i64, minute: i64) -> i64 {
    day_number(year, month, day) * DAY + (hour - 3) * 3_600 + minute * 60
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
