//! Свидетельство о рождении, о заключении и расторжении брака, о смерти: certificates of civil status.
//!
//! Series of a Roman number and two Cyrillic capitals, number of 6 digits: `II-БЮ 123456`. People type `1`, `У`, `Х`, `Л` and
//! `С` for the Roman signs. Newer forms may come without a series, so its absence only warns.
//!
//! # Sources
//! ФНС electronic formats, mask `R-ББ 999999`.

use super::engine::{Flaw, Outcome, Own, Place, Rule, Spec, admit};
use crate::text::{Symbols, spell};
use crate::verdict::{Context, Value};

identifier!(
    /// Series and number of a birth certificate.
    BirthCertificate, BirthCertificate, main
);
identifier!(
    /// Series and number of a marriage certificate.
    MarriageCertificate, MarriageCertificate
);
identifier!(
    /// Series and number of a divorce certificate.
    DivorceCertificate, DivorceCertificate
);
identifier!(
    /// Series and number of a death certificate.
    DeathCertificate, DeathCertificate
);

pub(super) static BIRTH: Spec = spec("birth_certificate");
pub(super) static MARRIAGE: Spec = spec("marriage_certificate");
pub(super) static DIVORCE: Spec = spec("divorce_certificate");
pub(super) static DEATH: Spec = spec("death_certificate");

const DIGITS: usize = 6;

const fn spec(name: &'static str) -> Spec {
    Spec {
        name,
        labels: &["свидетельство", "серия"],
        rule: Rule::Own(Own { look, value, fixes: |_, _, _| Vec::new() }),
    }
}

/// A Roman sign, and what is typed or drawn for it.
fn roman(symbol: u8) -> Option<u8> {
    Some(match symbol {
        b'I' | b'1' => b'I',
        b'V' | 0xd3 => b'V', // У
        b'X' | 0xd5 => b'X', // Х
        b'L' | 0xcb => b'L', // Л
        b'C' | 0xd1 => b'C', // С
        _ => return None,
    })
}

/// The Roman spelling of 1 to 399.
fn to_roman(mut n: i32) -> Vec<u8> {
    const SIGNS: [(i32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut out = Vec::new();
    for (size, sign) in SIGNS {
        while n >= size {
            out.extend_from_slice(sign.as_bytes());
            n -= size;
        }
    }
    out
}

fn worth(sign: u8) -> i32 {
    match sign {
        b'I' => 1,
        b'V' => 5,
        b'X' => 10,
        b'L' => 50,
        _ => 100,
    }
}

/// The signs are the one way to write their number.
fn is_canonical(signs: &[u8]) -> bool {
    let next = signs.iter().skip(1).map(|s| worth(*s)).chain([0]);
    let sum: i32 = signs.iter().zip(next).map(|(s, next)| if worth(*s) < next { -worth(*s) } else { worth(*s) }).sum();
    (1..400).contains(&sum) && to_roman(sum) == signs
}

/// Roman signs, letters of the series, digits of the number.
fn parts(symbols: &[u8]) -> (Vec<Option<u8>>, &[u8], &[u8]) {
    let digits = symbols.iter().rev().take_while(|s| s.is_ascii_digit()).count().min(DIGITS);
    let (head, number) = symbols.split_at_checked(symbols.len() - digits).unwrap_or((symbols, &[]));
    let (signs, letters) = head.split_at_checked(head.len().saturating_sub(2)).unwrap_or((head, &[]));
    (signs.iter().map(|s| roman(*s)).collect(), letters, number)
}

fn look(text: &str, _: &Context) -> Outcome {
    let symbols = Symbols::read(text);
    if let Some(at) = symbols.junk {
        return Outcome::Fault(Flaw { place: Place::Chars(at, at + 1), ..Flaw::whole("chars") });
    }
    let all = symbols.as_slice();
    let (signs, letters, number) = parts(all);
    if number.len() < DIGITS {
        return Outcome::Partial((DIGITS - number.len()) as u32);
    }
    if letters.is_empty() {
        return Outcome::Complete(Some("series"));
    }
    if letters.iter().all(u8::is_ascii_digit) {
        return Outcome::Fault(Flaw::whole("length"));
    }
    let from = signs.len();
    if let Some(at) = letters.iter().position(|s| admit(b'C', *s).is_none()) {
        return Outcome::Fault(Flaw { expected: "А-Я", ..Flaw::at("chars", from + at, from + at + 1) });
    }
    let known: Vec<u8> = signs.iter().map_while(|s| *s).collect();
    if known.len() < signs.len() {
        return Outcome::Fault(Flaw { expected: "I V X L C", ..Flaw::at("chars", known.len(), known.len() + 1) });
    }
    if letters.len() < 2 || known.is_empty() {
        return Outcome::Fault(Flaw::at("series", 0, from + letters.len()));
    }
    if is_canonical(&known) { Outcome::Complete(None) } else { Outcome::Fault(Flaw::at("roman", 0, from)) }
}

fn value(text: &str, _: &Context) -> Value {
    let symbols = Symbols::read(text);
    let (signs, letters, number) = parts(symbols.as_slice());
    if letters.is_empty() {
        return Value::same(&spell(number));
    }
    let signs: Vec<u8> = signs.into_iter().flatten().collect();
    let letters: Vec<u8> = letters.iter().filter_map(|s| admit(b'C', *s)).collect();
    let (signs, letters, number) = (spell(&signs), spell(&letters), spell(number));
    Value::same(&[&signs, "-", &letters, " ", &number].concat())
}
