//! What may stand for a value outside the page, and where personal data hides in free text.

use crate::checksum::weighted;
use crate::text::{chars, is_letter, lower, push, symbol};

/// Stands for passwords, cards and codes: tells neither length nor shape.
pub const FIXED_MASK: &str = "••••••••";

/// The longest shape, in characters.
pub const MAX_SHAPE: usize = 40;

const SEPARATORS: &str = " -./:()+@";

/// Digits as `9`, letters as `x` and, of Latin and Cyrillic ones, `X`; separators kept, all else `*`.
pub fn shape(text: &str) -> String {
    let mut out = String::new();
    for c in chars(text) {
        // A shape is ASCII: a byte a character.
        if out.len() == MAX_SHAPE {
            break;
        }
        let hidden = match c {
            _ if symbol(c).is_ascii_digit() => '9',
            _ if SEPARATORS.as_bytes().iter().any(|s| char::from(*s) == c) => c,
            _ if lower(c) != c => 'X',
            _ if is_letter(c) => 'x',
            _ => '*',
        };
        push(&mut out, hidden);
    }
    out
}

/// True for what [`shape`] can return, and for [`FIXED_MASK`].
pub fn is_shape(text: &str) -> bool {
    let kept = |c: char| matches!(c, '9' | 'x' | 'X' | '*') || SEPARATORS.contains(c);
    text == FIXED_MASK || (text.chars().count() <= MAX_SHAPE && text.chars().all(kept))
}

/// What [`length_class`] can return.
pub const LENGTH_CLASSES: [&str; 4] = ["empty", "short", "medium", "long"];

/// `empty`, `short` (1 to 5 characters), `medium` (6 to 20) or `long`.
pub fn length_class(text: &str) -> &'static str {
    match chars(text).len() {
        0 => "empty",
        1..=5 => "short",
        6..=20 => "medium",
        _ => "long",
    }
}

/// True when the text holds an e-mail, a phone, or a СНИЛС or ИНН whose check digits hold.
pub fn has_personal_data(text: &str) -> bool {
    let mail =
        |word: &str| word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
    text.split_whitespace().any(mail) || runs(text).iter().any(|d| is_personal(d))
}

/// Runs of digits, with single separators inside kept as parts of the run.
fn runs(text: &str) -> Vec<Vec<u8>> {
    let mut out = vec![Vec::new()];
    let mut gap = 0;
    for c in text.chars() {
        if let (Some(digit), Some(run)) = (c.to_digit(10), out.last_mut()) {
            run.push(digit as u8);
            gap = 0;
        } else {
            gap += 1;
            if gap > 2 || !SEPARATORS.contains(c) {
                out.push(Vec::new());
            }
        }
    }
    out
}

fn is_personal(d: &[u8]) -> bool {
    let phone = d.len() == 11 && matches!(d.first(), Some(7 | 8)) && matches!(d.get(1), Some(3 | 4 | 8 | 9));
    let tail = d.iter().skip(9).fold(0, |n, digit| n * 10 + u32::from(*digit));
    let snils = d.len() == 11 && weighted(d, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100 == tail;
    let inn = d.len() == 12
        && d.last().is_some_and(|c| u32::from(*c) == weighted(d, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10);
    phone || snils || inn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_every_letter_and_digit() {
        assert_eq!(shape("Анна-12 a@b.рф!"), "Xxxx-99 x@x.xx*");
        assert_eq!(shape("Été ٣９ 中😀"), "xxx 99 x*");
        assert!(is_shape(&shape("любой текст 123")));
        assert!(!is_shape("7707083893"));
    }

    #[test]
    fn finds_numbers_in_free_text() {
        assert!(has_personal_data("мой снилс 112-233-445 95 вот"));
        assert!(has_personal_data("позвоните +7 900 123-45-67"));
        assert!(has_personal_data("пишите anna@example.ru"));
        assert!(!has_personal_data("ошибка 404 на шаге 2"));
    }
}
