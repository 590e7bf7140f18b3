//! OpenDocument text (ODF 1.3, OASIS): LibreOffice, OpenOffice, and what Google Docs exports.
//!
//! A ZIP archive of XML parts, or one XML file (`.fodt`) with all parts in it. The elements of `office:body` are close to those
//! of HTML. A paragraph is a heading or an item by its element; styles tell the rest.

mod body;
mod lists;
mod styles;

use std::path::Path;

use crate::archive::Archive;
use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::document::{Document, Warning};
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::Reader;
use crate::sniff::{has_extension, refuse_other};
use crate::xml::{XmlEvent, for_each_event, properties as properties_of};
use body::BodyReader;
use styles::Styles;

/// Reads OpenDocument text (`.odt`, `.ott`, `.fodt`).
///
/// Numbers and bullets of lists become part of the text. Tracked changes are read as accepted. Headers and footers become
/// [`BlockKind::Artifact`], after the text; notes follow the paragraph that refers to them; comments are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Odt;

/// The name of the format in messages.
const WHAT: &str = "OpenDocument file";

/// The parts of a file.
struct Parts {
    content: Vec<u8>,
    styles: Vec<u8>,
    meta: Vec<u8>,
}

impl Reader for Odt {
    fn format(&self) -> &'static str {
        "odt"
    }

    fn recognises(&self, path: &Path, head: &[u8]) -> bool {
        has_extension(path, &["odt", "ott", "fodt"])
            || (path.extension().is_none()
                && head
                    .get(30..)
                    .is_some_and(|head| head.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text")))
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        refuse_other(if bytes.starts_with(b"PK") { b"" } else { bytes }, "an OpenDocument file", false)?;
        let parts = parts(bytes, budget)?;
        let mut styles = Styles::default();
        styles.read(&parts.styles, budget)?;
        styles.read(&parts.content, budget)?;
        let mut reader = BodyReader::new(styles, budget);
        let (blocks, whole) = reader.blocks(&parts.content, "body")?;
        let mut document = Document::new(self.format());
        document.tagged = true;
        document.blocks = blocks;
        if document.blocks.is_empty() {
            return Err(no_text(&parts.content, whole, budget)?);
        }
        if !whole {
            let message = "the file is damaged and its text breaks off; open it and save it again";
            document.warnings.push(Warning::new("damaged", message));
        }
        let (outer, _) = reader.blocks(&parts.styles, "master-styles")?;
        let artifact = |block: Block| Block::new(BlockKind::Artifact, block.lines);
        document.blocks.extend(outer.into_iter().map(artifact));
        document.properties = properties(&parts.meta, budget)?;
        Ok(document)
    }
}

/// Takes the file apart.
fn parts(bytes: &[u8], budget: &Budget) -> Result<Parts, ReadError> {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"<?xml") || start.starts_with(b"<office:document") {
        return Ok(Parts { content: bytes.to_vec(), styles: bytes.to_vec(), meta: bytes.to_vec() });
    }
    if !bytes.starts_with(b"PK") {
        let message = "named as an OpenDocument file, but it holds something else; rename it with the ending of its real format";
        return Err(ReadError::new(ReadErrorKind::Mislabelled, message));
    }
    let mut archive = Archive::open(bytes, budget.output, WHAT)?;
    let manifest = archive.read("META-INF/manifest.xml")?.unwrap_or_default();
    if String::from_utf8_lossy(&manifest).contains("encryption-data") {
        let message = "the OpenDocument file asks for a password; save a copy without one";
        return Err(ReadError::new(ReadErrorKind::Encrypted, message));
    }
    let kind = archive.read("mimetype")?.unwrap_or_default();
    let kind = String::from_utf8_lossy(&kind).into_owned();
    for (other, what) in
        [("spreadsheet", "a spreadsheet"), ("presentation", "a presentation"), ("graphics", "a drawing")]
    {
        if kind.contains(other) {
            let message = format!("named as an OpenDocument text, but it holds {what}; save it as PDF");
            return Err(ReadError::new(ReadErrorKind::Mislabelled, message));
        }
    }
    let Some(content) = archive.read("content.xml")? else {
        let message = if archive.names().iter().any(|name| name.starts_with("word/")) {
            let message =
                "named as an OpenDocument file, but it holds a Word file; rename it with the ending .docx";
            return Err(ReadError::new(ReadErrorKind::Mislabelled, message));
        } else {
            "the archive holds no OpenDocument text; open it and save it again"
        };
        return Err(ReadError::new(ReadErrorKind::Damaged, message));
    };
    let styles = archive.read("styles.xml")?.unwrap_or_default();
    let meta = archive.read("meta.xml")?.unwrap_or_default();
    Ok(Parts { content, styles, meta })
}

/// The error for a file without text.
fn no_text(content: &[u8], whole: bool, budget: &Budget) -> Result<ReadError, ReadError> {
    let mut text = false;
    for_each_event(content, budget, WHAT, |event| {
        text |= matches!(event, XmlEvent::Start("text" | "global", _));
        Ok(())
    })?;
    Ok(if !whole {
        let message = "the text of the OpenDocument file is damaged; open it and save it again";
        ReadError::new(ReadErrorKind::Damaged, message)
    } else if text {
        let message = "the OpenDocument file holds no text; if it holds pictures of pages, run text recognition (OCR) on them";
        ReadError::new(ReadErrorKind::NoText, message)
    } else {
        let message = "named as an OpenDocument text, but it holds something else; save it as .odt or as PDF";
        ReadError::new(ReadErrorKind::Mislabelled, message)
    })
}

/// What the file says of itself (Dublin Core).
fn properties(meta: &[u8], budget: &Budget) -> Result<Vec<(String, String)>, ReadError> {
    properties_of(meta, budget, WHAT, Some("meta"), |name| {
        Some(match name {
            "title" => "title",
            "subject" => "subject",
            "keyword" => "keywords",
            "initial-creator" => "author",
            "creation-date" => "created",
            "date" => "modified",
            _ => return None,
        })
    })
}

#[cfg(test)]
mod tests;
