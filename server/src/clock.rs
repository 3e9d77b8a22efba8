//! The clock: seconds since 1970 and RFC 3339 text in UTC.

use std::time::{SystemTime, UNIX_EPOCH};

use podskazka::ticket::calendar::{civil, day_number};

const DAY: i64 = 86_400;

/// Seconds since 1970.
pub fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|elapsed| i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX))
        .unwrap_or(0)
}

/// Milliseconds since 1970.
pub fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|elapsed| i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
        .unwrap_or(0)
}

/// `2026-11-25T08:25:33Z`.
pub fn rfc3339(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    let rest = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    // Every answer has some, and formatting takes ten times as long.
    let mut text = String::with_capacity(24);
    put(&mut text, year, 1_000);
    for (before, part) in [('-', month), ('-', day)] {
        text.push(before);
        put(&mut text, i64::from(part), 10);
    }
    for (before, part) in [('T', hour), (':', minute), (':', second)] {
        text.push(before);
        put(&mut text, part, 10);
    }
    text.push('Z');
    text
}

/// The digits of a number, from this unit on; more where it has more.
fn put(text: &mut String, value: i64, unit: i64) {
    let mut unit = unit;
    while value / unit >= 10 {
        unit *= 10;
    }
    while unit > 0 {
        text.push(u32::try_from(value / unit % 10).ok().and_then(|digit| char::from_digit(digit, 10)).unwrap_or('0'));
        unit /= 10;
    }
}

/// `2026-11-25` of a day since 1970.
pub fn date(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day since 1970 of such a text; `None` for one that is in no calendar.
pub fn day(text: &str) -> Option<i64> {
    // Ten characters: longer numbers would be more than a day's number holds.
    let (year, rest) = text.split_once('-').filter(|(year, _)| year.len() == 4 && text.len() == 10)?;
    let (month, day) = rest.split_once('-')?;
    let day = day_number(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    (date(day) == text).then_some(day)
}

/// Seconds of a text that [`rfc3339`] wrote; 0 for any other.
pub fn seconds(text: &str) -> i64 {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|it| it.parse::<i64>().ok());
    let all = || {
        let day = day_number(part(0, 4)?, part(5, 7)?, part(8, 10)?);
        Some(day * DAY + part(11, 13)? * 3600 + part(14, 16)? * 60 + part(17, 19)?)
    };
    all().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments_there_and_back() {
        for (moment, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_790_000_000, "2026-09-21T14:13:20Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (-59_011_459_200, "0100-01-01T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(rfc3339(moment), text);
            assert_eq!(seconds(text), moment);
        }
        assert_eq!(rfc3339(253_402_300_800), "10000-01-01T00:00:00Z");
        assert_eq!(day("2026-11-25").map(date).as_deref(), Some("2026-11-25"));
        for text in [
            "",
            "2026-11",
            "2026-02-30",
            "2026-13-01",
            "2026-1-1",
            "x-y-z",
            "99999999999-01-01",
            "2026-30000044400000000000--0",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
