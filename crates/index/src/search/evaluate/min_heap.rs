//! Merges several ascending lists of documents into one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use tantivy::{DocId, TERMINATED};

/// The current documents of several lists, with the smallest first: a k-way merge.
///
/// The caller owns the lists and advances one when `seek` asks for it by number. Up to [`MAX_SCANNED`] lists are
/// scanned linearly, which measured faster than a heap; more are kept in a binary heap.
pub(super) struct MinHeap {
    /// The current document of each list, if the lists are scanned; else empty.
    scanned: Vec<DocId>,
    /// Current document and number of each list beyond `doc`, if the lists are kept in a heap.
    heap: BinaryHeap<Reverse<(DocId, usize)>>,
    /// Numbers of the lists whose current document is `doc`.
    current: Vec<usize>,
    /// Smallest current document of all lists.
    doc: DocId,
}

/// Number of lists up to which a linear scan is used.
pub(super) const MAX_SCANNED: usize = 8;

impl MinHeap {
    /// Merges lists by their current documents. A list is known by its place in `docs`.
    pub(super) fn new(docs: impl Iterator<Item = DocId>) -> Self {
        let mut scanned: Vec<DocId> = docs.collect();
        let mut heap = BinaryHeap::new();
        if scanned.len() > MAX_SCANNED {
            heap = scanned.drain(..).enumerate().map(|(number, doc)| Reverse((doc, number))).collect();
        }
        let mut merged = Self { scanned, heap, current: Vec::new(), doc: 0 };
        if merged.scanned.is_empty() {
            merged.update_from_heap();
        } else {
            merged.update_from_scan();
        }
        merged
    }

    /// The current document.
    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    /// Numbers of the lists that contain the current document.
    pub(super) fn current(&self) -> &[usize] {
        &self.current
    }

    /// Goes to the first document at or after `target`. `seek` advances the list of a given number to a given document
    /// and returns its new current document.
    pub(super) fn seek(&mut self, target: DocId, mut seek: impl FnMut(usize, DocId) -> DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if !self.scanned.is_empty() {
            for (number, doc) in self.scanned.iter_mut().enumerate() {
                if *doc < target {
                    *doc = seek(number, target);
                }
            }
            self.update_from_scan();
            return self.doc;
        }
        for number in self.current.drain(..) {
            let doc = seek(number, target);
            if doc != TERMINATED {
                self.heap.push(Reverse((doc, number)));
            }
        }
        while let Some(mut top) = self.heap.peek_mut() {
            let Reverse((doc, number)) = *top;
            if doc >= target {
                break;
            }
            let doc = seek(number, target);
            // Exhausted lists leave the heap. Replacing the top sifts once, where pop and push would sift twice.
            if doc == TERMINATED {
                PeekMut::pop(top);
            } else {
                *top = Reverse((doc, number));
            }
        }
        self.update_from_heap();
        self.doc
    }

    /// Sets the current document from the scanned lists.
    fn update_from_scan(&mut self) {
        self.doc = self.scanned.iter().copied().min().unwrap_or(TERMINATED);
        self.current.clear();
        if self.doc != TERMINATED {
            let current = self.scanned.iter().enumerate().filter(|(_, doc)| **doc == self.doc);
            self.current.extend(current.map(|(number, _)| number));
        }
    }

    /// Sets the current document from the top of the heap, and takes the lists that contain it off the heap.
    fn update_from_heap(&mut self) {
        self.doc = self.heap.peek().map_or(TERMINATED, |Reverse((doc, _))| *doc);
        while let Some(top) = self.heap.peek_mut() {
            let Reverse((doc, number)) = *top;
            if doc != self.doc || doc == TERMINATED {
                break;
            }
            self.current.push(number);
            PeekMut::pop(top);
        }
    }
}
