//! What the score of a paragraph cannot exceed, before it is looked at: for blocks of paragraphs by what the engine
//! keeps of each, for one by the frequencies of the words there.

use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use super::node::{NearKind, Node};
use super::peaks::Peaks;
use super::union::Union;
use crate::score::Scale;

impl Node<'_> {
    /// True if it can say what scores cannot exceed.
    pub(crate) fn is_bounded(&self) -> bool {
        self.is_bounded_in(false)
    }

    fn is_bounded_in(&self, sentence: bool) -> bool {
        match self {
            Self::Words { .. } | Self::Phrase { .. } | Self::Runs(_) | Self::Facets(_) => true,
            // Of these, no unit counts.
            Self::Not(..) | Self::Quiet(_) => true,
            Self::And(and) => and.wanted.iter().all(|part| part.is_bounded_in(sentence)),
            Self::Or(or) => or.all().iter().all(|part| part.is_bounded_in(sentence)),
            Self::Near(near) => near.left.is_bounded_in(sentence) && near.right.is_bounded_in(sentence),
            // What is asked of the paragraph in each of its sentences is counted with each.
            Self::Sentence { part, .. } => !sentence && part.is_bounded_in(true),
            Self::Paragraph(_) | Self::Wide { .. } => false,
        }
    }

    /// Gives what it takes to say how high scores get.
    pub(crate) fn measure(&mut self, peaks: &[(Field, Arc<Peaks>)]) {
        match self {
            Self::Words { union, .. } => union.measure(peaks),
            Self::Phrase { phrase, .. } => phrase.unions().for_each(|union| union.measure(peaks)),
            Self::And(and) => and.wanted.iter_mut().for_each(|part| part.measure(peaks)),
            Self::Or(or) => or.all_mut().iter_mut().for_each(|part| part.measure(peaks)),
            Self::Sentence { part, .. } => part.measure(peaks),
            _ => {}
        }
    }

    /// What scores cannot exceed from the paragraph at which it stands to the one given, which is behind it.
    pub(crate) fn ceiling(&mut self, doc: DocId, scale: &Scale) -> (f64, DocId) {
        let sum = |(sum, end): (f64, DocId), (one, one_end): (f64, DocId)| (sum + one, end.min(one_end));
        let none = (0.0, TERMINATED);
        match self {
            Self::Words { union, unit } => {
                let (share, end) = union.ceiling(doc);
                (share * scale.most(*unit), end)
            }
            // A phrase comes no oftener than any of its words.
            Self::Phrase { phrase, unit } => {
                let least = |(least, end): (f64, DocId), union: &mut Union| {
                    let (share, union_end) = union.ceiling(doc);
                    (f64::min(least, share), end.min(union_end))
                };
                let (share, end) = phrase.unions().fold((1.0, TERMINATED), least);
                (share * scale.most(*unit), end)
            }
            Self::And(and) => and.wanted.iter_mut().map(|part| part.ceiling(doc, scale)).fold(none, sum),
            Self::Or(or) => or.all_mut().iter_mut().map(|part| part.ceiling(doc, scale)).fold(none, sum),
            Self::Near(near) => (scale.most(near.unit), TERMINATED),
            Self::Sentence { part, .. } => part.ceiling(doc, scale),
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
            // Each that holds no other begins with another occurrence of one of the two.
            Self::Near(near) => near.left.most_often(doc).saturating_add(near.right.most_often(doc)),
            _ => u32::MAX,
        }
    }
}
