//! Кадастровый номер: number of a plot or a building, `NN:NN:NNNNNNN:N…`.
//!
//! District, area, quarter of 6 or 7 digits, object. People type `-`, `.` and blanks for the colon.
//!
//! # Sources
//! Росреестр order П/0241 of 07.06.2017 and its successors.

use super::engine::{Mended, Own, Rule, Spec, some_digit};
use super::flaw::{Expected, Flaw, Name, Outcome, flaw_char};
use crate::text::{is_blank, is_dash, mapped, string, trim, trim_end, trim_start, without};
use crate::verdict::{Context, Value};

identifier!(
    /// A number of the right shape.
    Cadastral, Cadastral, main
);

pub(super) static SPEC: Spec = Spec {
    name: "cadastral",
    labels: "кадастров номер участк участок кн к/н",
    rule: Rule::Own(Own { look, value, mend }),
};

/// Fewest and most digits of the four parts; the object's number has no lawful limit, so a generous one.
const PARTS: [(usize, usize); 4] = [(2, 2), (2, 2), (6, 7), (1, 12)];

fn look(chars: &[char], _: &Context) -> Outcome {
    let chars = trim_end(chars, |c| c == '.' || is_blank(c));
    let (mut part, mut digits) = (0, 0);
    for (at, c) in chars.iter().enumerate() {
        let (fewest, most) = PARTS.get(part).copied().unwrap_or((1, 12));
        match *c {
            '0'..='9' if digits == most => return flaw_char(Name::Format, at, Expected::Colon),
            '0'..='9' => digits += 1,
            ':' if part == 3 || digits < fewest => return flaw_char(Name::Format, at, Expected::Digit),
            ':' => (part, digits) = (part + 1, 0),
            '\u{ad}' => {}
            c if (is_blank(c) || c == '№') && (digits == 0 || colon_follows(chars, at)) => {}
            c if is_colon_like(c) => return flaw_char(Name::Separator, at, Expected::Colon),
            _ => return flaw_char(Name::Chars, at, Expected::Cadastral),
        }
    }
    let mut missing = 0;
    for (fewest, _) in PARTS.iter().skip(part) {
        missing += fewest.saturating_sub(digits);
        digits = 0;
    }
    if missing == 0 { some_digit(chars) } else { Outcome::Partial(missing as u32) }
}

fn colon_follows(chars: &[char], at: usize) -> bool {
    trim_start(chars.get(at..).unwrap_or_default(), is_blank).first() == Some(&':')
}

/// What people type for the colon, and what its key gives in the other layout.
fn is_colon_like(c: char) -> bool {
    is_blank(c) || is_dash(c) || matches!(c, '.' | '/' | ';' | '^' | 'Ж' | 'ж')
}

fn value(chars: &[char], _: &Context) -> Value {
    Value::same(string(&without(chars, |c| matches!(c, '.' | '№' | '\u{ad}') || is_blank(c))))
}

fn mend(chars: &[char], _: &Context, flaw: &Flaw) -> Mended {
    let mended = mapped(trim(chars), |c| if is_colon_like(c) { ':' } else { c });
    (flaw.name == Name::Separator).then_some(("separator", mended))
}
