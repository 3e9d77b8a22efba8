//! Addresses of mail, of homes, what follows the path in the address of a page, and days of birth with the month in words.

use super::{Found, after_word, same};
use crate::text::{is_blank, is_cyrillic, is_letter, lower, symbol};

/// Words for a street, and short forms that a full stop ends.
const STREETS: &str = "улица улице улицы улицу ул проспект проспекте проспекта пр-т пр-кт пр-кте просп переулок переулке \
пер шоссе набережная набережной наб бульвар бульваре б-р проезд проезде мкр микрорайон площадь пл тупик дом кв квартира";
const MONTHS: &str = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря";
/// The longest home after the word for a street.
const HOME: usize = 60;

pub fn find(chars: &[char], out: &mut Vec<Found>) {
    let mut start = 0;
    let mut home = 0;
    for at in 0..=chars.len() {
        let c = chars.get(at).copied().unwrap_or(' ');
        if c == '@' {
            mail(chars, at, out);
        }
        if matches!(c, '?' | '#') {
            query(chars, at, out);
        }
        if is_letter(c) || c == '-' && start < at {
            continue;
        }
        let word = chars.get(start..at).unwrap_or_default();
        if start >= home && !word.is_empty() && STREETS.split(' ').any(|it| same(word, it)) {
            home = street(chars, start, at, out);
        }
        if MONTHS.split(' ').any(|it| same(word, it)) {
            birthday(chars, start, at, out);
        }
        start = at + 1;
    }
}

/// «5 марта 1990», where a word about birth stands before it.
fn birthday(chars: &[char], start: usize, end: usize, out: &mut Vec<Found>) {
    let figure = |c: &&char| symbol(**c).is_ascii_digit();
    let blank = |c: Option<&char>| c.is_some_and(|c| is_blank(*c));
    let day = chars.iter().take(start.saturating_sub(1)).rev().take(2).take_while(figure).count();
    let year = chars.iter().skip(end + 1).take(4).take_while(figure).count();
    let apart = start > 0 && blank(chars.get(start - 1)) && blank(chars.get(end));
    if day > 0 && year == 4 && apart && after_word(chars, start, HOME, "рожд родил д.р") {
        out.push(Found { kind: "birth_date", start: start - 1 - day, end: end + 1 + year });
    }
}

fn mail(chars: &[char], at: usize, out: &mut Vec<Found>) {
    let part = |c: char| is_letter(c) || symbol(c).is_ascii_digit() || matches!(c, '.' | '-' | '_' | '+' | '%');
    let before = chars.iter().take(at).rev().take_while(|c| part(**c)).count();
    let after = chars.iter().skip(at + 1).take_while(|c| part(**c)).count();
    let dotted = chars.iter().skip(at + 1).take(after.saturating_sub(1)).any(|c| *c == '.');
    if before > 0 && dotted {
        out.push(Found { kind: "email", start: at - before, end: at + 1 + after });
    }
}

/// `?` and `#` inside a word, as only addresses of pages have them.
fn query(chars: &[char], at: usize, out: &mut Vec<Found>) {
    let inside = |at: usize| chars.get(at).is_some_and(|c| !is_blank(*c));
    if at > 0 && inside(at - 1) && inside(at + 1) && out.last().is_none_or(|f| f.kind != "query" || f.end <= at) {
        // «Как?Так» is a slip of a writer, `?a=b` is not.
        let address = chars.iter().take(at).rev().take(HOME).take_while(|c| !is_blank(**c)).any(|c| *c == '/');
        let pairs = chars.iter().skip(at).take(HOME).take_while(|c| !is_blank(**c)).any(|c| *c == '=');
        if address || pairs {
            let ends = |c: char| is_blank(c) || matches!(c, '"' | '»' | '<' | '>');
            let rest = chars.iter().skip(at).take_while(|c| !ends(**c)).count();
            out.push(Found { kind: "query", start: at, end: at + rest });
        }
    }
}

/// From the street to the last figure of the house and flat, and the name that stands before the word; where it ends.
fn street(chars: &[char], start: usize, end: usize, out: &mut Vec<Found>) -> usize {
    let mut last = None;
    for (at, c) in chars.iter().enumerate().skip(end).take(HOME) {
        if matches!(c, '\n' | ';' | '!' | '?' | ':') {
            break;
        }
        // A letter of the house may follow its number.
        let figure = symbol(*c).is_ascii_digit();
        let letter = last == Some(at) && is_cyrillic(*c);
        if figure || letter {
            last = Some(at + 1);
        }
    }
    let Some(last) = last else { return end };
    // «Полярная ул., 12»
    let mut from = start;
    let before = chars.iter().take(start).rev().take_while(|c| is_blank(**c)).count();
    let word = chars.iter().take(start - before).rev().take_while(|c| is_cyrillic(**c)).count();
    let first = start - before - word;
    if word > 1 && before > 0 && chars.get(first).is_some_and(|c| lower(*c) != *c) {
        from = first;
    }
    out.push(Found { kind: "address", start: from, end: last });
    last
}
