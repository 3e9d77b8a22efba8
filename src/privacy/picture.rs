//! What stands in a picture of a page instead of each of its texts: the one door for the script that draws it.

use super::{FIXED_MASK, page, shape};
use crate::checksum::luhn;
use crate::text::{cut, is_blank, is_letter, lower, place, push, symbol};

/// Stands between two texts, and between the description of a field and its value. No page's text has them.
const BETWEEN: u8 = 1;
const WITHIN: u8 = 2;

/// Names of fields that hold a secret, as whole words.
const SECRETS: &str = "pass password passwd passphrase pwd pin cvv cvc cvn otp totp token secret sms cc card iban parol parole \
пароль пин onetimecode";

/// Covers many texts at once: the way into a module costs more than a text. A text begins with what it is: `v` the value of
/// a field behind its description, `w` words that may be read, anything else a text of which the shape stays.
///
/// `typed` has one typed value a line: words that repeat one are covered too.
pub fn cover(mut lines: &str, typed: &str) -> String {
    let mut out = String::new();
    loop {
        let (line, rest) = match cut(lines, BETWEEN) {
            Some((line, rest)) => (line, Some(rest)),
            None => (lines, None),
        };
        let mut signs = line.chars();
        match signs.next() {
            Some('w') => out.push_str(&page::scrub_names(signs.as_str(), typed, page::NAMES)),
            Some('v') => match cut(signs.as_str(), WITHIN) {
                Some((field, text)) => out.push_str(&value(field, text)),
                None => out.push_str(FIXED_MASK),
            },
            _ => signs.for_each(|c| push(&mut out, veil(c))),
        }
        match rest {
            Some(rest) => lines = rest,
            None => return out,
        }
        push(&mut out, char::from(BETWEEN));
    }
}

/// The shape of a value; of a secret neither shape nor length.
pub fn value(description: &str, text: &str) -> String {
    let mut digits = Vec::new();
    text.chars().map(symbol).filter(u8::is_ascii_digit).for_each(|d| digits.push(d));
    let card = (13..=19).contains(&digits.len()) && luhn(&digits);
    if !text.is_empty() && (card || is_secret(description)) { FIXED_MASK.to_owned() } else { shape(text) }
}

/// `userPin`, `user_pin` and `user-pin` have the word `pin`; `passport` and `spinner` have not.
fn is_secret(description: &str) -> bool {
    let mut word = Vec::new();
    let mut small = false;
    for c in description.chars() {
        let letter = is_letter(c);
        let high = lower(c) != c;
        // `one-time-code` is a word of its own among those of automatic completion.
        if c != '-' && !letter || high && small || c == '-' && place("one onetime", &word, true).is_none() {
            if place(SECRETS, &word, true).is_some() {
                return true;
            }
            word.clear();
        }
        if letter {
            word.push(lower(c));
        }
        small = letter && !high;
    }
    place(SECRETS, &word, true).is_some()
}

/// A sign of a page's text: letters and figures are covered, signs without a meaning of their own stay.
fn veil(c: char) -> char {
    match c {
        _ if symbol(c).is_ascii_digit() => '9',
        _ if lower(c) != c => 'X',
        _ if is_letter(c) => 'x',
        _ if is_blank(c) || c.is_ascii() => c,
        '\u{a1}'..='\u{b1}' | '\u{b4}'..='\u{b8}' | '\u{ba}' | '\u{bb}' | '\u{bf}' => c,
        // Dashes and quotes, currencies, №, arrows, drawings, and signs of icon fonts.
        '\u{2010}'..='\u{2046}' | '\u{20a0}'..='\u{20bf}' | '№' | '\u{2190}'..='\u{21ff}' => c,
        '\u{2500}'..='\u{2775}' | '\u{e000}'..='\u{f8ff}' => c,
        _ => '*',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_each_text_by_what_it_is() {
        let lines = "wВведено 11 цифр\u{1}tИванова, 12 ₽ ✓\u{1}vtext on name snils\u{2}112-233-445 95\u{1}vx\u{2}\u{1}";
        assert_eq!(cover(lines, ""), "Введено 11 цифр\u{1}Xxxxxxx, 99 ₽ ✓\u{1}999-999-999 99\u{1}\u{1}");
        assert_eq!(cover("", ""), "");
        // Without its description a value is a secret.
        assert_eq!(cover("vабв", ""), FIXED_MASK);
        assert_eq!(cover("tчетыре\u{1}tпять", ""), "xxxxxx\u{1}xxxx");
    }

    #[test]
    fn a_secret_has_no_shape() {
        for description in [
            "password  login",
            "text off userPin",
            "text cc-number n1",
            "tel one-time-code c",
            "text  sms_code",
            "text  card",
            "text off cvv2 CVV",
        ] {
            assert_eq!(value(description, "1234"), FIXED_MASK, "{description}");
            assert_eq!(value(description, ""), "", "{description}");
        }
        for description in ["text  passport", "text  spinner", "text  tokens_count", "text on compass"] {
            assert_eq!(value(description, "1234"), "9999", "{description}");
        }
        // Whatever the field is called.
        assert_eq!(value("text comment", "2200 0000 0000 0004"), FIXED_MASK);
    }

    #[test]
    fn figures_of_every_kind_are_covered() {
        assert_eq!(cover("t1 ٣ ９ ① ² Ⅻ ½ 中 😀", ""), "9 9 9 * * * * x *");
    }
}
