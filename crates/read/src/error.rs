//! Why a file could not be read.

use serde::{Deserialize, Serialize};

/// Why a file could not be read, with a cure where there is one.
///
/// The message is a sentence for the person who owns the file; [`kind`](Self::kind) is for programs.
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
    /// The file could not be opened or read: permissions, a vanished file, a failing disk.
    Unreadable,
    /// The file holds no bytes.
    Empty,
    /// No reader knows the format.
    UnknownFormat,
    /// The content is not what the file's name says: an HTML error page saved as `.pdf`.
    Mislabelled,
    /// The file is of the format that it claims, but damaged beyond reading.
    Damaged,
    /// The file asks for a password.
    Encrypted,
    /// The file holds pictures of pages and no text.
    NoText,
    /// The file asked for more time, memory, output or nesting than its budget.
    OverBudget,
    /// The reader failed in a way it should not; the file is set aside.
    Crashed,
}

impl ReadError {
    /// An error of the given kind; the message names what is wrong and how to mend it.
    pub fn new(kind: ReadErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// What kind of failure this is.
    pub fn kind(&self) -> ReadErrorKind {
        self.kind
    }
}
