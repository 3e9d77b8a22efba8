//! Numbers of persons: documents, phones, cards, accounts, dates of birth.

use super::{Found, after_word};
use crate::checksum::{luhn, modulo, number, value, weighted};
use crate::text::{is_blank, is_dash, symbol};

/// Most digits of any number looked for; so no run of groups is read farther than that.
const LONGEST: usize = 20;
/// How far from a number the word about it may stand.
const NEAR: usize = 40;

/// A group of digits and its place.
struct Group {
    start: usize,
    end: usize,
    /// Nothing but separators stands between it and the group before it.
    joined: bool,
}

pub fn find(chars: &[char], out: &mut Vec<Found>) {
    let groups = groups(chars);
    let mut at = 0;
    while let Some(first) = groups.get(at) {
        let mut digits: Vec<u8> = Vec::new();
        let mut best = None;
        // The longest reading that starts here: a phone before the room number that follows it.
        for (n, group) in groups.iter().skip(at).enumerate() {
            if digits.len() + group.end - group.start > LONGEST || n > 0 && !group.joined {
                break;
            }
            chars.iter().take(group.end).skip(group.start).for_each(|c| digits.push(symbol(*c)));
            let run = groups.get(at..=at + n).unwrap_or_default();
            if let Some(kind) = kind_of(&digits, run, chars) {
                best = Some((kind, n, group.end));
            }
        }
        match best {
            Some((kind, n, end)) => {
                out.push(Found { kind, start: first.start, end });
                at += n + 1;
            }
            None => at += 1,
        }
    }
}

fn groups(chars: &[char]) -> Vec<Group> {
    let joins = |c: char| is_blank(c) || is_dash(c) || matches!(c, '.' | '(' | ')' | '+' | '№' | '/' | '_');
    let mut out: Vec<Group> = Vec::new();
    let mut gap = 0;
    let mut apart = true;
    for (at, c) in chars.iter().enumerate() {
        if !symbol(*c).is_ascii_digit() {
            gap += 1;
            apart |= gap > 3 || !joins(*c);
            continue;
        }
        match out.last_mut() {
            Some(group) if group.end == at => group.end = at + 1,
            _ => out.push(Group { start: at, end: at + 1, joined: !apart }),
        }
        gap = 0;
        apart = false;
    }
    out
}

fn kind_of(d: &[u8], groups: &[Group], chars: &[char]) -> Option<&'static str> {
    if d.iter().all(|c| *c == b'0') {
        return None;
    }
    let (first, last) = groups.first().zip(groups.last())?;
    let sum = |weights: &[u8]| weighted(d, weights) % 11 % 10;
    let at = |place: usize| d.get(place).map(|c| value(*c));
    let size = |n: usize| groups.get(n).map(|g| g.end - g.start);
    let sizes = (size(0), size(1), size(2), groups.len());
    let named = |words: &str| after_word(chars, first.start, NEAR, words);
    match d.len() {
        6..=8 if is_date(sizes) && born(first, last, chars) => Some("birth_date"),
        4 if after_word(chars, first.start, 8, "серия серии") => Some("passport"),
        6 if named("серия серии паспорт") && after_word(chars, first.start, 8, "номер №") => {
            Some("passport")
        }
        9 if named("загран") => Some("passport"),
        10 if d.starts_with(b"9") => Some("phone"),
        10 if matches!(sizes, (Some(4), Some(6), _, 2) | (Some(2), Some(2), Some(6), 3)) => Some("passport"),
        10 if named("паспорт серия серии") => Some("passport"),
        10 if matches!(sizes, (Some(3), Some(3), ..)) && named("тел звон") => Some("phone"),
        11 if weighted(d, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100 == number(d.get(9..)?) => Some("snils"),
        11 if matches!(d, [b'7' | b'8', b'3' | b'4' | b'8' | b'9', ..]) => Some("phone"),
        12 if at(10)? == sum(&[7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
            && at(11)? == sum(&[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) =>
        {
            Some("inn")
        }
        // The number with another leading digit than 3 or 4 is that of a company.
        15 if matches!(d.first(), Some(b'3' | b'4')) && modulo(d.get(..14)?, 13) % 10 == at(14)? => Some("ogrnip"),
        20 if d.starts_with(b"40817") || d.starts_with(b"423") || d.starts_with(b"40820") => Some("account"),
        // Cards begin with 2 to 6; policies have 16 digits and begin with any.
        16 if luhn(d) && named("полис омс енп") && !named("карт") => Some("policy"),
        13..=19 if luhn(d) && matches!(d.first(), Some(b'2'..=b'6')) => Some("card"),
        16 if luhn(d) => Some("policy"),
        // A wrong digit does not make a number public: the word before it says what it was meant to be.
        11 if named("снилс страхов") => Some("snils"),
        12 if named("инн") => Some("inn"),
        16 if named("карт") => Some("card"),
        16 if named("полис омс енп") => Some("policy"),
        _ => None,
    }
}

fn is_date(sizes: (Option<usize>, Option<usize>, Option<usize>, usize)) -> bool {
    matches!(sizes, (Some(1 | 2), Some(1 | 2), Some(2 | 4), 3) | (Some(4), Some(2), Some(2), 3))
}

/// The word about birth stands before the date or after it, or «г.р.» does.
fn born(first: &Group, last: &Group, chars: &[char]) -> bool {
    let reach = |n: usize| (last.end + n).min(chars.len());
    after_word(chars, first.start, NEAR, "рожд родил д.р")
        || after_word(chars, reach(NEAR), reach(NEAR) - last.end, "рожд")
        || after_word(chars, reach(8), reach(8) - last.end, "г.р г. р")
}
