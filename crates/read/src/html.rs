//! HTML, by the tokenizer of `html5gum`.
//!
//! The tokenizer follows the WHATWG HTML standard (13.2.5). No tree is built: start and end tags open and close blocks as
//! they come, and the stack of open elements (13.2.4.2) has a bounded depth, so that a page of a hundred thousand nested
//! elements costs no more than a flat one. Which parts of a page are content is decided at the end, when the whole page is
//! known.

mod element;
mod extract;
mod metadata;
mod open_elements;

use std::collections::HashSet;
use std::path::Path;

use encoding_rs::Encoding;

use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::document::{Document, Warning};
use crate::encoding::decode;
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::Reader;
use crate::sniff::{has_extension, refuse_other};
use element::Exclusion;
use extract::{DraftBlock, Extractor};

/// Reads HTML, and XHTML as HTML.
///
/// Menus, headers and footers of the site, forms, and boxes about cookies or newsletters become [`BlockKind::Artifact`];
/// scripts and hidden elements are left out. Numbers and bullets of lists become part of the text, as a browser shows them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Html;

impl Reader for Html {
    fn format(&self) -> &'static str {
        "html"
    }

    fn recognises(&self, path: &Path, head: &[u8]) -> bool {
        // Pages are often saved under the last part of their address, which has no extension.
        has_extension(path, &["htm", "html", "xhtml"]) || (path.extension().is_none() && is_page(head))
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        refuse_other(bytes, "a web page", true)?;
        let decoded = decode(bytes, declared_encoding(bytes), "a web page")?;
        let mut document = Document::new(self.format());
        document.tagged = true;
        document.warnings.extend(decoded.warning());
        let page = Extractor::read(&decoded.text, budget)?;
        if page.flattened {
            document.warnings.push(Warning::new(
                "nested-too-deeply",
                "elements are nested more deeply than any page needs; the deepest were read as one level",
            ));
        }
        document.properties = page.metadata.into_properties();
        document.trusted = true;
        document.blocks = into_blocks(page.drafts, &page.layout_tables);
        if document.blocks.iter().all(|block| block.kind == BlockKind::Artifact) {
            return Err(ReadError::new(
                ReadErrorKind::NoText,
                "the page holds no text, since a script fills it in; save it from a browser, or print it to PDF",
            ));
        }
        Ok(document)
    }
}

/// The blocks of HTML inside another format.
///
/// # Errors
/// [`ReadErrorKind::OverBudget`].
#[cfg(any(feature = "epub", feature = "markdown"))]
pub(crate) fn blocks_of(text: &str, budget: &Budget) -> Result<Vec<Block>, ReadError> {
    let page = Extractor::read(text, budget)?;
    Ok(into_blocks(page.drafts, &page.layout_tables))
}

fn is_page(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&head[..head.len().min(512)]).trim_start().to_ascii_lowercase();
    text.starts_with("<!doctype html") || text.starts_with("<html")
}

/// The encoding that a page declares in its first 1,024 bytes, as the standard requires (13.2.3.2): `<meta charset="…">`,
/// `<?xml encoding="…"?>`.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let at = text.find("charset=").map(|at| at + 8).or_else(|| text.find("encoding=").map(|at| at + 9))?;
    let label = text[at..].trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|letter: char| !(letter.is_ascii_alphanumeric() || "-_:.".contains(letter)));
    Encoding::for_label(&label.as_bytes()[..end.unwrap_or(label.len())])
}

/// Decides for a whole page which drafts are content, and makes blocks of all.
///
/// Single elements mislead: some sites wrap the whole page in a form, or use a class such as `newsletter` for their main
/// text. So an exclusion that would cost most of the page is undone.
fn into_blocks(mut drafts: Vec<DraftBlock>, layout_tables: &HashSet<u32>) -> Vec<Block> {
    let length = |drafts: &[DraftBlock], counts: &dyn Fn(&DraftBlock) -> bool| -> usize {
        drafts
            .iter()
            .filter(|draft| counts(draft))
            .flat_map(|draft| &draft.lines)
            .map(|line| line.text.len())
            .sum()
    };
    // Most of the text in forms: the page is a form.
    let outside = length(&drafts, &|draft| draft.exclusion.is_none());
    if length(&drafts, &|draft| draft.exclusion == Some(Exclusion::Form)) > outside {
        for draft in drafts.iter_mut().filter(|draft| draft.exclusion == Some(Exclusion::Form)) {
            draft.exclusion = None;
        }
    }
    // Nothing left: the classes mean something else on this site.
    if drafts.iter().all(|draft| draft.exclusion.is_some()) {
        for draft in drafts.iter_mut().filter(|draft| draft.exclusion == Some(Exclusion::Class)) {
            draft.exclusion = None;
        }
    }
    // Most of the content in `main`: nothing outside it is content, except notes.
    let content = length(&drafts, &|draft| draft.exclusion.is_none());
    let main = length(&drafts, &|draft| draft.exclusion.is_none() && draft.in_main);
    if main * 2 >= content && main > 0 {
        for draft in drafts.iter_mut().filter(|draft| !draft.in_main && draft.kind != BlockKind::Note) {
            draft.exclusion = draft.exclusion.or(Some(Exclusion::Landmark));
        }
    }
    let block = |draft: DraftBlock| {
        let cell = draft.cell.filter(|(table, ..)| !layout_tables.contains(table));
        let kind = match (draft.exclusion, cell) {
            (Some(_), _) => BlockKind::Artifact,
            (None, Some((table, row, column))) if draft.kind != BlockKind::Note => {
                BlockKind::Cell { table, row, column }
            }
            _ => draft.kind,
        };
        Block::new(kind, draft.lines)
    };
    drafts.into_iter().map(block).collect()
}

#[cfg(test)]
mod tests;
