//! Alternatives.

use tantivy::{DocId, TERMINATED};

use super::front::Front;
use super::node::{Node, Standing};
use crate::intervals::Interval;

/// Parts any of which may hold: only those are asked about a paragraph that may hold of it.
pub(crate) struct Or<'a> {
    parts: Vec<Node<'a>>,
    front: Front,
}

impl<'a> Or<'a> {
    pub(super) fn new(mut parts: Vec<Node<'a>>) -> Self {
        let front = Front::new(parts.iter_mut().map(|part| part.seek(0)));
        Self { parts, front }
    }

    pub(super) fn cost(&self) -> u64 {
        self.parts.iter().map(Node::cost).sum()
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let parts = &mut self.parts;
        self.front
            .seek(target, |number, target| parts.get_mut(number).map_or(TERMINATED, |part| part.seek(target)))
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
            for &number in self.front.here() {
                if let Some(part) = self.parts.get_mut(number) {
                    standing = standing.max(part.matches(doc, window, out, counts));
                }
            }
        }
        standing
    }
}
