//! Upper bounds of scores: for a range of documents by the [blocks](crate::search::evaluate::block_max) of posting
//! lists, and for one document by the frequencies of its words. Neither decodes positions.

use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use super::{Near, NearKind, Scorer};
use crate::search::evaluate::block_max::{BlockMax, odds, share};
use crate::search::evaluate::union::Union;
use crate::search::score::Bm25;

/// Upper bound of the number of minimal intervals that pair occurrences of two operands.
///
/// No two minimal intervals begin with the same occurrence, or end with the same one, since one would contain the other.
/// So there are at most as many as occurrences of both operands. Each begins or ends with an occurrence of the rarer
/// operand: at most two for each of those in either order, and one in fixed order.
pub(crate) fn max_near_occurrences(left: u32, right: u32, ordered: bool) -> u32 {
    let rarer = left.min(right);
    if ordered { rarer } else { left.saturating_add(right).min(rarer.saturating_mul(2)) }
}

impl Near<'_> {
    /// Upper bound of the odds of the proximity in the documents from `doc` to before the returned one.
    fn max_odds(&mut self, doc: DocId) -> (f64, DocId) {
        let max_share = |scorer: &mut Scorer<'_>| match scorer {
            Scorer::Words { union, .. } => union.max_share(doc),
            _ => (1.0, TERMINATED),
        };
        let (left, left_end) = max_share(&mut self.left);
        if matches!(self.kind, NearKind::Absent(_)) {
            return (odds(left), left_end);
        }
        let (right, right_end) = max_share(&mut self.right);
        // Odds are proportional to frequencies: the same bound as `max_near_occurrences`.
        let (left, right) = (odds(left), odds(right));
        let rarer = left.min(right);
        let max = if self.may_interlock {
            // One operand may lie in many occurrences of the other.
            left + right
        } else if self.kind == NearKind::Ordered {
            rarer
        } else {
            (left + right).min(2.0 * rarer)
        };
        (max, left_end.min(right_end))
    }
}

impl Scorer<'_> {
    /// True if [`max_score`](Self::max_score) and [`max_frequencies`](Self::max_frequencies) hold for this scorer.
    pub(crate) fn has_max_score(&self) -> bool {
        self.has_max_score_in(false)
    }

    fn has_max_score_in(&self, in_sentence: bool) -> bool {
        match self {
            Self::Words { .. } | Self::Phrase { .. } | Self::SourceDocs(_) | Self::Keywords(_) => true,
            // These add nothing to the score.
            Self::Not(..) | Self::Unscored(_) => true,
            Self::And(and) => and.required.iter().all(|part| part.has_max_score_in(in_sentence)),
            Self::Or(or) => or.parts().iter().all(|part| part.has_max_score_in(in_sentence)),
            Self::Near(near) => {
                near.left.has_max_score_in(in_sentence) && near.right.has_max_score_in(in_sentence)
            }
            // For every sentence a nested one looks at the whole paragraph, so its frequency has no bound.
            Self::Sentence { part, .. } => !in_sentence && part.has_max_score_in(true),
            Self::Paragraph(_) | Self::Scoped { .. } => false,
        }
    }

    /// Sets the bounds that [`max_score`](Self::max_score) uses, for each field.
    pub(crate) fn set_block_max(&mut self, block_max: &[(Field, Arc<BlockMax>)]) {
        match self {
            Self::Words { union, .. } => union.set_block_max(block_max),
            Self::Phrase { phrase, .. } => {
                phrase.words_mut().for_each(|union| union.set_block_max(block_max));
            }
            Self::And(and) => and.required.iter_mut().for_each(|part| part.set_block_max(block_max)),
            Self::Or(or) => or.parts_mut().iter_mut().for_each(|part| part.set_block_max(block_max)),
            Self::Sentence { part, .. } => part.set_block_max(block_max),
            Self::Near(near) => {
                near.left.set_block_max(block_max);
                near.right.set_block_max(block_max);
            }
            // Without a score or without a bound.
            _ => {}
        }
    }

    /// Upper bound of the score in the documents from `doc`, the current document, to before the returned one, which is
    /// greater.
    pub(crate) fn max_score(&mut self, doc: DocId, bm25: &Bm25) -> (f64, DocId) {
        let sum = |(sum, end): (f64, DocId), (part, part_end): (f64, DocId)| (sum + part, end.min(part_end));
        let none = (0.0, TERMINATED);
        match self {
            Self::Words { union, unit } => {
                let (share, end) = union.max_share(doc);
                (share * bm25.most(*unit), end)
            }
            // A phrase is no more frequent than its rarest word.
            Self::Phrase { phrase, unit } => {
                let min = |(min, end): (f64, DocId), union: &mut Union| {
                    let (share, union_end) = union.max_share(doc);
                    (f64::min(min, share), end.min(union_end))
                };
                let (share, end) = phrase.words_mut().fold((1.0, TERMINATED), min);
                (share * bm25.most(*unit), end)
            }
            Self::And(and) => and.required.iter_mut().map(|part| part.max_score(doc, bm25)).fold(none, sum),
            Self::Or(or) => or.parts_mut().iter_mut().map(|part| part.max_score(doc, bm25)).fold(none, sum),
            Self::Near(near) => {
                let (odds, end) = near.max_odds(doc);
                (share(odds) * bm25.most(near.unit), end)
            }
            Self::Sentence { part, .. } => part.max_score(doc, bm25),
            _ => none,
        }
    }

    /// Sets the count of each unit to an upper bound of its frequency in the current document. Documents must not
    /// decrease. Units of parts that cannot match the document keep their counts.
    pub(crate) fn max_frequencies(&mut self, doc: DocId, counts: &mut [u32]) {
        let unit = match self {
            Self::And(and) => {
                and.required.iter_mut().for_each(|part| part.max_frequencies(doc, counts));
                None
            }
            Self::Or(or) => {
                or.for_each_current(|part| part.max_frequencies(doc, counts));
                None
            }
            Self::Sentence { part, .. } => {
                part.max_frequencies(doc, counts);
                None
            }
            Self::Words { unit, .. } | Self::Phrase { unit, .. } => *unit,
            Self::Near(near) => near.unit,
            _ => None,
        };
        if let Some(count) = unit.and_then(|unit| counts.get_mut(unit)) {
            *count = self.max_frequency(doc);
        }
    }

    /// Upper bound of the number of occurrences in a document.
    fn max_frequency(&mut self, doc: DocId) -> u32 {
        match self {
            Self::Words { union, .. } => {
                if union.seek(doc) == doc {
                    union.frequency()
                } else {
                    0
                }
            }
            Self::Phrase { phrase, .. } => {
                if phrase.seek(doc) == doc {
                    phrase.words_mut().map(|union| union.frequency()).min().unwrap_or(0)
                } else {
                    0
                }
            }
            Self::Or(or) => {
                or.seek(doc);
                let mut sum = 0_u32;
                or.for_each_current(|part| sum = sum.saturating_add(part.max_frequency(doc)));
                sum
            }
            Self::Near(near) if matches!(near.kind, NearKind::Absent(_)) => near.left.max_frequency(doc),
            Self::Near(near) => {
                let (left, right) = (near.left.max_frequency(doc), near.right.max_frequency(doc));
                // Every minimal interval begins with an occurrence of one operand, and no two with the same.
                if near.may_interlock {
                    return left.saturating_add(right);
                }
                max_near_occurrences(left, right, near.kind == NearKind::Ordered)
            }
            _ => u32::MAX,
        }
    }
}
