//! Relevance: BM25.
//!
//! The formula is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (Foundations
//! and Trends in Information Retrieval 3:4, 2009), with the inverse document frequency of Lucene, which is never
//! negative. The score of a paragraph is the sum over the *units* of the query (words, phrases, proximities) of
//!
//! ```text
//! idf · count · (k1 + 1) / (count + k1 · (1 − b + b · length / average_length))
//! ```
//!
//! All statistics are of live paragraphs alone, not of those that were removed and not yet merged away, and scores are
//! rounded before ties are broken. So the same sources give the same order on every machine, whether the index was
//! built at once or refreshed many times.

use tantivy::fieldnorm::FieldNormReader;

use crate::search::options::SearchOptions;
use crate::search::plan::Plan;
use crate::store::state::State;

/// BM25's k1: how soon further occurrences stop adding to the score. The usual value, also that of Lucene.
const K1: f64 = 1.2;
/// BM25's b: how much the length of a paragraph lowers its score, from 0 (not at all) to 1 (in full proportion). The
/// usual value, also that of Lucene.
const B: f64 = 0.75;
/// Scores are rounded to this fraction of one: four decimals.
const PRECISION: f64 = 10_000.0;

/// BM25 for one query in one state of the index.
#[derive(Debug)]
pub(super) struct Bm25 {
    /// The inverse document frequency of each unit of the query.
    idf: Vec<f64>,
    /// Average paragraph length in words.
    average_length: f64,
    /// BM25 length norm, by [`LengthClass`].
    norms: [f64; 256],
}

/// The length of a paragraph in words as the index keeps it: a field norm, one of 256 classes. Short lengths have a
/// class each, longer ones share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LengthClass(pub(super) u8);

impl Bm25 {
    pub(super) fn new(state: &State, plan: &Plan, options: &SearchOptions) -> Self {
        let (paragraphs, words) = state.sources().size([options.body, options.tables, options.notes]);
        // Counts of a corpus are far below 2^53, so a float holds them exactly.
        let (paragraphs, words) = (paragraphs as f64, words as f64);
        let leaf_idf = |leaf: &usize| {
            let leaf = plan.leaves.get(*leaf);
            debug_assert!(leaf.is_some(), "a unit names a leaf that was not compiled");
            let frequency = leaf.map_or(0, |leaf| leaf.frequency);
            // The sum over the words of a wildcard can exceed the number of paragraphs; the logarithm must not.
            let frequency = (frequency as f64).min(paragraphs);
            (1.0 + (paragraphs - frequency + 0.5) / (frequency + 0.5)).ln()
        };
        // The frequency of a phrase or proximity is not known before it is run; the sum of the idfs of its words stands
        // in for it, as in Lucene.
        let idf = plan.unit_leaves.iter().map(|leaves| leaves.iter().map(leaf_idf).sum()).collect();
        let average_length = (words / paragraphs.max(1.0)).max(1.0);
        let norm = |class: usize| {
            let length = f64::from(FieldNormReader::id_to_fieldnorm(class as u8));
            K1 * (1.0 - B) + K1 * B / average_length * length
        };
        Self { idf, average_length, norms: std::array::from_fn(norm) }
    }

    /// Average paragraph length in words.
    pub(super) fn average_length(&self) -> f64 {
        self.average_length
    }

    /// Upper bound of the score of one unit, whatever its count and the length of the paragraph; zero for a part of the
    /// query that is no unit.
    pub(super) fn most(&self, unit: Option<usize>) -> f64 {
        let idf = unit.and_then(|unit| self.idf.get(unit)).copied().unwrap_or(0.0);
        idf * (K1 + 1.0)
    }

    /// Rounds a score to a whole number of steps of the [precision](PRECISION), by which scores are compared. Scores
    /// are never negative, and rounding keeps their order.
    pub(super) fn quantise(score: f64) -> u64 {
        // A cast truncates; `f64::round` is a function call on processors without the instruction for it.
        (score * PRECISION + 0.5) as u64
    }

    /// A score rounded for display.
    pub(super) fn round(score: f64) -> f64 {
        Self::quantise(score) as f64 / PRECISION
    }

    /// A lower bound of the scores that [`quantise`](Self::quantise) rounds to `quantised`: every score below it rounds
    /// to less.
    pub(super) fn least_score(quantised: u64) -> f64 {
        // The margin covers the error of the multiplication in `quantise`.
        (quantised as f64 - 0.5) / PRECISION - 1e-9
    }

