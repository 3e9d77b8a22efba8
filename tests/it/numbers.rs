//! Check digits computed a second time, from the acts and not from the core: what the properties hold the core to.

use crate::xorshift::Xorshift;

/// A kind with check digits.
pub struct Scheme {
    /// Name of the kind.
    pub kind: &'static str,
    /// First digits of every drawn number, so that no other rule speaks; `_` is any digit.
    pub start: &'static str,
    /// All digits.
    pub length: usize,
    /// Half-open range of the check digits.
    pub checks: (usize, usize),
    /// Whether the check digits of a number fit.
    pub fits: fn(&[u8]) -> bool,
    /// Share of changes of one digit, and of swaps of unequal neighbours, that the arithmetic notices, in percent.
    pub noticed: (f64, f64),
}

/// BIK of a bank: the key of its clients' accounts is computed over its last three digits.
pub const BIK: &str = "044525225";
/// BIK of a unit of the Банк России: it ends in 000, 001 or 002, and the key is computed over 0 and digits 5 and 6.
const UNIT: &str = "044525000";
/// BIK of the treasury.
const TREASURY: &str = "004525988";

/// The figures are those of the arithmetic (a slip that is missed turns a remainder into another one with the same check
/// digit), taken over all slips of random numbers. The measurement with 250 slips a kind gave the figures in brackets.
pub const SCHEMES: [Scheme; 19] = [
    // Missed: remainders 0 and 10, 2/11 · 1/10 = 1.8 % of the slips outside the check digit. [98.8, 98.4]
    Scheme { kind: "inn_company", start: "", length: 10, checks: (9, 10), fits: inn_company, noticed: (98.3, 97.9) },
    // Both check digits would have to miss: 1.8 % of 1.8 %. [100, 100]
    Scheme { kind: "inn_person", start: "", length: 12, checks: (10, 12), fits: inn_person, noticed: (100.0, 100.0) },
    // Missed: remainders 0 and 100, next to each other, 1/101 of the slips that move the sum by one. [100, 100]
    Scheme { kind: "snils", start: "9", length: 11, checks: (9, 11), fits: snils, noticed: (100.0, 99.8) },
    // As ИНН of ten digits. [98.4, 97.2]
    Scheme { kind: "ogrn", start: "102", length: 13, checks: (12, 13), fits: ogrn, noticed: (98.3, 98.3) },
    // Missed: remainders 0 and 10, 1 and 11, 2 and 12: 6/13 · 1/12 = 3.8 %. [98.0, 96.8]
    Scheme { kind: "ogrnip", start: "320", length: 15, checks: (14, 15), fits: ogrnip, noticed: (96.7, 96.9) },
    // Remainder 10 is computed anew, so that fewer share a digit. [98.4, 98.0]
    Scheme { kind: "okpo", start: "", length: 8, checks: (7, 8), fits: eskk, noticed: (98.4, 98.1) },
    Scheme { kind: "okpo", start: "", length: 10, checks: (9, 10), fits: eskk, noticed: (98.7, 98.2) },
    // The same digit behind a code of a territory.
    Scheme { kind: "okato_check", start: "4", length: 6, checks: (5, 6), fits: eskk, noticed: (98.5, 98.1) },
    Scheme { kind: "okato_check", start: "4", length: 9, checks: (8, 9), fits: eskk, noticed: (98.4, 98.2) },
    Scheme { kind: "okato_check", start: "4", length: 12, checks: (11, 12), fits: eskk, noticed: (98.4, 98.2) },
    // [97.6, 98.0]
    Scheme { kind: "uin", start: "188", length: 20, checks: (19, 20), fits: eskk, noticed: (97.9, 97.7) },
    Scheme { kind: "uin", start: "188", length: 25, checks: (24, 25), fits: eskk, noticed: (98.2, 98.2) },
    // Missed: the swap of 0 and 9, two of the ninety ordered pairs. [100, 97.6]
    Scheme { kind: "oms_enp", start: "77", length: 16, checks: (15, 16), fits: luhn, noticed: (100.0, 97.8) },
    Scheme { kind: "card", start: "2200", length: 16, checks: (15, 16), fits: luhn, noticed: (100.0, 97.8) },
    // Neighbouring weights differ by an even number: a swap of digits that differ by 5 is missed, 10 of 90 pairs; the fixed
    // start 40702810 has no such pair. [100, 90.8]
    Scheme {
        kind: "account_settlement",
        start: "40702810",
        length: 20,
        checks: (8, 9),
        fits: account,
        noticed: (100.0, 93.0),
    },
    // The same key; the last three digits are those of the БИК, which leaves fewer pairs to chance.
    Scheme {
        kind: "account_correspondent",
        start: "30101810_________225",
        length: 20,
        checks: (8, 9),
        fits: central,
        noticed: (100.0, 94.7),
    },
    // The single treasury account.
    Scheme {
        kind: "account_correspondent",
        start: "40102810",
        length: 20,
        checks: (8, 9),
        fits: central,
        noticed: (100.0, 93.3),
    },
    // An account in a unit of the Банк России.
    Scheme {
        kind: "account_settlement",
        start: "40101810",
        length: 20,
        checks: (8, 9),
        fits: central,
        noticed: (100.0, 93.3),
    },
    // A treasury account has no key: only its first two digits are known, 2 of 20, and two of the swaps move them.
    Scheme {
        kind: "account_treasury",
        start: "03100643",
        length: 20,
        checks: (8, 9),
        fits: treasury,
        noticed: (10.0, 11.8),
    },
];

