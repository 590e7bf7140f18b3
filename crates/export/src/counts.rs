//! How much was found, as JSON and in words.

use quotable_index::{Counts, Share};
use serde::Serialize;

use crate::number::{counted, grouped};

/// How much was found.
#[derive(Debug, Clone, Copy, Serialize)]
#[non_exhaustive]
pub struct CountsRecord {
    /// Occurrences.
    pub occurrences: u64,
    /// Paragraphs that match.
    pub paragraphs: u64,
    /// Reports with at least one of them.
    pub reports: u64,
    /// The part of it that is boilerplate.
    pub boilerplate: ShareRecord,
    /// False if anything was left uncounted.
    pub exact: bool,
}

/// A part of what was found.
#[derive(Debug, Clone, Copy, Serialize)]
#[non_exhaustive]
pub struct ShareRecord {
    /// Occurrences.
    pub occurrences: u64,
    /// Paragraphs.
    pub paragraphs: u64,
}

impl CountsRecord {
    /// The record of the counts.
    pub fn new(counts: &Counts) -> Self {
        Self {
            occurrences: counts.occurrences,
            paragraphs: counts.paragraphs,
            reports: counts.reports,
            boilerplate: ShareRecord::new(&counts.boilerplate),
            exact: counts.exact,
        }
    }
}

impl ShareRecord {
    /// The record of a part of the counts.
    pub fn new(share: &Share) -> Self {
        Self { occurrences: share.occurrences, paragraphs: share.paragraphs }
    }
}

/// How many paragraphs were found, and how many of them are shown.
pub fn summary(shown: u64, counts: &Counts) -> String {
    let paragraphs = counted(counts.paragraphs, "paragraphs");
    let total =
        format!("{} in {}", counted(counts.occurrences, "occurrences"), counted(counts.reports, "reports"));
    let at_least = if counts.exact { "" } else { "at least " };
    if shown < counts.paragraphs {
        format!("showing {} of {at_least}{paragraphs} ({total})", grouped(shown))
    } else {
        format!("{at_least}{paragraphs} ({total})")
    }
}