    /// The score of a paragraph. `counts` says how often each unit of the query occurs in it, in the order of the
    /// units.
    pub(super) fn score(&self, counts: impl IntoIterator<Item = u32>, length: LengthClass) -> f64 {
        let parts = (0..).zip(counts).map(|(unit, count)| self.unit_score(unit, count, length));
        parts.sum()
    }

    /// False if the score of a paragraph, in which the only unit of the query occurs `count` times, is below `threshold`. True
    /// decides nothing.
    ///
    /// Multiplies both sides by the divisor of the formula: few paragraphs reach the threshold, and a division takes longer than
    /// the rest together.
    #[inline]
    pub(super) fn may_reach(&self, threshold: f64, count: u32, length: LengthClass) -> bool {
        // More than the products can be wrong by.
        const MARGIN: f64 = 1e-9;
        let count = f64::from(count);
        let norm = self.norms[usize::from(length.0)];
        self.most(Some(0)) * count >= (threshold - MARGIN) * (count + norm)
    }

    /// The part of one unit in the score of a paragraph in which it occurs `count` times.
    fn unit_score(&self, unit: usize, count: u32, length: LengthClass) -> f64 {
        debug_assert!(unit < self.idf.len(), "a count of a unit that the plan does not have");
        let idf = self.idf.get(unit).copied().unwrap_or(0.0);
        let norm = self.norms[usize::from(length.0)];
        let count = f64::from(count);
        idf * count * (K1 + 1.0) / (count + norm)
    }

    /// A table to compute about `scores` scores with.
    pub(super) fn table(&self, scores: u64) -> ScoreTable<'_> {
        // Each row takes 256 scores to fill for each unit, so a short search gets a small table or none.
        let rows = match scores {
            _ if self.idf.len() > 256 => 0,
            0..2_000 => 0,
            2_000..20_000 => 5,
            _ => 16,
        };
        let row =
            |unit, count| std::array::from_fn(|class| self.unit_score(unit, count, LengthClass(class as u8)));
        let unit_rows = |unit| (0..rows).map(|count| row(unit, count)).collect();
        ScoreTable { bm25: self, units: (0..self.idf.len()).map(unit_rows).collect() }
    }
}

/// The scores of units, computed beforehand: a score becomes a few look-ups and additions, without a division.
pub(super) struct ScoreTable<'a> {
    bm25: &'a Bm25,
    /// For each unit, a row for each count from zero on, with the unit's score for each length class. Nearly all counts
    /// in a paragraph are low enough to have a row.
    units: Vec<Vec<[f64; 256]>>,
}

impl ScoreTable<'_> {
    /// Equal to [`Bm25::score`].
    pub(super) fn score(&self, counts: impl IntoIterator<Item = u32>, length: LengthClass) -> f64 {
        let mut sum = 0.0;
        for (unit, (rows, count)) in self.units.iter().zip(counts).enumerate() {
            sum += match rows.get(count as usize) {
                Some(row) => row[usize::from(length.0)],
                None => self.bm25.unit_score(unit, count, length),
            };
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A paragraph whose score reaches the threshold, even by the last bit, is never passed over.
        #[test]
        fn no_score_at_the_threshold_is_passed_over(
            idf in 0.0_f64..20.0,
            average in 1.0_f64..500.0,
            count in 1_u32..100_000,
            class: u8,
            above in 0.0_f64..2.0,
        ) {
            let norm = |class: usize| {
                let length = f64::from(FieldNormReader::id_to_fieldnorm(class as u8));
                K1 * (1.0 - B) + K1 * B / average * length
            };
            let bm25 = Bm25 { idf: vec![idf], average_length: average, norms: std::array::from_fn(norm) };
            let score = bm25.score([count], LengthClass(class));
            prop_assert!(bm25.may_reach(score, count, LengthClass(class)));
            prop_assert!(bm25.may_reach(f64::NEG_INFINITY, count, LengthClass(class)));
            let least = Bm25::least_score(Bm25::quantise(score));
            prop_assert!(bm25.may_reach(least, count, LengthClass(class)));
            // One that is clearly too low is passed over.
            prop_assert!(above < 0.001 || !bm25.may_reach(score + above, count, LengthClass(class)));
        }
    }
}
