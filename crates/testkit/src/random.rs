//! The random generator of all tests and benches.

use fastrand::Rng;

/// Reproducible random numbers: the same seed gives the same sequence on every machine.
///
/// Wraps [`fastrand::Rng`] (wyrand). Published benchmark tables depend on its sequence, so a test pins the first
/// numbers: a `fastrand` release that changes them changes every generated corpus.
#[derive(Debug, Clone)]
pub struct Random(Rng);

impl Random {
    /// Creates a generator from a seed. Any seed is good.
    pub fn new(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// Creates the generator of one item of a seeded collection, independent of the other items.
    ///
    /// Report 7 of a corpus can so be generated without the six before it.
    pub fn for_item(seed: u64, item: u64) -> Self {
        // Neighbouring items must not give neighbouring seeds: mix `item` before it is combined with `seed`.
        Self::new(seed ^ Self::new(item).number())
    }

    /// The next number, uniform over all of `u64`.
    pub fn number(&mut self) -> u64 {
        self.0.u64(..)
    }

    /// A number from 0 up to `end`, exclusive; 0 if `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        if end == 0 { 0 } else { self.0.u64(..end) }
    }

    /// An index into a slice of length `len`; 0 if `len` is 0.
    pub fn index(&mut self, len: usize) -> usize {
        if len == 0 { 0 } else { self.0.usize(..len) }
    }

    /// One byte.
    pub fn byte(&mut self) -> u8 {
        self.0.u8(..)
    }

    /// A number from 0.0 to 1.0, exclusive.
    pub fn unit(&mut self) -> f64 {
        self.0.f64()
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of the items; `None` if there are none.
    pub fn pick<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        items.get(self.index(items.len()))
    }

    /// Shuffles the items in place.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        self.0.shuffle(items);
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_sequence_of_a_seed_is_pinned() {
        let mut random = Random::new(1);
        assert_eq!(
            [random.number(), random.number()],
            [12_120_239_713_417_281_201, 9_861_924_296_701_902_397]
        );
        assert_eq!(Random::for_item(1, 2).number(), 13_981_967_968_777_900_760);
    }

    #[test]
    fn items_of_one_seed_have_independent_sequences() {
        let first = |seed, item| Random::for_item(seed, item).number();
        assert_eq!(first(1, 1), first(1, 1));
        assert_ne!(first(1, 1), first(1, 2));
        assert_ne!(first(1, 1), first(2, 1));
    }

    #[test]
    fn nothing_to_choose_from_gives_zero_or_none() {
        let mut random = Random::new(3);
        assert_eq!((random.below(0), random.index(0)), (0, 0));
        assert_eq!(random.pick::<u8>(&[]), None);
    }

    #[test]
    fn a_shuffle_keeps_all_items() {
        let mut items: Vec<u32> = (0..50).collect();
        Random::new(7).shuffle(&mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
    }
}
