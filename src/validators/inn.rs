//! ИНН, идентификационный номер налогоплательщика: taxpayer number.
//!
//! Given by ФНС: 10 digits to an organisation, the last one a check digit; 12 to a person, the last two check digits.
//!
//! # Sources
//! ФНС order ЕД-7-14/559@ of 26.06.2025, in force since 01.01.2026.
//!
//! # Examples
//! ```
//! use podskazka::{validators::inn::check, verdict::*};
//! let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
//! assert!(matches!(check("7707 083893", &ctx), Verdict::Complete { .. }));
//! assert!(matches!(check("7707083894", &ctx), Verdict::Fault(f) if f.code == "inn.checksum"));
//! ```

use super::{fault, numeric, whole};
use crate::checksum::weighted;
use crate::text::join;
use crate::verdict::{Context, Verdict};

const TENTH: [u32; 9] = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const ELEVENTH: [u32; 10] = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const TWELFTH: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/// A number whose check digits hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inn(String);

/// Clean, characters, length, checksum.
pub fn check(text: &str, _: &Context) -> Verdict<Inn> {
    let d = match numeric::read("inn", text, join) {
        Ok(digits) => digits,
        Err(verdict) => return verdict,
    };
    match d.len() {
        0..=9 => return Verdict::Partial { missing: 10 - d.len() as u32, lengths: vec![10, 12] },
        11 => return Verdict::Partial { missing: 1, lengths: vec![12] },
        10 | 12 => {}
        n => return fault("inn.length", whole(text), "10, 12", n.to_string(), Vec::new()),
    }
    if !checks(&d) {
        let fixes = numeric::candidates(text, &d, d.len() == 12, checks, join);
        return fault("inn.checksum", whole(text), "", "", fixes);
    }
    Verdict::Complete { value: Inn(join(&d)), warnings: Vec::new() }
}

fn checks(d: &[u8]) -> bool {
    let holds = |at: usize, weights: &[u32]| d.get(at).is_some_and(|c| u32::from(*c) == weighted(d, weights) % 11 % 10);
    if d.len() == 10 { holds(9, &TENTH) } else { holds(10, &ELEVENTH) && holds(11, &TWELFTH) }
}

impl AsRef<str> for Inn {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Inn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
