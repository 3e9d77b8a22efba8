//! Russian spellings of a date, read into day, month and year.

use super::super::engine::{Flaw, Place};
use crate::text::{Glyph, glyph, is_blank, is_cyrillic, is_dash, letter, lower};
use crate::verdict::Day;

/// Months in the genitive; the first three letters tell them apart («мая» and «май» share two).
pub(crate) const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
/// The same in the nominative, with the short form of September that people use.
const NOMINATIVE: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];
/// Words that say nothing: year, born, number, endings of ordinals.
const IDLE: [&str; 16] =
    ["г", "гг", "год", "года", "году", "гр", "р", "рождения", "число", "числа", "е", "го", "ого", "от", "ое", "ье"];

/// What stands in the text.
pub(super) enum Read {
    Day(Day),
    /// A year of two digits.
    Short(Day),
    /// So many digits are missing.
    Partial(u32),
    Bad(Flaw),
}

/// A piece of the text, with its place in characters.
enum Token {
    Number { value: u32, digits: usize },
    Month(u8),
}

pub(super) fn read(text: &str, today: Day) -> Read {
    let tokens = match tokens(text, today) {
        Ok(tokens) => tokens,
        Err(read) => return read,
    };
    let typed: usize = tokens.iter().map(|t| if let Token::Number { digits, .. } = t { *digits } else { 2 }).sum();
    let missing = 8u32.saturating_sub(typed as u32).max(1);
    let calendar = || Read::Bad(Flaw::whole("calendar"));
    let number = |token: &Token| if let Token::Number { value, .. } = token { *value } else { 0 };
    match tokens.as_slice() {
        [Token::Number { value, digits }] => together(*value, *digits, today),
        [
            day @ Token::Number { digits: 1 | 2, .. },
            month @ Token::Number { digits: 1 | 2, .. },
            Token::Number { value, digits },
        ] => year(number(day), number(month), *value, *digits),
        [
            Token::Number { value: year, digits: 4 },
            month @ Token::Number { digits: 1 | 2, .. },
            day @ Token::Number { digits: 1 | 2, .. },
        ] => full(number(day), number(month), *year),
        [day @ Token::Number { digits: 1 | 2, .. }, Token::Month(month), Token::Number { value, digits }]
        | [Token::Month(month), day @ Token::Number { digits: 1 | 2, .. }, Token::Number { value, digits }] => {
            year(number(day), u32::from(*month), *value, *digits)
        }
        [Token::Number { value: year, digits: 4 }, Token::Month(month), day @ Token::Number { digits: 1 | 2, .. }] => {
            full(number(day), u32::from(*month), *year)
        }
        // Day and month as one group before the year: 0503.1990.
        [Token::Number { value, digits: 4 }, Token::Number { value: year, digits: 4 }] => {
            full(value / 100, value % 100, *year)
        }
        // More than a date has.
        [_, _, _, _, ..] => calendar(),
        [Token::Number { digits, .. }, Token::Number { digits: second, .. }, ..] if *digits > 4 || *second > 4 => {
            calendar()
        }
        [Token::Number { digits: 3, .. }, _, _] => calendar(),
        [_, Token::Number { digits: 3.., .. }, _] => calendar(),
        _ => Read::Partial(missing),
    }
}

fn full(day: u32, month: u32, year: u32) -> Read {
    match (u8::try_from(day), u8::try_from(month), u16::try_from(year)) {
        (Ok(day), Ok(month), Ok(year)) => Read::Day(Day { year, month, day }),
        _ => Read::Bad(Flaw::whole("calendar")),
    }
}

fn year(day: u32, month: u32, year: u32, digits: usize) -> Read {
    match (full(day, month, year), digits) {
        (Read::Day(day), 2) => Read::Short(day),
        (read, 4) => read,
        (_, 1 | 3) => Read::Partial(1),
        _ => Read::Bad(Flaw::whole("calendar")),
    }
}

