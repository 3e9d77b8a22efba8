//! Военный билет: military identity card; officers' and reserve officers' cards have the same shape.
//!
//! Two Cyrillic capitals and 6 or 7 digits.
//!
//! # Sources
//! ФНС electronic formats, mask `ББ 0999999`.

use super::engine::{Honest, Number, Rule, Spec, any};

identifier!(
    /// Series and number.
    MilitaryId, MilitaryId, main
);

pub(super) static SPEC: Spec = Spec {
    name: "military_id",
    labels: "военн билет",
    rule: Rule::Number(Number::new("CC 999999|CC 9999999", any, Honest::Nothing)),
};
