//! Arithmetic that gives the same bits natively and in a page: only the four operations and the square root, which
//! IEEE 754 fixes; the platform's own logarithm differs between systems.

/// Natural logarithm of a number from 1 up, with an error under 1e-5.
pub(super) fn ln(x: f32) -> f32 {
    let bits = x.to_bits();
    let mut power = (bits >> 23) as f32 - 127.0;
    let mut part = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000);
    if part > std::f32::consts::SQRT_2 {
        part *= 0.5;
        power += 1.0;
    }
    let s = (part - 1.0) / (part + 1.0);
    let q = s * s;
    2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (0.2 + q / 7.0))) + power * std::f32::consts::LN_2
}

/// How much a word tells that `with` of `all` articles have: Robertson's idf, never under 0.
pub(super) fn idf(all: f32, with: f32) -> f32 {
    let with = with.min(all);
    ln(1.0 + (all - with + 0.5) / (with + 0.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_near_and_always_the_same() {
        for x in [1.0_f32, 1.5, 2.0, 2.5, 10.0, 426.0, 1e6] {
            assert!((ln(x) - x.ln()).abs() < 3e-5, "{x}");
        }
        assert_eq!(ln(10.0).to_bits(), 0x4013_5d8e);
    }

    #[test]
    fn a_rarer_word_tells_more_and_none_tells_less_than_nothing() {
        assert!(idf(100.0, 1.0) > idf(100.0, 2.0) && idf(100.0, 99.0) > idf(100.0, 100.0));
        assert!(idf(100.0, 100.0) > 0.0 && idf(100.0, 500.0) > 0.0);
    }
}
