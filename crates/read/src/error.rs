//! Errors of reading a file.

use serde::{Deserialize, Serialize};

/// Why a file could not be read.
///
/// The message is for the person who has the file: it names what is wrong and the cure. [`kind`](Self::kind) is for
/// programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct ReadError {
    kind: ReadErrorKind,
    message: String,
}

/// The kinds of [`ReadError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The file could not be opened or read: permissions, a vanished file, a failing disk, a worker that was stopped.
    Unreadable,
    /// The file holds no bytes.
    Empty,
    /// No reader knows the format.
    UnknownFormat,
    /// The content is of another format than the name says: an HTML error page saved as `.pdf`.
    Mislabelled,
    /// The file has the expected format, but is damaged beyond reading.
    Damaged,
    /// The file needs a password.
    Encrypted,
    /// The file holds no text, often because it holds scanned pictures of pages.
    NoText,
    /// The file needs more time, memory, output or nesting than its budget allows.
    OverBudget,
    /// The reader itself failed: a bug in it. The file is set aside.
    Crashed,
}

impl ReadError {
    /// An error with a message that names what is wrong and the cure.
    pub fn new(kind: ReadErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// The kind of failure.
    pub fn kind(&self) -> ReadErrorKind {
        self.kind
    }
}
