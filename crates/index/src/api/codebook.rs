//! The trait that runs a code book over a snapshot.

use quotable_codebook::CodeBook;

use crate::answer::code_counts::CodeCounts;
use crate::api::snapshot::Snapshot;
use crate::error::Result;
use crate::search::options::SearchOptions;

/// Counts every query of a code book.
pub trait RunCodeBook {
    /// The same as [`Snapshot::count_codes`].
    ///
    /// # Errors
    /// Those of [`Snapshot::count_codes`].
    fn run(&self, snapshot: &Snapshot, options: &SearchOptions) -> Result<Vec<CodeCounts>>;
}

impl RunCodeBook for CodeBook {
    fn run(&self, snapshot: &Snapshot, options: &SearchOptions) -> Result<Vec<CodeCounts>> {
        snapshot.count_codes(self, options)
    }
}
