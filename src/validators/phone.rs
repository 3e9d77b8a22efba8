//! Телефон: a number of the Russian numbering plan.
//!
//! Ten national digits, after `+7`, `8`, `7` or nothing; canonical is `+7` and ten digits. An 8 or 7 that a sign or a blank sets apart
//! is such a prefix, however many digits follow. Area codes start with 3, 4, 8 or 9;
//! 6 and 7 belong to Kazakhstan, any other digit to nobody, and both only warn; so does one digit all along. A СНИЛС or an ИНН in
//! the field of a phone is named as such, as far as its spelling tells it from a phone.
//!
//! # Sources
//! Приказ Минцифры of 31.01.2022 № 75, Российская система и план нумерации; ITU-T E.164.
//!
//! # Examples
//! ```
//! use podskazka::{validators::phone::check, verdict::*};
//! let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
//! assert!(matches!(check("8 (916) 123-45-67", &ctx), Verdict::Complete { value, .. } if value.as_str() == "+79161234567"));
//! assert!(matches!(check("8 916 123-45-6", &ctx), Verdict::Partial { missing: 1, .. }));
//! assert!(matches!(check("+1 555 123 4567", &ctx), Verdict::Fault(f) if f.code == "phone.country"));
//! ```

use super::engine::{Form, Mended, Own, Rule, Spec, symbols_of};
use super::flaw::{Expected, FINE, Flaw, Name, Outcome, doubt, flaw_char, flaw_symbols, flaw_whole};
use super::{inn, snils};
use crate::text::{Glyph, Symbols, glyph, has, has_sign, join, spell, symbol, trim, without, without_cells};
use crate::verdict::{Context, Value};

identifier!(
    /// A number of the Russian plan.
    Phone, Phone, main
);

pub(super) static SPEC: Spec = spec(named);
/// The same without a look at other documents: for whoever does not carry their rules.
pub(super) static ALONE: Spec = spec(look);

const fn spec(look: fn(&[char], &Context) -> Outcome) -> Spec {
    Spec {
        name: "phone",
        labels: "телефон тел моб мобильн сот сотов т мой номер домашн рабоч tel whatsapp",
        rule: Rule::Own(Own { look, value, mend }),
    }
}

const NATIONAL: usize = 10;
pub(crate) const FORM: Form = Form("+7 (999) 999-99-99");

/// An 8 before these is no part of the code.
#[cfg_attr(target_family = "wasm", inline(never))]
fn is_habit(code: &[u8]) -> bool {
    code.starts_with(b"9") || code.starts_with(b"800")
}

/// The codes of mobiles, of free calls and of Moscow.
#[cfg_attr(target_family = "wasm", inline(never))]
fn is_large(code: &[u8]) -> bool {
    is_habit(code) || code.starts_with(b"49")
}

/// The national digits, as far as they are there; `None` for a number of another country.
fn national(digits: &[u8], plus: bool, apart: bool) -> Option<&[u8]> {
    // The ways abroad, 00 and 8 10 before more digits than a number of ours has, are a plus: they may lead to a number of ours.
    let abroad = match digits {
        [b'0', b'0', ..] => 2,
        [b'8', b'1', b'0', ..] if digits.len() > NATIONAL + 1 => 3,
        _ => 0,
    };
    let (digits, plus) = (digits.get(abroad..)?, plus || abroad > 0);
    let rest = match digits.split_first() {
        Some((b'7', rest)) if plus => rest,
        // +8 is the habit too; +84, +86 and others are countries.
        Some((b'8', rest)) if plus && (rest.len() < 3 || is_habit(rest)) => rest,
        Some(_) if plus => return None,
        // Ten digits that start with 89 or 79 are a mobile number behind 8 or 7 whose last digit is still to come.
        // So is what stands apart from a digit that a code may begin with; a mask parts the 8 of 8121234567 too.
        Some((b'7' | b'8', rest))
            if digits.len() != NATIONAL
                || match rest.first() {
                    Some(b'9') => true,
                    Some(b'3' | b'4' | b'6'..=b'8') => apart,
                    _ => false,
                } =>
        {
            rest
        }
        _ => digits,
    };
    // «+7 8 916…»: the 8 of the habit after the +7 of the mask. Before another code it may be a part of it, as in 8452.
    match rest.split_first() {
        Some((b'7' | b'8', inner)) if rest.len() == NATIONAL + 1 && (is_large(inner)) => Some(inner),
        _ => Some(rest),
    }
}

