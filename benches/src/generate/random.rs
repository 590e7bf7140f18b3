//! Numbers that look random and depend on a seed alone: SplitMix64.

/// A source of numbers. The same seed gives the same numbers on every machine.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// A source for a part: the same parts of the same seed always have the same.
    pub(crate) fn of(seed: u64, part: u64) -> Self {
        Self(mix(seed ^ mix(part)))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// From 0, included, to 1, not included.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From 0 to below `n`, which is not 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }

    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// From 1 to `most`, each with a chance of about one part in itself.
    pub(crate) fn harmonic(&mut self, most: f64) -> u64 {
        most.powf(self.unit()) as u64
    }

    /// Of a distribution given by its values at even steps from the least to the most.
    pub(crate) fn of_steps(&mut self, steps: &[u32]) -> usize {
        let at = self.unit() * (steps.len() - 1) as f64;
        let (low, high) = (f64::from(steps[at as usize]), f64::from(steps[at as usize + 1]));
        (low + (high - low) * at.fract()).round() as usize
    }
}

fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
