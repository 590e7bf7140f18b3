//! Relevance.
//!
//! BM25 after Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). All its
//! statistics are of live paragraphs alone, and the result is rounded before ties are broken, so that the same
//! sources give the same order on every machine and by whatever way the index came about.

use tantivy::fieldnorm::FieldNormReader;

use crate::search::options::SearchOptions;
use crate::search::plan::Plan;
use crate::store::state::State;

/// How soon more occurrences cease to count.
const K1: f64 = 1.2;
/// How far length counts against a paragraph.
const B: f64 = 0.75;
/// Scores are rounded to so many parts of one.
const PRECISION: f64 = 10_000.0;

/// What every paragraph's score has in common.
#[derive(Debug)]
pub(crate) struct Bm25 {
    /// The rarity of each unit of the query.
    idf: Vec<f64>,
    average_length: f64,
    /// What stands against a paragraph for its length, by [`LengthClass`].
    norms: Vec<f64>,
}

/// How many words there are in a paragraph, as precisely as the engine keeps it: one of 256 classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LengthClass(pub(crate) u8);

impl Bm25 {
    pub(crate) fn new(state: &State, plan: &Plan, options: &SearchOptions) -> Self {
        let (paragraphs, words) = state.sources().size([true, options.tables, options.notes]);
        // Counts of a corpus are far below 2^53.
        let (paragraphs, words) = (paragraphs as f64, words as f64);
        let of_leaf = |leaf: &usize| {
            let found = plan.leaves.get(*leaf).map_or(0, |leaf| leaf.frequency);
            let found = (found as f64).min(paragraphs);
            (1.0 + (paragraphs - found + 0.5) / (found + 0.5)).ln()
        };
        let idf = plan.weights.iter().map(|leaves| leaves.iter().map(of_leaf).sum()).collect();
        let average_length = (words / paragraphs.max(1.0)).max(1.0);
        let norm = |class| {
            let length = f64::from(FieldNormReader::id_to_fieldnorm(class));
            K1 * (1.0 - B) + K1 * B / average_length * length
        };
        Self { idf, average_length, norms: (0..=u8::MAX).map(norm).collect() }
    }

    /// How many words the paragraphs have in the middle.
    pub(crate) fn average_length(&self) -> f64 {
        self.average_length
    }

    /// What the part of a unit in a score cannot exceed.
    pub(crate) fn most(&self, unit: Option<usize>) -> f64 {
        let idf = unit.and_then(|unit| self.idf.get(unit)).copied().unwrap_or(0.0);
        idf * (K1 + 1.0)
    }

    /// A score, which is never negative, as scores are compared, in whole parts of one: of two the greater never becomes
    /// the less.
    pub(crate) fn units(score: f64) -> u64 {
        // Faster than the rounding of floating-point numbers, which not every processor does at once.
        (score * PRECISION + 0.5) as u64
    }

    /// A score as it is shown.
    pub(crate) fn round(score: f64) -> f64 {
        Self::units(score) as f64 / PRECISION
    }

    /// Every score below this is less than so many parts.
    pub(crate) fn before(units: u64) -> f64 {
        (units as f64 - 0.5) / PRECISION - 1e-9
    }

    /// The score of a paragraph of such a length, by how often each unit of the query occurs in it.
    pub(crate) fn score(&self, counts: impl IntoIterator<Item = u32>, length: LengthClass) -> f64 {
        let parts = (0..).zip(counts).map(|(unit, count)| self.part(unit, count, length));
        parts.sum()
    }

    /// What a unit adds to a score that occurs so often.
    fn part(&self, unit: usize, count: u32, length: LengthClass) -> f64 {
        let idf = self.idf.get(unit).copied().unwrap_or(0.0);
        let norm = self.norms.get(usize::from(length.0)).copied().unwrap_or(f64::INFINITY);
        let count = f64::from(count);
        idf * count * (K1 + 1.0) / (count + norm)
    }

    /// For about so many scores.
    pub(crate) fn table(&self, scores: u64) -> ScoreTable<'_> {
        // A table is made of some hundred scores for every frequency.
        let rows = match scores {
            _ if self.idf.len() > 256 => 0,
            0..2_000 => 0,
            2_000..20_000 => 5,
            _ => 16,
        };
        let row = |unit, count| std::array::from_fn(|class| self.part(unit, count, LengthClass(class as u8)));
        let part = |unit| (0..rows).map(|count| row(unit, count)).collect();
        ScoreTable { bm25: self, parts: (0..self.idf.len()).map(part).collect() }
    }
}

/// What units of a query add to a score, by how often they occur and the length of the paragraph.
pub(crate) struct ScoreTable<'a> {
    bm25: &'a Bm25,
    /// Of each unit for the lowest frequencies, which are nearly all there are.
    parts: Vec<Vec<[f64; 256]>>,
}

impl ScoreTable<'_> {
    /// The same as [`Bm25::score`].
    pub(crate) fn score(&self, counts: impl IntoIterator<Item = u32>, length: LengthClass) -> f64 {
        let mut sum = 0.0;
        for (unit, (rows, count)) in self.parts.iter().zip(counts).enumerate() {
            sum += match rows.get(count as usize) {
                Some(row) => row[usize::from(length.0)],
                None => self.bm25.part(unit, count, length),
            };
        }
        sum
    }
}
