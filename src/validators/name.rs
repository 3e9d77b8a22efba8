//! ФИО: full name and its parts.
//!
//! Cyrillic letters with ё, hyphen, apostrophe, dot; Roman numerals after the name. A patronymic is optional. Words typed in
//! the Latin keyboard layout are recognised and the Cyrillic reading is offered.
//!
//! # Sources
//! ФЗ № 143 of 15.11.1997, art. 18 and 58: letters and hyphen; the rest is from real records.

use super::engine::{Flaw, Outcome, Own, Place, Rule, Spec};
use crate::text::{cyrillic_twin, is_blank, is_cyrillic, is_dash, lower, trim, upper};
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

pub(super) static FULL: Spec = spec("full_name", |text, _| look(text, 2));
pub(super) static LAST: Spec = spec("last_name", |text, _| look(text, 1));
pub(super) static FIRST: Spec = spec("first_name", |text, _| look(text, 1));
pub(super) static PATRONYMIC: Spec = spec("patronymic", |text, _| look(text, 1));

/// Longest name; the longest on record have about 80 letters.
const LONGEST: usize = 150;

const fn spec(name: &'static str, look: fn(&str, &Context) -> Outcome) -> Spec {
    Spec { name, labels: &[], rule: Rule::Own(Own { look, value, fixes }) }
}

fn look(text: &str, words: usize) -> Outcome {
    let flaw =
        |name, at: usize, to: usize| Outcome::Fault(Flaw { name, place: Place::Chars(at, to), expected: "А-Я" });
    let lawful =
        |c: char| is_cyrillic(c) || is_blank(c) || is_dash(c) || matches!(c, '\'' | '’' | 'ʼ' | '.' | '(' | ')');
    // A keyboard in the Latin layout puts signs in the place of letters, so letters are looked at first.
    let mut at = 0;
    for word in text.split(is_blank) {
        let latin = word.chars().filter(char::is_ascii_alphabetic).count();
        let numeral = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        let end = at + word.chars().count();
        if latin > 0 && !numeral {
            return flaw(if word.chars().any(is_cyrillic) { "mixed" } else { "latin" }, at, end);
        }
        if let Some(bad) = word.chars().position(|c| !lawful(c) && !numeral) {
            return flaw("chars", at + bad, at + bad + 1);
        }
        at = end + 1;
    }
    if at > LONGEST {
        return flaw("long", LONGEST, at - 1);
    }
    let found = text.split(is_blank).filter(|w| w.chars().any(is_cyrillic)).count();
    if found < words { Outcome::Partial((words - found) as u32) } else { Outcome::Complete(None) }
}

/// Single blanks between the words; the person's own capitals.
fn value(text: &str, _: &Context) -> Value {
    let words: Vec<&str> = text.split(is_blank).filter(|w| !w.is_empty()).collect();
    Value::same(&words.join(" "))
}

fn fixes(text: &str, ctx: &Context, flaw: &Flaw) -> Vec<(&'static str, String)> {
    let (reason, mended): (_, String) = match flaw.name {
        "mixed" => ("look-alike", text.chars().map(to_cyrillic).collect()),
        "latin" => ("layout", text.chars().map(from_latin_keys).collect()),
        _ => return Vec::new(),
    };
    let vowels = mended.chars().filter(|c| "аеёиоуыэюя".contains(lower(*c))).count();
    let whole = vowels > 0 && matches!(look(&mended, 1), Outcome::Complete(_));
    whole.then(|| (reason, value(trim(&mended), ctx).display)).into_iter().collect()
}

/// The Cyrillic twin of a Latin letter, small letters too.
fn to_cyrillic(c: char) -> char {
    match c {
        'a' | 'c' | 'e' | 'o' | 'p' | 'x' | 'y' => cyrillic_twin(upper(c)).map_or(c, lower),
        _ => cyrillic_twin(c).unwrap_or(c),
    }
}

const LATIN_KEYS: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>";
const RUSSIAN_KEYS: &str = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ";

/// What the same key gives in the Russian layout.
pub(crate) fn from_latin_keys(c: char) -> char {
    LATIN_KEYS.chars().zip(RUSSIAN_KEYS.chars()).find(|(latin, _)| *latin == c).map_or(c, |(_, russian)| russian)
}
