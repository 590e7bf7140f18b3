//! The trait that every format implements.

use std::path::Path;

use crate::budget::Budget;
use crate::document::Document;
use crate::error::ReadError;

/// How many bytes of a file [`Reader::recognises`] is shown at most.
pub(crate) const HEAD: usize = 2048;

/// Reads one format.
///
/// `template.rs` in this crate's source is a reader to copy for the next format.
pub trait Reader: Send + Sync {
    /// The name of the format, in lower case: `pdf`.
    fn format(&self) -> &'static str;

    /// Whether a file is of this format, by its path and its first bytes: at most
    /// `Readers::HEAD` of them.
    fn recognises(&self, path: &Path, head: &[u8]) -> bool;

    /// Reads a whole file.
    ///
    /// # Errors
    /// If no part of the file can be used. If some of it can, the reader returns that part, with warnings.
    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError>;
}
