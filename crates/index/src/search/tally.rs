//! Counts of what a search finds.

use crate::search::compiled::CompiledQuery;
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::search::hit::{Counts, Share};
use crate::search::options::Boilerplate;
use crate::search::scan::{Batch, Collector};

/// Adds found paragraphs up to [`Counts`]. Paragraphs of one report must come one after another: a report is counted
/// when the source changes.
#[derive(Debug)]
pub(crate) struct Tally {
    counts: Counts,
    last_source: Option<u32>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { counts: Counts { exact: true, ..Counts::default() }, last_source: None }
    }
}

impl Tally {
    /// Counts a paragraph that matches.
    pub(crate) fn add(&mut self, found: &FoundParagraph) {
        self.counts.occurrences += u64::from(found.occurrences);
        self.counts.paragraphs += 1;
        if found.boilerplate > 0 {
            self.counts.boilerplate.add(found.occurrences);
        }
        if self.last_source.replace(found.source) != Some(found.source) {
            self.counts.reports += 1;
        }
    }

    /// Counts the paragraphs of a batch.
    fn add_batch(&mut self, batch: &Batch<'_>) {
        let (Some(&first), Some(&last)) = (batch.docs.first(), batch.docs.last()) else { return };
        self.counts.occurrences += batch.counts.iter().map(|count| u64::from(*count)).sum::<u64>();
        self.counts.paragraphs += batch.docs.len() as u64;
        if self.last_source.replace(batch.source.source) != Some(batch.source.source) {
            self.counts.reports += 1;
        }
        let mut boilerplate = Share::default();
        if batch.paragraphs.may_have_boilerplate(first, last) {
            // Without a branch: which paragraphs are boilerplate cannot be predicted.
            for (&doc, &count) in batch.docs.iter().zip(batch.counts) {
                let is_boilerplate = batch.paragraphs.is_boilerplate(doc);
                boilerplate.paragraphs += u64::from(is_boilerplate);
                boilerplate.occurrences += u64::from(is_boilerplate) * u64::from(count);
            }
            self.counts.boilerplate.merge(boilerplate);
        }
    }

    /// The counts so far.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }
}

/// Counts all that a scan finds, boilerplate that the options exclude as well.
pub(super) struct Counted {
    tally: Tally,
    /// Boilerplate that is excluded.
    excluded: Share,
    excludes_boilerplate: bool,
}

impl Counted {
    pub(super) fn new(compiled: &CompiledQuery) -> Self {
        let excludes_boilerplate = compiled.options.boilerplate == Boilerplate::Exclude;
        Self { tally: Tally::default(), excluded: Share::default(), excludes_boilerplate }
    }

    /// The counts so far.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = self.tally.counts();
        counts.boilerplate.merge(self.excluded);
        counts
    }
}

impl Collector for Counted {
    fn collect(&mut self, found: FoundParagraph, _: SegmentDoc) {
        self.tally.add(&found);
    }

    fn exclude(&mut self, found: FoundParagraph) {
        self.excluded.add(found.occurrences);
    }

    fn collect_batch(&mut self, batch: &Batch<'_>) -> bool {
        if !self.excludes_boilerplate {
            self.tally.add_batch(batch);
        }
        !self.excludes_boilerplate
    }
}
