//! Queries whose score comes from one word alone.

use tantivy::DocId;

use super::{RARE_RATIO, Scorer};
use crate::search::evaluate::posting_list::PostingList;
use crate::search::evaluate::union::Union;

/// One word that makes the score, and other parts that must or must not match and add nothing to it.
///
/// The blocks of the one posting list then bound the whole score.
pub(crate) struct SingleWord<'n, 'a> {
    /// The posting list of the word.
    pub(crate) posting: &'n mut PostingList,
    required: Vec<&'n mut Scorer<'a>>,
    excluded: &'n mut [Scorer<'a>],
}

impl<'a> Scorer<'a> {
    /// The single word that makes the score, if there is one and no other part is much rarer.
    pub(crate) fn single_word(&mut self) -> Option<SingleWord<'_, 'a>> {
        let (parts, excluded) = match self {
            Self::And(and) => (and.required.as_mut_slice(), and.excluded.as_mut_slice()),
            part => (std::slice::from_mut(part), &mut [][..]),
        };
        let (mut posting, mut required) = (None, Vec::new());
        for part in parts {
            if matches!(part, Self::SourceDocs(_) | Self::Keywords(_) | Self::Unscored(_) | Self::Not(..)) {
                required.push(part);
            } else if let (Self::Words { union: Union::Single(single), unit: Some(0) }, None) =
                (part, &posting)
            {
                posting = Some(single.postings_mut());
            } else {
                return None;
            }
        }
        let posting = posting?;
        // A much rarer filter finds the documents sooner than the word does.
        let is_rarer = required.iter().any(|part| RARE_RATIO * part.cost() < posting.cost());
        (!is_rarer).then_some(SingleWord { posting, required, excluded })
    }
}

impl SingleWord<'_, '_> {
    /// True if a document that contains the word matches the other parts too. Documents must not decrease.
    pub(crate) fn others_match(&mut self, doc: DocId) -> bool {
        self.required.iter_mut().all(|part| part.seek(doc) == doc && part.holds(doc))
            && !self.excluded.iter_mut().any(|part| part.holds(doc))
    }
}
