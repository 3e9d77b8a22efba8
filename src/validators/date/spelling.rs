//! Russian spellings of a date, read into day, month and year.

use super::super::flaw::{Expected, Name, Outcome, flaw, flaw_char, flaw_whole};
use super::{FIRST_YEAR, exists, last};
use crate::text::{is_blank, is_dash, is_label, is_letter, next_word, place, symbol, trim_start, without_cells};
use crate::verdict::Day;

/// Months in both cases that people use; the first three letters tell them apart.
pub(super) const MONTHS: &str = "января январь февраля февраль марта март апреля апрель мая май июня июнь июля июль августа август \
    сентября сентябрь октября октябрь ноября ноябрь декабря декабрь";
/// Months as Roman numbers, with х in Cyrillic.
const ROMAN: &str = "i ii iii iv v vi vii viii iх х хi хii";
/// Words that say nothing: year, born, number, endings of ordinals, weekdays, ends of a period.
const IDLE: &str = "д г гг год года году гр р рождения число числа е го ого от ое ье с по до понедельник вторник среда среду \
    четверг пятница пятницу суббота субботу воскресенье пн вт ср чт пт сб вс t z";
/// Ordinal numbers without their endings: 1 to 20, then 30.
const ORDINALS: &str = "перво второ треть четверто пято шесто седьмо восьмо девято десято одиннадцато двенадцато \
    тринадцато четырнадцато пятнадцато шестнадцато семнадцато восемнадцато девятнадцато двадцат тридцат";
