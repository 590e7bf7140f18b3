//! Counts of what a search finds.

use crate::search::found::FoundParagraph;
use crate::search::hit::Counts;

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

    /// The counts so far.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }
}
