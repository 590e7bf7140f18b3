//! Sources of paragraphs: postings, unions of postings, runs.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED, Term};

use crate::table::Run;
use crate::{Error, Result};

/// The paragraphs in which any of several terms stands, in order, and the positions there.
///
/// One term stands at a position, so positions of different terms never coincide.
pub(crate) struct Union {
    postings: Vec<SegmentPostings>,
    /// Those beyond the current paragraph, by their own.
    ahead: BinaryHeap<Reverse<(DocId, u32)>>,
    /// Those at the current paragraph.
    here: Vec<u32>,
    doc: DocId,
    positions: Vec<u32>,
    /// The paragraph whose positions are loaded.
    loaded: DocId,
}

impl Union {
    pub(crate) fn open<'t>(
        reader: &SegmentReader,
        fields: &[Field],
        terms: impl Iterator<Item = &'t str> + Clone,
        option: IndexRecordOption,
    ) -> Result<Self> {
        let mut postings = Vec::new();
        for &field in fields {
            let index = reader.inverted_index(field).map_err(Error::of_engine)?;
            for term in terms.clone() {
                let term = Term::from_field_text(field, term);
                postings.extend(index.read_postings(&term, option)?);
            }
        }
        let ahead = (0..).zip(&postings).map(|(number, one)| Reverse((one.doc(), number))).collect();
        let mut union =
            Self { postings, ahead, here: Vec::new(), doc: 0, positions: Vec::new(), loaded: TERMINATED };
        union.settle();
        Ok(union)
    }

    /// The most paragraphs there can be.
    pub(crate) fn cost(&self) -> u64 {
        self.postings.iter().map(|one| u64::from(one.size_hint())).sum()
    }

    /// Goes to the first paragraph at or after the target.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        for number in self.here.drain(..) {
            if let Some(one) = self.postings.get_mut(number as usize) {
                let doc = one.seek(target);
                if doc != TERMINATED {
                    self.ahead.push(Reverse((doc, number)));
                }
            }
        }
        while let Some(mut first) = self.ahead.peek_mut() {
            let Reverse((doc, number)) = *first;
            if doc >= target {
                break;
            }
            let doc = self.postings.get_mut(number as usize).map_or(TERMINATED, |one| one.seek(target));
            if doc == TERMINATED {
                std::collections::binary_heap::PeekMut::pop(first);
            } else {
                *first = Reverse((doc, number));
            }
        }
        self.settle();
        self.doc
    }

    /// Makes the first of those ahead the current paragraph.
    fn settle(&mut self) {
        self.doc = self.ahead.peek().map_or(TERMINATED, |Reverse((doc, _))| *doc);
        while let Some(first) = self.ahead.peek_mut() {
            let Reverse((doc, number)) = *first;
            if doc != self.doc || doc == TERMINATED {
                break;
            }
            self.here.push(number);
            std::collections::binary_heap::PeekMut::pop(first);
        }
    }

    /// How often the terms stand in the current paragraph.
    pub(crate) fn frequency(&self) -> u32 {
        self.here
            .iter()
            .filter_map(|&number| self.postings.get(number as usize))
            .map(|one| one.term_freq())
            .sum()
    }

    /// Where the terms stand in the current paragraph, in order.
    pub(crate) fn positions(&mut self) -> &[u32] {
        if self.loaded != self.doc {
            self.loaded = self.doc;
            self.positions.clear();
            for &number in &self.here {
                if let Some(one) = self.postings.get_mut(number as usize) {
                    one.append_positions_with_offset(0, &mut self.positions);
                }
            }
            if self.here.len() > 1 {
                self.positions.sort_unstable();
            }
        }
        &self.positions
    }
}

/// The paragraphs of the live sources of a segment, or of some of them.
pub(crate) struct Runs<'a> {
    runs: &'a [Run],
    wanted: Option<&'a [bool]>,
    at: usize,
    doc: DocId,
}

impl<'a> Runs<'a> {
    pub(crate) fn new(runs: &'a [Run], wanted: Option<&'a [bool]>) -> Self {
        let mut all = Self { runs, wanted, at: 0, doc: 0 };
        all.doc = all.find(0);
        all
    }

    pub(crate) fn cost(&self) -> u64 {
        let wanted = |run: &&Run| self.is_wanted(run);
        self.runs.iter().filter(wanted).map(|run| u64::from(run.len)).sum()
    }

    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.find(target);
        }
        self.doc
    }

    fn is_wanted(&self, run: &Run) -> bool {
        self.wanted.is_none_or(|wanted| wanted.get(run.source as usize) == Some(&true))
    }

    fn find(&mut self, target: DocId) -> DocId {
        let ahead = self.runs.get(self.at..).unwrap_or_default();
        self.at += ahead.partition_point(|run| run.base + run.len < target);
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
pub(crate) struct Ranges<'a> {
    ranges: &'a [Range<DocId>],
    at: usize,
    doc: DocId,
}

impl<'a> Ranges<'a> {
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
