//! The posting list of a single term, with its positions cached.

use tantivy::{DocId, TERMINATED};

use crate::search::evaluate::posting_list::PostingList;

/// One posting list, with the positions of the current document decoded once.
pub(crate) struct SinglePosting {
    pub(super) postings: PostingList,
    positions: Vec<u32>,
    /// The document that `positions` belong to.
    positions_doc: DocId,
}

impl SinglePosting {
    pub(super) fn new(postings: PostingList) -> Self {
        Self { postings, positions: Vec::new(), positions_doc: TERMINATED }
    }

    /// The posting list itself.
    pub(in crate::search::evaluate) fn postings_mut(&mut self) -> &mut PostingList {
        &mut self.postings
    }

    /// Positions of the term in the current document, in order.
    pub(super) fn positions(&mut self) -> &[u32] {
        if self.positions_doc != self.postings.doc() {
            self.positions_doc = self.postings.doc();
            self.positions.clear();
            self.postings.append_positions(&mut self.positions);
        }
        &self.positions
    }
}
