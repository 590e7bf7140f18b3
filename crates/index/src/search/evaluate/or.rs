//! Alternatives.

use tantivy::{DocId, TERMINATED};

use super::min_heap::MinHeap;
use super::scorer::{Match, Scorer};
use crate::search::intervals::Interval;

/// Parts any of which may hold: only those are asked about a paragraph that may hold of it.
pub(crate) struct Or<'a> {
    parts: Vec<Scorer<'a>>,
    /// Whether no occurrence is one of two of them.
    apart: bool,
    /// Nothing before a paragraph is asked for.
    min_heap: Option<MinHeap>,
}

impl<'a> Or<'a> {
    pub(super) fn new(parts: Vec<Scorer<'a>>, apart: bool) -> Self {
        Self { parts, apart, min_heap: None }
    }

    /// Whether no occurrence is one of two of its parts.
    pub(super) fn is_apart(&self) -> bool {
        self.apart
    }

    pub(super) fn cost(&self) -> u64 {
        self.parts.iter().map(Scorer::cost).sum()
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let parts = &mut self.parts;
        let min_heap =
            self.min_heap.get_or_insert_with(|| MinHeap::new(parts.iter_mut().map(|part| part.seek(0))));
        min_heap
            .seek(target, |number, target| parts.get_mut(number).map_or(TERMINATED, |part| part.seek(target)))
    }

    pub(super) fn matches(
        &mut self,
        doc: DocId,
        window: Interval,
        out: &mut Vec<Interval>,
        counts: &mut [u32],
    ) -> Match {
        let mut standing = Match::No;
        if self.seek(doc) == doc {
            for &number in here(&self.min_heap) {
                if let Some(part) = self.parts.get_mut(number) {
                    standing = standing.max(part.matches(doc, window, out, counts));
                }
            }
        }
        standing
    }

    pub(super) fn tally(&mut self, doc: DocId, counts: &mut [u32]) -> Option<(Match, u32)> {
        if !self.apart {
            return None;
        }
        let (mut standing, mut sum) = (Match::No, 0);
        if self.seek(doc) == doc {
            for &number in here(&self.min_heap) {
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
    pub(super) fn all(&self) -> &[Scorer<'a>] {
        &self.parts
    }

    /// All parts.
    pub(super) fn all_mut(&mut self) -> &mut [Scorer<'a>] {
        &mut self.parts
    }

    /// The parts, and the places of those that may hold of the current paragraph.
    pub(super) fn parts(&mut self) -> (&mut [Scorer<'a>], &[usize]) {
        (&mut self.parts, here(&self.min_heap))
    }
}

/// The lists at the current paragraph.
fn here(min_heap: &Option<MinHeap>) -> &[usize] {
    min_heap.as_ref().map_or(&[], MinHeap::here)
}
