//! Why an export ends before it is complete.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why an export ends before it is complete. What was there before it began is still whole: the next export goes on from it.
#[derive(Debug)]
#[non_exhaustive]
pub enum ExportError {
    /// The index could not be read.
    Index(quotable_index::Error),
    /// The caller asked to stop.
    Cancelled,
    /// A file or folder could not be read or written.
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The folder cannot be exported into.
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why, in one clause.
        message: String,
        /// What to do.
        cure: String,
    },
}

impl ExportError {
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::File { path, error }
    }

    pub(super) fn folder(path: &Path, message: impl Into<String>, cure: impl Into<String>) -> Self {
        Self::Folder { path: path.to_owned(), message: message.into(), cure: cure.into() }
    }

    /// What to do about it, in one clause.
    pub fn cure(&self) -> Option<&str> {
        match self {
            Self::Folder { cure, .. } => Some(cure),
            Self::File { .. } => {
                Some("make room or give the right to write there, and export again: it goes on from here")
            }
            Self::Index(_) => None,
            Self::Cancelled => Some("export again: it goes on from here"),
        }
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(error) => error.fmt(f),
            Self::Cancelled => f.write_str("the export was stopped before it was complete"),
            Self::File { path, error } => {
                write!(f, "{} could not be written or read: {error}", path.display())
            }
            Self::Folder { path, message, .. } => write!(f, "{}: {message}", path.display()),
        }
    }
}

impl std::error::Error for ExportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Index(error) => Some(error),
            Self::File { error, .. } => Some(error),
            Self::Folder { .. } | Self::Cancelled => None,
        }
    }
}

impl From<quotable_index::Error> for ExportError {
    fn from(error: quotable_index::Error) -> Self {
        Self::Index(error)
    }
}
