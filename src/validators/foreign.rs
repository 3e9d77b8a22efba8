//! Документы иностранного образца: residence permit, temporary residence, foreign passport, in free form.
//!
//! Up to 25 characters: letters of any alphabet, digits, blanks, `-`, `/`, `№`. Every country has its own rules.
//!
//! # Sources
//! ФНС electronic formats, mask `S` of 25 characters.

use super::engine::{Flaw, Outcome, Own, Place, Rule, Spec};
use super::text::{value, within};
use crate::text::{is_blank, is_dash};
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

/// A document number of free form.
pub(super) const fn free(name: &'static str) -> Spec {
    Spec { name, labels: &[], rule: Rule::Own(Own { look, value, fixes: |_, _, _| Vec::new() }) }
}

fn look(text: &str, _: &Context) -> Outcome {
    let lawful = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '\u{c0}'..='\u{1fff}' | '\u{2c00}'..='\u{d7ff}')
            || is_blank(c)
            || is_dash(c)
            || "/.№()".contains(c)
    };
    if let Some(at) = text.chars().position(|c| !lawful(c)) {
        return Outcome::Fault(Flaw { place: Place::Chars(at, at + 1), ..Flaw::whole("chars") });
    }
    within(text, LONGEST)
}
