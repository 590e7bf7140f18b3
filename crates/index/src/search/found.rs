//! Paragraphs that match, before they are fetched.

use tantivy::DocId;

/// A paragraph that matches.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct FoundParagraph {
    /// The number of its source: its place in report order.
    pub(crate) source: u32,
    /// Its place among the paragraphs of the source, one-based.
    pub(crate) ordinal: u32,
    pub(crate) occurrences: u32,
    /// In how many reports the paragraph stands, if it is boilerplate; else zero.
    pub(crate) boilerplate: u32,
    /// Before it is rounded.
    pub(crate) score: f64,
}

/// Found paragraphs are told apart by their keys alone; see [`SortKey`](crate::search::order::SortKey).
impl Eq for FoundParagraph {}

impl PartialOrd for FoundParagraph {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for FoundParagraph {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.source, self.ordinal).cmp(&(other.source, other.ordinal))
    }
}

/// Where a paragraph stands in the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SegmentDoc {
    pub(crate) segment: usize,
    pub(crate) doc: DocId,
}
