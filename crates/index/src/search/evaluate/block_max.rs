//! Upper bounds of scores for blocks of postings.
//!
//! With every block of postings tantivy stores the frequency and the length of the document that scores highest in
//! it: a block-max index, after Ding and Suel, "Faster Top-k Document Retrieval Using Block-Max Indexes" (SIGIR 2011).
//! A search for the first hits skips the blocks whose bound is below the worst hit that it keeps.
//!
//! Which document scores highest depends on the average length in BM25. tantivy takes the average of the segment at the
//! time it is written; [`Bm25`](crate::search::score::Bm25) takes that of all live paragraphs. [`BlockMax`] converts
//! the stored bound from the first average to the second so that it never falls below a true score.
//!
//! Bounds are *shares*: `f / (f + k)` for a frequency `f` and the length norm `k`, the factor by which BM25 multiplies
//! the highest possible score of a unit. Its *odds* are `f / k`. Frequencies in one document have the same `k`, so the
//! odds of their sum are the sum of their odds.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Bm25Weight;

/// Converts the bounds stored in the posting lists of one field of a segment.
pub(crate) struct BlockMax {
    norms: FieldNormReader,
    weight: Bm25Weight,
    /// The limit of tantivy's score for a growing frequency.
    score_limit: f32,
    /// Average length in the segment over average length of all live paragraphs, at most one.
    length_ratio: f64,
}

/// tantivy computes bounds in single precision; this factor exceeds the rounding error.
const SLACK: f64 = 1.0 + 2e-6;

impl BlockMax {
    /// For a field with `words` words in this segment, and paragraphs of `average_length` words in the whole index.
    pub(crate) fn new(norms: FieldNormReader, words: u64, average_length: f64) -> Self {
        // The same expression as in tantivy's writer, for the same rounding.
        let segment_average = words as f32 / norms.num_docs() as f32;
        // Any document frequency will do: it cancels out in the share.
        let weight = Bm25Weight::for_one_term_without_explain(1, 100, segment_average);
        let score_limit = weight.score(0, u32::MAX);
        let length_ratio = (f64::from(segment_average) / average_length).min(1.0);
        Self { norms, weight, score_limit, length_ratio }
    }

    /// Upper bound of the share of any document in the current block.
    ///
    /// With `k(n)` for the norm of a document of `n` words, tantivy's best document has the least `k(n) / f` by the
    /// average of the segment. `k` is linear in `n` over the average, with a constant part, so by our average it is at
    /// least `length_ratio` times as large for every `n`.
    pub(super) fn max_share(&self, blocks: &mut BlockSegmentPostings) -> f64 {
        let share = f64::from(blocks.block_max_score(&self.norms, &self.weight) / self.score_limit);
        // Outside of these limits the stored bound says nothing.
        if share > 0.0 && share < 1.0 {
            (SLACK / (1.0 + (1.0 / share - 1.0) * self.length_ratio)).min(1.0)
        } else {
            1.0
        }
    }
}

/// Converts odds to a share.
pub(super) fn share(odds: f64) -> f64 {
    if odds.is_finite() { odds / (1.0 + odds) } else { 1.0 }
}

/// Converts a share to odds.
pub(super) fn odds(share: f64) -> f64 {
    if share < 1.0 { share / (1.0 - share) } else { f64::INFINITY }
}
