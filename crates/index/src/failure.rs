//! Files and folders of a corpus that could not be read, and why.

use std::fmt;
use std::str::FromStr;

use quotable_read::ReadErrorKind;
use quotable_report::UnknownName;
use serde::{Deserialize, Serialize};

/// A file or folder of the corpus that could not be read, or is of a kind that is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Failure {
    /// The file, relative to the corpus, parts separated by `/` (see [`path`](crate::path)).
    pub path: String,
    /// What kind of failure.
    pub kind: FailureKind,
    /// The cause and the cure, in a sentence.
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

/// The kinds of [`Failure`]: those of reading a file, then those of walking through folders, then those of files that are
/// not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FailureKind {
    /// The file could not be opened, or not be read to its end. The next refresh tries again.
    Unreadable,
    /// The file holds no bytes.
    Empty,
    /// No reader knows the format.
    UnknownFormat,
    /// The content is of another format than the file's name says.
    Mislabelled,
    /// The file is damaged beyond reading.
    Damaged,
    /// The file asks for a password.
    Encrypted,
    /// The file holds pictures of pages and no text.
    NoText,
    /// The file asked for more time, memory, output or nesting than its budget.
    OverBudget,
    /// The reader crashed on the file, which is set aside. A bug of the reader.
    Crashed,
    /// The file was deleted after the folder had been listed and before the file was read.
    Vanished,
    /// The folder could not be listed. The index keeps what it holds of the folder's files.
    Folder,
    /// The link leads back into a folder that is being walked.
    LinkLoop,
    /// The link leads out of the corpus, and the options say not to follow links.
    LinkOutside,
    /// A pipe, a socket or a device: reading it might never end.
    Special,
    /// The file is of a format that no reader knows, and was passed over.
    Skipped,
    /// The file or folder is hidden, and was passed over.
    Hidden,
}

impl FailureKind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::Unreadable,
        Self::Empty,
        Self::UnknownFormat,
        Self::Mislabelled,
        Self::Damaged,
        Self::Encrypted,
        Self::NoText,
        Self::OverBudget,
        Self::Crashed,
        Self::Vanished,
        Self::Folder,
        Self::LinkLoop,
        Self::LinkOutside,
        Self::Special,
        Self::Skipped,
        Self::Hidden,
    ];

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
            Self::Skipped => "skipped",
            Self::Hidden => "hidden",
        }
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for FailureKind {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

impl FailureKind {
    /// True for a file that no refresh tries to read.
    pub fn is_skipped(self) -> bool {
        matches!(self, Self::Skipped | Self::Hidden)
    }

    /// True if reading the same bytes again may succeed: the cause may have been a permission, a busy machine or
    /// memory that was full.
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
            // `Crashed`, and kinds that a later version of the reader adds.
            _ => Self::Crashed,
        }
    }
}
