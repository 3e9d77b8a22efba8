//! A whole form against its schema: what a portal's server and the JavaScript API ask for.

use super::{Field, Schema};
use crate::form::{REQUIRED, rules};
use crate::text::{is_empty, join};
use crate::validators::{self, Kind};
use crate::verdict::{Context, Day, Verdict};

/// What stands against a field, or a doubt about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Names of the fields it is about, the one to show it at first.
    pub fields: Vec<String>,
    pub code: String,
    /// Only a doubt.
    pub warning: bool,
}

impl Schema {
    /// Check the texts of a form, by name of the field. Fields that the form does not show now are left out.
    pub fn check<'a>(&self, today: Day, text_of: &dyn Fn(&str) -> Option<&'a str>) -> Vec<Found> {
        let mut out = Vec::new();
        let shown = |name: &str| self.field(name).is_none_or(|field| is_shown(field, text_of));
        let bik = self.fields.iter().find(|field| field.kind == Some(Kind::Bik)).and_then(|field| text_of(&field.name));
        for field in self.fields.iter().filter(|field| is_shown(field, text_of)) {
            let text = text_of(&field.name).unwrap_or_default();
            let mut add = |code: String, warning| out.push(Found { fields: vec![field.name.clone()], code, warning });
            if is_empty(text) {
                if field.required {
                    add(REQUIRED.to_owned(), false);
                }
                continue;
            }
            let ctx = Context { today, bik };
            let canonical = match field.kind.map(|kind| (kind, validators::verdict(kind, text, &ctx))) {
                Some((kind, Verdict::Partial { .. })) => {
                    add(join(&[kind.name(), ".length"]), false);
                    continue;
                }
                Some((_, Verdict::Fault(fault))) => {
                    add(fault.code, false);
                    continue;
                }
                Some((_, Verdict::Complete { value, warnings })) => {
                    warnings.into_iter().for_each(|warning| add(warning.code, true));
                    value.canonical
                }
                None => text.to_owned(),
            };
            if below(&canonical, &field.min, today) {
                add("form.min".to_owned(), false);
            } else if below_or_over(&canonical, &field.max, today, true) {
                add("form.max".to_owned(), false);
            }
        }
        let visible = |name: &str| text_of(name).filter(|_| shown(name));
        for finding in rules::findings(&self.rules, today, &visible) {
            out.push(Found { fields: finding.fields, code: finding.code.to_owned(), warning: finding.warning });
        }
        out
    }

    fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

fn is_shown<'a>(field: &Field, text_of: &dyn Fn(&str) -> Option<&'a str>) -> bool {
    let holds = |show: &super::Show| show.is.iter().any(|value| text_of(&show.when) == Some(value));
    field.show.as_ref().is_none_or(holds)
}

fn below(value: &str, bound: &str, today: Day) -> bool {
    below_or_over(value, bound, today, false)
}

/// A day or a number is outside of a bound; nothing is outside of none.
fn below_or_over(value: &str, bound: &str, today: Day, over: bool) -> bool {
    let limit = if bound == "today" { Some(today) } else { day(bound) };
    if let (Some(value), Some(limit)) = (day(value), limit) {
        return if over { value > limit } else { value < limit };
    }
    match (value.parse::<f64>(), bound.parse::<f64>()) {
        (Ok(value), Ok(limit)) => {
            if over {
                value > limit
            } else {
                value < limit
            }
        }
        _ => false,
    }
}

/// The day of `YYYY-MM-DD`.
pub fn day(text: &str) -> Option<Day> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let number = |digits: &[&u8]| {
        let mut out = 0u16;
        for digit in digits {
            out = out * 10 + u16::from(digit.checked_sub(b'0').filter(|n| *n < 10)?);
        }
        Some(out)
    };
    let small = |digits: &[&u8]| number(digits).and_then(|n| u8::try_from(n).ok());
    let day = Day { year: number(&[y1, y2, y3, y4])?, month: small(&[m1, m2])?, day: small(&[d1, d2])? };
    validators::date::exists(day).then_some(day)
}
