//! Документы иностранного образца: residence permit, temporary residence, foreign passport, in free form.
//!
//! Up to 25 characters: letters of any alphabet, digits, blanks, `-`, `/`, `№`. Every country has its own rules.
//!
//! # Sources
//! ФНС electronic formats, mask `S` of 25 characters.

use super::engine::{Own, Rule, Spec, no_mend};
use super::flaw::{Expected, Name, Outcome, flaw_char};
use super::name::value;
use super::text::within;
use crate::text::{find, is_blank, is_dash, is_letter};
use crate::verdict::Context;

identifier!(
    /// Number of a residence permit.
    ResidencePermit, ResidencePermit
);
identifier!(
    /// Number of a foreign passport.
    ForeignPassport, ForeignPassport, main
);

const LONGEST: usize = 25;

pub(super) static RESIDENCE_PERMIT: Spec = free("residence_permit");
pub(super) static PASSPORT: Spec = free("foreign_passport");

/// A document number of free form; as in a name one blank between the parts, where a label stood too.
pub(super) const fn free(name: &'static str) -> Spec {
    Spec {
        name,
        labels: "полис омс паспорт вид на жительство внж сери номер n no",
        rule: Rule::Own(Own { look, value, mend: no_mend }),
    }
}

fn look(chars: &[char], _: &Context) -> Outcome {
    let stray = |c: char| {
        !is_letter(c) && !c.is_ascii_digit() && !is_blank(c) && !is_dash(c) && !matches!(c, '/' | '.' | '№' | '(' | ')')
    };
    match find(chars, stray) {
        Some(at) => flaw_char(Name::Chars, at, Expected::Nothing),
        None => within(chars, LONGEST),
    }
}
