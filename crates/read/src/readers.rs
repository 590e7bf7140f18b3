//! The registry of formats: the only module that names them all.

use std::path::Path;

use crate::budget::Budget;
use crate::document::Document;
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::{HEAD, Reader};
use crate::sniff::{cure, has_extension};

/// True for the name of a file that people write in an editor, and that has no pages: `notes.txt`, `notes.md`.
fn is_plain_text(path: &Path) -> bool {
    has_extension(path, &["txt", "text", "md", "markdown"])
}

/// The registry of formats, tried in order.
pub struct Readers {
    readers: Vec<Box<dyn Reader>>,
}

impl Default for Readers {
    /// Every format that this build has a feature for.
    fn default() -> Self {
        Self {
            readers: vec![
                #[cfg(feature = "pdf")]
                Box::new(crate::pdf::Pdf::default()),
                #[cfg(feature = "docx")]
                Box::new(crate::docx::Docx),
                #[cfg(feature = "odt")]
                Box::new(crate::odt::Odt),
                #[cfg(feature = "rtf")]
                Box::new(crate::rtf::Rtf),
                #[cfg(feature = "epub")]
                Box::new(crate::epub::Epub),
                // A saved page is a kind of message, so that it comes before e-mail.
                #[cfg(feature = "mail")]
                Box::new(crate::web_archive::WebArchive),
                #[cfg(feature = "mail")]
                Box::new(crate::mail::Mail),
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
    /// The most bytes of a file that [`Reader::recognises`] is shown.
    pub const HEAD: usize = HEAD;

    /// An empty registry; add formats with [`push`](Self::push).
    pub fn none() -> Self {
        Self { readers: Vec::new() }
    }

    /// Adds a format, to be tried before all others.
    pub fn prepend(&mut self, reader: impl Reader + 'static) {
        self.readers.insert(0, Box::new(reader));
    }

    /// Adds a format, to be tried after all others.
    pub fn push(&mut self, reader: impl Reader + 'static) {
        self.readers.push(Box::new(reader));
    }

    /// The names of the formats, in the order of trial.
    pub fn formats(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.readers.iter().map(|reader| reader.format())
    }

    /// The first reader that recognises a file by its path and its first bytes (up to [`HEAD`](Self::HEAD)).
    pub fn find(&self, path: &Path, head: &[u8]) -> Option<&dyn Reader> {
        self.readers.iter().map(AsRef::as_ref).find(|reader| reader.recognises(path, head))
    }

    /// Reads a whole file with the first reader that recognises it. Starts the clock of the budget, unless it runs.
    ///
    /// # Errors
    /// [`ReadErrorKind::Empty`], [`ReadErrorKind::OverBudget`] for a file larger than the budget allows,
    /// [`ReadErrorKind::UnknownFormat`], or the error of the reader.
    pub fn read(&self, path: &Path, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        let budget = budget.start();
        if bytes.is_empty() {
            let cure = if is_plain_text(path) { "save its text in it" } else { "download it again" };
            return Err(ReadError::new(ReadErrorKind::Empty, format!("the file is empty; {cure}")));
        }
        if bytes.len() as u64 > budget.input {
            let message = format!(
                "the file has {} bytes and the limit is {}; raise the limit",
                bytes.len(),
                budget.input
            );
            return Err(ReadError::new(ReadErrorKind::OverBudget, message));
        }
        let head = &bytes[..bytes.len().min(Self::HEAD)];
        let reader = self.find(path, head).ok_or_else(|| {
            let known: Vec<&str> = self.formats().collect();
            let message = match cure(path, head) {
                Some(cure) => format!("the format is not read; {cure}"),
                None => format!("the format is not known; save the file as one of: {}", known.join(", ")),
            };
            ReadError::new(ReadErrorKind::UnknownFormat, message)
        })?;
        reader.read(bytes, &budget)
    }
}
