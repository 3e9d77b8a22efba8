//! Свидетельство о рождении, о заключении и расторжении брака, о смерти: certificates of civil status.
//!
//! Series of a Roman number and two Cyrillic capitals, number of 6 digits: `II-БЮ 123456`. People type `1`, `У`, `Х`, `Л` and
//! `С` for the Roman signs, and `Ⅱ` in one character. Newer forms may come without a series, so its absence only warns.
//!
//! # Sources
//! ФНС electronic formats, mask `R-ББ 999999`.

use super::engine::{Mended, Own, Rule, Spec, admit};
use super::flaw::{Expected, FINE, Flaw, Name, Outcome, doubt, flaw, flaw_char, flaw_symbols, partial};
use crate::text::{
    CAPACITY, Symbols, letter, mapped, next_word, push, spell, symbol, twin, with_digit, with_letter, without,
};
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
        labels: "свидетельств св-во о рожден заключен брак растор расторжен смерт сери номер n no",
        rule: Rule::Own(Own { look, value, mend }),
    }
}

/// A Roman sign, also by what is typed or drawn for it: 1, У, Х, Л, С; 0 for another symbol.
fn roman(symbol: u8) -> u8 {
    twin(symbol, b"IVXLC1\xd3\xd5\xcb\xd1", b"IVXLCIVXLC")
}

/// What a phone's keyboard and Word write as one character, in the order of Unicode.
const WHOLE: &str = "I II III IV V VI VII VIII IX X XI XII L C";

/// Adds the signs one by one; the place of the first symbol that is none.
#[cfg_attr(target_family = "wasm", inline(never))]
fn one_by_one(symbols: &[u8], out: &mut Symbols) -> Option<usize> {
    for (at, symbol) in symbols.iter().enumerate() {
        let (mut list, mut whole) = (WHOLE, "");
        for _ in b'`'..*symbol {
            whole = next_word(&mut list).unwrap_or_default();
        }
        match roman(*symbol) {
            0 if whole.is_empty() => return Some(at),
            0 => whole.as_bytes().iter().for_each(|sign| out.push(*sign)),
            sign => out.push(sign),
        }
    }
    None
}

/// The signs are the one way to write their number, 1 to 399.
fn is_canonical(signs: &[u8]) -> bool {
    let tens = decade(signs, b"C  ");
    let ones = decade(tens, b"XLC");
    !signs.is_empty() && decade(ones, b"IVX").is_empty()
}

/// What follows one decimal place, written in the signs of 1, 5 and 10.
#[cfg_attr(target_family = "wasm", inline(never))]
fn decade<'a>(signs: &'a [u8], [one, five, ten]: &[u8; 3]) -> &'a [u8] {
    let mut rest = signs;
    match signs {
        [first, second, rest @ ..] if first == one && (second == five || second == ten) => return rest,
        [first, more @ ..] if first == five => rest = more,
        _ => {}
    }
    for _ in 0..3 {
        match rest {
            [first, more @ ..] if first == one => rest = more,
            _ => break,
        }
    }
    rest
}

/// Roman signs, letters of the series, symbols of the number. The number begins with the last digit behind two letters.
fn parts(symbols: &[u8]) -> (&[u8], &[u8], &[u8]) {
    let begins = |three: &[u8]| matches!(three, [a, b, b'0'..=b'9'] if *a > b'9' && *b > b'9');
    let start = symbols.windows(3).rposition(begins).map_or(0, |at| at + 2);
    let (head, number) = symbols.split_at_checked(start).unwrap_or_default();
    let (signs, letters) = head.split_at_checked(start.saturating_sub(2)).unwrap_or_default();
    (signs, letters, number)
}

/// The cleaned symbols.
fn read(chars: &[char]) -> Symbols {
    Symbols::of(chars, plain)
}

/// A small `l` or a bar is drawn for the Roman one.
fn plain(c: char) -> char {
    match c {
        'l' | '|' => 'I',
        // What is typed for №.
        'N' => ' ',
        c => c,
    }
}

