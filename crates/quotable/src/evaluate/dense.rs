//! The paragraphs of very many terms, counted in windows.

use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, TERMINATED};

use super::posting::ahead;
use super::window::Span;

/// The union of many postings of which only frequencies are asked: what a wildcard of few letters comes to. Postings
/// are added up one after another over a window of documents.
pub(crate) struct Dense {
    cursors: Vec<Cursor>,
    cost: u64,
    doc: DocId,
    /// The window: its first document, and the first behind it.
    base: DocId,
    end: DocId,
    span: Span,
    /// How often the terms stand in each document of the window.
    counts: Vec<u32>,
    /// Those that hold any, a bit each.
    held: Vec<u64>,
}

struct Cursor {
    blocks: BlockSegmentPostings,
    /// The place in the block, and the document there.
    at: usize,
    doc: DocId,
}

impl Dense {
    pub(super) fn new(postings: Vec<BlockSegmentPostings>) -> Self {
        let cost = postings.iter().map(|one| u64::from(one.doc_freq())).sum();
        let cursors = postings.into_iter().map(|blocks| Cursor { at: 0, doc: blocks.doc(0), blocks });
        let mut dense = Self {
            cursors: cursors.collect(),
            cost,
            doc: 0,
            base: 0,
            end: 0,
            span: Span::default(),
            counts: Vec::new(),
            held: Vec::new(),
        };
        dense.fill(0);
        dense
    }

    /// The most paragraphs there can be.
    pub(super) fn cost(&self) -> u64 {
        self.cost
    }

    /// Goes to the first paragraph at or after the target.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = if target < self.end { self.next(target) } else { TERMINATED };
            if self.doc == TERMINATED {
                self.fill(target.max(self.end));
            }
        }
        self.doc
    }

    /// How often the terms stand in the current paragraph.
    pub(super) fn frequency(&self) -> u32 {
        let place = self.doc.wrapping_sub(self.base) as usize;
        self.counts.get(place).copied().unwrap_or(0)
    }

    /// How many paragraphs there are, from the current one to the last.
    pub(super) fn count(&mut self) -> u64 {
        let mut count = 0;
        while self.doc != TERMINATED {
            count += self.held.iter().map(|word| u64::from(word.count_ones())).sum::<u64>();
            self.span.asked_all();
            self.fill(self.end);
        }
        count
    }

    /// The first document of the window at or after the target.
    fn next(&mut self, target: DocId) -> DocId {
        self.span.asked();
        let place = target - self.base;
        let mut at = (place / u64::BITS) as usize;
        let mut mask = u64::MAX << (place % u64::BITS);
        while let Some(word) = self.held.get(at) {
            let word = word & mask;
            if word != 0 {
                return self.base + at as u32 * u64::BITS + word.trailing_zeros();
            }
            mask = u64::MAX;
            at += 1;
        }
        TERMINATED
    }

    /// Reads the first window at or after a document that holds anything, and goes to the first document there.
    fn fill(&mut self, from: DocId) {
        let held: u32 = self.held.iter().map(|word| word.count_ones()).sum();
        let span = self.span.next(held as usize);
        let mut next = self.cursors.iter_mut().map(|cursor| cursor.seek(from)).min().unwrap_or(TERMINATED);
        // From the first that is there: a window is never empty but the last.
        self.base = next;
        self.end = next.saturating_add(span).min(TERMINATED);
        self.counts.clear();
        self.counts.resize(span as usize, 0);
        self.held.clear();
        self.held.resize(span.div_ceil(u64::BITS) as usize, 0);
        if next != TERMINATED {
            for cursor in &mut self.cursors {
                cursor.add(self.base, self.end, &mut self.counts, &mut self.held);
            }
            self.cursors.retain(|cursor| cursor.doc != TERMINATED);
            next = self.next(self.base);
        }
        self.doc = next;
    }
}

impl Cursor {
    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.at = self.blocks.seek(target);
            self.doc = ahead(self.blocks.doc(self.at), target);
        }
        self.doc
    }

    /// Adds what stands before the end of a window.
    fn add(&mut self, base: DocId, end: DocId, counts: &mut [u32], held: &mut [u64]) {
        while self.doc < end {
            let docs = self.blocks.docs();
            let from = self.at;
            let inside = docs[from..].iter().take_while(|&&doc| doc < end);
            for (at, &doc) in (from..).zip(inside) {
                let place = doc - base;
                counts[place as usize] += self.blocks.freq(at);
                held[(place / u64::BITS) as usize] |= 1 << (place % u64::BITS);
                self.at = at + 1;
            }
            if self.at == docs.len() {
                // The last block alone is not a full one.
                self.blocks.advance();
                self.at = 0;
            }
            self.doc = ahead(self.blocks.doc(self.at), base);
        }
    }
}
