//! How high scores can get in a block of postings.
//!
//! The engine keeps with every block the frequency and length of the paragraph that scores best there, after Ding and
//! Suel, "Faster Top-k Document Retrieval Using Block-Max Indexes" (2011). Which one that is depends on the average
//! length, and the engine's is that of the segment when it was written, ours that of all live paragraphs. So what it
//! says is brought to ours, such that it never comes out too low.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Bm25Weight;

/// What is needed of a field of a segment.
pub(crate) struct BlockMax {
    norms: FieldNormReader,
    weight: Bm25Weight,
    /// The score that paragraphs come close to.
    most: f32,
    /// How the lengths of the segment weigh less with us, at the most.
    shrink: f64,
}

/// Single precision is this good, and a little.
const SLACK: f64 = 1.0 + 2e-6;

impl BlockMax {
    /// Of a field in which there are so many words, where the average paragraph has so many.
    pub(crate) fn new(norms: FieldNormReader, words: u64, average: f64) -> Self {
        // As the engine computes it when it writes a segment.
        let own = words as f32 / norms.num_docs() as f32;
        let weight = Bm25Weight::for_one_term_without_explain(1, 100, own);
        let most = weight.score(0, u32::MAX);
        let shrink = (f64::from(own) / average).min(1.0);
        Self { norms, weight, most, shrink }
    }

    /// What share of the highest possible score is reached in the block.
    ///
    /// With the length `n` and the frequency `f`, that share is `1 / (1 + k(n) / f)`; the engine's best paragraph has
    /// the least `k(n) / f` by its own average. As `k` is linear in `n` over the average, it is for every length at
    /// least `shrink` times as much by ours.
    pub(super) fn of(&self, blocks: &mut BlockSegmentPostings) -> f64 {
        let share = f64::from(blocks.block_max_score(&self.norms, &self.weight) / self.most);
        if share > 0.0 && share < 1.0 {
            (SLACK / (1.0 + (1.0 / share - 1.0) * self.shrink)).min(1.0)
        } else {
            1.0
        }
    }
}
