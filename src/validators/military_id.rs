//! Военный билет: military identity card; officers' and reserve officers' cards have the same shape.
//!
//! Two Cyrillic capitals and 6 or 7 digits.
//!
//! # Sources
//! ФНС electronic formats, mask `ББ 0999999`.

use super::engine::{Number, Rule, Spec};

identifier!(
    /// Series and number.
    MilitaryId, MilitaryId, main
);

pub(super) static SPEC: Spec =
    Spec {
        name: "military_id", labels: "военн билет", rule: Rule::Number(Number::any("CC 999999|CC 9999999"))
    };
