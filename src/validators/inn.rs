//! ИНН, идентификационный номер налогоплательщика: taxpayer number.
//!
//! Given by ФНС: 10 digits to an organisation, the last one a check digit; 12 to a person, the last two check digits. For
//! numbers given since 2026 digits 3 and 4 no longer name an inspection, so nothing is concluded from them.
//!
//! # Sources
//! ФНС order ЕД-7-14/559@ of 26.06.2025, in force since 01.01.2026; letter КВ-4-14/10475@ (the check is unchanged).
//!
//! # Examples
//! ```
//! use podskazka::{validators::inn::check, verdict::*};
//! let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
//! assert!(matches!(check("7707083893", &ctx), Verdict::Complete { .. }));
//! assert!(matches!(check("ИНН: 7707 083893", &ctx), Verdict::Complete { .. }));
//! assert!(matches!(check("770708389", &ctx), Verdict::Partial { missing: 1, .. }));
//! assert!(matches!(check("7707083894", &ctx), Verdict::Fault(f) if f.code == "inn.checksum"));
//! assert!(matches!(check("77О7083893", &ctx), Verdict::Fault(f) if f.code == "inn.chars"));
//! assert!(matches!(check("7707083893123", &ctx), Verdict::Fault(f) if f.code == "inn.length"));
//! ```

use super::engine::{Honest, Number, Rule, Spec};
use super::flaw::{Name, Outcome, doubt, flaw};
use super::{kpp, ogrn};
use crate::checksum::{value, weighted};
use crate::verdict::Context;

identifier!(
    /// A number whose check digits hold.
    Inn, Inn, main
);

const TENTH: [u8; 9] = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const ELEVENTH: [u8; 10] = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const TWELFTH: [u8; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/// What a line of payment details has beside it.
static BESIDE: &[&Spec] = &[&kpp::SPEC, &ogrn::SPEC];

pub(super) static ANY: Spec = spec("inn", "9999999999|999999999999", Honest::Digits(10, 12));
pub(super) static PERSON: Spec = spec("inn_person", "999999999999", Honest::Digits(10, 12));
pub(super) static COMPANY: Spec = spec("inn_company", "9999999999", Honest::Swaps);

const fn spec(name: &'static str, forms: &'static str, honest: Honest) -> Spec {
    let labels = "инн инн/кпп inn организаци юр юридическ физическ юрлиц физлиц лица ип ооо";
    Spec { name, labels, rule: Rule::Pair(Number::new(forms, judge, honest), BESIDE) }
}

fn judge(d: &[u8], _: &Context) -> Outcome {
    let whole = if d.len() == 10 { holds(d, &TENTH) } else { holds(d, &ELEVENTH) && holds(d, &TWELFTH) };
    if !whole {
        return flaw(Name::Checksum);
    }
    // Public lists hold such numbers, so region 00 is doubted and not refused.
    doubt(d.starts_with(b"00"), Name::Region)
}

/// The check digit behind the weighted ones.
fn holds(d: &[u8], weights: &[u8]) -> bool {
    d.get(weights.len()).is_some_and(|check| value(*check) == weighted(d, weights) % 11 % 10)
}

/// Eleven or twelve digits of a person, as far as they are there. Made only where it is called: a page's module is packed otherwise.
#[inline]
pub(crate) fn is_person(d: &[u8]) -> bool {
    match d.len() {
        11 => holds(d, &ELEVENTH),
        12 => holds(d, &ELEVENTH) && holds(d, &TWELFTH),
        _ => false,
    }
}

/// Person or company, by the length.
pub(super) fn holder(canonical: &str) -> &'static str {
    if canonical.len() == 12 { "person" } else { "company" }
}
