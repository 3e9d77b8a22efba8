//! The number of a ticket: `PS-7K3M9QTX-4`, said on the phone and copied by hand.
//!
//! `PS-`, eight letters of Crockford's base 32 (40 random bits, so a number tells nothing about other numbers), and a
//! check letter: the eight letters read as one integer, modulo 37. 37 is prime and greater than 32, so every single
//! slip, and every swap of two letters at any distance, changes the remainder. Crockford writes remainders 32 to 36 as
//! `* ~ $ = U`; those are bad to dictate, so bodies with such a remainder are not used (5 of 37): draw again.
//!
//! A department may show other letters than `PS` to people (`ЗАГС-28T5CY4T-Y`); they say where a number comes from and
//! nothing more, so any letters before the body are read as well and left out.
//!
//! # Sources
//! Douglas Crockford, Base 32, <https://www.crockford.com/base32.html> (alphabet, check symbol modulo 37).
//!
//! # Examples
//! ```
//! use podskazka::ticket::{number, parse_number};
//! let shown = number(0x12_3456_789a).unwrap();
//! assert_eq!(shown, "PS-28T5CY4T-Y");
//! assert_eq!(parse_number("ps – 28t5су4т – у").as_deref(), Some("PS-28T5CY4T-Y"));
//! assert_eq!(parse_number("ЗАГС-28T5CY4T-Y").as_deref(), Some("PS-28T5CY4T-Y"));
//! assert_eq!(parse_number("PS-82T5CY4T-Y"), None);
//! ```

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of the body: 8 × 5 bits.
const BODY: usize = 8;
/// Letters of the longest prefix.
pub const MAX_PREFIX: usize = 8;
/// The least prime above 32.
const MODULUS: usize = 37;

/// The number of 40 random bits (higher bits are dropped), or `None` when these bits have no letter for a check: draw
/// other bits.
pub fn number(random: u64) -> Option<String> {
    let body: Vec<usize> = (0..BODY).rev().map(|i| (random >> (5 * i)) as usize & 31).collect();
    written(&body)
}

/// The number as stored, from what a person typed, or `None` when it is not a number. Case, dashes of any kind, spaces,
/// Cyrillic letters of the same shape, O for 0 and I or L for 1 do not matter; the prefix may be left out.
pub fn parse_number(text: &str) -> Option<String> {
    written(body(text, char::is_alphabetic)?.as_slice())
}

/// Whether a question is a number or has one among its words: whoever asks by it wants the ticket and no article. A long number
/// of a document has no letter, and a word has neither digit nor dash. The panel asks, so this needs no tables of Unicode.
pub fn has_number(question: &str) -> bool {
    let is = |text: &str| {
        let marked = text.chars().any(|c| c == '-' || c.is_ascii_digit());
        let lettered = text.chars().any(|c| !is_gap(c) && !c.is_ascii_digit());
        marked && lettered && body(text, |c| !c.is_ascii_digit()).is_some()
    };
    is(question) || question.split_whitespace().any(is)
}

/// The values of the eight letters, where the check letter fits them and `is_letter` holds for all before.
fn body(text: &str, is_letter: fn(char) -> bool) -> Option<Vec<usize>> {
    let plain: Vec<char> = text.chars().filter(|c| !is_gap(*c)).collect();
    // A body may itself begin with the letters of a prefix, so only its place in a longer text makes it one.
    let (prefix, letters) = plain.split_at_checked(plain.len().saturating_sub(BODY + 1))?;
    if prefix.len() > MAX_PREFIX || !prefix.iter().all(|c| is_letter(*c)) {
        return None;
    }
    let mut values: Vec<usize> = letters.iter().map(|c| position(latin(*c))).collect::<Option<_>>()?;
    let check = values.pop()?;
    (values.len() == BODY && check == control(&values)).then_some(values)
}

fn written(body: &[usize]) -> Option<String> {
    let check = letter(control(body))?;
    let letters: String = body.iter().map(|i| letter(*i)).collect::<Option<_>>()?;
    Some(format!("PS-{letters}-{check}"))
}

fn control(body: &[usize]) -> usize {
    body.iter().fold(0, |sum, value| (sum * 32 + value) % MODULUS)
}

fn letter(i: usize) -> Option<char> {
    ALPHABET.get(i).map(|b| char::from(*b))
}