/// Days from two before today on.
const RELATIVE: &str = "позавчера вчера сегодня завтра послезавтра";

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
    let (mut count, mut typed, mut glued) = (0_usize, 0, false);
    let mut rest = chars;
    while let [c, more @ ..] = rest {
        let mut token = Token { value: 0, digits: 0 };
        let at = chars.len() - rest.len();
        let was_glued = std::mem::take(&mut glued);
        if let month @ 49..=60 = digit(*c) {
            // A Roman number in one character.
            token.value = month - 48;
            typed += 2;
            rest = more;
        } else if digit(*c) < 10 {
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
        } else if is_letter(*c) {
            let after = trim_start(rest, is_letter);
            let word = rest.get(..rest.len() - after.len()).unwrap_or_default();
            rest = after;
            if let Some(days) = place(RELATIVE, word, true)
                && count == 0
                && rest.iter().all(|c| is_separator(*c))
            {
                return Ok((shifted(today, days), false));
            }
            match place(MONTHS, word, false) {
                Some(month) if word.len() > 2 => token.value = month as u32 / 2 + 1,
                _ if place(IDLE, word, true).is_some() => continue,
                _ if let Some(month) = place(ROMAN, word, true) => token.value = month as u32 + 1,
                // «двадцать пятое»: the tens are there already.
                _ if let Some(number) = ordinal(word) => {
                    let tens = tokens.get(count.wrapping_sub(1)).filter(|t| t.value >= 20 && number < 10);
                    count -= usize::from(tens.is_some());
                    token = Token { value: tens.map_or(0, |t| t.value) + number, digits: 2 };
                }
                // A month that is being typed.
                Some(_) if rest.is_empty() && !was_glued => return Err(Outcome::Partial(4)),
                _ => return Err(flaw_char(Name::Chars, at, Expected::Dotted)),
            }
            typed += 2;
        } else if *c == ':' && count == 4 && more.iter().all(|c| digit(*c) < 10 || matches!(c, ':' | '.' | '+' | 'Z')) {
            // A time behind the day: its hours were the fourth number.
            (count, rest) = (3, &[]);
            continue;
        } else if is_separator(*c)
            || (*c == '_' && (typed == 0 || was_glued && more.first().is_some_and(|c| digit(*c) < 10)))
        {
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
fn day([mut a, mut b, mut c]: [Token; 3], count: usize, typed: u32, today: Day) -> Result<(Day, bool), Outcome> {
    if a.digits == 0 && b.is_short() {
        (a, b) = (b, a);
    }
    // Behind a year the month is the second one.
    if count == 3 && c.digits == 0 && b.is_short() {
        (b, c) = (c, b);
    }
    // Day, month and year, with the digits of the year: 0 for none yet, 5 for what is in no calendar.
    let (mut d, mut m, mut y, mut size) = (a.value, b.value, c.value, c.digits);
    match count {
        1 if a.digits > 0 => match a.digits {
            // Without separators: ДДММГГГГ, ДДММГГ, or ГГГГММДД where only that can be.
            8 => {
                let (head, tail) = (d / 10_000, d % 10_000);
                size = 4;
                (d, m, y) = (head / 100, head % 100, tail);
                if !is_likely(d, m, y, today) && is_likely(tail % 100, tail / 100, head, today) {
                    (d, m, y) = (tail % 100, tail / 100, head);
                }
            }
            6 => (d, m, y, size) = (d / 10_000, d / 100 % 100, d % 100, 2),
            9.. => size = 5,
            digits => return Err(Outcome::Partial(8 - digits)),
        },
        // Month and year, or day and month, as one group: 05.031990, 0503.1990.
        2 if a.digits == 2 && b.digits == 6 => (m, y, size) = (m / 10_000, m % 10_000, 4),
        2 if a.digits == 4 && b.digits == 4 => (d, m, y, size) = (d / 100, d % 100, m, 4),
        2 if a.digits > 0 && b.digits > 0 && a.digits.max(b.digits) > 4 => size = 5,
        3 if a.digits == 4 && b.is_month() && c.is_short() => (d, y, size) = (y, d, 4),
        // A year of more digits than any has.
        3 if a.is_short() && b.is_month() && size > 4 => return Err(flaw_whole(Name::Range, Expected::Last)),
        3 if a.is_short() && b.is_month() => {}
        3 if a.digits == 3 || b.digits > 2 || (a.digits > 4 && b.digits > 0) => size = 5,
        // Two days, such as the ends of a period.
        6.. => return Err(flaw(Name::Two)),
        4.. => size = 5,
        _ => size = 0,
    }
    match size {
        2 | 4 => Ok((Day { year: y as u16, month: m as u8, day: d as u8 }, size == 2)),
        1 | 3 => Err(Outcome::Partial(1)),
        0 => Err(Outcome::Partial(8_u32.saturating_sub(typed).max(1))),
        _ => Err(flaw(Name::Calendar)),
    }
}

/// In the calendar, and neither long ago nor far ahead.
#[cfg_attr(target_family = "wasm", inline(never))]
fn is_likely(day: u32, month: u32, year: u32, today: Day) -> bool {
    let day = Day { year: year as u16, month: month as u8, day: day as u8 };
    exists(day) && (FIRST_YEAR..=today.year + 100).contains(&day.year)
}

/// The digit, or a number above 9.
fn digit(c: char) -> u32 {
    u32::from(symbol(c).wrapping_sub(b'0'))
}

/// The number of an ordinal word.
fn ordinal(word: &[char]) -> Option<u32> {
    let mut list = ORDINALS;
    let mut number = 0;
    while let Some(stem) = next_word(&mut list) {
        number += 1;
        if is_label(stem, word, false) {
            return Some(if number > 20 { 30 } else { number });
        }
    }
    None
}

fn is_separator(c: char) -> bool {
    let sign = matches!(
        c,
        '.' | '·'
            | '*'
            | ':'
            | ';'
            | '('
            | ')'
            | '/'
            | '\\'
            | ','
            | '«'
            | '»'
            | '"'
            | '“'
            | '”'
            | '„'
            | '\''
            | '\u{ad}'
    );
    sign || is_blank(c) || is_dash(c)
}

/// The day at a place of [`RELATIVE`].
fn shifted(today: Day, place: usize) -> Day {
    let Day { mut year, mut month, day } = today;
    // Two more than the day.
    let mut number = day.wrapping_add(place as u8);
    let end = last(today) + 2;
    if number < 3 {
        (year, month) = if month > 1 { (year, month - 1) } else { (year.wrapping_sub(1), 12) };
        number += last(Day { year, month, day });
    } else if number > end {
        (year, month) = if month < 12 { (year, month + 1) } else { (year.wrapping_add(1), 1) };
        number -= end - 2;
    }
    Day { year, month, day: number.wrapping_sub(2) }
}
