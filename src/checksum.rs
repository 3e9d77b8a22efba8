//! Weighted sums.

/// Sum of digit times weight, over the shorter of both.
pub fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| u32::from(*d) * w).sum()
}
