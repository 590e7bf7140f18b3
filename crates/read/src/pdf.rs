//! PDF, by the `hayro` interpreter.
//!
//! A tagged PDF (ISO 32000-2, 14.7 and 14.8) says itself which glyphs are a heading, a list item or a cell, and which are
//! page furniture; its blocks come from that structure tree. Trees lie: the tree is believed only as far as it agrees with
//! the page, and a warning says where the two part. Without a tree, or with one that holds too little of the text or in
//! another order, blocks are inferred from the layout.
//!
//! The way through a file: [`preflight`] refuses one that would exhaust memory or time; [`glyphs`] interprets the pages,
//! with [`font_encoding`] for fonts that declare no encoding; [`overprint`] keeps one of the glyphs that are drawn twice
//! in one place; [`artifact`] finds text that is marked as furniture; then [`structure`] or [`layout`] groups glyphs into
//! runs, and [`line`](mod@line) makes lines of the runs by way of [`pieces`], with [`spacing`] for words and [`direction`]
//! for lines from right to left. What an untagged file does not say is found by position: [`region`] tells running text,
//! [`columns`] and tables ([`table`]), [`hanging_number`] and [`initial`] what belongs to the text beside it, [`footnote`]
//! what is a note. [`slant`] turns back pages that lie askew. [`printed`]
//! keeps the places of the letters of one page, and [`scan`] draws the pictures of a page without text. [`annotations`] adds
//! the words that lie over the pages, as values typed into forms, and [`tick_box`] what is ticked in them; [`widget`] finds
//! their fields.

mod annotations;
mod artifact;
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
mod page_labels;
mod piece;
mod pieces;
mod preflight;
mod printed;
mod region;
mod row;
mod run;
mod scan;
mod slant;
mod spacing;
mod structure;
mod table;
mod text_string;
mod tick_box;
mod turn;
mod widget;

use std::path::Path;

use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf as File};

use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::document::{Document, Warning};
use crate::error::{ReadError, ReadErrorKind};
use crate::number_words::page_ranges;
use crate::reader::{HEAD, Reader};
use crate::sniff::{has_extension, looks_like};
use annotations::Annotations;
use glyphs::Page;
use page_labels::page_labels;
pub use printed::{PrintedLetter, PrintedPage};
pub use scan::{ScannedPage, pages_without_text};
use structure::TreeBlocks;
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

/// The share of paragraphs that a structure tree may have in another order than the page before it is not believed.
/// Boxes that float beside the text are some, and a tree in the order in which a file was edited has many.
const MOST_BACKWARDS: f64 = 0.2;

/// Fewer paragraphs in another order are boxes, whatever their share.
const FEWEST_BACKWARDS: usize = 3;

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
        if !has_header(head) && !holds_objects(head) {
            let content = looks_like(head).unwrap_or("something else");
            let message = format!("named as a PDF, but it holds {content}; download it again");
            return Err(ReadError::new(ReadErrorKind::Mislabelled, message));
        }
        let (file, _) = open(bytes, budget)?;
        let mut document = Document::new(self.format());
        let mut pages = glyphs::pages(&file, budget)?;
        if self.blocks_by == BlocksBy::Layout {
            let glyphs = pages.iter_mut().flat_map(|page| &mut page.glyphs);
            glyphs.for_each(|glyph| glyph.artifact = false);
        }
        pages.iter_mut().for_each(overprint::remove_repeated);
        pages.iter_mut().for_each(slant::straighten);
        tick_box::add(&file, &mut pages, budget);
        document.pages = u32::try_from(pages.len()).unwrap_or(u32::MAX);
        document.properties = properties(&file);
        document.page_labels = page_labels(&file);

        if pages.is_empty() {
            return Err(ReadError::new(
                ReadErrorKind::Damaged,
                "the PDF holds no pages that can be read; download it again",
            ));
        }
        let mut annotations = annotations::annotations(&file, &pages, budget);
        if annotations.typed.is_empty() && pages.iter().all(|page| page.printed_glyphs() == 0) {
            return Err(no_text(&pages));
        }
        document.warnings = page_warnings(&pages, &annotations);
        document.warnings.append(&mut annotations.warnings);
        document.warnings.extend(unread_form(&file, &annotations));
        let marked_as_content = content_glyphs(&pages);
        document.warnings.extend(reclaimed(artifact::reclaim(&mut pages)));
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
            Some(found) => match doubt_of_tree(&found, marked_as_content) {
                None => {
                    document.tagged = true;
                    // Text that was marked as an artifact is outside the tree too.
                    let reclaimed = content_glyphs(&pages).saturating_sub(marked_as_content);
                    document.warnings.extend(parted(&found, reclaimed));
                    found.blocks
                }
                Some(doubt) => {
                    document.warnings.push(doubt);
                    layout::blocks(&pages)
                }
            },
            None => layout::blocks(&pages),
        };
        for (page, typed) in annotations.typed {
            annotations::insert(&mut document.blocks, page, typed, budget);
            if budget.is_over() {
                let message = "the forms of the PDF took too long to read; raise the limit, or print the file to a new PDF";
                return Err(ReadError::new(ReadErrorKind::OverBudget, message));
            }
        }
        if document.blocks.iter().all(|block: &Block| block.kind == BlockKind::Artifact) {
            return Err(no_text(&pages));
        }
        Ok(document)
    }
}

