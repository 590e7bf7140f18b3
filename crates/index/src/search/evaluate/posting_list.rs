//! The posting list of one term.

use std::sync::Arc;

use tantivy::postings::{BlockSegmentPostings, Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _, InvertedIndexReader, TERMINATED};

use super::block_max::BlockMax;
use super::frequencies::UnitFrequencies;
use super::window::Window;
use crate::error::{Error, Result};

/// The frequencies of a block, of 128 documents at most, in a list that was opened without them.
static ONES: [u32; 128] = [1; 128];

/// The documents that contain one term of one field, in order, with frequencies and positions.
///
/// Documents and frequencies are decoded block by block. Positions have a cursor of their own, which advances only to
/// documents whose positions are read: most candidates are decided without.
pub(crate) struct PostingList {
    field: Field,
    blocks: BlockSegmentPostings,
    /// Index of the current document in the current block.
    index: usize,
    doc: DocId,
    /// The cursor for positions; `None` if the list was opened without them.
    positions: Option<Box<SegmentPostings>>,
    block_max: Option<Arc<BlockMax>>,
}

impl PostingList {
    /// Opens the postings of a term of `field`, with the data named by `option`.
    pub(super) fn open(
        index: &InvertedIndexReader,
        field: Field,
        info: &TermInfo,
        option: IndexRecordOption,
    ) -> Result<Self> {
        let blocks = index.read_block_postings_from_terminfo(info, option).map_err(Error::of_index_file)?;
        let positions = if option.has_positions() {
            Some(Box::new(index.read_postings_from_terminfo(info, option).map_err(Error::of_index_file)?))
        } else {
            None
        };
        let doc = blocks.doc(0);
        Ok(Self { field, blocks, index: 0, doc, positions, block_max: None })
    }

    /// The current document.
    pub(crate) fn doc(&self) -> DocId {
        self.doc
    }

    /// Number of documents that contain the term, deleted ones included.
    pub(super) fn cost(&self) -> u64 {
        u64::from(self.blocks.doc_freq())
    }

    /// Goes to the first document at or after `target`. Targets must not decrease.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            // Most calls ask for the next document: look there before searching the block.
            let next = self.blocks.docs().get(self.index + 1);
            self.index = match next {
                Some(&next) if next >= target => self.index + 1,
                _ => self.blocks.seek(target),
            };
            self.doc = check_ascending(self.blocks.doc(self.index), target);
        }
        self.doc
    }

    /// Marks the documents of a window, and goes to the first document after it.
    pub(super) fn mark_docs(&mut self, window: &mut Window) {
        let docs = window.range();
        self.for_each(docs.start, docs.end, |doc, _| {
            window.insert(doc);
        });
    }

    /// Adds the term's frequencies in the documents of a window, and goes to the first document after it.
    pub(super) fn add_frequencies(&mut self, unit: &mut UnitFrequencies) {
        let docs = unit.docs().range();
        self.for_each(docs.start, docs.end, |doc, frequency| unit.add(doc, frequency));
    }

    /// Calls `each` with every document in `start..end` and the term's frequency there, and goes to the first document
    /// at or after `end`.
    pub(crate) fn for_each(&mut self, start: DocId, end: DocId, mut each: impl FnMut(DocId, u32)) {
        self.for_each_block(start, end, |docs, frequencies| {
            docs.iter().zip(frequencies).for_each(|(&doc, &frequency)| each(doc, frequency));
        });
    }

    /// Calls `each` with the documents in `start..end`, and the term's frequency in each, as they stand in a block: 1 to 128 of
    /// them. Goes to the first document at or after `end`.
    pub(super) fn for_each_block(
        &mut self,
        start: DocId,
        end: DocId,
        mut each: impl FnMut(&[DocId], &[u32]),
    ) {
        self.seek(start);
        while self.doc < end {
            let docs = self.blocks.docs();
            let rest = docs.get(self.index..).unwrap_or_default();
            // Most blocks lie before `end` as a whole: no search then.
            let inside = match rest.last() {
                Some(&last) if last >= end => rest.partition_point(|&doc| doc < end),
                _ => rest.len(),
            };
            let frequencies = self.blocks.freqs().get(self.index..self.index + inside);
            let frequencies = frequencies.or(ONES.get(..inside)).unwrap_or_default();
            each(rest.get(..inside).unwrap_or_default(), frequencies);
            self.index += inside;
            if self.index == docs.len() {
                self.blocks.advance();
                self.index = 0;
            }
            self.doc = check_ascending(self.blocks.doc(self.index), start);
        }
    }

    /// The term's frequency in the current document; one if the list was opened without frequencies.
    pub(super) fn frequency(&self) -> u32 {
        self.blocks.freq(self.index)
    }

    /// Appends the positions of the term in the current document, in order.
    pub(super) fn append_positions(&mut self, out: &mut Vec<u32>) {
        // Only in a damaged list does the second cursor miss the document; it has no positions then.
        if let Some(positions) = &mut self.positions
            && positions.seek(self.doc) == self.doc
        {
            positions.append_positions_with_offset(0, out);
        }
    }

    /// Sets the bounds that [`max_share`](Self::max_share) uses.
    pub(super) fn set_block_max(&mut self, block_max: &[(Field, Arc<BlockMax>)]) {
        self.block_max =
            block_max.iter().find(|(field, _)| *field == self.field).map(|(_, block_max)| block_max.clone());
    }

    /// Upper bound of the term's share in the documents from `doc`, the query's current document, to before the
    /// returned one, which follows the block.
    pub(crate) fn max_share(&mut self, doc: DocId) -> (f64, DocId) {
        let Some(block_max) = &self.block_max else { return (1.0, TERMINATED) };
        match self.blocks.docs().last() {
            Some(&last) if last >= doc => (block_max.max_share(&mut self.blocks), last + 1),
            // The list has ended, or a conjunction no longer advances it because another list has.
            _ => (0.0, TERMINATED),
        }
    }
}

/// Ends a list whose next document is before `target`: its file is damaged, and its caller would never stop.
fn check_ascending(doc: DocId, target: DocId) -> DocId {
    if (target..TERMINATED).contains(&doc) { doc } else { TERMINATED }
}
