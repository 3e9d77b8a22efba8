//! Часы работы службы: is it open now, and until when or from when.
//!
//! The schedule is the site's own data. Time comes in as minutes of UTC, so that the answer does not depend on the clock
//! or the zone of whoever asks.

/// Open from `from` until `until`, in minutes since midnight of the service: 8:00–20:00 is 480 and 1200.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: u16,
    pub until: u16,
}

/// Schedule of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// Minutes that the clock of the service is ahead of UTC: 180 in Moscow, which knows no summer time.
    pub zone: i32,
    /// Monday first; `None` is a day off.
    pub week: [Option<Span>; 7],
    /// Takes the place of the day of the week on a holiday.
    pub holiday: Option<Span>,
    /// Month and day of the holidays of every year.
    pub holidays: Vec<(u8, u8)>,
}

/// What the schedule says of a moment. Minutes are those of the service's own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open {
        until: u16,
    },
    /// Opens in `days` days (0 is today) on `weekday` (0 is Monday) at `at`.
    Shut {
        days: u8,
        weekday: u8,
        at: u16,
    },
    /// Not open within two weeks: the schedule is empty.
    Never,
}

const DAY: i64 = 24 * 60;

impl Hours {
    /// The state at `now`, in minutes since 1970 UTC.
    pub fn at(&self, now: i64) -> State {
        let here = now + i64::from(self.zone);
        let (today, minute) = (here.div_euclid(DAY), here.rem_euclid(DAY));
        if let Some(span) = self.on(today)
            && (i64::from(span.from)..i64::from(span.until)).contains(&minute)
        {
            return State::Open { until: span.until };
        }
        for days in 0..14_u8 {
            let day = today + i64::from(days);
            if let Some(span) = self.on(day)
                && (days > 0 || minute < i64::from(span.from))
            {
                return State::Shut { days, weekday: weekday(day), at: span.from };
            }
        }
        State::Never
    }

    fn on(&self, day: i64) -> Option<Span> {
        if self.holidays.contains(&month_day(day)) {
            return self.holiday;
        }
        self.week.get(usize::from(weekday(day))).copied().flatten()
    }
}

/// 1 January 1970 was a Thursday.
fn weekday(day: i64) -> u8 {
    (day + 3).rem_euclid(7) as u8
}

/// Month and day of a day since 1970: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
fn month_day(day: i64) -> (u8, u8) {
    let of_era = (day + 719_468).rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    ((if month < 10 { month + 3 } else { month - 9 }) as u8, day as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mondays to Fridays 8–20, Saturdays 9–17, Sundays and holidays 10–16, Moscow time.
    fn hours() -> Hours {
        let span = |from: u16, until: u16| Some(Span { from: from * 60, until: until * 60 });
        let work = span(8, 20);
        let week = [work, work, work, work, work, span(9, 17), span(10, 16)];
        Hours { zone: 180, week, holiday: span(10, 16), holidays: vec![(11, 4), (1, 1)] }
    }

    /// Days since 1970 of the date, hours and minutes of UTC.
    const WED_25_NOV_2026: i64 = 20_782;

    #[track_caller]
    fn check(day: i64, hour: i64, minute: i64, expected: State) {
        assert_eq!(hours().at(day * DAY + hour * 60 + minute), expected);
    }

    #[test]
    fn follows_the_day_of_the_week() {
        check(WED_25_NOV_2026, 5, 0, State::Open { until: 1200 });
        check(WED_25_NOV_2026, 4, 59, State::Shut { days: 0, weekday: 2, at: 480 });
        check(WED_25_NOV_2026, 16, 59, State::Open { until: 1200 });
        check(WED_25_NOV_2026, 17, 0, State::Shut { days: 1, weekday: 3, at: 480 });
        check(WED_25_NOV_2026 + 2, 18, 0, State::Shut { days: 1, weekday: 5, at: 540 });
        check(WED_25_NOV_2026 + 4, 8, 0, State::Open { until: 960 });
    }

    #[test]
    fn a_night_of_utc_is_already_tomorrow_in_moscow() {
        check(WED_25_NOV_2026, 22, 0, State::Shut { days: 0, weekday: 3, at: 480 });
    }

    #[test]
    fn a_holiday_takes_the_hours_of_a_holiday() {
        let fourth_of_november = WED_25_NOV_2026 - 21;
        check(fourth_of_november, 6, 0, State::Shut { days: 0, weekday: 2, at: 600 });
        check(fourth_of_november, 7, 0, State::Open { until: 960 });
        let first_of_january = WED_25_NOV_2026 + 37;
        check(first_of_january, 15, 0, State::Shut { days: 1, weekday: 5, at: 540 });
    }

    #[test]
    fn an_empty_schedule_never_opens() {
        assert_eq!(Hours::default().at(0), State::Never);
    }
}
