//! Medians, and the spread of repeated measurements.

use serde::{Deserialize, Serialize};

/// Repeated measurements of one quantity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The smallest value.
    pub min: f64,
    /// The median; of an even number of values the upper of the two in the middle.
    pub median: f64,
    /// The largest value.
    pub max: f64,
    /// The number of values.
    pub n: usize,
}

impl Spread {
    /// The spread of some values; `None` if there are none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<f64> = values.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        let n = sorted.len();
        Some(Self { min: *sorted.first()?, median: *sorted.get(n / 2)?, max: *sorted.last()?, n })
    }

    /// The spread of a value measured once.
    pub fn single(value: f64) -> Self {
        Self { min: value, median: value, max: value, n: 1 }
    }
}

/// The median of some values; `None` if there are none.
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    Spread::of(values).map(|spread| spread.median)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_has_the_median_and_both_ends() {
        assert_eq!(Spread::of([3.0, 1.0, 2.0]), Some(Spread { min: 1.0, median: 2.0, max: 3.0, n: 3 }));
        assert_eq!(Spread::of([2.0]), Some(Spread::single(2.0)));
        assert_eq!(median([]), None);
    }
}
