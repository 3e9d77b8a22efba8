//! Tests of the working time, among them a second implementation that walks every minute.

use super::*;

/// Numbers without a random source (Knuth, MMIX).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[track_caller]
fn open(calendar: &Calendar, day: (i64, i64, i64), expected: &[(i64, i64)]) {
    let (year, month, of_month) = day;
    let midnight = moment(year, month, of_month, 0, 0);
    let got: Vec<_> = calendar
        .open(day_number(year, month, of_month))
        .map(|(open, close)| ((open - midnight) / 60, (close - midnight) / 60))
        .collect();
    let minutes: Vec<_> = expected.iter().map(|(open, close)| (open * 60, close * 60)).collect();
    assert_eq!(got, minutes);
}

#[test]
fn the_schedule_of_the_operators() {
    open(&OPERATORS, (2026, 11, 25), &[(8, 20)]);
    open(&OPERATORS, (2026, 11, 28), &[(9, 17)]);
    open(&OPERATORS, (2026, 11, 29), &[(10, 16)]);
    open(&OPERATORS, (2026, 11, 4), &[(10, 16)]);
    // A moved day off.
    open(&OPERATORS, (2026, 1, 9), &[(10, 16)]);
    // The eve of a holiday is an hour shorter.
    open(&OPERATORS, (2026, 11, 3), &[(8, 19)]);
    // 1 November 2025 was a working Saturday and an eve.
    open(&OPERATORS, (2025, 11, 1), &[(8, 19)]);
}

#[test]
fn the_schedule_of_an_office() {
    open(&OFFICE, (2026, 11, 28), &[]);
    open(&OFFICE, (2025, 11, 1), &[(9, 17)]);
    open(&OFFICE, (2025, 11, 3), &[]);
    open(&OFFICE, (2025, 5, 8), &[]);
    open(&OFFICE, (2025, 6, 13), &[]);
    open(&OFFICE, (2025, 12, 31), &[]);
    open(&OFFICE, (2026, 12, 31), &[]);
    // 9 May 2027 is a Sunday: article 112 itself moves it to Monday.
    open(&OFFICE, (2027, 5, 10), &[]);
}

#[test]
fn days_of_its_own_win_over_the_week_and_the_production_calendar() {
    let day = |month, day| day_number(2026, month, day);
    let morning: Hours = Cow::Owned(vec![(9 * 60, 13 * 60)]);
    let own = Calendar { days: Cow::Owned(vec![(day(11, 4), morning), (day(11, 25), SHUT)]), ..OFFICE.clone() };
    open(&own, (2026, 11, 4), &[(9, 13)]);
    open(&own, (2026, 11, 25), &[]);
    open(&own, (2026, 11, 26), &[(9, 18)]);
    assert_eq!(own.add(moment(2026, 11, 24, 17, 0), 2 * 3_600), Some(moment(2026, 11, 26, 10, 0)));
}

/// Working days of a five-day week, known from the published calendars: 247 in 2025 and in 2026.
#[test]
fn working_days_of_a_year() {
    let days = |year| {
        (day_number(year, 1, 1)..day_number(year + 1, 1, 1)).filter(|day| OFFICE.open(*day).next().is_some()).count()
    };
    assert_eq!(days(2025), 247);
    assert_eq!(days(2026), 247);
}

#[test]
fn dates_come_back() {
    for day in (-200_000..200_000).step_by(17) {
        let (year, month, of_month) = civil(day);
        assert_eq!(day_number(year, month.into(), of_month.into()), day);
    }
    assert_eq!(day_number(2000, 2, 29), 11_016);
}

/// Ten thousand sums against a walk of every minute.
#[test]
fn the_walk_of_every_minute_agrees() {
    let mut numbers = Numbers(7);
    let calendars = [OPERATORS.clone(), OFFICE.clone(), OFFICE.at(600), OPERATORS.at(120)];
    for case in 0..10_000 {
        let calendar = &calendars[case % 4];
        let start = moment(2025, 1, 1, 0, 0) + numbers.below(3 * 365 * 24 * 60) * 60;
        // Every tenth sum goes over several days.
        let minutes = numbers.below(if case % 10 == 0 { 20 * 60 } else { 2 * 60 }) + 1;
        let (mut now, mut left) = (start, minutes);
        while left > 0 {
            left -= i64::from(calendar.is_open(now));
            now += 60;
        }
        assert_eq!(calendar.add(start, minutes * 60), Some(now), "{calendar:?} {start} {minutes}");
        assert_eq!(calendar.between(start, now), minutes * 60);
    }
}

#[test]
fn two_sums_are_one() {
    let mut numbers = Numbers(11);
    for _ in 0..10_000 {
        let start = moment(2025, 1, 1, 0, 0) + numbers.below(3 * 365 * DAY);
        let (a, b) = (numbers.below(40 * 3_600), numbers.below(40 * 3_600));
        let two = OPERATORS.add(start, a).and_then(|middle| OPERATORS.add(middle, b));
        let one = OPERATORS.add(start, a + b);
        // After a sum of nothing the start may lie outside the hours; the working time to both ends is the same.
        assert_eq!(two.map(|end| OPERATORS.between(start, end)), one.map(|end| OPERATORS.between(start, end)));
        if b > 0 {
            assert_eq!(two, one);
        }
    }
}

#[test]
fn the_far_end_is_no_loop() {
    let never = Calendar { week: [SHUT; 7], holiday: SHUT, ..OFFICE.clone() };
    assert_eq!(never.add(0, 1), None);
    assert_eq!(OFFICE.add(i64::MAX - 10, 1), None);
    assert_eq!(OFFICE.between(10, 5), 0);
    assert_eq!(OFFICE.between(i64::MIN / 2, i64::MIN / 2 + 5), 0);
}

/// The hotline of the demo portal keeps the hours of [`OPERATORS`]: its file says each day that the decrees move.
#[test]
fn the_hours_of_the_demo_are_those_of_the_calendar() {
    let file: serde_json::Value = serde_json::from_str(include_str!("../../www/faq/contacts.json")).unwrap();
    let holidays: Vec<_> = file["holidays"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    for day in day_number(2026, 1, 1)..day_number(2028, 1, 1) {
        let (year, month, of_month) = civil(day);
        let (date, short) = (format!("{year}-{month:02}-{of_month:02}"), format!("{month:02}-{of_month:02}"));
        // 1970-01-01 was a Thursday; a week begins with Monday.
        let weekday = usize::try_from((day + 3) % 7).unwrap();
        let usual = if holidays.contains(&short.as_str()) { &file["holiday"] } else { &file["week"][weekday] };
        let said = file["days"].get(&date).unwrap_or(usual);
        let hours: Vec<_> = OPERATORS.open(day).map(|(open, close)| (open - day * DAY, close - day * DAY)).collect();
        let hours: Vec<_> =
            hours.iter().map(|(open, close)| (open + OPERATORS.offset * 60, close + OPERATORS.offset * 60)).collect();
        let clock = |second: i64| format!("{:02}:{:02}", second / 3600, second % 3600 / 60);
        assert_eq!(hours.len(), 1, "{date}");
        assert_eq!(said, &format!("{}-{}", clock(hours[0].0), clock(hours[0].1)), "{date}");
    }
}