/// The national digits of lawful characters.
fn read(chars: &[char]) -> Option<Symbols> {
    let plus = has(chars, |c| c == '+');
    let symbols = symbols_of(chars);
    // A bracket, a dash or a blank stands behind the first digit.
    let apart = matches!(trim(chars), [_, sign, ..] if symbol(*sign) == 0);
    let mut out = Symbols::new();
    national(symbols.as_slice(), plus, apart)?.iter().for_each(|digit| out.push(*digit));
    Some(out)
}

fn look(chars: &[char], _: &Context) -> Outcome {
    // The mask of a page may have put +7 before a number that has its own.
    let mut seen = 0;
    for (at, c) in without_cells(chars).iter().enumerate() {
        let lawful = match glyph(*c) {
            // An empty cell of a mask, with more of the mask behind it.
            Glyph::JUNK if *c == '_' => continue,
            Glyph::SEPARATOR => continue,
            Glyph::JUNK => matches!(*c, '(' | ')') || (*c == '+' && seen < 3),
            Glyph(symbol) => symbol.is_ascii_digit(),
        };
        if !lawful {
            return flaw_char(Name::Chars, at, Expected::Digit);
        }
        seen += 1;
    }
    let Some(digits) = read(chars) else { return flaw_symbols(Name::Country, 0, 1, Expected::PlusSeven) };
    match digits.count {
        n if n < NATIONAL => Outcome::Partial((NATIONAL - n) as u32),
        NATIONAL => match digits.as_slice() {
            // One digit all along.
            [first, rest @ ..] if rest.iter().all(|digit| digit == first) => doubt(true, Name::Area),
            [b'3' | b'4' | b'8' | b'9', ..] => FINE,
            [b'6' | b'7', ..] => doubt(true, Name::Kazakhstan),
            _ => doubt(true, Name::Area),
        },
        _ => flaw_whole(Name::Length, Expected::Ten),
    }
}

/// The same, and a number whose check digits are those of a СНИЛС or an ИНН named as one: where it is too long for a phone, or its
/// spelling is hardly one of a phone. That is the spelling of a СНИЛС, or ten digits in a row that no large network begins with. One in
/// ten of these holds as an ИНН by chance, so the usual ways to write a phone are never asked about it.
fn named(chars: &[char], ctx: &Context) -> Outcome {
    let outcome = look(chars, ctx);
    let (symbols, chars) = (symbols_of(chars), trim(chars));
    let name = match outcome {
        Outcome::Complete(_) => match chars.len() {
            NATIONAL => !is_large(symbols.as_slice()),
            // 999-999-999 99
            14 => chars.get(3).is_some_and(|c| symbol(*c) == 0),
            _ => false,
        },
        Outcome::Fault(flaw) => flaw.name == Name::Length,
        Outcome::Partial(_) => false,
    };
    let other = |spec: &&Spec| spec.number().is_some_and(|number| number.look(&symbols, ctx).is_fine());
    match outcome {
        _ if !name || ![&snils::SPEC, &inn::ANY].iter().any(other) => outcome,
        Outcome::Fault(_) => flaw_whole(Name::Other, Expected::Ten),
        _ => doubt(true, Name::Other),
    }
}

/// The digits that were typed, where a mask has put +7 and brackets around them: ten of them are the national ones, or with the 7 those
/// of a number that lacks one. A mobile is what it looks like, a digit short too, and stays as it is; so does any other text.
#[cfg_attr(target_family = "wasm", inline(never))]
pub(crate) fn unmasked(text: &str) -> String {
    let symbols = Symbols::read(text);
    let digits = symbols.as_slice();
    match digits {
        [b'7', rest @ ..] if has_sign(text, b'(') && matches!(rest.len(), 9 | NATIONAL) && !rest.starts_with(b"9") => {
            spell(if rest.len() == NATIONAL { rest } else { digits })
        }
        _ => text.to_owned(),
    }
}

fn value(chars: &[char], _: &Context) -> Value {
    let digits = read(chars).unwrap_or(Symbols::new());
    Value::new(join(&["+7", &spell(digits.as_slice())]), FORM.print(digits.as_slice()))
}

/// Signs between the digits that people write.
fn mend(chars: &[char], ctx: &Context, _: &Flaw) -> Mended {
    let mended = without(chars, |c| matches!(c, '/' | '[' | ']' | ';' | ',' | '«' | '»' | '\''));
    look(&mended, ctx).is_fine().then_some(("stray", mended))
}
