//! A union of a few posting lists.

use tantivy::{DocId, TERMINATED};

use crate::search::evaluate::min_heap::MinHeap;
use crate::search::evaluate::posting_list::PostingList;

/// The union of a few posting lists, merged document by document.
pub(crate) struct HeapUnion {
    pub(super) postings: Vec<PostingList>,
    /// Numbers the lists as `postings` does.
    heap: MinHeap,
    positions: Vec<u32>,
    /// The document that `positions` belong to.
    positions_doc: DocId,
}

impl HeapUnion {
    pub(super) fn new(postings: Vec<PostingList>) -> Self {
        let heap = MinHeap::new(postings.iter().map(PostingList::doc));
        Self { postings, heap, positions: Vec::new(), positions_doc: TERMINATED }
    }

    /// Upper bound of the number of documents.
    pub(super) fn cost(&self) -> u64 {
        self.postings.iter().map(PostingList::cost).sum()
    }

    /// Goes to the first document at or after `target`. Targets must not decrease.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let postings = &mut self.postings;
        self.heap.seek(target, |number, target| {
            debug_assert!(number < postings.len(), "the heap names a posting list that is not there");
            postings.get_mut(number).map_or(TERMINATED, |postings| postings.seek(target))
        })
    }

    /// Summed frequency of the terms in the current document.
    pub(super) fn frequency(&self) -> u32 {
        let current = self.heap.current().iter().filter_map(|&number| self.postings.get(number));
        current.map(PostingList::frequency).sum()
    }

    /// Positions of the terms in the current document, in order.
    pub(super) fn positions(&mut self) -> &[u32] {
        if self.positions_doc != self.heap.doc() {
            self.positions_doc = self.heap.doc();
            self.positions.clear();
            for &number in self.heap.current() {
                if let Some(postings) = self.postings.get_mut(number) {
                    postings.append_positions(&mut self.positions);
                }
            }
            // The positions of one list are in order already.
            if self.heap.current().len() > 1 {
                self.positions.sort_unstable();
            }
        }
        &self.positions
    }
}
