//! The paragraphs of one term.

use std::sync::Arc;

use tantivy::postings::{BlockSegmentPostings, Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _, InvertedIndexReader, TERMINATED};

use super::block_max::BlockMax;
use super::frequencies::Unit;
use super::windowed::Window;
use crate::error::Result;

/// The paragraphs in which one term of one field stands, in order.
///
/// It goes from block to block of paragraphs and frequencies; positions are kept by a cursor of their own, which
/// follows only where they are asked for.
pub(crate) struct Posting {
    field: Field,
    blocks: BlockSegmentPostings,
    /// The place of the current paragraph in the block.
    at: usize,
    doc: DocId,
    places: Option<Box<SegmentPostings>>,
    block_max: Option<Arc<BlockMax>>,
}

impl Posting {
    /// Opens the postings of a term of that field.
    pub(super) fn open(
        index: &InvertedIndexReader,
        field: Field,
        info: &TermInfo,
        option: IndexRecordOption,
    ) -> Result<Self> {
        let blocks = index.read_block_postings_from_terminfo(info, option)?;
        let places = if option.has_positions() {
            Some(Box::new(index.read_postings_from_terminfo(info, option)?))
        } else {
            None
        };
        let doc = blocks.doc(0);
        Ok(Self { field, blocks, at: 0, doc, places, block_max: None })
    }

    /// The current paragraph.
    pub(crate) fn doc(&self) -> DocId {
        self.doc
    }

    /// In how many paragraphs the term stands, removed ones that were not yet cleared away among them.
    pub(super) fn cost(&self) -> u64 {
        u64::from(self.blocks.doc_freq())
    }

    /// Goes to the first paragraph at or after the target.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            // Mostly the next one is asked for.
            let next = self.blocks.docs().get(self.at + 1);
            self.at = match next {
                Some(&next) if next >= target => self.at + 1,
                _ => self.blocks.seek(target),
            };
            self.doc = ahead(self.blocks.doc(self.at), target);
        }
        self.doc
    }

    /// Marks the paragraphs of a window, and goes to the first behind it.
    pub(super) fn mark(&mut self, window: &mut Window) {
        self.each(window.base(), window.end(), |doc, _| {
            window.set(doc);
        });
    }

    /// Says how often the term stands in the paragraphs of a window, and goes to the first behind it.
    pub(super) fn tally(&mut self, unit: &mut Unit) {
        let (base, end) = (unit.held().base(), unit.held().end());
        self.each(base, end, |doc, often| unit.add(doc, often));
    }

    /// Gives the paragraphs from one to before another with how often the term stands there, and goes to that.
    pub(crate) fn each(&mut self, from: DocId, end: DocId, mut give: impl FnMut(DocId, u32)) {
        self.seek(from);
        while self.doc < end {
            let docs = self.blocks.docs();
            let here = docs.get(self.at..).unwrap_or_default();
            // Mostly the whole block is before the end.
            let inside = match here.last() {
                Some(&last) if last >= end => here.partition_point(|&doc| doc < end),
                _ => here.len(),
            };
            let here = here.iter().take(inside);
            match self.blocks.freqs().get(self.at..self.at + inside) {
                Some(often) => here.zip(often).for_each(|(&doc, &often)| give(doc, often)),
                // Frequencies were not asked for.
                None => here.for_each(|&doc| give(doc, 1)),
            }
            self.at += inside;
            if self.at == docs.len() {
                // The last block alone is not a full one.
                self.blocks.advance();
                self.at = 0;
            }
            self.doc = ahead(self.blocks.doc(self.at), from);
        }
    }

    /// How often the term stands in the current paragraph; one where frequencies were not asked for.
    pub(super) fn frequency(&self) -> u32 {
        self.blocks.freq(self.at)
    }

    /// Adds where the term stands in the current paragraph, in order.
    pub(super) fn positions(&mut self, out: &mut Vec<u32>) {
        if let Some(places) = &mut self.places
            && places.seek(self.doc) == self.doc
        {
            places.append_positions_with_offset(0, out);
        }
    }

    /// Gives what it takes to say [how high](Self::max_score) scores get.
    pub(super) fn measure(&mut self, block_max: &[(Field, Arc<BlockMax>)]) {
        self.block_max =
            block_max.iter().find(|(field, _)| *field == self.field).map(|(_, block_max)| block_max.clone());
    }

    /// What share of its highest possible score the term reaches at most, from a paragraph at which the query stands to
    /// the one given, which is the first behind the block.
    pub(crate) fn max_score(&mut self, doc: DocId) -> (f64, DocId) {
        let Some(block_max) = &self.block_max else { return (1.0, TERMINATED) };
        match self.blocks.docs().last() {
            Some(&last) if last >= doc => (block_max.of(&mut self.blocks), last + 1),
            // It was left behind when another word of the same part had no more paragraphs.
            _ => (0.0, TERMINATED),
        }
    }
}

/// Where postings stand that were told to go to a document. Damaged ones may stand anywhere: they end.
pub(super) fn ahead(doc: DocId, target: DocId) -> DocId {
    if (target..TERMINATED).contains(&doc) { doc } else { TERMINATED }
}