/// Digits without separators: ДДММГГГГ, ДДММГГ, or ГГГГММДД where only that can be.
fn together(value: u32, digits: usize, today: Day) -> Read {
    match digits {
        8 => {
            let read = full(value / 1_000_000, value / 10_000 % 100, value % 10_000);
            let other =
                Day { year: (value / 10_000) as u16, month: (value / 100 % 100) as u8, day: (value % 100) as u8 };
            let plain = |d: &Day| super::exists(*d) && d.year >= super::FIRST_YEAR && d.year <= today.year + 100;
            match &read {
                Read::Day(day) if !plain(day) && plain(&other) => Read::Day(other),
                _ => read,
            }
        }
        6 => match full(value / 10_000, value / 100 % 100, value % 100) {
            Read::Day(day) => Read::Short(day),
            read => read,
        },
        9.. => Read::Bad(Flaw { place: Place::Whole, ..Flaw::whole("calendar") }),
        _ => Read::Partial(8 - digits as u32),
    }
}

fn tokens(text: &str, today: Day) -> Result<Vec<Token>, Read> {
    let chars: Vec<char> = crate::text::without_cells(text).chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        let rest = chars.get(at..).unwrap_or_default();
        if digit(c).is_some() {
            let digits: Vec<u32> = rest.iter().map_while(|c| digit(*c)).collect();
            let value = digits.iter().take(9).fold(0, |n, d| n * 10 + d);
            out.push(Token::Number { value, digits: digits.len() });
            at += digits.len();
        } else if is_cyrillic(c) {
            let word: String = rest.iter().copied().take_while(|c| is_cyrillic(*c)).map(lower).collect();
            let length = word.chars().count();
            let glued = at.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(|c| digit(*c).is_some());
            if let Some(day) = relative(&word, today) {
                return Err(Read::Day(day));
            }
            match month(&word) {
                Some(month) => out.push(Token::Month(month)),
                None if IDLE.contains(&word.as_str()) => {}
                // A month that is being typed.
                None if at + length == chars.len() && !glued && begins_month(&word) => return Err(Read::Partial(4)),
                None => {
                    return Err(Read::Bad(Flaw { name: "chars", place: Place::Chars(at, at + 1), expected: "0-9 ." }));
                }
            }
            at += length;
        } else if is_blank(c)
            || is_dash(c)
            || matches!(c, '.' | '/' | '\\' | ',' | '«' | '»' | '"' | '“' | '”' | '„' | '\'' | '\u{ad}')
        {
            at += 1;
        } else {
            return Err(Read::Bad(Flaw { name: "chars", place: Place::Chars(at, at + 1), expected: "0-9 ." }));
        }
    }
    Ok(out)
}

fn digit(c: char) -> Option<u32> {
    match glyph(c) {
        Glyph::Symbol(s) => letter(s).to_digit(10),
        _ => None,
    }
}

/// A month by its name or its first three letters or more.
fn month(word: &str) -> Option<u8> {
    let long = word.chars().count() >= 3;
    let same = |name: &&str| **name == *word || (long && name.starts_with(word));
    let at = MONTHS.iter().position(|name| same(name)).or_else(|| NOMINATIVE.iter().position(|name| same(name)))?;
    Some(at as u8 + 1)
}

fn begins_month(word: &str) -> bool {
    MONTHS.iter().chain(&NOMINATIVE).any(|name| name.starts_with(word))
}

fn relative(word: &str, today: Day) -> Option<Day> {
    match word {
        "сегодня" => Some(today),
        "вчера" => Some(previous(today)),
        "позавчера" => Some(previous(previous(today))),
        "завтра" => Some(next(today)),
        _ => None,
    }
}

/// The day before.
pub(crate) fn previous(day: Day) -> Day {
    let months = [Day { day: day.day - 1, ..day }].into_iter().chain((28..=31).rev().map(|last| match day.month {
        1 => Day { year: day.year - 1, month: 12, day: last },
        _ => Day { month: day.month - 1, day: last, ..day },
    }));
    months.into_iter().find(|d| super::exists(*d)).unwrap_or(day)
}

/// The day after.
pub(crate) fn next(day: Day) -> Day {
    let later = [
        Day { day: day.day + 1, ..day },
        Day { month: day.month + 1, day: 1, ..day },
        Day { year: day.year + 1, month: 1, day: 1 },
    ];
    later.into_iter().find(|d| super::exists(*d)).unwrap_or(day)
}
