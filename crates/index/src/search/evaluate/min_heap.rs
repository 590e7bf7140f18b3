//! Several lists of paragraphs, walked as one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use tantivy::{DocId, TERMINATED};

/// Which of several lists stand at the current paragraph, and where the others stand. The lists are held by whoever
/// asks, who moves one when told to.
pub(super) struct MinHeap {
    /// Where each list stands, of a few: they are looked through faster than they are kept in order.
    few: Vec<DocId>,
    /// The lists beyond the current paragraph, by their own.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
    /// Those at the current paragraph.
    here: Vec<usize>,
    doc: DocId,
}

/// Up to so many lists are looked through one by one; more are kept in order.
pub(super) const FEW: usize = 8;

impl MinHeap {
    /// The front of lists that stand at these paragraphs.
    pub(super) fn new(docs: impl Iterator<Item = DocId>) -> Self {
        let mut few: Vec<DocId> = docs.collect();
        let mut ahead = BinaryHeap::new();
        if few.len() > FEW {
            ahead = few.drain(..).enumerate().map(|(number, doc)| Reverse((doc, number))).collect();
        }
        let mut min_heap = Self { few, ahead, here: Vec::new(), doc: 0 };
        if min_heap.few.is_empty() {
            min_heap.settle();
        } else {
            min_heap.settle_few();
        }
        min_heap
    }

    /// The current paragraph.
    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    /// The lists at it, by their numbers.
    pub(super) fn here(&self) -> &[usize] {
        &self.here
    }

    /// Goes to the first paragraph at or after the target; `seek` moves the list of a number there and gives where it
    /// stands then.
    pub(super) fn seek(&mut self, target: DocId, mut seek: impl FnMut(usize, DocId) -> DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if !self.few.is_empty() {
            for (number, doc) in self.few.iter_mut().enumerate() {
                if *doc < target {
                    *doc = seek(number, target);
                }
            }
            self.settle_few();
            return self.doc;
        }
        for number in self.here.drain(..) {
            let doc = seek(number, target);
            if doc != TERMINATED {
                self.ahead.push(Reverse((doc, number)));
            }
        }
        while let Some(mut first) = self.ahead.peek_mut() {
            let Reverse((doc, number)) = *first;
            if doc >= target {
                break;
            }
            let doc = seek(number, target);
            if doc == TERMINATED {
                PeekMut::pop(first);
            } else {
                *first = Reverse((doc, number));
            }
        }
        self.settle();
        self.doc
    }

    /// Makes the first at which one of a few stands the current paragraph.
    fn settle_few(&mut self) {
        self.doc = self.few.iter().copied().min().unwrap_or(TERMINATED);
        self.here.clear();
        if self.doc != TERMINATED {
            let here = self.few.iter().enumerate().filter(|(_, doc)| **doc == self.doc);
            self.here.extend(here.map(|(number, _)| number));
        }
    }

    /// Makes the first of those ahead the current paragraph.
    fn settle(&mut self) {
        self.doc = self.ahead.peek().map_or(TERMINATED, |Reverse((doc, _))| *doc);
        while let Some(first) = self.ahead.peek_mut() {
            let Reverse((doc, number)) = *first;
            if doc != self.doc || doc == TERMINATED {
                break;
            }
            self.here.push(number);
            PeekMut::pop(first);
        }
    }
}
