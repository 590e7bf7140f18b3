//! How much of the corpus an answer has seen: files still to be read, and files that could not be read.

use quotable_check::Check;
use quotable_index::{Duplicates, Provenance, Status};

use crate::number::counted;

/// Whether an answer has seen all files of the part of the corpus that was asked for. `Default` is an answer that has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Completeness {
    /// True if files were still to be read.
    pub unfinished: bool,
    /// Number of files that could not be read.
    pub unread: u64,
    /// Number of files that were passed over: of formats that are not read, or hidden.
    pub skipped: u64,
    /// Number of files that are copies of another, and were left out.
    pub copies: u64,
}

impl Completeness {
    /// Of a part of the corpus in which `unread` files could not be read.
    pub fn new(unfinished: bool, unread: u64) -> Self {
        Self { unfinished, unread, ..Self::default() }
    }

    /// The same, of a part of the corpus in which `skipped` files were passed over and `copies` left out.
    #[must_use]
    pub fn without(self, skipped: u64, copies: u64) -> Self {
        Self { skipped, copies, ..self }
    }

    /// True if the answer has seen every file.
    pub fn is_complete(self) -> bool {
        !self.unfinished && self.unread == 0
    }

    /// What was passed over and left out besides, in words; `None` if nothing was.
    pub fn passed_over(self) -> Option<String> {
        let were = |count| if count == 1 { "was" } else { "were" };
        let skipped = format!("{} {} passed over", counted(self.skipped, "files"), were(self.skipped));
        let is = if self.copies == 1 { "is a copy" } else { "are copies" };
        let copies = format!("{} {is} and left out", counted(self.copies, "files"));
        match (self.skipped, self.copies) {
            (0, 0) => None,
            (_, 0) => Some(skipped),
            (0, _) => Some(copies),
            (_, _) => Some(format!("{skipped}; {copies}")),
        }
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
        let copies = if provenance.duplicates == Duplicates::Once { provenance.copies } else { 0 };
        let Provenance { unfinished, unread, skipped, .. } = *provenance;
        Self { unfinished, unread, skipped, copies }
    }
}

impl From<&Status> for Completeness {
    fn from(status: &Status) -> Self {
        let Status { unfinished, failed: unread, skipped, copies, .. } = *status;
        Self { unfinished, unread, skipped, copies }
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
