//! Code books run over a snapshot, as a method of the book.

use quotable_codebook::CodeBook;

use crate::answer::code_counts::CodeCounts;
use crate::api::snapshot::Snapshot;
use crate::error::Result;
use crate::search::options::SearchOptions;

/// Runs every query of a code book.
pub trait RunCodeBook {
    /// The same as [`Snapshot::count_codes`].
    ///
    /// # Errors
    /// See there.
    fn run(&self, snapshot: &Snapshot, options: &SearchOptions) -> Result<Vec<CodeCounts>>;
}

impl RunCodeBook for CodeBook {
    fn run(&self, snapshot: &Snapshot, options: &SearchOptions) -> Result<Vec<CodeCounts>> {
        snapshot.count_codes(self, options)
    }
}
