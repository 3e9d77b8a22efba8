//! Check digits: weighted sums, mod 11, mod 97, Luhn, ЕСКК.
//!
//! Numbers are slices of ASCII digits, as cleaning leaves them.

/// The value of an ASCII digit; of `A` to `Z` the place that account letters and IBAN do not use.
pub fn value(digit: u8) -> u32 {
    u32::from(digit & 15)
}

/// Sum of digit times weight, over the shorter of both.
pub fn weighted(digits: &[u8], weights: &[u8]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| value(*d) * u32::from(*w)).sum()
}

/// The digits as one number modulo `modulus` (at most 2²⁸).
pub fn modulo(digits: &[u8], modulus: u32) -> u32 {
    digits.iter().fold(0, |rest, d| (rest * 10 + value(*d)) % modulus)
}

/// The first `n` digits as a number; `n` at most 9.
pub fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |n, d| n * 10 + value(*d))
}

/// Luhn: every second digit from the right is doubled, the digit sum ends in 0.
///
/// Source: ISO/IEC 7812-1, annex B.
pub fn luhn(digits: &[u8]) -> bool {
    let doubled = |d: u32| if d > 4 { 2 * d - 9 } else { 2 * d };
    let sum: u32 = digits
        .iter()
        .rev()
        .zip([false, true].iter().cycle())
        .map(|(d, twice)| if *twice { doubled(value(*d)) } else { value(*d) })
        .sum();
    sum.is_multiple_of(10)
}

/// The check digit of ОКПО, ОКАТО and УИН: weights 1 to 10 in turn, modulo 11; for 10 once more from weight 3; for 10 again 0.
///
/// Source: ЕСКК, «Методика расчета контрольного числа», приложение В.
pub fn escc(digits: &[u8]) -> u32 {
    let pass = |first: u32| digits.iter().zip(first - 1..).map(|(d, i)| value(*d) * (i % 10 + 1)).sum::<u32>() % 11;
    match pass(1) {
        10 => pass(3) % 10,
        rest => rest,
    }
}
