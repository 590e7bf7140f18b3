//! A union of many posting lists, with positions.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::{DocId, DocSet as _, TERMINATED};

use crate::interrupt::Interrupt;
use crate::search::evaluate::window_size::WindowSize;

/// The union of more posting lists than a heap merges well, as of a wildcard with few letters.
///
/// The lists are decoded one after another into a window of documents. To merge them document by document would mean to
/// keep all of them in order all the time. The positions of a window are grouped by document with a counting sort.
pub(crate) struct PositionsUnion {
    postings: Vec<SegmentPostings>,
    /// Current document and index in `postings` of each list that has not ended.
    next: Vec<(DocId, u32)>,
    cost: u64,
    doc: DocId,
    /// The first document of the window.
    base: DocId,
    /// The first document after the window.
    end: DocId,
    size: WindowSize,
    /// Number of documents that the window covers.
    width: u32,
    /// Offsets in the window of the documents that contain a term, in order.
    docs: Vec<u32>,
    /// Index in `docs` of the current document.
    index: usize,
    /// For each of `docs`, where its positions begin in `positions`; then where the last ones end.
    starts: Vec<usize>,
    /// The positions in each of `docs`, in order.
    positions: Vec<u32>,
    /// Reused buffers: pairs of document offset and position in the order read, the number of positions for each
    /// document, and the positions of one term in one document.
    unsorted: Vec<(u32, u32)>,
    counts: Vec<u32>,
    term_positions: Vec<u32>,
    interrupt: Interrupt,
}

impl PositionsUnion {
    pub(super) fn new(postings: Vec<SegmentPostings>, interrupt: Interrupt) -> Self {
        let mut union = Self {
            next: postings.iter().map(SegmentPostings::doc).zip(0..).collect(),
            cost: postings.iter().map(|one| u64::from(one.size_hint())).sum(),
            postings,
            doc: 0,
            base: 0,
            end: 0,
            size: WindowSize::default(),
            width: 0,
            docs: Vec::new(),
            index: 0,
            starts: vec![0],
            positions: Vec::new(),
            unsorted: Vec::new(),
            counts: Vec::new(),
            term_positions: Vec::new(),
            interrupt,
        };
        union.fill(0);
        union
    }

    /// Upper bound of the number of documents.
    pub(super) fn cost(&self) -> u64 {
        self.cost
    }

    /// Goes to the first document at or after `target`. Targets must not decrease.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if target < self.end {
            let offset = target - self.base;
            self.index += self.docs[self.index..].partition_point(|&doc| doc < offset);
        }
        if target >= self.end || self.index == self.docs.len() {
            self.fill(target.max(self.end));
        } else {
            self.update_doc();
        }
        self.doc
    }

    /// Summed frequency of the terms in the current document.
    pub(super) fn frequency(&self) -> u32 {
        u32::try_from(self.positions().len()).unwrap_or(u32::MAX)
    }

    /// Positions of the terms in the current document, in order; none at the end.
    pub(super) fn positions(&self) -> &[u32] {
        match self.starts.get(self.index..self.index + 2) {
            Some(&[start, end]) => &self.positions[start..end],
            _ => &[],
        }
    }

    /// Sets the current document from `index`.
    fn update_doc(&mut self) {
        self.size.visit();
        self.doc = self.docs.get(self.index).map_or(TERMINATED, |doc| self.base + doc);
    }

    /// Decodes the next window with a document at or after `start`, and goes to that document.
    fn fill(&mut self, start: DocId) {
        self.width = self.size.next(self.docs.len());
        self.base = start;
        self.unsorted.clear();
        loop {
            self.end = self.base.saturating_add(self.width).min(TERMINATED);
            let lists = self.next.len();
            let next = self.decode_window();
            if self.interrupt.charge_items(lists + self.unsorted.len()).is_err() {
                self.unsorted.clear();
                self.next.clear();
                break;
            }
            if !self.unsorted.is_empty() || next == TERMINATED {
                break;
            }
            self.base = next;
        }
        self.group_by_doc();
        self.index = 0;
        self.update_doc();
    }

    /// Reads the positions in the window from all lists into `unsorted`. Returns the first document after the window.
    fn decode_window(&mut self) -> DocId {
        let mut first_after = TERMINATED;
        self.next.retain_mut(|(next, number)| {
            if *next < self.end
                && let Some(postings) = self.postings.get_mut(*number as usize)
            {
                let mut doc = if *next < self.base { postings.seek(self.base) } else { *next };
                while doc < self.end {
                    let offset = doc - self.base;
                    self.term_positions.clear();
                    postings.append_positions_with_offset(0, &mut self.term_positions);
                    self.unsorted.extend(self.term_positions.iter().map(|&position| (offset, position)));
                    doc = postings.advance();
                }
                *next = doc;
            }
            first_after = first_after.min(*next);
            *next != TERMINATED
        });
        first_after
    }

    /// Groups `unsorted` by document: a counting sort by document, then a sort of the positions of each.
    fn group_by_doc(&mut self) {
        self.counts.clear();
        self.counts.resize(self.width as usize, 0);
        for (offset, _) in &self.unsorted {
            self.counts[*offset as usize] += 1;
        }
        self.docs.clear();
        self.starts.clear();
        let mut start = 0;
        for (offset, count) in (0..).zip(&mut self.counts) {
            if *count > 0 {
                self.docs.push(offset);
                self.starts.push(start as usize);
                // From here on `counts` holds where to write the document's next position.
                start += std::mem::replace(count, start);
            }
        }
        self.starts.push(start as usize);
        self.positions.clear();
        self.positions.resize(start as usize, 0);
        for &(offset, position) in &self.unsorted {
            let write_at = &mut self.counts[offset as usize];
            self.positions[*write_at as usize] = position;
            *write_at += 1;
        }
        for number in 0..self.docs.len() {
            self.positions[self.starts[number]..self.starts[number + 1]].sort_unstable();
        }
    }
}
