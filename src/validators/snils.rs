//! СНИЛС, страховой номер индивидуального лицевого счёта: number of a person's pension account.
//!
//! 11 digits, written `XXX-XXX-XXX YY`; the last two are a check number, which numbers up to 001-001-998 do not have.
//!
//! # Sources
//! Постановление Правления ПФР 192п; check number as in consultant LAW_124607 §8.

use super::{fault, numeric, whole};
use crate::checksum::weighted;
use crate::text::join;
use crate::verdict::{Context, Verdict};

const WEIGHTS: [u32; 9] = [9, 8, 7, 6, 5, 4, 3, 2, 1];
/// The last number without a check number.
const LAST_UNCHECKED: u32 = 1_001_998;

/// A number whose check number holds; digits alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snils(String);

/// Clean, characters, length, checksum.
pub fn check(text: &str, _: &Context) -> Verdict<Snils> {
    let d = match numeric::read("snils", text, spell) {
        Ok(digits) => digits,
        Err(verdict) => return verdict,
    };
    match d.len() {
        0..=10 => return Verdict::Partial { missing: 11 - d.len() as u32, lengths: vec![11] },
        11 => {}
        n => return fault("snils.length", whole(text), "11", n.to_string(), Vec::new()),
    }
    if !checks(&d) {
        return fault("snils.checksum", whole(text), "", "", numeric::candidates(text, &d, true, checks, spell));
    }
    Verdict::Complete { value: Snils(join(&d)), warnings: Vec::new() }
}

fn checks(d: &[u8]) -> bool {
    let number = |part: &[u8]| part.iter().fold(0, |n, digit| n * 10 + u32::from(*digit));
    let (body, control) = d.split_at(d.len().min(9));
    number(body) <= LAST_UNCHECKED || weighted(body, &WEIGHTS) % 101 % 100 == number(control)
}

fn spell(d: &[u8]) -> String {
    let separator = |i: usize| match i {
        3 | 6 => "-",
        9 => " ",
        _ => "",
    };
    d.iter().enumerate().map(|(i, digit)| format!("{}{digit}", separator(i))).collect()
}

impl AsRef<str> for Snils {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Snils {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits: Vec<u8> = self.0.bytes().map(|b| b - b'0').collect();
        f.write_str(&spell(&digits))
    }
}
