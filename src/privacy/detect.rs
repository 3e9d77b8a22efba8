//! Personal data in free text: where it stands, and the text with shapes in its place.
//!
//! Found are e-mail addresses, phones, СНИЛС, ИНН of persons, cards and policies by their check digits, passports by their
//! groups, dates of birth by the word beside them, and names by the patronymic. To hide too much is a nuisance, to hide too
//! little a leak: a number that fits by chance is hidden too.

use super::shape;
use crate::checksum::{luhn, number, value, weighted};
use crate::text::{is_blank, is_cyrillic, is_dash, lower, symbol};

/// What was found, as half-open places in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// `email phone snils inn card passport birth_date name`; `card` stands for a policy as well, both have Luhn's digit.
    pub kind: &'static str,
    pub start: usize,
    pub end: usize,
}

/// Endings that only patronymics have.
const PATRONYMICS: [&str; 8] = ["ович", "евич", "овна", "евна", "ична", "инична", "оглы", "кызы"];
/// How far before a date the word about birth may stand.
const BEFORE_DATE: usize = 40;
/// Most digits of any number looked for.
const LONGEST: usize = 19;

/// Everything personal in a text, in order, without overlaps.
pub fn find(text: &str) -> Vec<Found> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = [emails(&chars), numbers(&chars), names(&chars)].concat();
    found.sort_by_key(|f| (f.start, usize::MAX - f.end));
    let mut end = 0;
    found.retain(|f| {
        let free = f.start >= end;
        if free {
            end = f.end;
        }
        free
    });
    found
}

/// The text with the shape of each find in its place.
pub fn scrub(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let slice = |from: usize, to: usize| chars.get(from..to).unwrap_or_default().iter().collect::<String>();
    let mut out = String::new();
    let mut at = 0;
    for f in find(text) {
        out.push_str(&slice(at, f.start));
        out.push_str(&shape(&slice(f.start, f.end)));
        at = f.end;
    }
    out + &slice(at, chars.len())
}

fn emails(chars: &[char]) -> Vec<Found> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '%');
    let mut out = Vec::new();
    for at in chars.iter().enumerate().filter(|(_, c)| **c == '@').map(|(at, _)| at) {
        let before = chars.iter().take(at).rev().take_while(|c| part(**c)).count();
        let after = chars.iter().skip(at + 1).take_while(|c| part(**c)).count();
        let dotted = chars.iter().skip(at + 1).take(after.saturating_sub(1)).any(|c| *c == '.');
        if before > 0 && dotted {
            out.push(Found { kind: "email", start: at - before, end: at + 1 + after });
        }
    }
    out
}

/// A group of digits and its place.
struct Group {
    digits: Vec<u8>,
    start: usize,
    end: usize,
}

/// Groups of digits; groups of one run have nothing but separators between them.
fn runs(chars: &[char]) -> Vec<Vec<Group>> {
    let digit = |c: char| Some(symbol(c)).filter(u8::is_ascii_digit);
    let joins = |c: char| is_blank(c) || is_dash(c) || matches!(c, '.' | '(' | ')' | '+' | '№' | '/');
    let mut out: Vec<Vec<Group>> = vec![Vec::new()];
    let mut gap = 0;
    for (at, c) in chars.iter().enumerate() {
        match digit(*c) {
            Some(symbol) => {
                let run = match out.last_mut() {
                    Some(run) => run,
                    None => return out,
                };
                match run.last_mut() {
                    Some(group) if group.end == at => {
                        group.digits.push(symbol);
                        group.end = at + 1;
                    }
                    _ => run.push(Group { digits: vec![symbol], start: at, end: at + 1 }),
                }
                gap = 0;
            }
            None => {
                gap += 1;
                if (gap > 3 || !joins(*c)) && out.last().is_some_and(|run| !run.is_empty()) {
                    out.push(Vec::new());
                }
            }
        }
    }
    out
}

fn numbers(chars: &[char]) -> Vec<Found> {
    let mut out = Vec::new();
    for run in runs(chars) {
        let mut from = 0;
        while from < run.len() {
            let rest = run.get(from..).unwrap_or_default();
            // The longest reading that starts here: a phone before the room number that follows it.
            let best = (1..=rest.len()).rev().find_map(|n| {
                let groups = rest.get(..n)?;
                let digits = groups.iter().map(|g| g.digits.as_slice()).collect::<Vec<_>>().concat();
                let kind = kind_of(&digits, groups, chars)?;
                Some((kind, n, groups.first()?.start, groups.last()?.end))
            });
            match best {
                Some((kind, n, start, end)) => {
                    out.push(Found { kind, start, end });
                    from += n;
                }
                None => from += 1,
            }
        }
    }
    out
}

