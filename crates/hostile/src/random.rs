//! Chance that can be repeated.

/// Numbers that look random and are the same for the same seed: splitmix64 (Steele, Lea and Flood, 2014).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// From a seed; every seed is good.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        // A bias of 2^-32 at the sizes of files does no harm here.
        let end = end as u64;
        self.number().checked_rem(end).map_or(0, |number| number as usize)
    }

    /// One byte.
    pub fn byte(&mut self) -> u8 {
        (self.number() >> 56) as u8
    }

    /// One of the things given; `None` of nothing.
    pub fn of<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        things.get(self.below(things.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn a_seed_says_it_all() {
        let numbers = |seed| {
            let mut random = Random::new(seed);
            [random.number(), random.number(), random.number()]
        };
        // The first numbers of the authors' own program.
        assert_eq!(numbers(1_234_567)[..2], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
        assert_ne!(numbers(1), numbers(2));
        assert_eq!(Random::new(3).below(0), 0);
    }
}
