//! What the score of a paragraph cannot exceed, before it is looked at: for blocks of paragraphs by what the engine
//! keeps of each, for one by the frequencies of the words there.

use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use super::block_max::BlockMax;
use super::scorer::{Near, NearKind, Scorer};
use super::union::Union;
use crate::search::score::Bm25;

/// The share of the highest possible score that odds come to.
///
/// A share is `1 / (1 + k / f)` of a frequency `f` and what stands against it; its odds are `f / k`, so that those of
/// several frequencies in one paragraph are added up.
pub(super) fn share(odds: f64) -> f64 {
    if odds.is_finite() { odds / (1.0 + odds) } else { 1.0 }
}

/// The odds of a share.
pub(super) fn odds(share: f64) -> f64 {
    if share < 1.0 { share / (1.0 - share) } else { f64::INFINITY }
}

/// How many windows there are at most, none of which holds another, of what occurs so often on the left and the right:
/// each begins with another occurrence of one of the two, and ends with another.
pub(crate) fn max_windows(left: u32, right: u32, ordered: bool) -> u32 {
    let least = left.min(right);
    if ordered { least } else { left.saturating_add(right).min(least.saturating_mul(2)) }
}

impl Near<'_> {
    /// The odds of how often it can occur from the paragraph at which it stands to the one given.
    fn odds(&mut self, doc: DocId) -> (f64, DocId) {
        let words = |node: &mut Scorer<'_>| match node {
            Scorer::Words { union, .. } => union.max_score(doc),
            _ => (1.0, TERMINATED),
        };
        let (left, left_end) = words(&mut self.left);
        if self.kind == NearKind::Absent {
            return (odds(left), left_end);
        }
        let (right, right_end) = words(&mut self.right);
        let (left, right) = (odds(left), odds(right));
        let least = left.min(right);
        // As [`max_windows`].
        let most = if self.kind == NearKind::Ordered { least } else { (left + right).min(2.0 * least) };
        (most, left_end.min(right_end))
    }
}

impl Scorer<'_> {
    /// True if it can say what scores cannot exceed.
    pub(crate) fn is_bounded(&self) -> bool {
        self.is_bounded_in(false)
    }

    fn is_bounded_in(&self, sentence: bool) -> bool {
        match self {
            Self::Words { .. } | Self::Phrase { .. } | Self::SourceDocs(_) | Self::Keywords(_) => true,
            // Of these, no unit counts.
            Self::Not(..) | Self::Unscored(_) => true,
            Self::And(and) => and.wanted.iter().all(|part| part.is_bounded_in(sentence)),
            Self::Or(or) => or.all().iter().all(|part| part.is_bounded_in(sentence)),
            Self::Near(near) => near.left.is_bounded_in(sentence) && near.right.is_bounded_in(sentence),
            // What is asked of the paragraph in each of its sentences is counted with each.
            Self::Sentence { part, .. } => !sentence && part.is_bounded_in(true),
            Self::Paragraph(_) | Self::Scoped { .. } => false,
        }
    }

    /// Gives what it takes to say how high scores get.
    pub(crate) fn measure(&mut self, block_max: &[(Field, Arc<BlockMax>)]) {
        match self {
            Self::Words { union, .. } => union.measure(block_max),
            Self::Phrase { phrase, .. } => phrase.unions().for_each(|union| union.measure(block_max)),
            Self::And(and) => and.wanted.iter_mut().for_each(|part| part.measure(block_max)),
            Self::Or(or) => or.all_mut().iter_mut().for_each(|part| part.measure(block_max)),
            Self::Sentence { part, .. } => part.measure(block_max),
            Self::Near(near) => {
                near.left.measure(block_max);
                near.right.measure(block_max);
            }
            _ => {}
        }
    }

    /// What scores cannot exceed from the paragraph at which it stands to the one given, which is behind it.
    pub(crate) fn max_score(&mut self, doc: DocId, bm25: &Bm25) -> (f64, DocId) {
        let sum = |(sum, end): (f64, DocId), (one, one_end): (f64, DocId)| (sum + one, end.min(one_end));
        let none = (0.0, TERMINATED);
        match self {
            Self::Words { union, unit } => {
                let (share, end) = union.max_score(doc);
                (share * bm25.most(*unit), end)
            }
            // A phrase comes no oftener than any of its words.
            Self::Phrase { phrase, unit } => {
                let least = |(least, end): (f64, DocId), union: &mut Union| {
                    let (share, union_end) = union.max_score(doc);
                    (f64::min(least, share), end.min(union_end))
                };
                let (share, end) = phrase.unions().fold((1.0, TERMINATED), least);
                (share * bm25.most(*unit), end)
            }
            Self::And(and) => and.wanted.iter_mut().map(|part| part.max_score(doc, bm25)).fold(none, sum),
            Self::Or(or) => or.all_mut().iter_mut().map(|part| part.max_score(doc, bm25)).fold(none, sum),
            Self::Near(near) => {
                let (most, end) = near.odds(doc);
                (share(most) * bm25.most(near.unit), end)
            }
            Self::Sentence { part, .. } => part.max_score(doc, bm25),
            _ => none,
        }
    }

    /// Sets, for each unit, how often it occurs in the current paragraph at most. Paragraphs must not decrease.
    pub(crate) fn most(&mut self, doc: DocId, counts: &mut [u32]) {
        match self {
            Self::And(and) => and.wanted.iter_mut().for_each(|part| part.most(doc, counts)),
            Self::Or(or) => {
                let (parts, here) = or.parts();
                for &number in here {
                    if let Some(part) = parts.get_mut(number) {
                        part.most(doc, counts);
                    }
                }
            }
            Self::Sentence { part, .. } => part.most(doc, counts),
            Self::Words { unit: Some(unit), .. } | Self::Phrase { unit: Some(unit), .. } => {
                let unit = *unit;
                self.set_most(unit, doc, counts);
            }
            Self::Near(near) => {
                if let Some(unit) = near.unit {
                    self.set_most(unit, doc, counts);
                }
            }
            _ => {}
        }
    }

    fn set_most(&mut self, unit: usize, doc: DocId, counts: &mut [u32]) {
        if let Some(count) = counts.get_mut(unit) {
            *count = self.most_often(doc);
        }
    }

    /// How often it occurs in a paragraph at most.
    fn most_often(&mut self, doc: DocId) -> u32 {
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
                    phrase.unions().map(|union| union.frequency()).min().unwrap_or(0)
                } else {
                    0
                }
            }
            Self::Or(or) => {
                or.seek(doc);
                let (parts, here) = or.parts();
                let each =
                    here.iter().map(|&number| parts.get_mut(number).map_or(0, |part| part.most_often(doc)));
                each.fold(0, u32::saturating_add)
            }
            Self::Near(near) if near.kind == NearKind::Absent => near.left.most_often(doc),
            Self::Near(near) => {
                let (left, right) = (near.left.most_often(doc), near.right.most_often(doc));
                max_windows(left, right, near.kind == NearKind::Ordered)
            }
            _ => u32::MAX,
        }
    }
}
