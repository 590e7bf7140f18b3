//! A folder against the index.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Error, ErrorKind, Failure, Index, RefreshOptions, Result};

/// What a refresh found and did. `Display` is one sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Refresh {
    /// Files read for the first time.
    pub added: usize,
    /// Files read again because their content changed.
    pub changed: usize,
    /// Files that are gone, removed from the index.
    pub removed: usize,
    /// Files known and left as they are.
    pub unchanged: usize,
    /// Files that no reader recognises, left alone.
    pub skipped: usize,
    /// Files that could not be read this time. They are kept on record and tried again when they change.
    pub failed: Vec<Failure>,
    /// Files of `unchanged` that could not be read on an earlier refresh and have not changed since.
    pub still_failing: usize,
    /// What was wrong with folders and links.
    pub problems: Vec<Failure>,
    /// True if the caller stopped it before the end.
    pub cancelled: bool,
    /// How long it took.
    pub took: Duration,
}

impl Refresh {
    /// True if the index was changed.
    pub fn changed_anything(&self) -> bool {
        self.added + self.changed + self.removed + self.failed.len() > 0
    }
}

impl fmt::Display for Refresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        let counted = [
            (self.added, "added"),
            (self.changed, "changed"),
            (self.removed, "removed"),
            (self.failed.len(), "failed"),
            (self.unchanged, "unchanged"),
            (self.skipped, "skipped"),
        ];
        for (count, what) in counted {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        if parts.is_empty() {
            parts.push("no files".to_owned());
        }
        write!(f, "{}", parts.join(", "))?;
        if self.cancelled {
            f.write_str("; stopped before the end")?;
        }
        write!(f, " in {:.1} s", self.took.as_secs_f64())
    }
}

pub(crate) fn refresh(index: &Index, corpus: &Path, options: &RefreshOptions) -> Result<Refresh> {
    let _ = (index, corpus, options);
    Err(Error::new(ErrorKind::Unsupported, "refresh is not written yet"))
}
