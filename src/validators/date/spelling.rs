//! Russian spellings of a date, read into day, month and year.

use super::super::flaw::{Expected, Name, Outcome, flaw, flaw_char};
use super::{FIRST_YEAR, exists};
use crate::text::{is_blank, is_cyrillic, is_dash, place, symbol, trim_start, without_cells};
use crate::verdict::Day;

/// Months in both cases that people use; the first three letters tell them apart.
const MONTHS: &str = "января январь февраля февраль марта март апреля апрель мая май июня июнь июля июль августа август \
    сентября сентябрь октября октябрь ноября ноябрь декабря декабрь";
/// Words that say nothing: year, born, number, endings of ordinals.
const IDLE: &str = "г гг год года году гр р рождения число числа е го ого от ое ье";
/// Days by their distance, see [`shifted`].
const RELATIVE: &str = "сегодня вчера позавчера завтра";

/// A number of the text with the digits it is written in, or a month by its name, without digits.
#[derive(Clone, Copy)]
struct Token {
    value: u32,
    digits: u32,
}

impl Token {
    /// A day, or a month in digits.
    fn is_short(self) -> bool {
        matches!(self.digits, 1 | 2)
    }

    fn is_month(self) -> bool {
        self.digits < 3
    }
}

/// The day that a text names; `true` where its year has two digits.
pub(super) fn read(chars: &[char], today: Day) -> Result<(Day, bool), Outcome> {
    let chars = without_cells(chars);
    // A date has three tokens.
    let mut tokens = [Token { value: 0, digits: 0 }; 3];
    // Tokens and digits so far; a month by its name counts as two. A word may be glued to a number.
    let (mut count, mut typed, mut glued) = (0, 0, false);
    let mut rest = chars;
    while let [c, more @ ..] = rest {
        let mut token = Token { value: 0, digits: 0 };
        let at = chars.len() - rest.len();
        let was_glued = std::mem::take(&mut glued);
        if digit(*c) < 10 {
            while let [c, more @ ..] = rest
                && digit(*c) < 10
            {
                if token.digits < 9 {
                    token.value = token.value * 10 + digit(*c);
                }
                token.digits += 1;
                rest = more;
            }
            typed += token.digits;
            glued = true;
        } else if is_cyrillic(*c) {
            let after = trim_start(rest, is_cyrillic);
            let word = rest.get(..rest.len() - after.len()).unwrap_or_default();
            rest = after;
            if let Some(days) = place(RELATIVE, word, true) {
                return Ok((shifted(today, days), false));
            }
            match place(MONTHS, word, false) {
                Some(month) if word.len() > 2 => token.value = month as u32 / 2 + 1,
                _ if place(IDLE, word, true).is_some() => continue,
                // A month that is being typed.
                Some(_) if rest.is_empty() && !was_glued => return Err(Outcome::Partial(4)),
                _ => return Err(flaw_char(Name::Chars, at, Expected::Dotted)),
            }
            typed += 2;
        } else if is_separator(*c) {
            rest = more;
            continue;
        } else {
            return Err(flaw_char(Name::Chars, at, Expected::Dotted));
        }
        if let Some(place) = tokens.get_mut(count) {
            *place = token;
        }
        count += 1;
    }
    day(tokens, count, typed, today)
}

/// The day of three tokens or fewer; what is missing from it where they are no day yet.
fn day([mut a, mut b, c]: [Token; 3], count: usize, typed: u32, today: Day) -> Result<(Day, bool), Outcome> {
    let calendar = match count {
        1 if a.digits > 0 => return together(a.value, a.digits, today),
        // Day and month as one group before the year: 0503.1990.
        2 if a.digits == 4 && b.digits == 4 => return full(a.value / 100, a.value % 100, b.value),
        2 => a.digits > 0 && b.digits > 0 && a.digits.max(b.digits) > 4,
        3 => {
            if a.digits == 0 && b.is_short() {
                (a, b) = (b, a);
            }
            if a.digits == 4 && b.is_month() && c.is_short() {
                return full(c.value, b.value, a.value);
            }
            let in_order = a.is_short() && b.is_month();
            match c.digits {
                2 if in_order => return short(a.value, b.value, c.value),
                4 if in_order => return full(a.value, b.value, c.value),
                1 | 3 if in_order => return Err(Outcome::Partial(1)),
                5.. if in_order => true,
                _ => a.digits == 3 || b.digits > 2 || (a.digits > 4 && b.digits > 0),
            }
        }
        _ => count > 3,
    };
    if calendar { Err(flaw(Name::Calendar)) } else { Err(Outcome::Partial(8_u32.saturating_sub(typed).max(1))) }
}

fn full(day: u32, month: u32, year: u32) -> Result<(Day, bool), Outcome> {
    Ok((Day { year: year as u16, month: month as u8, day: day as u8 }, false))
}

fn short(day: u32, month: u32, year: u32) -> Result<(Day, bool), Outcome> {
    Ok((full(day, month, year)?.0, true))
}

/// Digits without separators: ДДММГГГГ, ДДММГГ, or ГГГГММДД where only that can be.
fn together(value: u32, digits: u32, today: Day) -> Result<(Day, bool), Outcome> {
    let (head, middle, tail) = (value / 10_000, value / 100 % 100, value % 100);
    match digits {
        8 => {
            let plain = |read: &Result<(Day, bool), Outcome>| {
                read.is_ok_and(|(d, _)| exists(d) && (FIRST_YEAR..=today.year + 100).contains(&d.year))
            };
            let (read, other) = (full(head / 100, head % 100, value % 10_000), full(tail, middle, head));
            if !plain(&read) && plain(&other) { other } else { read }
        }
        6 => short(head, middle, tail),
        9.. => Err(flaw(Name::Calendar)),
        _ => Err(Outcome::Partial(8 - digits)),
    }
}

/// The digit, or a number above 9.
fn digit(c: char) -> u32 {
    u32::from(symbol(c).wrapping_sub(b'0'))
}

fn is_separator(c: char) -> bool {
    let sign = matches!(c, '.' | '/' | '\\' | ',' | '«' | '»' | '"' | '“' | '”' | '„' | '\'' | '\u{ad}');
    sign || is_blank(c) || is_dash(c)
}

/// The day at a place of [`RELATIVE`].
fn shifted(today: Day, place: usize) -> Day {
    match place {
        0 => today,
        1 => previous(today),
        2 => previous(previous(today)),
        _ => next(today),
    }
}

/// The day before.
#[inline(never)]
fn previous(today: Day) -> Day {
    let Day { year, month, day } = today;
    if day > 1 {
        return Day { day: day - 1, ..today };
    }
    let mut last = match month {
        1 => Day { year: year - 1, month: 12, day: 31 },
        _ => Day { year, month: month - 1, day: 31 },
    };
    while last.day > 0 && !exists(last) {
        last.day -= 1;
    }
    last
}

/// The day after.
fn next(today: Day) -> Day {
    let Day { year, month, day } = today;
    let tomorrow = Day { day: day + 1, ..today };
    match (exists(tomorrow), month) {
        (true, _) => tomorrow,
        (_, 12) => Day { year: year + 1, month: 1, day: 1 },
        _ => Day { year, month: month + 1, day: 1 },
    }
}
