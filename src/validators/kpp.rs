//! КПП, код причины постановки на учёт: reason code of a tax registration.
//!
//! 9 symbols `NNNNPPXXX`: inspection, reason (two digits or capital Latin letters), number. There is no check digit.
//! Sole traders have none. Letters in the reason are rare, so one that looks like a digit is doubted.
//!
//! # Sources
//! ФНС order ЕД-7-14/559@ of 26.06.2025, in force since 01.01.2026 (before: ММВ-7-6/435@).

use super::engine::{Honest, Number, Rule, Spec};
use super::flaw::{Name, Outcome, doubt};
use super::inn;
use crate::text::with_digit;
use crate::verdict::Context;

identifier!(
    /// A code of the right shape.
    Kpp, Kpp, main
);

pub(super) static SPEC: Spec = Spec {
    name: "kpp",
    labels: "кпп инн/кпп",
    rule: Rule::Pair(Number::new("9999XX999", judge, Honest::Nothing), &[&inn::ANY]),
};

fn judge(d: &[u8], _: &Context) -> Outcome {
    if d.iter().any(|s| *s > b'9') && d.iter().all(|s| with_digit(*s) <= b'9') {
        return doubt(true, Name::Slip);
    }
    doubt(d.starts_with(b"00"), Name::Region)
}
