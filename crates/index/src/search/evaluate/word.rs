//! Queries of which one word alone makes the score.

use tantivy::DocId;

use super::posting::Posting;
use super::scorer::{Match, Scorer};
use super::union::Union;
use super::windowed::UNEVEN;

/// One word, and what else must hold, which adds nothing to the score.
pub(crate) struct Word<'n, 'a> {
    /// The postings of the word.
    pub(crate) posting: &'n mut Posting,
    wanted: Vec<&'n mut Scorer<'a>>,
    unwanted: &'n mut [Scorer<'a>],
}

impl<'a> Scorer<'a> {
    /// The word that alone makes the score, if there is one.
    pub(crate) fn word(&mut self) -> Option<Word<'_, 'a>> {
        let (all, unwanted) = match self {
            Self::And(and) => (and.wanted.as_mut_slice(), and.unwanted.as_mut_slice()),
            one => (std::slice::from_mut(one), &mut [][..]),
        };
        let (mut posting, mut wanted) = (None, Vec::new());
        for part in all {
            if matches!(part, Self::SourceDocs(_) | Self::Keywords(_) | Self::Unscored(_) | Self::Not(..)) {
                wanted.push(part);
            } else if let (Self::Words { union: Union::One(one), unit: Some(0) }, None) = (part, &posting) {
                posting = Some(one.posting_mut());
            } else {
                return None;
            }
        }
        let posting = posting?;
        let is_rarer = wanted.iter().any(|part| UNEVEN * part.cost() < posting.cost());
        (!is_rarer).then_some(Word { posting, wanted, unwanted })
    }
}

impl Word<'_, '_> {
    /// Whether the rest holds of a paragraph that has the word. Paragraphs must not decrease.
    pub(crate) fn holds(&mut self, doc: DocId) -> bool {
        let holds = |part: &mut Scorer<'_>| part.tally(doc, &mut []).0 != Match::No;
        self.wanted.iter_mut().all(|part| part.seek(doc) == doc && holds(part))
            && !self.unwanted.iter_mut().any(holds)
    }
}
