//! Заграничный паспорт: passport for travel abroad; diplomatic and service passports have the same shape.
//!
//! Series of 2 digits and number of 7. There is no check digit outside the machine-readable zone.
//!
//! # Sources
//! ФНС electronic formats, mask `99 9999999`.

use super::engine::{Honest, Number, Rule, Spec, some};

identifier!(
    /// Series and number.
    Zagranpassport, Zagranpassport, main
);

pub(super) static SPEC: Spec = Spec {
    name: "zagranpassport",
    labels: "загранпаспорт загранич паспорт",
    rule: Rule::Number(Number::new("99 9999999", some, Honest::Nothing)),
};
