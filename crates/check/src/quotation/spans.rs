//! Spans: quotations by their places. Of many, the first are kept in bounded memory.

use std::ops::Range;

/// A quotation, by the bytes of the paragraphs it runs over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) parts: Vec<SpanPart>,
    /// The number of quotations around it.
    pub(super) depth: u32,
    /// False if its closing mark is missing.
    pub(super) closed: bool,
    /// True for a paragraph of its own without marks.
    pub(super) block: bool,
}

impl Span {
    /// A block quotation.
    pub(super) fn block(part: SpanPart) -> Self {
        Self { parts: vec![part], depth: 0, closed: true, block: true }
    }
}

/// The part of a span in one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SpanPart {
    /// Index into the slice of paragraphs searched.
    pub(super) paragraph: usize,
    pub(super) bytes: Range<usize>,
}

impl SpanPart {
    /// All of a paragraph's text but the white space around it.
    pub(super) fn whole(paragraph: usize, text: &str) -> Self {
        let start = text.len() - text.trim_start().len();
        Self { paragraph, bytes: start..start + text.trim().len() }
    }
}

/// Spans, of which the first `most` are kept. The others are counted, and so is what they cover of each paragraph.
#[derive(Debug)]
pub(super) struct Spans {
    kept: Vec<Span>,
    most: usize,
    total: u64,
    /// For each paragraph, the bytes of the longest part in it; zero if it has none.
    longest: Vec<usize>,
}

/// Spans held beyond those wanted before they are sorted and cut: sorting after every span would be slow.
const BUFFER: usize = 1_024;

impl Spans {
    /// No spans, of an article of so many paragraphs.
    pub(super) fn new(paragraphs: usize, most: usize) -> Self {
        Self { kept: Vec::new(), most, total: 0, longest: vec![0; paragraphs] }
    }

    /// Adds a span, unless it holds nothing.
    pub(super) fn push(&mut self, span: Span) {
        if span.parts.is_empty() {
            return;
        }
        for part in &span.parts {
            if let Some(longest) = self.longest.get_mut(part.paragraph) {
                *longest = (*longest).max(part.bytes.len());
            }
        }
        self.total += 1;
        self.kept.push(span);
        if self.kept.len() >= self.most.saturating_add(BUFFER) {
            self.cut();
        }
    }

    /// The bytes of the longest part in a paragraph; `None` if it has none.
    pub(super) fn longest_in(&self, paragraph: usize) -> Option<usize> {
        self.longest.get(paragraph).copied().filter(|longest| *longest > 0)
    }

    /// Those that are kept.
    pub(super) fn kept_mut(&mut self) -> &mut [Span] {
        &mut self.kept
    }

    /// The number of all.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// The first, in the order in which they begin, outer before inner.
    pub(super) fn into_first(mut self) -> Vec<Span> {
        self.cut();
        self.kept
    }

    /// Drops the spans behind the first. Spans come in the order in which they end, so the first may come late.
    fn cut(&mut self) {
        self.kept.sort_by_key(|span| {
            (span.parts.first().map(|part| (part.paragraph, part.bytes.start)), span.depth)
        });
        self.kept.truncate(self.most);
    }
}