/// Opens a file without the parts that ask for more memory or time than the budget allows. Also returns its bytes without them,
/// if it has any.
fn open(bytes: &[u8], budget: &Budget) -> Result<(File, Option<Vec<u8>>), ReadError> {
    let file = File::new(bytes.to_vec()).map_err(load_error)?;
    let Some(hidden) = preflight::check(&file, budget)?.hide(bytes) else { return Ok((file, None)) };
    let file = File::new(hidden.clone()).map_err(load_error)?;
    // What is hidden may have hidden more.
    preflight::check(&file, budget)?;
    Ok((file, Some(hidden)))
}

/// True if a PDF header begins in the first 1,024 bytes. Some producers write a line or two before it, and viewers
/// accept that.
fn has_header(head: &[u8]) -> bool {
    head.windows(5).take(1024).any(|window| window == b"%PDF-")
}

/// True if a file begins with the objects of a PDF: its first line was lost, which viewers do without.
fn holds_objects(head: &[u8]) -> bool {
    let is_object = |window: &[u8]| window.starts_with(b" 0 obj") && b" \r\n<".contains(&window[6]);
    head.windows(7).take(64).any(is_object) && looks_like(head).is_none()
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

/// Why the structure tree of a file is not believed, if so. `content` is the number of glyphs that are marked as content.
fn doubt_of_tree(found: &TreeBlocks, content: usize) -> Option<Warning> {
    let message = if content == 0 || (found.glyphs as f64) < TRUSTED_SHARE * content as f64 {
        format!(
            "the structure tree of the PDF holds {} of {content} characters; paragraphs were found by their position instead",
            found.glyphs
        )
    } else if found.order.backwards >= FEWEST_BACKWARDS
        && found.order.backwards as f64 > MOST_BACKWARDS * found.order.followed as f64
    {
        format!(
            "the structure tree of the PDF has {} of {} paragraphs in another order than they are printed; paragraphs were \
             found by their position instead",
            found.order.backwards, found.order.followed
        )
    } else {
        return None;
    };
    Some(Warning::new("structure-not-trusted", message))
}

/// Warnings where a structure tree and the page part. `reclaimed` glyphs were marked as artifacts, and are known to be
/// outside the tree.
fn parted(found: &TreeBlocks, reclaimed: usize) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let unplaced = found.unplaced.saturating_sub(reclaimed);
    if unplaced > 0 {
        let message = format!(
            "{unplaced} characters are outside the structure tree of the PDF; they were placed by their position"
        );
        warnings.push(Warning::new("text-outside-structure", message));
    }
    if let Some(first) = found.order.pages.first() {
        let message = format!(
            "on {} the structure tree of the PDF has some paragraphs in another order than they are printed; the order of the \
             tree was kept",
            page_ranges(&found.order.pages)
        );
        warnings.push(Warning::new("structure-order", message).on_page(*first));
    }
    warnings
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

/// The error for a file whose pages hold no text.
fn no_text(pages: &[Page]) -> ReadError {
    let pages = match pages {
        [_] => "the page of the PDF holds".to_owned(),
        pages => format!("the {} pages of the PDF hold", pages.len()),
    };
    ReadError::new(
        ReadErrorKind::NoText,
        format!("{pages} no text; if it was scanned, run text recognition (OCR) on it first"),
    )
}

/// A warning about pages that hold no text, and one for each page with letters that are not known.
fn page_warnings(pages: &[Page], annotations: &Annotations) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let typed = |number: u32| annotations.typed.iter().any(|(page, _)| *page == number);
    let empty = pages.iter().filter(|page| page.printed_glyphs() == 0 && !typed(page.number));
    let empty: Vec<u32> = empty.map(|page| page.number).collect();
    if let Some(first) = empty.first() {
        let message = match empty.as_slice() {
            [_] => "the page holds no text; if it was scanned, run text recognition (OCR) on it".to_owned(),
            _ => format!(
                "{} hold no text; if they were scanned, run text recognition (OCR) on them",
                page_ranges(&empty)
            ),
        };
        warnings.push(Warning::new(Warning::NO_TEXT_ON_PAGE, message).on_page(*first));
    }
    for page in pages {
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

/// A warning about pages whose text was marked as an artifact.
fn reclaimed(pages: Vec<u32>) -> Option<Warning> {
    let message = match pages.as_slice() {
        [] => return None,
        [_] => "all text of the page is marked as decoration; it was read as text".to_owned(),
        pages => format!("all text of {} is marked as decoration; it was read as text", page_ranges(pages)),
    };
    Some(Warning::new("text-marked-as-artifact", message).on_page(*pages.first()?))
}

/// A warning about a form whose values are kept as XML (XFA), which the pages need not show.
fn unread_form(file: &File, annotations: &Annotations) -> Option<Warning> {
    let xref = file.xref();
    let catalogue = xref.get::<Dict<'_>>(xref.root_id())?;
    let form = catalogue.get::<Dict<'_>>(b"AcroForm".as_slice())?;
    let message = "the PDF is a form that keeps its values apart from its pages (XFA); what was typed into it may be missing; \
                   print it to a new PDF";
    (form.contains_key(b"XFA".as_slice()) && annotations.typed.is_empty())
        .then(|| Warning::new("form-not-read", message))
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
