//! Телефон: a number of the Russian numbering plan.
//!
//! Ten national digits, after `+7`, `8`, `7` or nothing; canonical is `+7` and ten digits. Area codes start with 3, 4, 8 or 9;
//! 6 and 7 belong to Kazakhstan, any other digit to nobody, and both only warn.
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

use super::engine::{Flaw, Outcome, Own, Place, Rule, Spec};
use crate::text::{Glyph, Symbols, digit_like, glyph, letter, spell};
use crate::verdict::{Context, Value};

identifier!(
    /// A number of the Russian plan.
    Phone, Phone, main
);

pub(super) static SPEC: Spec = Spec {
    name: "phone",
    labels: &["мобильныйтелефон", "телефон", "тел", "моб", "phone", "tel"],
    rule: Rule::Own(Own { look, value, fixes }),
};

const NATIONAL: usize = 10;

/// The national digits, as far as they are there; `None` for a number of another country.
fn national(digits: &[u8], plus: bool) -> Option<&[u8]> {
    let rest = match digits.split_first() {
        Some((b'7' | b'8', rest)) if plus => rest,
        Some(_) if plus => return None,
        // Ten digits that start with 89 or 79 are a mobile number behind 8 or 7 whose last digit is still to come.
        Some((b'7' | b'8', rest)) if digits.len() != NATIONAL || rest.first() == Some(&b'9') => rest,
        _ => digits,
    };
    // «+7 8 916…»: the 8 of the habit after the +7 of the mask.
    match rest.split_first() {
        Some((b'7' | b'8', inner)) if rest.len() == NATIONAL + 1 => Some(inner),
        _ => Some(rest),
    }
}

fn read(text: &str) -> (bool, Symbols) {
    let plus = text.chars().find(|c| matches!(glyph(*c), Glyph::Symbol(_) | Glyph::Junk) && *c != '(') == Some('+');
    let kept: Vec<u8> = text
        .chars()
        .filter_map(|c| match glyph(c) {
            Glyph::Symbol(s) => Some(s),
            _ => None,
        })
        .collect();
    (plus, Symbols::from_symbols(&kept))
}

fn look(text: &str, _: &Context) -> Outcome {
    let mut seen = false;
    for (at, c) in crate::text::without_cells(text).chars().enumerate() {
        let lawful = match glyph(c) {
            Glyph::Symbol(s) => s.is_ascii_digit(),
            Glyph::Separator => true,
            Glyph::Junk => matches!(c, '(' | ')') || (c == '+' && !seen),
        };
        if !lawful {
            return Outcome::Fault(Flaw { name: "chars", place: Place::Chars(at, at + 1), expected: "0-9" });
        }
        seen |= c == '+' || glyph(c) != Glyph::Separator;
    }
    let (plus, symbols) = read(text);
    let Some(digits) = national(symbols.as_slice(), plus) else {
        return Outcome::Fault(Flaw { expected: "+7", ..Flaw::at("country", 0, 1) });
    };
    match digits.len() {
        n if n < NATIONAL => Outcome::Partial((NATIONAL - n) as u32),
        NATIONAL => match digits.first() {
            Some(b'3' | b'4' | b'8' | b'9') => Outcome::Complete(None),
            Some(b'6' | b'7') => Outcome::Complete(Some("kazakhstan")),
            _ => Outcome::Complete(Some("area")),
        },
        _ => Outcome::Fault(Flaw { expected: "10", ..Flaw::whole("length") }),
    }
}

fn value(text: &str, _: &Context) -> Value {
    let (plus, symbols) = read(text);
    let digits = spell(national(symbols.as_slice(), plus).unwrap_or_default());
    let part = |from, to| digits.get(from..to).unwrap_or_default();
    let display = ["+7 (", part(0, 3), ") ", part(3, 6), "-", part(6, 8), "-", part(8, 10)].concat();
    Value::new(["+7", &digits].concat(), display)
}

fn fixes(text: &str, ctx: &Context, flaw: &Flaw) -> Vec<(&'static str, String)> {
    if flaw.name != "chars" {
        return Vec::new();
    }
    let mend = |c: char| match glyph(c) {
        Glyph::Symbol(s) => digit_like(s).map_or(c, letter),
        _ => c,
    };
    let mended: String = text.chars().map(mend).collect();
    let whole = matches!(look(&mended, ctx), Outcome::Complete(None));
    whole.then(|| ("letter-for-digit", value(&mended, ctx).display)).into_iter().collect()
}
