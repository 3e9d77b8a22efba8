//! Водительское удостоверение: driver's licence.
//!
//! Series of two digits and two digits or letters, number of 6 digits. There is no check digit.
//!
//! # Sources
//! Shape from memory of the blanks since 2011: letters are the twelve with a Latin twin, as on vehicle plates.

use super::engine::{Honest, Number, Rule, Spec, some};

identifier!(
    /// Series and number.
    DriverLicence, DriverLicence, main
);

/// Two digits, two digits or letters, six digits: licence and vehicle papers alike.
pub(super) const FORMS: &str = "99 99 999999|99 LL 999999";

pub(super) static SPEC: Spec = Spec {
    name: "driver_licence",
    labels: "водительск удостоверен права ву в/у",
    rule: Rule::Number(Number::new(FORMS, some, Honest::Nothing)),
};
