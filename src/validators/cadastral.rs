//! Кадастровый номер: number of a plot or a building, `NN:NN:NNNNNNN:N…`.
//!
//! District, area, quarter of 6 or 7 digits, object. People type `-`, `.` and blanks for the colon.
//!
//! # Sources
//! Росреестр order П/0241 of 07.06.2017 and its successors.

use super::engine::{Flaw, Outcome, Own, Place, Rule, Spec};
use crate::text::{Glyph, digit_like, glyph, is_blank, is_dash, letter, trim};
use crate::verdict::{Context, Value};

identifier!(
    /// A number of the right shape.
    Cadastral, Cadastral, main
);

pub(super) static SPEC: Spec =
    Spec {
        name: "cadastral", labels: &["кадастровыйномер", "кн"], rule: Rule::Own(Own { look, value, fixes })
    };

/// Fewest and most digits of the four parts; the object's number has no lawful limit, so a generous one.
const PARTS: [(usize, usize); 4] = [(2, 2), (2, 2), (6, 7), (1, 12)];

fn look(text: &str, _: &Context) -> Outcome {
    let flaw = |name, at: usize, expected| Outcome::Fault(Flaw { name, place: Place::Chars(at, at + 1), expected });
    let end = text.trim_end_matches(is_blank).chars().count();
    let (mut part, mut digits) = (0, 0);
    for (at, c) in text.chars().take(end).enumerate() {
        let (fewest, most) = PARTS.get(part).copied().unwrap_or((1, 12));
        match c {
            '0'..='9' if digits == most => return flaw("format", at, ":"),
            '0'..='9' => digits += 1,
            ':' if part == 3 || digits < fewest => return flaw("format", at, "0-9"),
            ':' => (part, digits) = (part + 1, 0),
            _ if is_blank(c) && (digits == 0 || text.chars().skip(at).find(|c| !is_blank(*c)) == Some(':')) => {}
            _ if is_blank(c) || is_dash(c) || matches!(c, '.' | '/' | ';') => return flaw("separator", at, ":"),
            _ => return flaw("chars", at, "0-9 :"),
        }
    }
    let rest: usize = PARTS.iter().skip(part + 1).map(|(fewest, _)| *fewest).sum();
    let missing = rest + PARTS.get(part).map_or(0, |(fewest, _)| fewest.saturating_sub(digits));
    if missing == 0 { Outcome::Complete(None) } else { Outcome::Partial(missing as u32) }
}

fn value(text: &str, _: &Context) -> Value {
    let kept: String = text.chars().filter(|c| !is_blank(*c)).collect();
    Value::same(&kept)
}

fn fixes(text: &str, ctx: &Context, flaw: &Flaw) -> Vec<(&'static str, String)> {
    let reason = if flaw.name == "separator" { "separator" } else { "letter-for-digit" };
    let mend = |c: char| match glyph(c) {
        Glyph::Symbol(s) => digit_like(s).map_or(c, letter),
        _ if is_dash(c) || is_blank(c) || matches!(c, '.' | '/' | ';') => ':',
        _ => c,
    };
    let mended: String = trim(text).chars().map(mend).collect();
    let whole = look(&mended, ctx) == Outcome::Complete(None);
    whole.then_some((reason, mended)).into_iter().collect()
}