fn position(c: char) -> Option<usize> {
    let c = match c {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    ALPHABET.iter().position(|b| char::from(*b) == c)
}

/// Spaces, dashes, invisible characters and the number sign.
fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '_' | '.' | '№' | '#' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The Latin letter that looks like this one.
fn latin(c: char) -> char {
    match c {
        'а' | 'А' => 'A',
        'в' | 'В' => 'B',
        'с' | 'С' => 'C',
        'е' | 'Е' | 'ё' | 'Ё' => 'E',
        'н' | 'Н' => 'H',
        'к' | 'К' => 'K',
        'м' | 'М' => 'M',
        'о' | 'О' => '0',
        'р' | 'Р' | 'п' | 'П' => 'P',
        'ѕ' | 'Ѕ' => 'S',
        'т' | 'Т' => 'T',
        'х' | 'Х' => 'X',
        'у' | 'У' => 'Y',
        'з' | 'З' => '3',
        c => c.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bodies spread over the whole range, without a random source.
    fn samples() -> impl Iterator<Item = String> {
        (0..4_000u64).filter_map(|i| number(i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 7))
    }

    #[test]
    fn a_number_survives_every_way_of_writing_it() {
        for shown in samples() {
            let plain: String = shown.chars().filter(|c| *c != '-').collect();
            for typed in [
                shown.to_lowercase(),
                shown.replace('-', "–"),
                shown.replace('-', " \u{a0}"),
                shown.replacen("PS-", "ПС-", 1),
                shown.replacen("PS-", "ЗАГС-", 1),
                shown.replacen("PS-", "опека", 1),
                shown.replace('A', "А").replace('B', "в").replace('T', "т").replace('0', "О").replace('1', "l"),
                format!("№ {shown}\u{200b}"),
                plain[2..].to_owned(),
                plain,
            ] {
                assert_eq!(parse_number(&typed).as_deref(), Some(shown.as_str()), "{typed}");
            }
        }
    }

    #[test]
    fn a_body_may_begin_with_the_letters_of_the_prefix() {
        let shown = (0..37).find_map(|i| number((22 << 35) | (25 << 30) | i)).unwrap();
        assert!(shown.starts_with("PS-PS"));
        assert_eq!(parse_number(&shown[3..]), Some(shown));
    }

    #[test]
    fn every_slip_of_one_letter_and_every_swap_is_caught() {
        for shown in samples().step_by(40) {
            let letters: Vec<char> = shown.chars().skip(3).filter(|c| *c != '-').collect();
            for i in 0..letters.len() {
                for b in ALPHABET {
                    let mut slip = letters.clone();
                    slip[i] = char::from(*b);
                    assert_eq!(parse_number(&slip.iter().collect::<String>()).is_some(), slip == letters);
                }
                for j in 0..i {
                    let mut swap = letters.clone();
                    swap.swap(i, j);
                    assert_eq!(parse_number(&swap.iter().collect::<String>()).is_some(), swap == letters);
                }
            }
        }
    }

    #[test]
    fn a_question_has_a_number_alone_or_among_its_words() {
        for shown in samples().step_by(20) {
            for question in [shown.clone(), shown.to_lowercase(), format!("где {shown}"), shown.replace('-', " ")] {
                let plain = question.contains(|c: char| c.is_ascii_digit());
                assert!(has_number(&question) || !plain, "{question}");
            }
            let slip = shown.replace("PS-", "PS-0");
            assert!(!has_number(&slip), "{slip}");
        }
    }

    /// Every number of nine digits whose last one fits by chance is a number of something else; so is every longer one.
    #[test]
    fn a_question_without_one_has_none() {
        for n in 0..1_000u32 {
            for text in [format!("{}", 770_701_001 + n), format!("8 916 123 4{n:03}"), format!("112-233-44{n:03}")] {
                assert!(!has_number(&text), "{text}");
            }
        }
        for text in
            ["", "где мое заявление", "statement", "как-нибудь", "E-1001", "постановка на учет", "ошибка 404", "🙂"]
        {
            assert!(!has_number(text), "{text}");
        }
    }

    #[test]
    fn other_texts_are_not_numbers() {
        for text in ["", "PS", "PS-", "PS-28T5CY4T", "PS-28T5CY4T-HH", "PS-28T5CY4T-*", "PS-28T5CY4T-U", "привет", "🙂"]
        {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }
}
