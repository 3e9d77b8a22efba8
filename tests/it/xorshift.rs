//! Repeatable chance: Marsaglia's xorshift64*, enough to draw test values.

pub struct Xorshift(u64);

impl Xorshift {
    /// Any seed but 0.
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`; the high half of the word is the better one.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 32) as usize % end
    }

    pub fn digit(&mut self) -> u8 {
        self.below(10) as u8
    }

    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

#[test]
fn repeats_itself_and_draws_every_digit() {
    let draw = |seed| {
        let mut chance = Xorshift::new(seed);
        (0..200).map(|_| chance.digit()).collect::<Vec<_>>()
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
    assert!((0..10).all(|d| draw(7).contains(&d)));
}
