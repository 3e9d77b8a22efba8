//! The Russian production calendar: which days differ from the plain week.
//!
//! A year is a list of days with a kind. Weekends that nothing was moved to are not listed. Official holidays (article
//! 112 of the Labour Code) are the same every year; transfers come by a decree of the government each autumn for the
//! next year; the working day before an official holiday is an hour shorter (article 95).
//!
//! # Sources
//! - Трудовой кодекс, ст. 95 и 112.
//! - 2025: постановление Правительства РФ от 04.10.2024 № 1335.
//! - 2026: постановление Правительства РФ от 24.09.2025 № 1466.
//! - 2027: provisional. No published decree was at hand; only what article 112 itself moves (a weekend that meets a
//!   holiday outside 1 to 8 January goes to the next working day). Replace it by the decree.

/// How a day differs from its day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// Official non-working holiday.
    Holiday,
    /// A day off moved here from elsewhere.
    DayOff,
    /// A Saturday or Sunday that became a working day.
    Work,
    /// A working day one hour shorter.
    Short,
    /// A moved working day that is also one hour shorter.
    ShortWork,
}

use DayKind::{DayOff, Holiday, Short, ShortWork};

/// Month and day of the official holidays of every year.
const EVERY_YEAR: [(u8, u8); 14] =
    [(1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 6), (1, 7), (1, 8), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)];

/// What a decree and the eves add in one year.
struct Year {
    year: i64,
    provisional: bool,
    days: &'static [(u8, u8, DayKind)],
}

const YEARS: [Year; 3] = [
    Year {
        year: 2025,
        provisional: false,
        days: &[
            (3, 7, Short),
            (4, 30, Short),
            (5, 2, DayOff),
            (5, 8, DayOff),
            (6, 11, Short),
            (6, 13, DayOff),
            (11, 1, ShortWork),
            (11, 3, DayOff),
            (12, 31, DayOff),
        ],
    },
    Year {
        year: 2026,
        provisional: false,
        days: &[
            (1, 9, DayOff),
            (3, 9, DayOff),
            (4, 30, Short),
            (5, 8, Short),
            (5, 11, DayOff),
            (6, 11, Short),
            (11, 3, Short),
            (12, 31, DayOff),
        ],
    },
    Year {
        year: 2027,
        provisional: true,
        days: &[
            (2, 22, Short),
            (4, 30, Short),
            (5, 3, DayOff),
            (5, 10, DayOff),
            (6, 11, Short),
            (6, 14, DayOff),
            (11, 3, Short),
            (12, 31, Short),
        ],
    },
];

/// Whether the days of this year are not settled: no decree, or no data at all.
pub fn is_provisional(year: i64) -> bool {
    YEARS.iter().find(|it| it.year == year).is_none_or(|it| it.provisional)
}

/// The kind of a day that differs from the plain week.
pub(super) fn kind(year: i64, month: u8, day: u8) -> Option<DayKind> {
    if EVERY_YEAR.contains(&(month, day)) {
        return Some(Holiday);
    }
    let days = YEARS.iter().find(|it| it.year == year)?.days;
    days.iter().find(|(m, d, _)| (*m, *d) == (month, day)).map(|(_, _, kind)| *kind)
}