impl Scheme {
    /// BIK in the same form. Nothing but an account reads it.
    pub fn bik(&self) -> &'static str {
        match self.start.get(..5) {
            Some("40101") => UNIT,
            Some("40102" | "03100") => TREASURY,
            _ => BIK,
        }
    }

    /// A random number whose check digits fit.
    pub fn draw(&self, chance: &mut Xorshift) -> Vec<u8> {
        let known = self.start.bytes().map(|b| if b == b'_' { chance.digit() } else { b - b'0' });
        let mut number: Vec<u8> = known.collect();
        number.resize_with(self.length, || chance.digit());
        let (from, to) = self.checks;
        for control in 0..10_u32.pow((to - from) as u32) {
            let mut rest = control;
            for at in (from..to).rev() {
                number[at] = (rest % 10) as u8;
                rest /= 10;
            }
            if (self.fits)(&number) {
                return number;
            }
        }
        unreachable!("{}: every body has check digits", self.kind)
    }
}

/// Every number that differs in one digit, then every one with two unequal neighbours swapped.
pub fn slips(number: &[u8]) -> [Vec<Vec<u8>>; 2] {
    let mut changed = Vec::new();
    for at in 0..number.len() {
        for digit in (0..10).filter(|d| *d != number[at]) {
            let mut other = number.to_vec();
            other[at] = digit;
            changed.push(other);
        }
    }
    let swap = |at: usize| {
        let mut other = number.to_vec();
        other.swap(at, at + 1);
        other
    };
    let swapped = (0..number.len() - 1).filter(|at| number[*at] != number[at + 1]).map(swap).collect();
    [changed, swapped]
}

/// Digits as text.
pub fn spell(number: &[u8]) -> String {
    number.iter().map(|d| char::from(b'0' + d)).collect()
}

fn sum(digits: &[u8], weights: impl IntoIterator<Item = u32>) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| u32::from(*d) * w).sum()
}

fn remainder(digits: &[u8], of: u32) -> u32 {
    digits.iter().fold(0, |rest, d| (rest * 10 + u32::from(*d)) % of)
}

fn inn_company(d: &[u8]) -> bool {
    sum(d, [2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == u32::from(d[9])
}

fn inn_person(d: &[u8]) -> bool {
    sum(d, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == u32::from(d[10])
        && sum(d, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == u32::from(d[11])
}

fn snils(d: &[u8]) -> bool {
    let number = d[..9].iter().fold(0, |n, digit| n * 10 + u32::from(*digit));
    number <= 1_001_998 || sum(d, (1..=9).rev()) % 101 % 100 == u32::from(d[9]) * 10 + u32::from(d[10])
}

fn ogrn(d: &[u8]) -> bool {
    remainder(&d[..12], 11) % 10 == u32::from(d[12])
}

fn ogrnip(d: &[u8]) -> bool {
    remainder(&d[..14], 13) % 10 == u32::from(d[14])
}

/// Два прохода методики ЕСКК: weights 1, 2 … 10 over and over; on remainder 10 anew from 3; on 10 again 0.
fn eskk(d: &[u8]) -> bool {
    let (body, check) = d.split_at(d.len() - 1);
    let pass = |first: u32| sum(body, (0..).map(|i| (i + first - 1) % 10 + 1)) % 11;
    let control = match pass(1) {
        10 => pass(3) % 10,
        rest => rest,
    };
    control == u32::from(check[0])
}

fn luhn(d: &[u8]) -> bool {
    let doubled = |d: u32| if d > 4 { 2 * d - 9 } else { 2 * d };
    let digits = d.iter().rev().map(|d| u32::from(*d)).enumerate();
    digits.map(|(at, d)| if at % 2 == 1 { doubled(d) } else { d }).sum::<u32>() % 10 == 0
}

fn account(d: &[u8]) -> bool {
    key(&[2, 2, 5], d)
}

/// A correspondent account, the single treasury account, and any account in a unit of the Банк России: all three БИК have 2 and 5
/// as digits 5 and 6.
fn central(d: &[u8]) -> bool {
    key(&[0, 2, 5], d)
}

fn treasury(d: &[u8]) -> bool {
    d.starts_with(&[0, 3])
}

/// Положение № 515: the last digit of the weighed ones, each without its tens.
fn key(bank: &[u8], d: &[u8]) -> bool {
    let whole = [bank, d].concat();
    whole.iter().zip([7, 1, 3].iter().cycle()).map(|(d, w)| u32::from(*d) * w % 10).sum::<u32>() % 10 == 0
}

#[test]
fn the_second_arithmetic_knows_published_numbers() {
    let digits = |text: &str| text.bytes().map(|b| b - b'0').collect::<Vec<_>>();
    assert!(inn_company(&digits("7707083893")) && snils(&digits("11223344595")) && ogrn(&digits("1027700132195")));
    assert!(eskk(&digits("57972160")) && eskk(&digits("18810577250455141636")) && luhn(&digits("4111111111111111")));
    assert!(account(&digits("40702810500000002851")));
    assert!(central(&digits("30101810400000000225")) && central(&digits("40102810545370000003")));
    assert!(
        !inn_company(&digits("7707083894")) && !snils(&digits("11223344596")) && !luhn(&digits("4111111111111112"))
    );
}
