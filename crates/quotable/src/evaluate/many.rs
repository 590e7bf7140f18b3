//! The paragraphs of very many terms, read in windows.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, TERMINATED};

/// The union of many postings: what a wildcard of few letters comes to. Postings are read one after another over a
/// window of documents, not one document after another over all postings, which would have to be kept in order.
///
/// Windows grow while most of what they hold is asked for and shrink while it is not, so that a rare word beside the
/// wildcard does not have all its paragraphs read.
pub(crate) struct Many {
    postings: Vec<SegmentPostings>,
    /// The document at which each of the postings stands, and its number, of those that are not at their end.
    next: Vec<(DocId, u32)>,
    option: IndexRecordOption,
    cost: u64,
    doc: DocId,
    /// The window: its first document, and the first behind it.
    base: DocId,
    end: DocId,
    span: u32,
    /// How many documents of the window were asked for.
    asked: usize,
    /// The documents of the window that hold a term, from its first on.
    docs: Vec<u32>,
    /// The place of the current document in `docs`.
    at: usize,
    /// Where what is known of each of `docs` begins in `values`, and where the last ends.
    starts: Vec<usize>,
    /// The positions of each, in order; without positions how often the terms stand there.
    values: Vec<u32>,
    /// Kept to spare allocation: values with their documents, how many each document has, positions.
    read: Vec<(u32, u32)>,
    sizes: Vec<u32>,
    positions: Vec<u32>,
}

const LEAST: u32 = 64;
const MOST: u32 = 16 * 1024;

impl Many {
    pub(super) fn new(postings: Vec<SegmentPostings>, option: IndexRecordOption) -> Self {
        let mut many = Self {
            next: postings.iter().map(SegmentPostings::doc).zip(0..).collect(),
            cost: postings.iter().map(|one| u64::from(one.size_hint())).sum(),
            postings,
            option,
            doc: 0,
            base: 0,
            end: 0,
            span: 4 * LEAST,
            asked: 0,
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
            let (asked, held) = (self.asked, self.docs.len());
            self.span = if 4 * asked >= held { 4 * self.span } else { self.span / 4 };
            self.span = self.span.clamp(LEAST, MOST);
            self.fill(target.max(self.end));
        } else {
            self.land();
        }
        self.doc
    }

    /// How often the terms stand in the current paragraph.
    pub(super) fn frequency(&self) -> u32 {
        let values = self.here();
        if self.option.has_positions() {
            u32::try_from(values.len()).unwrap_or(u32::MAX)
        } else {
            values.first().copied().unwrap_or(0)
        }
    }

    /// Where the terms stand in the current paragraph, in order.
    pub(super) fn positions(&self) -> &[u32] {
        if self.option.has_positions() { self.here() } else { &[] }
    }

    fn here(&self) -> &[u32] {
        match self.starts.get(self.at..self.at + 2) {
            Some(&[start, end]) => &self.values[start..end],
            _ => &[],
        }
    }

    fn land(&mut self) {
        self.asked += 1;
        self.doc = self.docs.get(self.at).map_or(TERMINATED, |doc| self.base + doc);
    }

    /// Reads the first window at or after a document that holds anything.
    fn fill(&mut self, from: DocId) {
        self.base = from;
        self.read.clear();
        loop {
            self.end = self.base.saturating_add(self.span).min(TERMINATED);
            let next = self.read_window();
            if !self.read.is_empty() || next == TERMINATED {
                break;
            }
            self.base = next;
        }
        self.group();
        (self.at, self.asked) = (0, 0);
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
                    if self.option.has_positions() {
                        self.positions.clear();
                        one.append_positions_with_offset(0, &mut self.positions);
                        self.read.extend(self.positions.iter().map(|&position| (place, position)));
                    } else {
                        self.read.push((place, one.term_freq()));
                    }
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
        self.sizes.resize(self.span as usize, 0);
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
            let values = &mut self.values[self.starts[number]..self.starts[number + 1]];
            if self.option.has_positions() {
                values.sort_unstable();
            } else {
                values[0] = values.iter().sum();
            }
        }
    }
}
