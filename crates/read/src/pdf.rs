//! PDF, by the `hayro` interpreter.
//!
//! A tagged PDF (ISO 32000-2, 14.7 and 14.8) says itself which glyphs are a heading, a list item or a cell, and which are
//! page furniture; its blocks come from that structure tree. Without a tree, or with one that holds too little of the
//! text to be trusted, blocks are inferred from the layout.
//!
//! The way through a file: [`preflight`] refuses one that would exhaust memory or time; [`glyphs`] interprets the pages,
//! with [`font_encoding`] for fonts that declare no encoding; [`overprint`] keeps one of the glyphs that are drawn twice
//! in one place; then [`structure`] or [`layout`] groups glyphs into runs, and [`line`](mod@line) makes lines of the runs
//! by way of [`pieces`], with [`spacing`] for words and [`direction`] for lines from right to left. What an untagged file
//! does not say is found by position: [`region`] tells running text, [`columns`] and tables ([`table`]),
//! [`hanging_number`] and [`initial`] what belongs to the text beside it, [`footnote`] what is a note.

mod columns;
mod decoded_size;
mod direction;
mod font_encoding;
mod footnote;
mod glyphs;
mod hanging_number;
mod initial;
mod layout;
mod line;
mod overprint;
mod piece;
mod pieces;
mod preflight;
mod region;
mod spacing;
mod structure;
mod table;
mod text_string;
mod turn;

use std::path::Path;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf as File};

use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::document::{Document, Warning};
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::{HEAD, Reader};
use crate::sniff::{has_extension, looks_like};
use glyphs::Page;
use text_string::text_string;

/// Reads PDF.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pdf {
    /// The source of the blocks.
    pub blocks_by: BlocksBy,
}

/// Where the PDF reader takes its blocks from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlocksBy {
    /// The structure tree if it can be trusted, else the layout.
    #[default]
    Either,
    /// The layout alone, as if the file were not tagged: for comparing both.
    Layout,
}

impl Pdf {
    /// A reader that ignores the structure tree.
    pub fn by_layout() -> Self {
        Self { blocks_by: BlocksBy::Layout }
    }
}

/// The share of the content that a structure tree must hold to be trusted. Trees that hold less were written for a
/// part of the file only, a form or a cover.
const TRUSTED_SHARE: f64 = 0.8;

/// With fewer printed glyphs on an average page, the pages are taken for scanned pictures.
const LEAST_GLYPHS_PER_PAGE: usize = 20;

impl Reader for Pdf {
    fn format(&self) -> &'static str {
        "pdf"
    }

    fn recognises(&self, path: &Path, head: &[u8]) -> bool {
        // A PDF under the name of another format is left to that format's reader, which says that it is mislabelled.
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
        let mut file = File::new(bytes.to_vec()).map_err(load_error)?;
        if let Some(bytes) = preflight::check(&file, budget)?.hide(bytes) {
            file = File::new(bytes).map_err(load_error)?;
            // What is hidden may have hidden more.
            preflight::check(&file, budget)?;
        }
        let mut document = Document::new(self.format());
        let mut pages = glyphs::pages(&file, budget)?;
        if self.blocks_by == BlocksBy::Layout {
            let glyphs = pages.iter_mut().flat_map(|page| &mut page.glyphs);
            glyphs.for_each(|glyph| glyph.artifact = false);
        }
        pages.iter_mut().for_each(overprint::remove_repeated);
        document.pages = u32::try_from(pages.len()).unwrap_or(u32::MAX);
        document.properties = properties(&file);

        let glyphs: usize = pages.iter().map(Page::printed_glyphs).sum();
        if pages.is_empty() {
            return Err(ReadError::new(
                ReadErrorKind::Damaged,
                "the PDF holds no pages that can be read; download it again",
            ));
        }
        if glyphs < LEAST_GLYPHS_PER_PAGE * pages.len() {
            return Err(ReadError::new(
                ReadErrorKind::NoText,
                format!(
                    "the PDF holds almost no text ({glyphs} characters in {} pages); if its pages are scanned pictures, run text \
                     recognition (OCR) on it first",
                    pages.len()
                ),
            ));
        }
        document.warnings = page_warnings(&pages);
        if !is_whole(bytes) {
            let message = "the end of the file is missing, so text may be lost or misread; download it again";
            document.warnings.insert(0, Warning::new("truncated", message));
        }

        let tree = match self.blocks_by {
            BlocksBy::Either => structure::read_tree(&file, budget),
            BlocksBy::Layout => None,
        };
        let by_tree = tree.map(|root| structure::blocks(&root, &pages));
        document.blocks = match by_tree {
            Some(found) if found.glyphs as f64 >= TRUSTED_SHARE * content_glyphs(&pages) as f64 => {
                document.tagged = true;
                if found.unplaced > 0 {
                    document.warnings.push(Warning::new(
                        "text-outside-structure",
                        format!(
                            "{} characters are outside the structure tree of the PDF; they were placed by their position",
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
                        "the structure tree of the PDF holds {} of {} characters; paragraphs were found by their position instead",
                        found.glyphs,
                        content_glyphs(&pages)
                    ),
                ));
                layout::blocks(&pages)
            }
            None => layout::blocks(&pages),
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

/// True if a PDF header begins in the first 1,024 bytes. Some producers write a line or two before it, and viewers
/// accept that.
fn has_header(head: &[u8]) -> bool {
    head.windows(5).take(1024).any(|window| window == b"%PDF-")
}

/// True if the last 2,048 bytes give the offset of the cross-reference table, as the end of a PDF must
/// (ISO 32000-2, 7.5.5).
fn is_whole(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    tail.windows(9).any(|window| window == b"startxref")
}

/// The number of glyphs that are content, on all pages.
fn content_glyphs(pages: &[Page]) -> usize {
    pages.iter().map(Page::content_glyphs).sum()
}

fn load_error(error: LoadPdfError) -> ReadError {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            ReadError::new(ReadErrorKind::Encrypted, "the PDF asks for a password; save a copy without one")
        }
        LoadPdfError::Decryption(_) => ReadError::new(
            ReadErrorKind::Encrypted,
            "the PDF is encrypted by a method that cannot be read here; save a copy without encryption",
        ),
        LoadPdfError::Invalid => ReadError::new(
            ReadErrorKind::Damaged,
            "the file begins as a PDF, but is truncated or damaged; download it again",
        ),
    }
}

fn page_warnings(pages: &[Page]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for page in pages {
        if page.printed_glyphs() == 0 {
            warnings.push(Warning::new("no-text-on-page", "the page holds no text").on_page(page.number));
        }
        let unknown = page.text.matches(char::REPLACEMENT_CHARACTER).count();
        if unknown > 0 {
            let message = format!(
                "{unknown} characters cannot be identified by the fonts of the file; shown as \u{FFFD}"
            );
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
