//! Sources of paragraphs without words: runs of documents.

use std::ops::Range;

use tantivy::{DocId, TERMINATED};

use crate::store::sources::{SourceRange, reach};

/// The paragraphs of the live sources of a segment, or of some of them.
#[derive(Clone)]
pub(crate) struct SourceDocs<'a> {
    runs: &'a [SourceRange],
    wanted: Option<&'a [bool]>,
    at: usize,
    doc: DocId,
}

impl<'a> SourceDocs<'a> {
    pub(crate) fn new(runs: &'a [SourceRange], wanted: Option<&'a [bool]>) -> Self {
        let mut all = Self { runs, wanted, at: 0, doc: 0 };
        all.doc = all.find(0);
        all
    }

    pub(crate) fn cost(&self) -> u64 {
        let wanted = |run: &&SourceRange| self.is_wanted(run);
        self.runs.iter().filter(wanted).map(|run| u64::from(run.len)).sum()
    }

    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.find(target);
        }
        self.doc
    }

    /// The source of the current paragraph.
    pub(crate) fn here(&self) -> Option<&'a SourceRange> {
        self.runs.get(self.at)
    }

    /// The least number of the sources from the current paragraph to before a document, if there are but a few.
    pub(crate) fn least_source(&self, end: DocId) -> Option<u32> {
        const FEW: usize = 64;
        let mut ahead = self.runs.get(self.at..)?.iter().take_while(|run| run.base < end);
        let least = ahead.by_ref().take(FEW).map(|run| run.source).min();
        if ahead.next().is_some() { None } else { least }
    }

    fn is_wanted(&self, run: &SourceRange) -> bool {
        self.wanted.is_none_or(|wanted| wanted.get(run.source as usize) == Some(&true))
    }

    fn find(&mut self, target: DocId) -> DocId {
        let ahead = self.runs.get(self.at..).unwrap_or_default();
        self.at += reach(ahead, target);
        while let Some(run) = self.runs.get(self.at) {
            if run.len > 0 && self.is_wanted(run) {
                return target.max(run.base + 1);
            }
            self.at += 1;
        }
        TERMINATED
    }
}

/// The paragraphs of some runs of documents.
pub(crate) struct RangeDocs<'a> {
    ranges: &'a [Range<DocId>],
    at: usize,
    doc: DocId,
}

impl<'a> RangeDocs<'a> {
    /// The ranges are in order and apart.
    pub(crate) fn new(ranges: &'a [Range<DocId>]) -> Self {
        Self { ranges, at: 0, doc: ranges.first().map_or(TERMINATED, |range| range.start) }
    }

    pub(crate) fn cost(&self) -> u64 {
        self.ranges.iter().map(|range| range.len() as u64).sum()
    }

    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            let ahead = self.ranges.get(self.at..).unwrap_or_default();
            self.at += ahead.partition_point(|range| range.end <= target);
            self.doc = self.ranges.get(self.at).map_or(TERMINATED, |range| range.start.max(target));
        }
        self.doc
    }
}
