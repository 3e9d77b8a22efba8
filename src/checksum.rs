//! Check digits: weighted sums, mod 11, mod 97, Luhn, ЕСКК.
//!
//! Numbers are slices of ASCII digits, as cleaning leaves them.

/// The value of an ASCII digit; of `A` to `Z` the place that account letters and IBAN do not use.
pub fn value(digit: u8) -> u32 {
    u32::from(digit & 15)
}

/// Sum of digit times weight, over the shorter of both.
pub fn weighted(digits: &[u8], weights: &[u8]) -> u32 {
    let (mut digits, mut weights, mut sum) = (digits, weights, 0);
    while let ([digit, more @ ..], [weight, others @ ..]) = (digits, weights) {
        sum += value(*digit) * u32::from(*weight);
        (digits, weights) = (more, others);
    }
    sum
}

/// The digits as one number modulo `modulus` (at most 2²⁸).
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn modulo(digits: &[u8], modulus: u32) -> u32 {
    digits.iter().fold(0, |rest, d| (rest * 10 + value(*d)) % modulus)
}

/// The first `n` digits as a number; `n` at most 9.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |n, d| n * 10 + value(*d))
}

/// Luhn: every second digit from the right is doubled, the digit sum ends in 0.
///
/// Source: ISO/IEC 7812-1, annex B.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn luhn(digits: &[u8]) -> bool {
    let mut sum = 0;
    let mut twice = false;
    for digit in digits.iter().rev() {
        let digit = value(*digit) << u32::from(twice);
        sum += digit / 10 + digit % 10;
        twice = !twice;
    }
    sum.is_multiple_of(10)
}

/// The check digit of ОКПО, ОКАТО and УИН: weights 1 to 10 in turn, modulo 11; for 10 once more from weight 3; for 10 again 0.
///
/// Source: ЕСКК, «Методика расчета контрольного числа», приложение В.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn escc(digits: &[u8]) -> u32 {
    match pass(digits, 0) {
        10 => pass(digits, 2) % 10,
        rest => rest,
    }
}

/// One pass, with weights that follow `weight`.
#[cfg_attr(target_family = "wasm", inline(never))]
fn pass(digits: &[u8], mut weight: u32) -> u32 {
    let mut sum = 0;
    for digit in digits {
        weight = weight % 10 + 1;
        sum += value(*digit) * weight;
    }
    sum % 11
}
