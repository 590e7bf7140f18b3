//! How much of the corpus an answer has seen: files still to be read, and files that could not be read.

use quotable_check::Check;
use quotable_index::{Provenance, Status};

use crate::number::counted;

/// Whether an answer has seen all files of the part of the corpus that was asked for. `Default` is an answer that has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Completeness {
    /// True if files were still to be read.
    pub unfinished: bool,
    /// Number of files that could not be read.
    pub unread: u64,
}

impl Completeness {
    /// Of a part of the corpus in which `unread` files could not be read.
    pub fn new(unfinished: bool, unread: u64) -> Self {
        Self { unfinished, unread }
    }

    /// True if the answer has seen every file.
    pub fn is_complete(self) -> bool {
        !self.unfinished && self.unread == 0
    }

    /// What the answer lacks, in words; `None` if it has seen every file.
    pub fn in_words(self) -> Option<String> {
        let is = if self.unread == 1 { "is" } else { "are" };
        let unread =
            format!("{} could not be read and {is} not in this answer", counted(self.unread, "files"));
        match (self.unread, self.unfinished) {
            (0, false) => None,
            (0, true) => Some("some files are still to be read".to_owned()),
            (_, false) => Some(unread),
            (_, true) => Some(format!("{unread}; some files are still to be read")),
        }
    }
}

impl From<bool> for Completeness {
    /// Of an answer that is complete, or that lacks files still to be read.
    fn from(is_complete: bool) -> Self {
        Self::new(!is_complete, 0)
    }
}

impl From<&Provenance> for Completeness {
    fn from(provenance: &Provenance) -> Self {
        Self::new(provenance.unfinished, provenance.unread)
    }
}

impl From<&Status> for Completeness {
    fn from(status: &Status) -> Self {
        Self::new(status.unfinished, status.failed)
    }
}

impl From<&Check> for Completeness {
    fn from(check: &Check) -> Self {
        Self::new(check.unfinished, check.unread)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lacking_is_said_in_words() {
        let words = |unfinished, unread| Completeness::new(unfinished, unread).in_words();
        assert_eq!(words(false, 0), None);
        assert_eq!(words(true, 0).unwrap(), "some files are still to be read");
        assert_eq!(words(false, 1).unwrap(), "1 file could not be read and is not in this answer");
        let both = "2 files could not be read and are not in this answer; some files are still to be read";
        assert_eq!(words(true, 2).unwrap(), both);
    }
}
