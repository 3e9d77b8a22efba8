//! Which part of a date is wrong, for whoever asks for the place of a fault: the day, the month, the year, or what is too much.
//!
//! A page shows no places, so nothing of this is in its module. What is wrong is a group of digits, but for an ordinal number or the
//! name of a month beside a bound: the groups are told apart by the day that the whole text was read as.

use super::super::flaw::{Expected, Flaw, Name};
use super::spelling::{MONTHS, read};
use super::{Wanted, exists, parse};
use crate::text::{is_letter, join, place, push_number, symbol};
use crate::verdict::{Context, Day};

/// Half-open ranges of characters.
type Range = (usize, usize);

const DAY: usize = 0;
const MONTH: usize = 1;
const YEAR: usize = 2;

/// Where a date is wrong, and what a calendar has there; `None` where it is the whole.
pub fn wrong(chars: &[char], ctx: &Context, flaw: &Flaw) -> Option<(Range, String)> {
    let groups = runs(chars, |c| symbol(c).is_ascii_digit());
    let at = |number: usize| groups.get(number).copied();
    let size = |number: usize| at(number).map_or(0, |(from, to)| to - from);
    let mut expected = String::new();
    let day = read(chars, ctx.today).ok().map(|(day, _)| day);
    let Some(day) = day else {
        // More digits than a part has, or two dates in equal spellings.
        let count = groups.len();
        let range = match flaw.name {
            // Six parts are two days whatever they are written in; digits alone, in equal spellings.
            Name::Two => {
                let mut parts = [groups.as_slice(), &months(chars)].concat();
                parts.sort_unstable();
                match parts.as_slice() {
                    [_, _, _, first, _, last] => (first.0, last.1),
                    _ if count.is_multiple_of(2) => (at(count / 2)?.0, groups.last()?.1),
                    _ => return None,
                }
            }
            Name::Range => *groups.last()?,
            _ if size(0) > 8 => (at(0)?.0 + 8, at(0)?.1),
            _ if count == 2 && size(1) > size(0) || count == 3 && size(1) > 2 => at(1)?,
            _ if matches!(size(0), 3 | 5..) => at(0)?,
            _ => (at(3)?.0, groups.last()?.1),
        };
        return Some((range, expected));
    };
    let part = match (flaw.name, flaw.expected) {
        (Name::Calendar, _) => {
            // The last day of the month; none where there is no such month.
            let last = (28..32).rev().find(|last| exists(Day { day: *last, ..day }));
            push_number(&mut expected, last.unwrap_or(12).into(), 0);
            expected = join(&["1..", &expected]);
            if last.is_some() { DAY } else { MONTH }
        }
        (_, Expected::Past | Expected::Future) => {
            // The century of a year of two digits is the one that the field reads.
            let wanted = if flaw.expected == Expected::Past { Wanted::Past } else { Wanted::Future };
            match parse(chars, ctx.today, wanted).ok()? {
                day if day.year != ctx.today.year => YEAR,
                day if day.month != ctx.today.month => MONTH,
                _ => DAY,
            }
        }
        _ => YEAR,
    };
    // Places of day, month and year, as far as they are digits.
    let cut = |number: usize, from: usize, to: usize| at(number).map(|(start, _)| (start + from, start + to));
    let digits = match (size(0), size(1)) {
        (6, _) => [cut(0, 0, 2), cut(0, 2, 4), cut(0, 4, 6)],
        (8, _) => {
            let (from, _) = at(0)?;
            let tail = chars.get(from + 4..from + 8)?.iter().fold(0, |n, c| n * 10 + u16::from(symbol(*c) & 15));
            // ГГГГММДД, where the end is no year.
            if tail != day.year {
                [cut(0, 6, 8), cut(0, 4, 6), cut(0, 0, 4)]
            } else {
                [cut(0, 0, 2), cut(0, 2, 4), cut(0, 4, 8)]
            }
        }
        (2, 6) => [at(0), cut(1, 0, 2), cut(1, 2, 6)],
        (4, 4) => [cut(0, 0, 2), cut(0, 2, 4), at(1)],
        (4, _) if groups.len() == 2 => [at(1), None, at(0)],
        (4, 1..) => [at(2), at(1), at(0)],
        (4, _) => [None, None, at(0)],
        (_, 3..) => [at(0), None, at(1)],
        _ if groups.len() == 2 => [at(0), None, at(1)],
        _ => [at(0), at(1), at(2)],
    };
    let found = digits.get(part).copied().flatten().or_else(|| {
        // In words.
        let (words, month) = (runs(chars, is_letter), *months(chars).first()?);
        let name = words.iter().position(|word| *word == month)?;
        if part == MONTH {
            words.get(name).copied()
        } else {
            Some((words.first()?.0, words.get(name.checked_sub(1)?)?.1))
        }
    });
    Some((found?, expected))
}

/// Ranges of the names of months.
fn months(chars: &[char]) -> Vec<Range> {
    let mut out = runs(chars, is_letter);
    out.retain(|(from, to)| to - from > 2 && place(MONTHS, chars.get(*from..*to).unwrap_or_default(), false).is_some());
    out
}

/// Ranges of the characters that `wanted` holds for, as long as they are.
fn runs(chars: &[char], wanted: fn(char) -> bool) -> Vec<Range> {
    let mut out: Vec<Range> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        if wanted(*c) {
            match out.last_mut() {
                Some((_, to)) if *to == at => *to = at + 1,
                _ => out.push((at, at + 1)),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::validators::{Kind, check};
    use crate::verdict::{Context, Day, Verdict};

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
        wrong(Kind::Date, "32.05.1990", "calendar 32 for 1..31");
        wrong(Kind::Date, "31 апреля 1990", "calendar 31 for 1..30");
        wrong(Kind::Date, "31 апреля 90", "calendar 31 for 1..30");
        wrong(Kind::Date, "31/04/90", "calendar 31 for 1..30");
        wrong(Kind::Date, "31.IV.1990", "calendar 31 for 1..30");
        wrong(Kind::Date, "31.Ⅳ.1990", "calendar 31 for 1..30");
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
        wrong(Kind::Date, "30 февраля 1990 10:00", "calendar 30 for 1..28");
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
        wrong(Kind::Date, "310.04.1990", "calendar 310 for ");
        wrong(Kind::Date, "31.004.1990", "calendar 004 for ");
        wrong(Kind::Date, "19900.04.05", "calendar 19900 for ");
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
        wrong(Kind::BirthDate, "двадцать шестое ноября 2026", "range двадцать шестое for past");
        wrong(Kind::BirthDate, "05121799", "range 1799 for 1800");
        wrong(Kind::BirthDate, "20271220", "range 2027 for past");
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
        // In two spellings.
        wrong(Kind::Date, "01.02.1990 - 5 марта 1991", "two 5 марта 1991 for ");
        wrong(Kind::Date, "5 марта 1991 г. — 01.02.1992", "two 01.02.1992 for ");
        wrong(Kind::Date, "1991-03-05 по 6 апр. 1991", "two 6 апр. 1991 for ");
        wrong(Kind::PassportIssueDate, "０５.０３.２０２０ — ０６.０３.２０２０", "two ０６.０３.２０２０ for ");
    }
}
