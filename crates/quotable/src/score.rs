//! Relevance.
//!
//! BM25 after Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). All its
//! statistics are of live paragraphs alone, and the result is rounded before ties are broken, so that the same
//! sources give the same order on every machine and by whatever way the index came about.

use crate::plan::Plan;
use crate::{SearchOptions, Snapshot};

/// How soon more occurrences cease to count.
const K1: f64 = 1.2;
/// How far length counts against a paragraph.
const B: f64 = 0.75;
/// Scores are rounded to so many parts of one.
const PRECISION: f64 = 10_000.0;

/// What every paragraph's score has in common.
#[derive(Debug)]
pub(crate) struct Scale {
    /// The rarity of each unit of the query.
    rarity: Vec<f64>,
    average_length: f64,
    /// What the length of a paragraph comes to.
    norm: Norm,
}

/// A line: what stands against a paragraph of no words, and what each word adds.
#[derive(Debug, Clone, Copy)]
struct Norm {
    base: f64,
    slope: f64,
}

impl Scale {
    pub(crate) fn new(snapshot: &Snapshot, plan: &Plan, options: &SearchOptions) -> Self {
        let (paragraphs, words) = snapshot.table().size([true, options.tables, options.notes]);
        // Counts of a corpus are far below 2^53.
        let (paragraphs, words) = (paragraphs as f64, words as f64);
        let of_leaf = |leaf: &usize| {
            let found = plan.leaves.get(*leaf).map_or(0, |leaf| leaf.frequency);
            let found = (found as f64).min(paragraphs);
            (1.0 + (paragraphs - found + 0.5) / (found + 0.5)).ln()
        };
        let rarity = plan.weights.iter().map(|leaves| leaves.iter().map(of_leaf).sum()).collect();
        let average_length = (words / paragraphs.max(1.0)).max(1.0);
        let norm = Norm { base: K1 * (1.0 - B), slope: K1 * B / average_length };
        Self { rarity, average_length, norm }
    }

    /// How many words the paragraphs have in the middle.
    pub(crate) fn average_length(&self) -> f64 {
        self.average_length
    }

    /// What the part of a unit in a score cannot exceed.
    pub(crate) fn most(&self, unit: Option<usize>) -> f64 {
        let rarity = unit.and_then(|unit| self.rarity.get(unit)).copied().unwrap_or(0.0);
        rarity * (K1 + 1.0)
    }

    /// The score of a paragraph of so many words, by how often each unit of the query occurs in it.
    pub(crate) fn score(&self, counts: &[u32], length: u32) -> f64 {
        (self.estimate(counts, length) * PRECISION).round() / PRECISION
    }

    /// True if a score of which so much is known stays below another, however it is rounded.
    pub(crate) fn is_below(&self, most: f64, score: f64) -> bool {
        most + 1.0 / PRECISION < score
    }

    /// The score before it is rounded, which costs much less.
    pub(crate) fn estimate(&self, counts: &[u32], length: u32) -> f64 {
        let norm = self.norm.base + self.norm.slope * f64::from(length);
        let parts = self.rarity.iter().zip(counts).map(|(rarity, &count)| {
            let count = f64::from(count);
            rarity * count * (K1 + 1.0) / (count + norm)
        });
        parts.sum()
    }
}
