//! PDF, by the `hayro` interpreter.
//!
//! A tagged PDF is read by its structure tree (ISO 32000-1, 14.7 and 14.8): one element, one block, and
//! what the file itself marks as an artifact is kept apart. Where there is no tree, or the tree holds too
//! little of the text to be trusted, blocks are told from the layout.

mod demand;
mod device;
mod geometry;
mod line;
mod note;
mod structure;
mod table;
mod text_string;
mod unpack;

use std::path::Path;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf as File};

use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::document::{Document, Warning};
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::{HEAD, Reader};
use crate::sniff::{has_extension, looks_like};
use device::Page;
use text_string::text_string;

/// Reads PDF.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pdf {
    /// How blocks are told.
    pub blocks_by: BlocksBy,
}

/// How the PDF reader tells blocks apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlocksBy {
    /// By the structure tree where it can be trusted, else by layout.
    #[default]
    Either,
    /// By layout alone, as if the file were not tagged: to compare both ways.
    Layout,
}

impl Pdf {
    /// A reader that does not look at the structure tree.
    pub fn by_layout() -> Self {
        Self { blocks_by: BlocksBy::Layout }
    }
}

/// The share of a file's letters that its structure tree must hold to be trusted.
const TRUSTED_SHARE: f64 = 0.8;

/// Fewer letters than this on an average page: the pages are pictures.
const LEAST_LETTERS_A_PAGE: usize = 20;

impl Reader for Pdf {
    fn format(&self) -> &'static str {
        "pdf"
    }

    fn recognises(&self, path: &Path, head: &[u8]) -> bool {
        // Under another format's name a PDF is mislabelled; that format's reader says so.
        let other = ["docx", "htm", "html", "markdown", "md", "text", "txt", "xhtml"];
        has_extension(path, &["pdf"]) || (has_header(head) && !has_extension(path, &other))
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        let head = &bytes[..bytes.len().min(HEAD)];
        if !has_header(head) {
            let content = looks_like(head).unwrap_or("something else");
            let message = format!("named as a PDF, but it holds {content}; download it again");
            return Err(ReadError::new(ReadErrorKind::Mislabelled, message));
        }
        let file = File::new(bytes.to_vec()).map_err(load_error)?;
        demand::check(&file, budget)?;
        let mut document = Document::new(self.format());
        let mut pages = device::pages(&file, budget)?;
        if self.blocks_by == BlocksBy::Layout {
            let letters = pages.iter_mut().flat_map(|page| &mut page.letters);
            letters.for_each(|letter| letter.artifact = false);
        }
        document.pages = u32::try_from(pages.len()).unwrap_or(u32::MAX);
        document.properties = properties(&file);

        let letters: usize = pages.iter().map(Page::letters).sum();
        if pages.is_empty() {
            return Err(ReadError::new(
                ReadErrorKind::Damaged,
                "the PDF holds no pages that can be read; download it again",
            ));
        }
        if letters < LEAST_LETTERS_A_PAGE * pages.len() {
            return Err(ReadError::new(
                ReadErrorKind::NoText,
                format!(
                    "it holds almost no text ({letters} letters in all); if its pages are pictures, put it through text recognition (OCR) first"
                ),
            ));
        }
        document.warnings = page_warnings(&pages);
        if !is_whole(bytes) {
            let message = "the end of the file is missing: text is lost or misread; download it again";
            document.warnings.insert(0, Warning::new("truncated", message));
        }

        let tree = match self.blocks_by {
            BlocksBy::Either => structure::elements(&file, budget),
            BlocksBy::Layout => None,
        };
        let by_tree = tree.map(|elements| structure::blocks(&elements, &pages));
        document.blocks = match by_tree {
            Some(found) if found.letters as f64 >= TRUSTED_SHARE * page_letters(&pages) as f64 => {
                document.tagged = true;
                if found.unplaced > 0 {
                    document.warnings.push(Warning::new(
                        "text-outside-structure",
                        format!(
                            "{} letters stand outside the structure tree; placed by layout",
                            found.unplaced
                        ),
                    ));
                }
                found.blocks
            }
            Some(found) => {
                document.warnings.push(Warning::new(
                    "structure-not-trusted",
                    format!(
                        "the structure tree holds {} of {} letters; blocks told by layout",
                        found.letters,
                        page_letters(&pages)
                    ),
                ));
                geometry::blocks(&pages)
            }
            None => geometry::blocks(&pages),
        };
        if document.blocks.iter().all(|block: &Block| block.kind == BlockKind::Artifact) {
            return Err(ReadError::new(
                ReadErrorKind::NoText,
                "the PDF marks all of its text as decoration; export it again with its text tagged",
            ));
        }
        Ok(document)
    }
}

/// True if the PDF header stands in the first 1,024 bytes: some producers write a line or two before it.
fn has_header(head: &[u8]) -> bool {
    head.windows(5).take(1024).any(|window| window == b"%PDF-")
}

/// True if the file ends as a PDF does: with the place of its table, within the last 2,048 bytes.
fn is_whole(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    tail.windows(9).any(|window| window == b"startxref")
}

/// The letters that are content, not decoration.
fn page_letters(pages: &[Page]) -> usize {
    pages.iter().map(Page::content_letters).sum()
}

fn load_error(error: LoadPdfError) -> ReadError {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            ReadError::new(ReadErrorKind::Encrypted, "the PDF asks for a password; save it without one")
        }
        LoadPdfError::Decryption(_) => ReadError::new(
            ReadErrorKind::Encrypted,
            "the PDF is encrypted in a way that is not known here; save it without encryption",
        ),
        LoadPdfError::Invalid => ReadError::new(
            ReadErrorKind::Damaged,
            "the file begins as a PDF but cannot be read: truncated or damaged; download it again",
        ),
    }
}

fn page_warnings(pages: &[Page]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for page in pages {
        if page.letters() == 0 {
            warnings.push(Warning::new("no-text-on-page", "the page holds no text").on_page(page.number));
        }
        let unknown = page.text.matches(char::REPLACEMENT_CHARACTER).count();
        if unknown > 0 {
            let message = format!("{unknown} letters have no known character; shown as \u{FFFD}");
            warnings.push(Warning::new("unknown-letters", message).on_page(page.number));
        }
    }
    warnings
}

fn properties(file: &File) -> Vec<(String, String)> {
    let metadata = file.metadata();
    let mut properties = Vec::new();
    for (key, value) in [
        ("title", &metadata.title),
        ("author", &metadata.author),
        ("subject", &metadata.subject),
        ("creator", &metadata.creator),
        ("producer", &metadata.producer),
    ] {
        if let Some(text) = value.as_deref().map(text_string).filter(|text| !text.trim().is_empty()) {
            properties.push((key.to_owned(), text));
        }
    }
    properties
}
