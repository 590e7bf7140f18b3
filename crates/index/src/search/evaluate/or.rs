//! Alternatives.

use tantivy::{DocId, TERMINATED};

use super::front::Front;
use super::node::{Node, Standing};
use crate::search::intervals::Interval;

/// Parts any of which may hold: only those are asked about a paragraph that may hold of it.
pub(crate) struct Or<'a> {
    parts: Vec<Node<'a>>,
    /// Whether no occurrence is one of two of them.
    apart: bool,
    /// Nothing before a paragraph is asked for.
    front: Option<Front>,
}

impl<'a> Or<'a> {
    pub(super) fn new(parts: Vec<Node<'a>>, apart: bool) -> Self {
        Self { parts, apart, front: None }
    }

    /// Whether no occurrence is one of two of its parts.
    pub(super) fn is_apart(&self) -> bool {
        self.apart
    }

    pub(super) fn cost(&self) -> u64 {
        self.parts.iter().map(Node::cost).sum()
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let parts = &mut self.parts;
        let front = self.front.get_or_insert_with(|| Front::new(parts.iter_mut().map(|part| part.seek(0))));
        front
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
            for &number in here(&self.front) {
                if let Some(part) = self.parts.get_mut(number) {
                    standing = standing.max(part.matches(doc, window, out, counts));
                }
            }
        }
        standing
    }

    pub(super) fn tally(&mut self, doc: DocId, counts: &mut [u32]) -> Option<(Standing, u32)> {
        if !self.apart {
            return None;
        }
        let (mut standing, mut sum) = (Standing::No, 0);
        if self.seek(doc) == doc {
            for &number in here(&self.front) {
                if let Some(part) = self.parts.get_mut(number) {
                    let (one, often) = part.tally(doc, counts);
                    standing = standing.max(one);
                    sum += often;
                }
            }
        }
        Some((standing, sum))
    }

    /// All parts.
    pub(super) fn all(&self) -> &[Node<'a>] {
        &self.parts
    }

    /// All parts.
    pub(super) fn all_mut(&mut self) -> &mut [Node<'a>] {
        &mut self.parts
    }

    /// The parts, and the places of those that may hold of the current paragraph.
    pub(super) fn parts(&mut self) -> (&mut [Node<'a>], &[usize]) {
        (&mut self.parts, here(&self.front))
    }
}

/// The lists at the current paragraph.
fn here(front: &Option<Front>) -> &[usize] {
    front.as_ref().map_or(&[], Front::here)
}
