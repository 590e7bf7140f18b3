//! A union of many posting lists, with frequencies but without positions.

use tantivy::{DocId, TERMINATED};

use crate::interrupt::Interrupt;
use crate::search::evaluate::frequencies::UnitFrequencies;
use crate::search::evaluate::posting_list::PostingList;
use crate::search::evaluate::window_size::WindowSize;

/// The union of more posting lists than a heap merges well, as of a wildcard with few letters. The lists are decoded
/// one after another into a window of documents.
pub(crate) struct FrequenciesUnion {
    /// The lists that have not ended.
    postings: Vec<PostingList>,
    cost: u64,
    doc: DocId,
    /// Summed frequencies in the documents of the window; `None` before the first `seek`.
    frequencies: Option<Box<UnitFrequencies>>,
    /// The first document after the window.
    end: DocId,
    size: WindowSize,
    /// Number of documents of the window that contain a term.
    matches: usize,
    interrupt: Interrupt,
}

impl FrequenciesUnion {
    pub(super) fn new(postings: Vec<PostingList>, interrupt: Interrupt) -> Self {
        let cost = postings.iter().map(PostingList::cost).sum();
        let size = WindowSize::default();
        Self { postings, cost, doc: 0, frequencies: None, end: 0, size, matches: 0, interrupt }
    }

    /// Upper bound of the number of documents.
    pub(super) fn cost(&self) -> u64 {
        self.cost
    }

    /// The lists, unless `seek` has started to decode them.
    pub(super) fn unread_postings(&mut self) -> Option<&mut Vec<PostingList>> {
        if self.frequencies.is_none() { Some(&mut self.postings) } else { None }
    }

    /// Goes to the first document at or after `target`. Targets must not decrease.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target || self.frequencies.is_none() {
            self.doc = if target < self.end { self.next_in_window(target) } else { TERMINATED };
            if self.doc == TERMINATED {
                self.fill(target.max(self.end));
            }
        }
        self.doc
    }

    /// Summed frequency of the terms in the current document.
    pub(super) fn frequency(&self) -> u32 {
        debug_assert!(self.frequencies.is_some(), "a frequency is read before the first seek");
        self.frequencies.as_ref().map_or(0, |frequencies| frequencies.get(self.doc))
    }

    /// The first document of the window at or after `target`; `TERMINATED` if there is none.
    fn next_in_window(&mut self, target: DocId) -> DocId {
        self.size.visit();
        let frequencies = self.frequencies.as_ref();
        frequencies.and_then(|frequencies| frequencies.docs().first_at_or_after(target)).unwrap_or(TERMINATED)
    }

    /// Decodes the next window with a document at or after `start`, and goes to that document.
    fn fill(&mut self, start: DocId) {
        let size = self.size.next(self.matches);
        // The window begins at a document that contains a term, so only the last window is empty.
        let first = self.postings.iter_mut().map(|postings| postings.seek(start)).min().unwrap_or(TERMINATED);
        self.end = first.saturating_add(size).min(TERMINATED);
        let frequencies = self.frequencies.get_or_insert_with(|| Box::new(UnitFrequencies::new()));
        frequencies.clear(first);
        let over = self.interrupt.charge_items(self.postings.len()).is_err();
        if first == TERMINATED || over {
            self.postings.clear();
            self.doc = TERMINATED;
            return;
        }
        let mut decoded = 0;
        for postings in &mut self.postings {
            postings.for_each(first, self.end, |doc, frequency| {
                decoded += 1;
                frequencies.add(doc, frequency);
            });
        }
        // Once the work is too much, the next window is not decoded.
        let _ = self.interrupt.charge(decoded);
        self.postings.retain(|postings| postings.doc() != TERMINATED);
        self.matches = frequencies.docs().len();
        self.doc = self.next_in_window(first);
    }
}
