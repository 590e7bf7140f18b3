//! Counts of what a search finds.

use crate::search::found::FoundParagraph;
use crate::search::hit::{Counts, Share};
use crate::search::scan::Batch;

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

    /// Counts paragraphs of one source that match.
    pub(super) fn add_batch(&mut self, batch: &Batch<'_>) {
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
