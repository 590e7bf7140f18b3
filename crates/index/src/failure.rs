//! What went wrong with a file.

use std::fmt;

use quotable_read::ReadErrorKind;
use serde::{Deserialize, Serialize};

/// A file or folder of the corpus of which something went wrong, and what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Failure {
    /// The file, relative to the corpus, parts separated by `/` (see [`path`](crate::path)).
    pub path: String,
    /// What kind of failure.
    pub kind: FailureKind,
    /// What is wrong and how to mend it, in a sentence.
    pub message: String,
}

impl Failure {
    pub(crate) fn new(path: impl Into<String>, kind: FailureKind, message: impl Into<String>) -> Self {
        Self { path: path.into(), kind, message: message.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// The kinds of [`Failure`]: those of a reader, and those of the walk through the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FailureKind {
    /// The file could not be opened or read.
    Unreadable,
    /// The file holds no bytes.
    Empty,
    /// No reader knows the format.
    UnknownFormat,
    /// The content is not what the file's name says.
    Mislabelled,
    /// The file is damaged beyond reading.
    Damaged,
    /// The file asks for a password.
    Encrypted,
    /// The file holds pictures of pages and no text.
    NoText,
    /// The file asked for more time, memory, output or nesting than its budget.
    OverBudget,
    /// The reader failed in a way it should not; the file is set aside.
    Crashed,
    /// The file was there when the folder was walked and gone when it was to be read.
    Vanished,
    /// The folder could not be listed. What is known of its files is kept.
    Folder,
    /// The link leads back into a folder that is being walked.
    LinkLoop,
    /// The link leads out of the corpus, and links were not to be followed.
    LinkOutside,
    /// A pipe, a socket or a device: nothing that can be read to an end.
    Special,
}

impl FailureKind {
    /// The name used in tables and JSON: `over-budget`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Empty => "empty",
            Self::UnknownFormat => "unknown-format",
            Self::Mislabelled => "mislabelled",
            Self::Damaged => "damaged",
            Self::Encrypted => "encrypted",
            Self::NoText => "no-text",
            Self::OverBudget => "over-budget",
            Self::Crashed => "crashed",
            Self::Vanished => "vanished",
            Self::Folder => "folder",
            Self::LinkLoop => "link-loop",
            Self::LinkOutside => "link-outside",
            Self::Special => "special",
        }
    }
}

impl FailureKind {
    /// True if the same file may be read another time: what stood in the way may have been a permission, a busy
    /// machine, or a memory that was full.
    pub(crate) fn may_pass(self) -> bool {
        matches!(self, Self::Unreadable | Self::OverBudget | Self::Crashed)
    }
}

impl From<ReadErrorKind> for FailureKind {
    fn from(kind: ReadErrorKind) -> Self {
        match kind {
            ReadErrorKind::Unreadable => Self::Unreadable,
            ReadErrorKind::Empty => Self::Empty,
            ReadErrorKind::UnknownFormat => Self::UnknownFormat,
            ReadErrorKind::Mislabelled => Self::Mislabelled,
            ReadErrorKind::Damaged => Self::Damaged,
            ReadErrorKind::Encrypted => Self::Encrypted,
            ReadErrorKind::NoText => Self::NoText,
            ReadErrorKind::OverBudget => Self::OverBudget,
            // `Crashed`, and whatever kinds a later version of the reader adds.
            _ => Self::Crashed,
        }
    }
}
