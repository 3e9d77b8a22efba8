//! СТС, свидетельство о регистрации транспортного средства: vehicle registration certificate.
//!
//! Series of two digits and two digits or letters, number of 6 digits. There is no check digit.
//!
//! # Sources
//! Shape from memory of the blanks; alphabet and length are checked, a letter that vehicle plates do not have is doubted.

use super::driver_licence::{FORMS, judge};
use super::engine::{Honest, Number, Rule, Spec};

identifier!(
    /// Series and number.
    Sts, Sts, main
);

pub(super) static SPEC: Spec = Spec {
    name: "sts",
    labels: "стс свидетельств св-во о регистрац тс",
    rule: Rule::Number(Number::new(FORMS, judge, Honest::Nothing)),
};
