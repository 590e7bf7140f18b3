//! HTML, by the tokenizer of `html5gum`.
//!
//! No tree is built. The tokens of the page, in their order, open and close blocks, and what is open is held in a
//! list of bounded length: a page of a hundred thousand nested elements costs no more than a flat one.

mod element;
mod facts;
mod open;
mod page;

use std::path::Path;

use encoding_rs::Encoding;

use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::document::{Document, Warning};
use crate::encoding::decode;
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::Reader;
use crate::sniff::{has_extension, refuse_other};
use element::Apart;
use page::{Draft, Page};

/// Reads HTML, and XHTML as HTML.
///
/// Menus, heads and feet of the site, forms and boxes about cookies or newsletters become
/// [`BlockKind::Artifact`]; scripts and what is hidden become nothing. Numbers and bullets of lists stand in the
/// text, as a browser would show them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Html;

impl Reader for Html {
    fn format(&self) -> &'static str {
        "html"
    }

    fn recognises(&self, path: &Path, head: &[u8]) -> bool {
        // Pages are often saved under the last part of their address, without an ending.
        has_extension(path, &["htm", "html", "xhtml"]) || (path.extension().is_none() && is_page(head))
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        refuse_other(bytes, "a web page", true)?;
        let head = &bytes[..bytes.len().min(1024)];
        let decoded = decode(bytes, declared_encoding(head), "a web page")?;
        let mut document = Document::new(self.format());
        document.tagged = true;
        document.warnings.extend(decoded.warning());
        let page = Page::read(&decoded.text, budget)?;
        if page.flattened {
            document.warnings.push(Warning::new(
                "nested-too-deeply",
                "elements are nested more deeply than any page needs; the deepest were read as flat",
            ));
        }
        document.properties = page.facts.into_properties();
        document.blocks = settle(page.drafts, &page.layout_tables);
        if document.blocks.iter().all(|block| block.kind == BlockKind::Artifact) {
            return Err(ReadError::new(
                ReadErrorKind::NoText,
                "the page holds no text: a script fills it in. Save it from a browser, or print it to PDF",
            ));
        }
        Ok(document)
    }
}

/// The blocks of a piece of HTML that stands inside another format; nothing if it cannot be read.
#[cfg(feature = "markdown")]
pub(crate) fn blocks_of(text: &str, budget: &Budget) -> Result<Vec<Block>, ReadError> {
    let page = Page::read(text, budget)?;
    Ok(settle(page.drafts, &page.layout_tables))
}

fn is_page(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&head[..head.len().min(512)]).trim_start().to_ascii_lowercase();
    text.starts_with("<!doctype html") || text.starts_with("<html")
}

/// The encoding that the first bytes declare: `<meta charset="…">`, `<?xml encoding="…"?>`.
fn declared_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let at = text.find("charset=").map(|at| at + 8).or_else(|| text.find("encoding=").map(|at| at + 9))?;
    let label = text[at..].trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|letter: char| !(letter.is_ascii_alphanumeric() || "-_:.".contains(letter)));
    Encoding::for_label(&label.as_bytes()[..end.unwrap_or(label.len())])
}

/// Says for the whole page which of its parts are content, and makes the blocks.
fn settle(mut drafts: Vec<Draft>, layout_tables: &[u32]) -> Vec<Block> {
    let letters = |drafts: &[Draft], counts: &dyn Fn(&Draft) -> bool| -> usize {
        drafts
            .iter()
            .filter(|draft| counts(draft))
            .flat_map(|draft| &draft.lines)
            .map(|line| line.text.len())
            .sum()
    };
    // Some systems put the whole page into one form.
    let outside = letters(&drafts, &|draft| draft.apart.is_none());
    if letters(&drafts, &|draft| draft.apart == Some(Apart::Form)) > outside {
        for draft in drafts.iter_mut().filter(|draft| draft.apart == Some(Apart::Form)) {
            draft.apart = None;
        }
    }
    // A class that means something else here must not cost the whole text.
    if drafts.iter().all(|draft| draft.apart.is_some()) {
        for draft in drafts.iter_mut().filter(|draft| draft.apart == Some(Apart::Class)) {
            draft.apart = None;
        }
    }
    // Where the page marks its main part and most of the text is in it, the rest is not content.
    let content = letters(&drafts, &|draft| draft.apart.is_none());
    let main = letters(&drafts, &|draft| draft.apart.is_none() && draft.in_main);
    if main * 2 >= content && main > 0 {
        for draft in drafts.iter_mut().filter(|draft| !draft.in_main && draft.kind != BlockKind::Note) {
            draft.apart = draft.apart.or(Some(Apart::Element));
        }
    }
    let block = |draft: Draft| {
        let cell = draft.cell.filter(|(table, ..)| !layout_tables.contains(table));
        let kind = match (draft.apart, cell) {
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
