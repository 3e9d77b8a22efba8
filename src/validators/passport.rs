//! Паспорт гражданина РФ: internal passport, its series, number, issue date, department code and place of birth.
//!
//! Series of 4 digits (region by ОКАТО, year the blank was printed) and number of 6; department code `NNN-NNN`. None has
//! a check digit.
//!
//! # Sources
//! ПП РФ № 2267 of 23.12.2023. Blanks have been printed since 1997; the third digit of a department code is 0 to 3 by custom,
//! so both only warn.

use super::date;
use super::engine::{Honest, Number, Own, Rule, Spec, some, zeros};
use super::flaw::{Name, Outcome, doubt, flaw};
use super::text;
use crate::checksum::number;
use crate::verdict::Context;

identifier!(
    /// Series and number.
    Passport, Passport, main
);
identifier!(
    /// The series alone.
    Series, PassportSeries
);
identifier!(
    /// The number alone.
    PassportNumber, PassportNumber
);
identifier!(
    /// Code of the department that issued it.
    DepartmentCode, DepartmentCode
);

const LABELS: &str = "паспорт рф и";

pub(super) static SPEC: Spec =
    Spec { name: "passport", labels: LABELS, rule: Rule::Number(Number::new("99 99 999999", whole, Honest::Nothing)) };

pub(super) static SERIES: Spec =
    Spec { name: "passport_series", labels: LABELS, rule: Rule::Number(Number::new("99 99", series, Honest::Nothing)) };

pub(super) static NUMBER: Spec =
    Spec { name: "passport_number", labels: LABELS, rule: Rule::Number(Number::new("999999", some, Honest::Nothing)) };

pub(super) static ISSUE_DATE: Spec = Spec {
    name: "passport_issue_date",
    labels: "дата выдачи выдан",
    rule: Rule::Own(Own { look: date::look_issue, value: date::value, mend: date::mend }),
};

pub(super) static DEPARTMENT: Spec = Spec {
    name: "department_code",
    labels: "подразделен к/п кп к п",
    rule: Rule::Number(Number::new("999-999", department, Honest::Nothing)),
};

pub(super) static BIRTH_PLACE: Spec = text::short("birth_place");

fn whole(d: &[u8], ctx: &Context) -> Outcome {
    let (first, last) = d.split_at_checked(4).unwrap_or((d, &[]));
    if zeros(last) || zeros(first) { flaw(Name::Zero) } else { series(first, ctx) }
}

fn series(d: &[u8], ctx: &Context) -> Outcome {
    let year = number(d.get(2..4).unwrap_or_default());
    doubt(year < 97 && year > u32::from(ctx.today.year % 100), Name::Year)
}

fn department(d: &[u8], _: &Context) -> Outcome {
    doubt(d.get(2).is_some_and(|d| *d > b'3'), Name::Level)
}
