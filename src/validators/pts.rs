//! ПТС, паспорт транспортного средства: vehicle passport, on paper or electronic.
//!
//! On paper: series of two digits and two digits or letters, number of 6 digits. Electronic: 15 digits.
//! A field that asks for a ПТС takes both, since an owner has only one of them; one that asks for an electronic passport takes that
//! alone, as `inn_company` takes no ИНН of a person.
//!
//! # Sources
//! Shapes from memory of the blanks and of extracts; alphabet and length are checked, a letter that vehicle plates do not have is
//! doubted.

use super::driver_licence::judge;
use super::engine::{Honest, Number, Rule, Spec, some};

identifier!(
    /// Series and number of a paper passport, or the number of an electronic one.
    Pts, Pts, main
);
identifier!(
    /// Number of an electronic passport.
    Epts, Epts
);

pub(super) static SPEC: Spec = Spec {
    name: "pts",
    labels: "птс паспорт тс эптс электронн",
    rule: Rule::Number(Number::new("99 99 999999|99 CC 999999|99 LL 999999|999999999999999", judge, Honest::Nothing)),
};

pub(super) static ELECTRONIC: Spec = Spec {
    name: "epts",
    labels: "эптс птс паспорт тс электронн",
    rule: Rule::Number(Number::new("999999999999999", some, Honest::Nothing)),
};
