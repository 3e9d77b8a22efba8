//! The day that counts as today: given by the caller, or read from the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use podskazka::verdict::Day;

/// Moscow time, UTC+3: a day of the portal begins there.
const OFFSET: u64 = 3 * 3600;

/// A day of the calendar written as `2026-11-25`.
pub fn parse(text: &str) -> Result<Day, &'static str> {
    read(text).ok_or("no day of the calendar; write it as 2026-11-25")
}

fn read(text: &str) -> Option<Day> {
    let mut parts = text.split('-');
    let mut number = |width| {
        let part = parts.next().filter(|p| p.len() == width && p.bytes().all(|b| b.is_ascii_digit()))?;
        part.parse::<u16>().ok()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 => 28 + u16::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    let whole = parts.next().is_none() && (1..=last).contains(&day);
    whole.then_some(Day { year, month: month as u8, day: day as u8 })
}

/// Today in Moscow; the first day of 1970 where the clock is set before it.
pub fn today() -> Day {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    civil((seconds + OFFSET) / 86_400)
}

/// Days since 1970 as a day of the Gregorian calendar; years are counted from March, so that a leap day ends one.
fn civil(days: u64) -> Day {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    Day { year: year as u16, month: month as u8, day: day as u8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_days_of_the_calendar_alone() {
        assert_eq!(parse("2026-11-25"), Ok(Day { year: 2026, month: 11, day: 25 }));
        assert!(parse("2000-02-29").is_ok());
        for text in
            ["2026-11-31", "1900-02-29", "2026-13-01", "2026-00-10", "26-11-25", "2026-11-25-1", "", "+026-11-25"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn counts_days_from_1970() {
        assert_eq!(civil(0), Day { year: 1970, month: 1, day: 1 });
        assert_eq!(civil(11_016), Day { year: 2000, month: 2, day: 29 });
        assert_eq!(civil(20_782), Day { year: 2026, month: 11, day: 25 });
    }
}
