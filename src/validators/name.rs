//! ФИО: full name and its parts.
//!
//! Cyrillic letters with ё, hyphen, apostrophe in any of its forms, dot; Roman numerals after the name. A patronymic is optional. Words typed in
//! the Latin keyboard layout are recognised and the Cyrillic reading is offered.
//!
//! # Sources
//! ФЗ № 143 of 15.11.1997, art. 18 and 58: letters and hyphen; the rest is from real records.

use super::engine::{Mended, Own, Rule, Spec};
use super::flaw::{Expected, FINE, Flaw, Name, Outcome, flaw_char, flaw_chars};
use crate::text::{
    composed, find, has, is_blank, is_cyrillic, is_dash, is_mark, lower, mapped, next_between, string, symbol,
    to_cyrillic, trim, trim_end, trim_start, twin,
};
use crate::verdict::{Context, Value};

identifier!(
    /// Surname, name and perhaps patronymic.
    FullName, FullName, main
);
identifier!(
    /// Surname.
    LastName, LastName
);
identifier!(
    /// Given name.
    FirstName, FirstName
);
identifier!(
    /// Patronymic.
    Patronymic, Patronymic
);

pub(super) static FULL: Spec = spec("full_name", |chars, _| look(chars, 2));
pub(super) static LAST: Spec = spec("last_name", |chars, _| look(chars, 1));
pub(super) static FIRST: Spec = spec("first_name", |chars, _| look(chars, 1));
pub(super) static PATRONYMIC: Spec = spec("patronymic", |chars, _| look(chars, 1));

/// Longest name; the longest on record have about 80 letters.
const LONGEST: usize = 150;

const fn spec(name: &'static str, look: fn(&[char], &Context) -> Outcome) -> Spec {
    Spec { name, labels: "фио фамилия имя отчество", rule: Rule::Own(Own { look, value, mend }) }
}

fn look(chars: &[char], words: usize) -> Outcome {
    let mut found = 0;
    let mut from = 0;
    // A keyboard in the Latin layout puts signs in the place of letters, so letters are looked at first.
    let mut rest = Some(chars);
    while let Some(word) = next_between(&mut rest, is_blank) {
        let to = from + word.len();
        let cyrillic = has(word, is_cyrillic);
        if has(word, |c| !matches!(c, 'I' | 'V' | 'X' | 'Ⅰ'..='Ⅻ')) {
            if has(word, |c| c.is_ascii_alphabetic()) {
                return flaw_chars(if cyrillic { Name::Mixed } else { Name::Latin }, from, to, Expected::Cyrillic);
            }
            if let Some(bad) = find(word, is_stray) {
                return flaw_char(Name::Chars, from + bad, Expected::Cyrillic);
            }
        }
        found += usize::from(cyrillic);
        from = to + 1;
    }
    if from > LONGEST {
        return flaw_chars(Name::Long, LONGEST, from - 1, Expected::Cyrillic);
    }
    if found < words { Outcome::Partial((words - found) as u32) } else { FINE }
}

/// Never part of a name.
fn is_stray(c: char) -> bool {
    !is_cyrillic(c)
        && !is_dash(c)
        && !is_mark(c)
        && !matches!(c, '\'' | '‘'..='’' | 'ʼ' | '`' | '´' | '.' | '(' | ')' | '\u{ad}')
}

/// What is pasted with a name.
fn is_sign(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '"' | '«' | '»')
}

/// Single blanks between the words and plain hyphens in them; the person's own capitals.
pub(super) fn value(chars: &[char], _: &Context) -> Value {
    let mut out = Vec::new();
    for c in composed(chars) {
        let c = if is_dash(c) { '-' } else { c };
        // No blank at the start, behind another one or beside a hyphen.
        if is_blank(c) && matches!(out.last(), None | Some(' ' | '-')) {
            continue;
        }
        if c == '-' && out.last() == Some(&' ') {
            out.pop();
        }
        out.push(if is_blank(c) { ' ' } else { c });
    }
    Value::same(string(trim(&out)))
}

fn mend(chars: &[char], _: &Context, flaw: &Flaw) -> Mended {
    let chars = trim(chars);
    match flaw.name {
        Name::Mixed => return Some(("look-alike", mapped(chars, to_cyrillic))),
        Name::Chars => return Some(("stray", trim_end(trim_start(chars, is_sign), is_sign).to_vec())),
        Name::Latin => {}
        _ => return None,
    }
    // A name in Latin letters has vowels between its consonants, one that was typed in the other layout hardly any.
    let mended = mapped(chars, from_latin_keys);
    let mut keys = false;
    let mut rest = Some(chars);
    while let Some(word) = next_between(&mut rest, is_blank) {
        keys |= is_harsh(word);
        // No name begins with ы, ь or ъ.
        if matches!(word, ['S' | 's' | 'M' | 'm' | ']' | '}', ..]) {
            return None;
        }
    }
    (keys && vowels(&mended, VOWELS) > vowels(chars, b"AEIOU")).then_some(("layout", mended))
}

/// No vowel, or four consonants in a row, as hardly any Latin name has them; of j and q one is enough beside another.
fn is_harsh(word: &[char]) -> bool {
    let (mut row, mut mute) = (0, has(word, |c| c.is_ascii_alphabetic()));
    for c in word {
        row = match lower(*c) {
            'y' => 0,
            'a' | 'e' | 'i' | 'o' | 'u' => {
                mute = false;
                0
            }
            'j' | 'q' => row + 3,
            'a'..='z' => row + 1,
            _ => row,
        };
        if row > 3 {
            return true;
        }
    }
    mute
}

/// How many of the letters are one of these.
#[cfg_attr(target_family = "wasm", inline(never))]
fn vowels(chars: &[char], of: &[u8]) -> u32 {
    let mut count = 0;
    chars.iter().for_each(|c| count += u32::from(twin(symbol(*c), of, of) > 0));
    count
}

/// АЕЁИОУЫЭЮЯ as cleaned symbols.
const VOWELS: &[u8] = b"\xc0\xc5\xa8\xc8\xce\xd3\xdb\xdd\xde\xdf";

const LATIN_KEYS: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>";
const RUSSIAN_KEYS: &str = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ";

/// What the same key gives in the Latin layout.
pub(super) fn from_russian_keys(c: char) -> char {
    if c == '"' { '@' } else { other_layout(c, false) }
}

/// What the same key gives in the Russian layout.
pub(crate) fn from_latin_keys(c: char) -> char {
    other_layout(c, true)
}

#[cfg_attr(target_family = "wasm", inline(never))]
fn other_layout(c: char, latin: bool) -> char {
    let mut keys = LATIN_KEYS.as_bytes();
    for letter in RUSSIAN_KEYS.chars() {
        if let [key, more @ ..] = keys {
            let key = char::from(*key);
            let (own, other) = if latin { (key, letter) } else { (letter, key) };
            if own == c {
                return other;
            }
            keys = more;
        }
    }
    c
}
