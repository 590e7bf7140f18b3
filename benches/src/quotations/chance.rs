//! Chance that is the same on every machine.

/// A generator of numbers (Marsaglia's xorshift).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// A generator that begins with the given seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// A number below `end`; 0 if that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap_or(0)
    }

    /// One of several; `None` of none.
    pub fn pick<'s, T>(&mut self, all: &'s [T]) -> Option<&'s T> {
        all.get(self.below(all.len()))
    }

    /// Puts all in another order (Fisher and Yates).
    pub fn mix<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_order() {
        let mixed = |seed| {
            let mut all: Vec<u32> = (0..50).collect();
            Chance::new(seed).mix(&mut all);
            all
        };
        assert_eq!(mixed(7), mixed(7));
        assert_ne!(mixed(7), mixed(8));
        let mut sorted = mixed(7);
        sorted.sort_unstable();
        assert_eq!(sorted, (0..50).collect::<Vec<_>>());
        assert_eq!(Chance::new(1).pick::<u32>(&[]), None);
    }
}
