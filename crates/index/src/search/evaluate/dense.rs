//! The paragraphs of very many terms, counted in windows.

use tantivy::{DocId, TERMINATED};

use super::frequencies::Unit;
use super::posting::Posting;
use super::window::Span;

/// The union of many postings of which only frequencies are asked: what a wildcard of few letters comes to. Postings
/// are added up one after another over a window of documents.
pub(crate) struct Dense {
    /// Those that are not at their end.
    postings: Vec<Posting>,
    cost: u64,
    doc: DocId,
    /// How often the terms stand in each document of the window; nothing before a document is asked for.
    unit: Option<Box<Unit>>,
    /// The first document behind the window.
    end: DocId,
    span: Span,
    /// How many documents of the window hold any.
    held: usize,
}

impl Dense {
    pub(super) fn new(postings: Vec<Posting>) -> Self {
        let cost = postings.iter().map(Posting::cost).sum();
        Self { postings, cost, doc: 0, unit: None, end: 0, span: Span::default(), held: 0 }
    }

    /// The most paragraphs there can be.
    pub(super) fn cost(&self) -> u64 {
        self.cost
    }

    /// Its postings, if nothing was asked of them yet.
    pub(super) fn unread(&mut self) -> Option<&mut Vec<Posting>> {
        if self.unit.is_none() { Some(&mut self.postings) } else { None }
    }

    /// Goes to the first paragraph at or after the target.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target || self.unit.is_none() {
            self.doc = if target < self.end { self.next(target) } else { TERMINATED };
            if self.doc == TERMINATED {
                self.fill(target.max(self.end));
            }
        }
        self.doc
    }

    /// How often the terms stand in the current paragraph.
    pub(super) fn frequency(&self) -> u32 {
        self.unit.as_ref().map_or(0, |unit| unit.of(self.doc))
    }

    /// The first document of the window at or after the target.
    fn next(&mut self, target: DocId) -> DocId {
        self.span.asked();
        self.unit.as_ref().and_then(|unit| unit.held().next(target)).unwrap_or(TERMINATED)
    }

    /// Reads the first window at or after a document that holds anything, and goes to the first document there.
    fn fill(&mut self, from: DocId) {
        let span = self.span.next(self.held);
        // From the first that is there: a window is never empty but the last.
        let first = self.postings.iter_mut().map(|one| one.seek(from)).min().unwrap_or(TERMINATED);
        self.end = first.saturating_add(span).min(TERMINATED);
        let unit = self.unit.get_or_insert_with(|| Box::new(Unit::new()));
        unit.clear(first);
        if first == TERMINATED {
            self.doc = TERMINATED;
            return;
        }
        for one in &mut self.postings {
            one.each(first, self.end, |doc, often| unit.add(doc, often));
        }
        self.postings.retain(|one| one.doc() != TERMINATED);
        self.held = unit.held().len();
        self.doc = self.next(first);
    }
}
