//! Several lists of paragraphs, walked as one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use tantivy::{DocId, TERMINATED};

/// Which of several lists stand at the current paragraph, and where the others stand. The lists are held by whoever
/// asks, who moves one when told to.
pub(super) struct Front {
    /// The lists beyond the current paragraph, by their own.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
    /// Those at the current paragraph.
    here: Vec<usize>,
    doc: DocId,
}

impl Front {
    /// The front of lists that stand at these paragraphs.
    pub(super) fn new(docs: impl Iterator<Item = DocId>) -> Self {
        let ahead = docs.enumerate().map(|(number, doc)| Reverse((doc, number))).collect();
        let mut front = Self { ahead, here: Vec::new(), doc: 0 };
        front.settle();
        front
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
        // Most leaves are one word: a heap of one is but a cost.
        if let ([number], true) = (self.here.as_slice(), self.ahead.is_empty()) {
            self.doc = seek(*number, target);
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
