//! Alternatives.

use tantivy::{DocId, TERMINATED};

use super::{MANY, Match, Scorer, merge_if_many};
use crate::interrupt::Interrupt;
use crate::search::evaluate::min_heap::MinHeap;
use crate::search::intervals::{Interval, Run};

/// Parts of which at least one must match. Only the parts that may match the current document are evaluated for it.
pub(crate) struct Or<'a> {
    parts: Vec<Scorer<'a>>,
    /// True if no occurrence of one part can also be one of another, so that their numbers add up.
    disjoint: bool,
    /// Numbers the parts as `parts` does. Built by the first `seek`: a search in windows never seeks.
    heap: Option<MinHeap>,
    interrupt: Interrupt,
}

impl<'a> Or<'a> {
    pub(crate) fn new(parts: Vec<Scorer<'a>>, disjoint: bool, interrupt: Interrupt) -> Self {
        Self { parts, disjoint, heap: None, interrupt }
    }

    /// True if no occurrence of one part can also be one of another.
    pub(super) fn is_disjoint(&self) -> bool {
        self.disjoint
    }

    pub(super) fn cost(&self) -> u64 {
        self.parts.iter().map(Scorer::cost).sum()
    }

    /// The first document at or after `target` that any part may match.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let parts = &mut self.parts;
        if self.interrupt.is_over() {
            return TERMINATED;
        }
        let heap = self.heap.get_or_insert_with(|| MinHeap::new(parts.iter_mut().map(|part| part.seek(0))));
        heap.seek(target, |number, target| {
            debug_assert!(number < parts.len(), "the heap names a part that is not there");
            parts.get_mut(number).map_or(TERMINATED, |part| part.seek(target))
        })
    }

    /// See [`Scorer::find_occurrences`]; the occurrences of different parts are not yet merged.
    pub(super) fn find_occurrences(
        &mut self,
        doc: DocId,
        within: Interval,
        out: &mut Vec<Interval>,
        counts: &mut [u32],
    ) -> Match {
        let (begin, mut many) = (out.len(), MANY);
        let mut matched = Match::No;
        if self.seek(doc) == doc {
            for &number in current(&self.heap) {
                if let Some(part) = self.parts.get_mut(number) {
                    matched = matched.max(part.find_occurrences(doc, within, out, counts));
                    merge_if_many(out, begin, &mut many);
                }
            }
            // These are sorted by the caller. Who stops looks for itself.
            let _ = self.interrupt.charge_items(8 * current(&self.heap).len() + 4 * (out.len() - begin));
        }
        matched
    }

    /// See [`Scorer::find_runs`]; the occurrences of different parts are not yet merged.
    pub(super) fn find_runs(&mut self, doc: DocId, within: Interval, out: &mut Vec<Run>) {
        if self.seek(doc) == doc {
            for &number in current(&self.heap) {
                if let Some(part) = self.parts.get_mut(number) {
                    part.find_runs(doc, within, out);
                }
            }
        }
    }

    /// See [`Scorer::count_occurrences`]; `None` if positions are needed.
    pub(super) fn count_occurrences(&mut self, doc: DocId, counts: &mut [u32]) -> Option<(Match, u32)> {
        if !self.disjoint {
            return None;
        }
        let (mut matched, mut sum) = (Match::No, 0);
        if self.seek(doc) == doc {
            for &number in current(&self.heap) {
                if let Some(part) = self.parts.get_mut(number) {
                    let (part_matched, occurrences) = part.count_occurrences(doc, counts);
                    matched = matched.max(part_matched);
                    sum += occurrences;
                }
            }
            let _ = self.interrupt.charge_items(current(&self.heap).len());
        }
        Some((matched, sum))
    }

    /// All parts.
    pub(super) fn parts(&self) -> &[Scorer<'a>] {
        &self.parts
    }

    /// All parts.
    pub(super) fn parts_mut(&mut self) -> &mut [Scorer<'a>] {
        &mut self.parts
    }

    /// The parts that may match the current document.
    pub(super) fn for_each_current(&mut self, mut each: impl FnMut(&mut Scorer<'a>)) {
        for &number in current(&self.heap) {
            if let Some(part) = self.parts.get_mut(number) {
                each(part);
            }
        }
    }
}

/// Numbers of the parts that may match the current document. A function of the field alone, so that `parts` can be
/// borrowed at the same time.
fn current(heap: &Option<MinHeap>) -> &[usize] {
    heap.as_ref().map_or(&[], MinHeap::current)
}
