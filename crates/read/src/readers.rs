//! The registry of formats: the only module that names them all.

use std::path::Path;

use crate::budget::Budget;
use crate::document::Document;
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::{HEAD, Reader};

/// The formats that can be read, tried in order.
pub struct Readers {
    readers: Vec<Box<dyn Reader>>,
}

impl Default for Readers {
    /// Every format this build was compiled with.
    fn default() -> Self {
        Self {
            readers: vec![
                #[cfg(feature = "pdf")]
                Box::new(crate::pdf::Pdf::default()),
                #[cfg(feature = "docx")]
                Box::new(crate::docx::Docx),
                #[cfg(feature = "html")]
                Box::new(crate::html::Html),
                #[cfg(feature = "markdown")]
                Box::new(crate::markdown::Markdown),
                Box::new(crate::text::PlainText),
            ],
        }
    }
}

impl std::fmt::Debug for Readers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.readers.iter().map(|reader| reader.format())).finish()
    }
}

impl Readers {
    /// How many bytes of a file [`Reader::recognises`] is shown at most.
    pub const HEAD: usize = HEAD;

    /// No formats at all; add those wanted with [`push`](Self::push).
    pub fn none() -> Self {
        Self { readers: Vec::new() }
    }

    /// Adds a format, tried before those already there.
    pub fn prepend(&mut self, reader: impl Reader + 'static) {
        self.readers.insert(0, Box::new(reader));
    }

    /// Adds a format, tried after those already there.
    pub fn push(&mut self, reader: impl Reader + 'static) {
        self.readers.push(Box::new(reader));
    }

    /// The names of the formats, in the order in which they are tried.
    pub fn formats(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.readers.iter().map(|reader| reader.format())
    }

    /// The reader for a file, by its path and first bytes.
    pub fn find(&self, path: &Path, head: &[u8]) -> Option<&dyn Reader> {
        self.readers.iter().map(AsRef::as_ref).find(|reader| reader.recognises(path, head))
    }

    /// Reads a file's bytes by the first format that recognises them.
    ///
    /// # Errors
    /// [`ReadErrorKind::Empty`], [`ReadErrorKind::OverBudget`], [`ReadErrorKind::UnknownFormat`],
    /// or what the format's reader says.
    pub fn read(&self, path: &Path, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        let budget = budget.start();
        if bytes.is_empty() {
            return Err(ReadError::new(ReadErrorKind::Empty, "the file is empty; download it again"));
        }
        if bytes.len() as u64 > budget.input {
            let message = format!("{} bytes; the limit is {} and can be raised", bytes.len(), budget.input);
            return Err(ReadError::new(ReadErrorKind::OverBudget, message));
        }
        let head = &bytes[..bytes.len().min(Self::HEAD)];
        let reader = self.find(path, head).ok_or_else(|| {
            let known: Vec<&str> = self.formats().collect();
            let message = format!("no known format; {} can be read", known.join(", "));
            ReadError::new(ReadErrorKind::UnknownFormat, message)
        })?;
        reader.read(bytes, &budget)
    }
}
