//! Document iterators that read no postings: the paragraphs of sources, and ranges of documents.

use std::ops::Range;

use tantivy::{DocId, TERMINATED};

use crate::store::sources::{SourceRange, reach};

/// Iterates over the paragraphs of the live sources of a segment, or of some of them.
#[derive(Clone)]
pub(crate) struct SourceDocs<'a> {
    sources: &'a [SourceRange],
    /// Which sources to include, by number; all if `None`.
    selected: Option<&'a [bool]>,
    /// Index in `sources` of the current one.
    index: usize,
    doc: DocId,
}

impl<'a> SourceDocs<'a> {
    /// Starts at the first paragraph. `selected` marks the sources to include, by number.
    pub(crate) fn new(sources: &'a [SourceRange], selected: Option<&'a [bool]>) -> Self {
        let mut docs = Self { sources, selected, index: 0, doc: 0 };
        docs.doc = docs.find(0);
        docs
    }

    /// Number of paragraphs.
    pub(super) fn cost(&self) -> u64 {
        let selected = |source: &&SourceRange| self.is_selected(source);
        self.sources.iter().filter(selected).map(|source| u64::from(source.len)).sum()
    }

    /// Goes to the first paragraph at or after `target`. Targets must not decrease.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.find(target);
        }
        self.doc
    }

    /// The source of the current paragraph; `None` at the end.
    pub(crate) fn current(&self) -> Option<&'a SourceRange> {
        self.sources.get(self.index)
    }

    /// Smallest source number from the current paragraph to before `end`; `None` if there are too many sources to look
    /// at each.
    pub(crate) fn min_source(&self, end: DocId) -> Option<u32> {
        const MAX_SOURCES: usize = 64;
        let mut ahead = self.sources.get(self.index..)?.iter().take_while(|source| source.base < end);
        let min = ahead.by_ref().take(MAX_SOURCES).map(|source| source.source).min();
        if ahead.next().is_some() { None } else { min }
    }

    /// Calls `each` for every source with paragraphs in `window_docs`, with the range of those paragraphs. Successive
    /// calls need increasing windows.
    pub(super) fn for_each_source(
        &mut self,
        window_docs: Range<DocId>,
        mut each: impl FnMut(&SourceRange, Range<DocId>),
    ) {
        let mut doc = self.seek(window_docs.start);
        while doc < window_docs.end {
            let Some(source) = self.current() else { return };
            // A source may extend into the next window.
            let end = (source.base + source.len + 1).min(window_docs.end);
            each(source, doc..end);
            doc = self.seek(end);
        }
    }

    fn is_selected(&self, source: &SourceRange) -> bool {
        self.selected.is_none_or(|selected| selected.get(source.source as usize) == Some(&true))
    }

    fn find(&mut self, target: DocId) -> DocId {
        let ahead = self.sources.get(self.index..).unwrap_or_default();
        self.index += reach(ahead, target);
        while let Some(source) = self.sources.get(self.index) {
            if source.len > 0 && self.is_selected(source) {
                // The document at `base` is the source itself, not a paragraph.
                return target.max(source.base + 1);
            }
            self.index += 1;
        }
        TERMINATED
    }
}

/// Iterates over the documents of some ranges.
pub(crate) struct RangeDocs<'a> {
    ranges: &'a [Range<DocId>],
    /// Index of the range that holds the current document.
    index: usize,
    doc: DocId,
}

impl<'a> RangeDocs<'a> {
    /// The ranges must be in order and must not overlap.
    pub(super) fn new(ranges: &'a [Range<DocId>]) -> Self {
        Self { ranges, index: 0, doc: ranges.first().map_or(TERMINATED, |range| range.start) }
    }

    /// Number of documents.
    pub(super) fn cost(&self) -> u64 {
        self.ranges.iter().map(|range| range.len() as u64).sum()
    }

    /// Goes to the first document at or after `target`. Targets must not decrease.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            let ahead = self.ranges.get(self.index..).unwrap_or_default();
            self.index += ahead.partition_point(|range| range.end <= target);
            self.doc = self.ranges.get(self.index).map_or(TERMINATED, |range| range.start.max(target));
        }
        self.doc
    }
}