fn kind_of(d: &[u8], groups: &[Group], chars: &[char]) -> Option<&'static str> {
    if d.len() > LONGEST || d.iter().all(|c| *c == b'0') {
        return None;
    }
    let sum = |weights: &[u8]| weighted(d, weights) % 11 % 10;
    let at = |place: usize| d.get(place).map(|c| value(*c));
    let sizes: Vec<usize> = groups.iter().map(|g| g.digits.len()).collect();
    match d.len() {
        8 if sizes == [2, 2, 4] && born(groups, chars) => Some("birth_date"),
        10 if d.starts_with(b"9") => Some("phone"),
        10 if matches!(sizes.as_slice(), [4, 6] | [2, 2, 6]) => Some("passport"),
        11 if weighted(d, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100 == number(d.get(9..)?) => Some("snils"),
        11 if matches!(d, [b'7' | b'8', b'3' | b'4' | b'8' | b'9', ..]) => Some("phone"),
        12 if at(10)? == sum(&[7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
            && at(11)? == sum(&[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) =>
        {
            Some("inn")
        }
        16..=19 if luhn(d) => Some("card"),
        _ => None,
    }
}

/// The word about birth stands before the date, or «г.р.» after it.
fn born(groups: &[Group], chars: &[char]) -> bool {
    let Some((first, last)) = groups.first().zip(groups.last()) else { return false };
    let text = |from: usize, to: usize| {
        chars.iter().skip(from).take(to.saturating_sub(from)).map(|c| lower(*c)).collect::<String>()
    };
    let after: String = text(last.end, last.end + 6).chars().filter(|c| is_cyrillic(*c)).collect();
    text(first.start.saturating_sub(BEFORE_DATE), first.start).contains("рожд")
        || text(last.end, last.end + BEFORE_DATE).contains("рожд")
        || after.starts_with("гр")
}

/// Capitalised words around a patronymic.
fn names(chars: &[char]) -> Vec<Found> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut start = None;
    for (at, c) in chars.iter().enumerate().chain([(chars.len(), &' ')]) {
        let inside = is_cyrillic(*c) || (start.is_some() && is_dash(*c));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    let word = |(from, to): (usize, usize)| {
        chars.get(from..to).unwrap_or_default().iter().map(|c| lower(*c)).collect::<String>()
    };
    let capital = |(from, _): (usize, usize)| chars.get(from).is_some_and(|c| lower(*c) != *c);
    let near = |left: (usize, usize), right: (usize, usize)| {
        chars.get(left.1..right.0).is_some_and(|gap| gap.len() <= 2 && gap.iter().all(|c| is_blank(*c)))
    };
    let mut out = Vec::new();
    for (at, place) in words.iter().enumerate() {
        let text = word(*place);
        if !capital(*place) || text.chars().count() < 6 || !PATRONYMICS.iter().any(|end| text.ends_with(end)) {
            continue;
        }
        let (mut start, mut end) = *place;
        let mut right = *place;
        for left in words.iter().take(at).rev().take(2) {
            if !capital(*left) || !near(*left, right) {
                break;
            }
            start = left.0;
            right = *left;
        }
        if let Some(next) = words.get(at + 1).filter(|next| capital(**next) && near(*place, **next)) {
            end = next.1;
        }
        out.push(Found { kind: "name", start, end });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let kinds: Vec<&str> = find(text).iter().map(|f| f.kind).collect();
        assert_eq!(kinds.join(" "), expected, "{text}: {}", scrub(text));
    }

    #[test]
    fn finds_what_is_personal() {
        check("мой снилс 112-233-445 95 вот", "snils");
        check("снилс 11223344595", "snils");
        check("позвоните +7 900 123-45-67", "phone");
        check("тел. 9001234567", "phone");
        check("900 123-45-67", "phone");
        check("8 (900) 123-45-67 15", "phone");
        check("тел. 8 900 123-45-67, 112-233-445 95", "phone snils");
        check("пишите anna@example.ru.", "email");
        check("ящик@почта.бел", "email");
        check("ИНН 500100000199", "inn");
        check("карта 2200 0000 0000 0004", "card");
        check("паспорт 45 10 123456 выдан", "passport");
        check("паспорт 4510 123456", "passport");
        check("дата рождения 05.03.1990", "birth_date");
        check("05.03.1990 г.р.", "birth_date");
        check("я, Иванова Анна Петровна, прошу", "name");
        check("Анна Петровна Иванова", "name");
    }

    #[test]
    fn leaves_alone_what_is_not() {
        check("ошибка 404 на шаге 2", "");
        check("00000000000", "");
        check("заявление от 05.03.2026 № 1234567", "");
        check("ИНН организации 7707083893", "");
        check("500100000190", "");
        check("номер обращения П-4827-1930", "");
        check("Основная вкладка открылась, потом пропала", "");
    }

    #[test]
    fn hides_each_find_and_nothing_else() {
        assert_eq!(scrub("тел. +7 900 123-45-67, код 404"), "тел. +9 999 999-99-99, код 404");
        assert_eq!(scrub("я, Иванова Анна Петровна, прошу"), "я, Xxxxxxx Xxxx Xxxxxxxx, прошу");
        assert_eq!(scrub("без данных"), "без данных");
        let twice = scrub(&scrub("anna@example.ru 112-233-445 95"));
        assert_eq!(twice, scrub("anna@example.ru 112-233-445 95"));
    }
}
