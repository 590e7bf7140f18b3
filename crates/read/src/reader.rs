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
    /// Text that one file may give, in bytes. What it unpacks to on the way may be more: a Word file as much again, a PDF
    /// sixteen times as much.
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
        Self {
            readers: vec![
                #[cfg(feature = "pdf")]
                Box::new(crate::Pdf::default()),
                #[cfg(feature = "docx")]
                Box::new(crate::Docx),
                #[cfg(feature = "html")]
                Box::new(crate::Html),
                #[cfg(feature = "markdown")]
                Box::new(crate::Markdown),
                Box::new(crate::PlainText),
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
    pub const HEAD: usize = 2048;

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

/// True if the path ends in one of the extensions (lower case, without the dot), whatever its case.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    // Asked of every file of a corpus for every format: the path is not cut into its parts each time.
    let path = path.as_os_str().as_encoded_bytes();
    extensions.iter().any(|known| {
        let (name, extension) = path.split_at(path.len().saturating_sub(known.len()));
        extension.eq_ignore_ascii_case(known.as_bytes())
            && matches!(name, [.., before, b'.'] if !std::path::is_separator(char::from(*before)))
    })
}

/// What the first bytes of a file say it is, in words; `None` where they say nothing.
pub(crate) fn looks_like(head: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(&head[..head.len().min(512)]).trim_start().to_ascii_lowercase();
    if text.starts_with("<!doctype html") || text.starts_with("<html") || text.contains("<head") {
        return Some("a web page (an error page, often)");
    }
    match head {
        [b'P', b'K', 3, 4, ..] => Some("a ZIP archive (Word and OpenDocument files are such)"),
        [0xFF, 0xD8, 0xFF, ..] => Some("a JPEG picture"),
        [0x89, b'P', b'N', b'G', ..] => Some("a PNG picture"),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some("an old Office file"),
        _ if text.starts_with('{') => Some("JSON"),
        _ => None,
    }
}

/// What every reader must survive; each format's tests call [`contract::holds`].
#[cfg(test)]
pub(crate) mod contract {
    use super::*;

    /// Cuts and spoils a good file in many ways: the reader must answer, and its blocks be well formed.
    pub(crate) fn holds(reader: &dyn Reader, good: &[u8]) {
        let check = |bytes: &[u8]| {
            let budget = Budget { time: Duration::from_secs(5), ..Budget::default() }.start();
            let Ok(document) = reader.read(bytes, &budget) else { return };
            for block in &document.blocks {
                assert!(!block.lines.is_empty(), "a block without lines");
                for line in &block.lines {
                    assert!(!line.text.trim().is_empty(), "a blank line");
                    assert!(line.page.is_none_or(|page| (1..=document.pages).contains(&page)));
                    let ends = line.raised.iter().map(|range| range.end);
                    assert!(ends.clone().all(|end| line.text.is_char_boundary(end)), "a cut letter");
                    assert!(ends.clone().is_sorted(), "raised letters out of order");
                }
            }
        };
        check(good);
        assert!(reader.read(good, &Budget::default()).is_ok(), "the good file is read");
        for parts in 1..=16 {
            check(&good[..good.len() * parts / 17]);
        }
        let mut seed = 0x9E37_79B9_u32;
        for _ in 0..32 {
            let mut spoiled = good.to_vec();
            for _ in 0..8 {
                // xorshift32 (Marsaglia 2003): the same spoiled files on every run.
                seed ^= seed << 13;
                seed ^= seed >> 17;
                seed ^= seed << 5;
                let at = seed as usize % spoiled.len();
                spoiled[at] = (seed >> 24) as u8;
            }
            check(&spoiled);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_is_the_end_of_a_name() {
        for path in ["a.md", "b/a.MD", "b.c/a.b.md", "..md"] {
            assert!(has_extension(Path::new(path), &["pdf", "md"]), "{path}");
        }
        for path in ["", "md", ".md", "b/.md", "a.amd", "a.md.b", "a.md/b", "é.md2"] {
            assert!(!has_extension(Path::new(path), &["pdf", "md"]), "{path}");
        }
    }
}
