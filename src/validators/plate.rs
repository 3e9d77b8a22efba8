//! Государственный регистрационный знак: vehicle plate, of a car, a taxi or bus, a trailer, a motorcycle.
//!
//! Letters are the twelve Cyrillic ones with a Latin twin; Latin ones are read as Cyrillic. The region has two or three
//! digits, three never start with 0.
//!
//! # Sources
//! ГОСТ Р 50577-2018.

use super::engine::{Honest, Judge, Number, Rule, Spec, zeros};
use super::flaw::{Expected, FINE, Name, Outcome, flaw_symbols};

identifier!(
    /// Plate of a car.
    Plate, Plate, main
);

pub(super) static SPEC: Spec = spec("plate", "L 999 LL 99|L 999 LL 999", |d, _| judge(d, 1, 4, 6));
pub(super) static TAXI: Spec = spec("plate_taxi", "LL 999 99|LL 999 999", |d, _| judge(d, 2, 5, 5));
pub(super) static TRAILER: Spec = spec("plate_trailer", "LL 9999 99|LL 9999 999", |d, _| judge(d, 2, 6, 6));
pub(super) static MOTORCYCLE: Spec = spec("plate_motorcycle", "9999 LL 99|9999 LL 999", |d, _| judge(d, 0, 4, 6));

const fn spec(name: &'static str, forms: &'static str, judge: Judge) -> Spec {
    let labels = "госномер государственн регистрацион знак г/н грз регион rus рус";
    Spec { name, labels, rule: Rule::Number(Number::new(forms, judge, Honest::Nothing)) }
}

/// The number stands at `from..to`, the region from `region` to the end.
fn judge(d: &[u8], from: usize, to: usize, region: usize) -> Outcome {
    let zero = |from: usize, to: usize| d.get(from..to).is_some_and(zeros);
    if zero(from, to) {
        return flaw_symbols(Name::Number, from, to, Expected::Nothing);
    }
    if zero(region, d.len()) || (d.len() == region + 3 && d.get(region) == Some(&b'0')) {
        return flaw_symbols(Name::Region, region, d.len(), Expected::Nothing);
    }
    FINE
}
