//! HTML, by the tokenizer of `html5gum`.
//!
//! The tokenizer follows the WHATWG HTML standard (13.2.5). No tree is built: start and end tags open and close blocks as
//! they come, and the stack of open elements (13.2.4.2) has a bounded depth, so that a page of a hundred thousand nested
//! elements costs no more than a flat one. Which parts of a page are content is decided at the end, when the whole page is
//! known.

mod content;
mod element;
mod extract;
mod hint;
mod metadata;
mod open_elements;
mod region;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use encoding_rs::Encoding;

use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::document::{Document, Warning};
use crate::encoding::decode;
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::Reader;
use crate::sniff::{has_extension, refuse_other};
use extract::{DraftBlock, Extractor};

/// Reads HTML, and XHTML as HTML.
///
/// The text of the page is the part with most of its prose. Menus, headers and footers of the site, forms, comments, teasers
/// and boxes about cookies or newsletters become [`BlockKind::Artifact`]; scripts and hidden elements are left out. Numbers
/// and bullets of lists become part of the text, as a browser shows them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Html;

/// Bytes; the data of a page that holds fewer is a summary.
const LITTLE_DATA: usize = 400;
/// The data of a page is its text where the page shows less than one part in this many of it.
const LITTLE_SHOWN: u64 = 5;

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
        let mut page = Extractor::read(&decoded.text, budget)?;
        if page.flattened {
            document.warnings.push(Warning::new(
                "nested-too-deeply",
                "elements are nested more deeply than any page needs; the deepest were read as one level",
            ));
        }
        document.trusted = true;
        let drafts = without_layout_tables(page.drafts, &page.layout_tables);
        let selection = content::select(&drafts, &page.regions, page.metadata.is_article());
        document.warnings.extend(selection.warning());
        let shown = selection.prose;
        document.blocks = into_blocks(drafts, selection.content);
        if let Some(data) = page.metadata.take_article().filter(|data| data.len() > LITTLE_DATA) {
            let article = Extractor::read(&data, budget)?;
            let letters: u64 = article.drafts.iter().map(|draft| draft.letters as u64).sum();
            if shown * LITTLE_SHOWN < letters {
                let all = vec![true; article.drafts.len()];
                document.blocks.extend(into_blocks(article.drafts, all));
                document.warnings.push(Warning::new(
                    "text-from-data",
                    "the page shows its article by a script; the text was taken from the data for search engines",
                ));
            }
        }
        document.properties = page.metadata.into_properties();
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
    let drafts = without_layout_tables(page.drafts, &page.layout_tables);
    let selection = content::select_from_part(&drafts, &page.regions);
    Ok(into_blocks(drafts, selection.content))
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

/// The blocks of a page: what is content, by its kind, and the rest as artifacts.
fn into_blocks(drafts: Vec<DraftBlock>, content: Vec<bool>) -> Vec<Block> {
    let block = |(draft, content): (DraftBlock, bool)| {
        let kind = match (content, draft.cell) {
            (false, _) => BlockKind::Artifact,
            (true, Some((table, row, column))) if draft.kind != BlockKind::Note => {
                BlockKind::Cell { table, row, column }
            }
            _ => draft.kind,
        };
        Block::new(kind, draft.lines)
    };
    drafts.into_iter().zip(content).map(block).collect()
}

/// Takes the text of tables that lay out the page out of their cells. In it an empty line parts two paragraphs.
fn without_layout_tables(drafts: Vec<DraftBlock>, layout_tables: &HashSet<u32>) -> Vec<DraftBlock> {
    let columns = columns_of_text(&drafts);
    let mut all = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        if draft.cell.is_none_or(|(table, ..)| !layout_tables.contains(&table) && !columns.contains(&table)) {
            all.push(draft);
            continue;
        }
        draft.cell = None;
        let first = all.len();
        // From the last paragraph to the first.
        while let Some(at) = draft.empty_lines.pop() {
            if at > 0 && at < draft.lines.len() {
                all.push(draft.split_off(at));
            }
        }
        all.push(draft);
        all[first..].reverse();
    }
    all
}

/// Cells of a table that lays out columns of text.
const FEW_CELLS: usize = 6;
/// Long paragraphs in one cell of such a table.
const MANY_PARAGRAPHS: usize = 3;
/// Letters of a long paragraph.
const LONG: usize = 60;

/// Tables of few cells, one of which holds paragraphs of text: old pages lay out their columns with them.
fn columns_of_text(drafts: &[DraftBlock]) -> HashSet<u32> {
    let mut cells: HashMap<u32, HashMap<(u32, u32), usize>> = HashMap::new();
    for draft in drafts {
        if let Some((table, row, column)) = draft.cell {
            let cell = cells.entry(table).or_default().entry((row, column)).or_default();
            if draft.letters >= LONG {
                *cell += 1 + draft.empty_lines.len();
            }
        }
    }
    let columns = cells.into_iter().filter(|(_, cells)| {
        cells.len() <= FEW_CELLS && cells.values().any(|paragraphs| *paragraphs >= MANY_PARAGRAPHS)
    });
    columns.map(|(table, _)| table).collect()
}

#[cfg(test)]
mod tests;
