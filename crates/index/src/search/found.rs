//! Paragraphs that match, before their text is fetched.

use tantivy::DocId;

/// A paragraph that matches.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct FoundParagraph {
    /// The number of its source, which is its rank in report order.
    pub(crate) source: u32,
    /// Its number among the paragraphs of the source, one-based.
    pub(crate) ordinal: u32,
    /// Number of occurrences of the query in it.
    pub(crate) occurrences: u32,
    /// Number of reports that contain the paragraph word for word, if it is boilerplate; else zero.
    pub(crate) boilerplate: u32,
    /// The BM25 score, not yet rounded; zero if scores were not asked for.
    pub(crate) score: f64,
}

// Ordered by position in the corpus alone, which identifies a paragraph within one search. The order of hits is that of
// `SortKey`.
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

/// The document of a paragraph: the number of its segment and its number in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SegmentDoc {
    pub(crate) segment: usize,
    pub(crate) doc: DocId,
}