fn look(chars: &[char], _: &Context) -> Outcome {
    let symbols = read(chars);
    if let Some(at) = symbols.junk {
        return flaw_char(Name::Chars, at, Expected::Nothing);
    }
    let (signs, letters, number) = parts(symbols.as_slice());
    let from = signs.len();
    if let Some(at) = number.iter().position(|s| !s.is_ascii_digit()) {
        let place = from + letters.len() + at;
        if !letters.is_empty() {
            return flaw_symbols(Name::Chars, place, place + 1, Expected::Digit);
        }
        // Digits behind one letter, or none behind any.
        let head = number.iter().rposition(|s| !s.is_ascii_digit()).unwrap_or_default() + 1;
        return match number.len() - head {
            DIGITS => flaw_symbols(Name::Series, 0, head, Expected::Nothing),
            digits @ ..DIGITS => partial(DIGITS - digits),
            _ => flaw(Name::Length),
        };
    }
    if number.len() == DIGITS - 1 && letters.ends_with(b"I") {
        // A one of the number that is drawn as a letter.
        return flaw_symbols(Name::Chars, from + 1, from + 2, Expected::Digit);
    }
    if number.len() < DIGITS {
        return partial(DIGITS - number.len());
    }
    if symbols.count > from + letters.len() + DIGITS {
        return flaw(Name::Length);
    }
    if letters.is_empty() {
        return doubt(true, Name::Series);
    }
    if let Some(at) = letters.iter().position(|s| admit(b'C', *s) == 0) {
        // A Roman sign in the place of a letter: one of the two letters is not there.
        return match letters.get(at) {
            Some(sign) if roman(*sign) > 0 => flaw_symbols(Name::Series, 0, from + 2, Expected::Nothing),
            _ => flaw_symbols(Name::Chars, from + at, from + at + 1, Expected::Cyrillic),
        };
    }
    if from == 0 {
        return flaw_symbols(Name::Series, 0, letters.len(), Expected::Nothing);
    }
    let mut known = Symbols::new();
    if let Some(at) = one_by_one(signs, &mut known) {
        return flaw_symbols(Name::Chars, at, at + 1, Expected::Roman);
    }
    if is_canonical(known.as_slice()) { FINE } else { flaw_symbols(Name::Roman, 0, from, Expected::Nothing) }
}

fn value(chars: &[char], _: &Context) -> Value {
    let symbols = read(chars);
    let (signs, letters, number) = parts(symbols.as_slice());
    let mut out = String::new();
    if !letters.is_empty() {
        let mut known = Symbols::new();
        one_by_one(signs, &mut known);
        out.push_str(&spell(known.as_slice()));
        push(&mut out, '-');
        letters.iter().for_each(|s| push(&mut out, letter(admit(b'C', *s))));
        push(&mut out, ' ');
    }
    out.push_str(&spell(number));
    Value::same(out)
}

/// The number without words and a date behind it. Else the last six symbols with digits for letters that look like them, and the first
/// letter of the series for a digit, where the second one stands before the number.
fn mend(chars: &[char], ctx: &Context, flaw: &Flaw) -> Mended {
    for (end, c) in chars.iter().enumerate().take(CAPACITY) {
        if symbol(*c) == 0
            && let Some((head, tail)) = chars.split_at_checked(end)
            && look(head, ctx).is_fine()
            // Other digits may be a part of it.
            && without(tail, |c| !c.is_ascii_digit()).len().is_multiple_of(8)
        {
            return Some(("stray", head.to_vec()));
        }
    }
    let mut mended = without(&mapped(chars, plain), |c| symbol(c) == 0);
    if let [.., first, second, _, _, _, _, _, _] = mended.as_mut_slice()
        && !second.is_ascii_digit()
    {
        *first = letter(with_letter(symbol(*first)));
    }
    for c in mended.iter_mut().rev().take(DIGITS) {
        *c = letter(with_digit(symbol(*c)));
    }
    let mut reason = "letter-for-digit";
    // The Roman number in plain digits; 1 is one of its signs.
    if let [first @ '2'..='9', _, _, _, _, _, _, _, _] = mended.as_mut_slice() {
        *first = char::from_u32(*first as u32 - '1' as u32 + 'Ⅰ' as u32).unwrap_or(*first);
        reason = "roman";
    }
    // A sign that is left out may have been a part of the Roman number.
    (flaw.name == Name::Chars && flaw.expected != Expected::Nothing).then_some((reason, mended))
}
