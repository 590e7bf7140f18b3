//! Alternatives.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use tantivy::{DocId, TERMINATED};

use super::node::{Node, Standing};
use crate::intervals::Interval;

/// Parts any of which may hold: only those are asked about a paragraph that may hold of it.
pub(crate) struct Or<'a> {
    parts: Vec<Node<'a>>,
    /// Those beyond the current paragraph, by their own.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
    /// Those that may hold of the current paragraph.
    here: Vec<usize>,
    doc: DocId,
}

impl<'a> Or<'a> {
    pub(super) fn new(mut parts: Vec<Node<'a>>) -> Self {
        let ahead =
            parts.iter_mut().enumerate().map(|(number, part)| Reverse((part.seek(0), number))).collect();
        let mut or = Self { parts, ahead, here: Vec::new(), doc: 0 };
        or.settle();
        or
    }

    pub(super) fn cost(&self) -> u64 {
        self.parts.iter().map(Node::cost).sum()
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        for number in self.here.drain(..) {
            let doc = self.parts.get_mut(number).map_or(TERMINATED, |part| part.seek(target));
            if doc != TERMINATED {
                self.ahead.push(Reverse((doc, number)));
            }
        }
        while let Some(mut first) = self.ahead.peek_mut() {
            let Reverse((doc, number)) = *first;
            if doc >= target {
                break;
            }
            let doc = self.parts.get_mut(number).map_or(TERMINATED, |part| part.seek(target));
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

    pub(super) fn matches(
        &mut self,
        doc: DocId,
        window: Interval,
        out: &mut Vec<Interval>,
        counts: &mut [u32],
    ) -> Standing {
        let mut standing = Standing::No;
        if self.seek(doc) == doc {
            for number in &self.here {
                if let Some(part) = self.parts.get_mut(*number) {
                    standing = standing.max(part.matches(doc, window, out, counts));
                }
            }
        }
        standing
    }
}
