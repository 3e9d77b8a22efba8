//! Which part of a date is wrong, for whoever asks for the place of a fault: the day, the month, the year, or what is too much.
//!
//! A page shows no places, so nothing of this is in its module.

use super::super::flaw::{Expected, Flaw, Name, Place};
use super::spelling::Marks;
use super::{Wanted, last, parse};
use crate::text::push_number;
use crate::verdict::{Context, Day};

const DAYS: &str = "1..31";
const MONTHS: &str = "1..12";
const YEARS: &str = "1800..2200";

/// Half-open ranges of characters.
type Range = (usize, usize);

#[derive(Default)]
struct Parts {
    /// Of the tokens; of day, month and year once they are told apart.
    tokens: Vec<Range>,
    day: Option<Day>,
}

impl Marks for Parts {
    fn token(&mut self, number: usize, from: usize, to: usize) {
        match self.tokens.get_mut(number) {
            Some(token) => token.1 = to,
            None => self.tokens.push((from, to)),
        }
    }

    fn swap(&mut self, one: usize, other: usize) {
        if one.max(other) < self.tokens.len() {
            self.tokens.swap(one, other);
        }
    }

    fn cut(&mut self, number: usize, digits: &[usize]) {
        let Some(&(mut from, _)) = self.tokens.get(number) else { return };
        let mut parts = Vec::new();
        for digits in digits {
            parts.push((from, from + digits));
            from += digits;
        }
        self.tokens.splice(number..=number, parts);
    }

    fn day(&mut self, day: Day) {
        self.day = Some(day);
    }
}

/// Where a date is wrong and what should stand there: the bounds of a part, `past` and the like of the whole date, nothing for what
/// is too much. `None` for any other fault.
pub fn exact(kind: &str, chars: &[char], ctx: &Context, flaw: &Flaw) -> Option<(Place, String)> {
    let wanted = match kind {
        "date" => Wanted::Any,
        "future_date" => Wanted::Future,
        "birth_date" | "past_date" | "passport_issue_date" => Wanted::Past,
        _ => return None,
    };
    let mut parts = Parts::default();
    let _ = parse(chars, ctx.today, wanted, &mut parts);
    let ((from, to), expected) = match flaw.name {
        Name::Two => (parts.behind(3)?, String::new()),
        Name::Range => (parts.outside(ctx.today, flaw.expected)?, flaw.expected.as_str().to_owned()),
        Name::Calendar => parts.impossible(chars)?,
        _ => return None,
    };
    Some((Place::Chars(u16::try_from(from).ok()?, u16::try_from(to).ok()?), expected))
}

impl Parts {
    /// A part of the day; what is one word is all of them.
    fn part(&self, number: usize) -> Option<Range> {
        self.tokens.get(number).or(self.tokens.last()).copied()
    }

    /// Everything from this token on.
    fn behind(&self, number: usize) -> Option<Range> {
        Some((self.tokens.get(number)?.0, self.tokens.last()?.1))
    }

    /// The first part, from the year on, that is not today's. A year before or behind all others is named alone.
    fn outside(&self, today: Day, bound: Expected) -> Option<Range> {
        let day = self.day.filter(|day| day.year == today.year && matches!(bound, Expected::Past | Expected::Future));
        self.part(match day {
            None => 2,
            Some(day) if day.month != today.month => 1,
            Some(_) => 0,
        })
    }

