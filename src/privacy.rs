//! What may stand for a value outside the page, and where personal data hides in free text.

use crate::text::{chars, is_letter, lower, push, symbol};

pub mod detect;
pub mod page;
pub mod picture;

/// Stands for passwords, cards and codes: tells neither length nor shape.
pub const FIXED_MASK: &str = "••••••••";

/// Names of the kinds whose values never leave the page. A list, for the registry of kinds would bring every check into the panel.
pub const SECRET_KINDS: [&str; 2] = ["card", "sms_code"];

/// The longest shape, in characters.
pub const MAX_SHAPE: usize = 40;

const SEPARATORS: &[u8] = b" -./:()+@";

fn is_separator(c: char) -> bool {
    SEPARATORS.iter().any(|sign| char::from(*sign) == c)
}

/// Digits as `9`, letters as `x` and, of Latin and Cyrillic ones, `X`; separators kept, all else `*`.
pub fn shape(text: &str) -> String {
    let mut out = String::new();
    for c in chars(text) {
        // A shape is ASCII: a byte a character.
        if out.len() == MAX_SHAPE {
            break;
        }
        push(&mut out, covered(c));
    }
    out
}

/// What stands for a character in a shape.
pub fn covered(c: char) -> char {
    match c {
        _ if symbol(c).is_ascii_digit() => '9',
        _ if is_separator(c) => c,
        _ if lower(c) != c => 'X',
        _ if is_letter(c) => 'x',
        _ => '*',
    }
}

/// True for what [`shape`] can return, and for [`FIXED_MASK`].
pub fn is_shape(text: &str) -> bool {
    let kept = |c: char| matches!(c, '9' | 'x' | 'X' | '*') || is_separator(c);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validators::{ALL, Kind};

    #[test]
    fn secret_kinds_are_those_of_the_registry() {
        let secret: Vec<_> = ALL.iter().filter(|kind| kind.is_secret()).map(|kind| Kind::name(*kind)).collect();
        assert_eq!(secret, SECRET_KINDS);
    }

    #[test]
    fn hides_every_letter_and_digit() {
        assert_eq!(shape("Анна-12 a@b.рф!"), "Xxxx-99 x@x.xx*");
        assert_eq!(shape("Été ٣９ 中😀"), "xxx 99 x*");
        assert!(is_shape(&shape("любой текст 123")));
        assert!(!is_shape("7707083893"));
    }
}
