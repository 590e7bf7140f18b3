//! The places of very many terms, read in windows.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::window::Span;

/// The union of many postings: what a wildcard of few letters comes to. Postings are read one after another over a
/// window of documents, not one document after another over all postings, which would have to be kept in order.
pub(crate) struct Many {
    postings: Vec<SegmentPostings>,
    /// The document at which each of the postings stands, and its number, of those that are not at their end.
    next: Vec<(DocId, u32)>,
    cost: u64,
    doc: DocId,
    /// The window: its first document, and the first behind it.
    base: DocId,
    end: DocId,
    span: Span,
    /// How many documents it takes in.
    width: u32,
    /// The documents of the window that hold a term, from its first on.
    docs: Vec<u32>,
    /// The place of the current document in `docs`.
    at: usize,
    /// Where what is known of each of `docs` begins in `values`, and where the last ends.
    starts: Vec<usize>,
    /// The positions of each, in order.
    values: Vec<u32>,
    /// Kept to spare allocation: positions with their documents, how many each document has, those of one term.
    read: Vec<(u32, u32)>,
    sizes: Vec<u32>,
    positions: Vec<u32>,
}

impl Many {
    pub(super) fn new(postings: Vec<SegmentPostings>) -> Self {
        let mut many = Self {
            next: postings.iter().map(SegmentPostings::doc).zip(0..).collect(),
            cost: postings.iter().map(|one| u64::from(one.size_hint())).sum(),
            postings,
            doc: 0,
            base: 0,
            end: 0,
            span: Span::default(),
            width: 0,
            docs: Vec::new(),
            at: 0,
            starts: vec![0],
            values: Vec::new(),
            read: Vec::new(),
            sizes: Vec::new(),
            positions: Vec::new(),
        };
        many.fill(0);
        many
    }

    /// The most paragraphs there can be.
    pub(super) fn cost(&self) -> u64 {
        self.cost
    }

    /// Goes to the first paragraph at or after the target.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if target < self.end {
            let wanted = target - self.base;
            self.at += self.docs[self.at..].partition_point(|&doc| doc < wanted);
        }
        if target >= self.end || self.at == self.docs.len() {
            self.fill(target.max(self.end));
        } else {
            self.land();
        }
        self.doc
    }

    /// How often the terms stand in the current paragraph.
    pub(super) fn frequency(&self) -> u32 {
        u32::try_from(self.positions().len()).unwrap_or(u32::MAX)
    }

    /// Where the terms stand in the current paragraph, in order.
    pub(super) fn positions(&self) -> &[u32] {
        match self.starts.get(self.at..self.at + 2) {
            Some(&[start, end]) => &self.values[start..end],
            _ => &[],
        }
    }

    fn land(&mut self) {
        self.span.asked();
        self.doc = self.docs.get(self.at).map_or(TERMINATED, |doc| self.base + doc);
    }

    /// Reads the first window at or after a document that holds anything.
    fn fill(&mut self, from: DocId) {
        self.width = self.span.next(self.docs.len());
        self.base = from;
        self.read.clear();
        loop {
            self.end = self.base.saturating_add(self.width).min(TERMINATED);
            let next = self.read_window();
            if !self.read.is_empty() || next == TERMINATED {
                break;
            }
            self.base = next;
        }
        self.group();
        self.at = 0;
        self.land();
    }

    /// Reads what the postings hold of the window. Gives the first document behind it.
    fn read_window(&mut self) -> DocId {
        let mut least = TERMINATED;
        self.next.retain_mut(|(next, number)| {
            if *next < self.end
                && let Some(one) = self.postings.get_mut(*number as usize)
            {
                let mut doc = if *next < self.base { one.seek(self.base) } else { *next };
                while doc < self.end {
                    let place = doc - self.base;
                    self.positions.clear();
                    one.append_positions_with_offset(0, &mut self.positions);
                    self.read.extend(self.positions.iter().map(|&position| (place, position)));
                    doc = one.advance();
                }
                *next = doc;
            }
            least = least.min(*next);
            *next != TERMINATED
        });
        least
    }

    /// Brings what was read in the order of documents.
    fn group(&mut self) {
        self.sizes.clear();
        self.sizes.resize(self.width as usize, 0);
        for (place, _) in &self.read {
            self.sizes[*place as usize] += 1;
        }
        self.docs.clear();
        self.starts.clear();
        let mut start = 0;
        for (place, size) in (0..).zip(&mut self.sizes) {
            if *size > 0 {
                self.docs.push(place);
                self.starts.push(start as usize);
                // From here on where the next value of the document goes.
                start += std::mem::replace(size, start);
            }
        }
        self.starts.push(start as usize);
        self.values.clear();
        self.values.resize(start as usize, 0);
        for &(place, value) in &self.read {
            let to = &mut self.sizes[place as usize];
            self.values[*to as usize] = value;
            *to += 1;
        }
        for number in 0..self.docs.len() {
            self.values[self.starts[number]..self.starts[number + 1]].sort_unstable();
        }
    }
}
