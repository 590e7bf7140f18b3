//! The one trait behind which every format stands.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::{Document, ReadError, ReadErrorKind};

/// Reads one format.
///
/// `template.rs` is a reader to copy for the next format.
pub trait Reader: Send + Sync {
    /// The name of the format, in lower case: `pdf`.
    fn format(&self) -> &'static str;

    /// Whether a file with this path and these first bytes (up to [`Readers::HEAD`]) is of this format.
    fn recognises(&self, path: &Path, head: &[u8]) -> bool;

    /// Reads the whole file.
    ///
    /// # Errors
    /// If nothing of the file can be used. A file of which a part can be read gives that part, with warnings.
    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError>;
}

/// What reading one file may cost before the reader gives up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Budget {
    /// Wall time for one file.
    pub time: Duration,
    /// Size of the source file, in bytes.
    pub input: u64,
    /// Text that one file may give, in bytes.
    pub output: usize,
    /// Depth of nested structure: forms in forms, lists in lists.
    pub nesting: usize,
    /// When reading began; set by [`Readers::read`].
    pub started: Option<Instant>,
}

impl Default for Budget {
    /// 30 seconds, a file of 512 MiB, 64 MiB of text, 64 levels: more than ten times the largest report seen.
    fn default() -> Self {
        Self { time: Duration::from_secs(30), input: 512 << 20, output: 64 << 20, nesting: 64, started: None }
    }
}

impl Budget {
    /// The same budget with its clock started now, if it was not running.
    #[must_use]
    pub fn start(mut self) -> Self {
        self.started.get_or_insert_with(Instant::now);
        self
    }

    /// True once the time is used up. A budget that was never started does not run out.
    pub fn is_over(&self) -> bool {
        self.started.is_some_and(|started| started.elapsed() > self.time)
    }
}

/// The formats that can be read, tried in order.
pub struct Readers {
    readers: Vec<Box<dyn Reader>>,
}

impl Default for Readers {
    /// Every format this build was compiled with.
    fn default() -> Self {
        let readers = Self { readers: Vec::new() };
        readers
    }
}

impl Readers {
    /// How many bytes of a file [`Reader::recognises`] is shown.
    pub const HEAD: usize = 2048;

    /// Adds a format, tried before those already there.
    pub fn prepend(&mut self, reader: impl Reader + 'static) {
        self.readers.insert(0, Box::new(reader));
    }

    /// Adds a format, tried after those already there.
    pub fn push(&mut self, reader: impl Reader + 'static) {
        self.readers.push(Box::new(reader));
    }

    /// The reader for a file, by its path and first bytes.
    pub fn find(&self, path: &Path, head: &[u8]) -> Option<&dyn Reader> {
        self.readers.iter().map(AsRef::as_ref).find(|reader| reader.recognises(path, head))
    }

    /// Reads a file's bytes by the first format that recognises them.
    ///
    /// # Errors
    /// [`ReadErrorKind::Empty`], [`ReadErrorKind::OverBudget`], [`ReadErrorKind::UnknownFormat`],
    /// [`ReadErrorKind::Mislabelled`], or what the format's reader says.
    pub fn read(&self, path: &Path, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        let _ = (path, bytes, budget);
        Err(ReadError::new(ReadErrorKind::UnknownFormat, "not written yet"))
    }
}
