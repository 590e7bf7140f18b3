//! The files of a corpus, found without an index.

use std::path::Path;

use quotable_read::Readers;

use crate::error::Result;
use crate::failure::Failure;
use crate::ingest::options::RefreshOptions;
use crate::ingest::walk::walk;

/// The files that a walk through a corpus finds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FoundFiles {
    /// Number of files of formats that are read.
    pub read: usize,
    /// Files that are not read, because no reader knows their format or because they are hidden, with the cure.
    pub skipped: Vec<Failure>,
    /// Folders that could not be listed and links that were not followed.
    pub problems: Vec<Failure>,
}

impl FoundFiles {
    pub(crate) fn look(corpus: &Path, readers: &Readers, options: &RefreshOptions) -> Result<Self> {
        let walk = walk(corpus, None, None, readers, options.follow_links)?;
        let walk = walk.without(corpus, &options.no_reports);
        Ok(Self { read: walk.files.len(), skipped: walk.not_read, problems: walk.problems })
    }
}