    /// What no calendar has, and what it has there.
    fn impossible(&self, chars: &[char]) -> Option<(Range, String)> {
        if let Some(day) = self.day {
            return Some(match last(day) {
                0 => (self.part(1)?, MONTHS.to_owned()),
                last => {
                    let mut days = String::from("1..");
                    push_number(&mut days, last.into(), 0);
                    (self.part(0)?, days)
                }
            });
        }
        let digits = |(from, to): Range| chars.get(from).is_some_and(|c| c.is_numeric()).then_some(to - from);
        let long = |number| self.tokens.get(number).copied().filter(|it| digits(*it) > Some(2));
        let (range, expected) = match self.tokens.as_slice() {
            // More digits than a date has.
            [(from, to)] => ((from + 8, *to), ""),
            [one, other] => (if digits(*one) > digits(*other) { *one } else { *other }, ""),
            [day, ..] if self.tokens.len() == 3 => match digits(*day) {
                Some(3) => (*day, DAYS),
                Some(5..) => (*day, YEARS),
                _ => (long(1)?, MONTHS),
            },
            _ => (self.behind(3)?, ""),
        };
        Some((range, expected.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validators::{Kind, check};
    use crate::verdict::Verdict;

    const TODAY: Day = Day { year: 2026, month: 11, day: 25 };

    /// `expected` is the flaw, what the span holds of the text as it was typed, and what should stand there.
    #[track_caller]
    fn wrong(kind: Kind, text: &str, expected: &str) {
        let Verdict::Fault(fault) = check(kind, text, &Context { today: TODAY, bik: None }) else {
            panic!("{text} is no fault")
        };
        let units: Vec<u16> = text.encode_utf16().collect();
        let there = String::from_utf16(&units[fault.span.start as usize..fault.span.end as usize]).unwrap();
        let (_, flaw) = fault.code.split_once('.').unwrap();
        assert_eq!(format!("{flaw} {there} for {}", fault.expected), expected, "{text}");
        // What was found is said in plain signs.
        assert_eq!(fault.found, crate::text::string(&crate::text::chars(&there)), "{text}");
    }

    #[test]
    fn a_day_that_its_month_does_not_have_is_named_with_the_last_one() {
        wrong(Kind::Date, "31 апреля 1990", "calendar 31 for 1..30");
        wrong(Kind::Date, "31/04/90", "calendar 31 for 1..30");
        wrong(Kind::Date, "３１．０４．１９９０", "calendar ３１ for 1..30");
        wrong(Kind::Date, "٣١.٠٤.١٩٩٠", "calendar ٣١ for 1..30");
        wrong(Kind::Date, "Дата: 31.04.1990 г.", "calendar 31 for 1..30");
        wrong(Kind::Date, "апрель 31, 1990", "calendar 31 for 1..30");
        wrong(Kind::Date, "тридцать первое апреля 1990", "calendar тридцать первое for 1..30");
        wrong(Kind::Date, "31041990", "calendar 31 for 1..30");
        wrong(Kind::Date, "310490", "calendar 31 for 1..30");
        wrong(Kind::Date, "31.041990", "calendar 31 for 1..30");
        wrong(Kind::Date, "3104.1990", "calendar 31 for 1..30");
        wrong(Kind::Date, "1990-02-30", "calendar 30 for 1..28");
        wrong(Kind::Date, "2000 30 февраля", "calendar 30 for 1..29");
        wrong(Kind::Date, "1990-02-30T10:00", "calendar 30 for 1..28");
        wrong(Kind::BirthDate, "родился 29 II 1990", "calendar 29 for 1..28");
        wrong(Kind::BirthDate, "29.02.99", "calendar 29 for 1..28");
        wrong(Kind::PassportIssueDate, "выдан 00.05.2015", "calendar 00 for 1..31");
    }

    #[test]
    fn a_month_that_is_none_is_named_before_its_day() {
        wrong(Kind::Date, "05.13.1990", "calendar 13 for 1..12");
        wrong(Kind::Date, "99.99.1990", "calendar 99 for 1..12");
        wrong(Kind::Date, "5／13／90", "calendar 13 for 1..12");
        wrong(Kind::Date, "1990-13-05", "calendar 13 for 1..12");
        wrong(Kind::Date, "05131990", "calendar 13 for 1..12");
        wrong(Kind::BirthDate, "03.25.1990", "calendar 25 for 1..12");
    }

    #[test]
    fn too_many_digits_and_numbers_are_named() {
        wrong(Kind::Date, "310.04.1990", "calendar 310 for 1..31");
        wrong(Kind::Date, "31.004.1990", "calendar 004 for 1..12");
        wrong(Kind::Date, "19900.04.05", "calendar 19900 for 1800..2200");
        wrong(Kind::Date, "050319901", "calendar 1 for ");
        wrong(Kind::Date, "05.0319901", "calendar 0319901 for ");
        wrong(Kind::Date, "05.03.1990 12", "calendar 12 for ");
        wrong(Kind::Date, "05.03.19900", "range 19900 for 2200");
    }

    #[test]
    fn of_a_day_outside_of_the_bounds_the_part_that_leaves_them_is_named() {
        wrong(Kind::BirthDate, "5 марта 2027 года", "range 2027 for past");
        wrong(Kind::BirthDate, "05.12.2026", "range 12 for past");
        wrong(Kind::BirthDate, "26 ноября 2026", "range 26 for past");
        wrong(Kind::BirthDate, "05121799", "range 1799 for 1800");
        wrong(Kind::PastDate, "завтра", "range завтра for past");
        wrong(Kind::PassportIssueDate, "2027-02-01", "range 2027 for past");
        wrong(Kind::FutureDate, "05.03.20", "range 20 for future");
        wrong(Kind::FutureDate, "с 24.11.2026", "range 24 for future");
        wrong(Kind::FutureDate, "1 октября 2026", "range октября for future");
        wrong(Kind::FutureDate, "01.01.2300", "range 2300 for 2200");
    }

    #[test]
    fn of_two_days_the_second_is_named() {
        wrong(Kind::Date, "05.03.1990-06.03.1990", "two 06.03.1990 for ");
        wrong(Kind::BirthDate, "с 5 марта 2020 по 6 марта 2020 г.", "two 6 марта 2020 for ");
        wrong(Kind::PassportIssueDate, "０５.０３.２０２０ — ０６.０３.２０２０", "two ０６.０３.２０２０ for ");
    }
}
