//! Rich Text Format (specification 1.9.1, Microsoft): Word, WordPad, TextEdit and many a case system.
//!
//! A file is a tree of groups in braces. A group inherits the formatting of the group around it and loses its own at its end.
//! Control words begin with a backslash. Some of them say that their group is no text: a font table, a picture.
//!
//! Written here rather than taken from a library: none of those there are bounds nesting and memory and reads lists,
//! tables and notes.

mod charset;
mod destination;
mod flow;
mod group;
mod reader;
mod sign;
mod token;

use std::path::Path;

use crate::block::BlockKind;
use crate::budget::Budget;
use crate::document::Document;
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::Reader;
use crate::sniff::{has_extension, refuse_other};
use reader::RtfReader;

/// Reads rich text (`.rtf`).
///
/// Headings follow from styles. Numbers and bullets of lists are part of the text, as the file has them. Tracked deletions,
/// hidden text, comments and pictures are left out. Headers and footers become [`BlockKind::Artifact`]; notes follow the
/// paragraph that refers to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rtf;

impl Reader for Rtf {
    fn format(&self) -> &'static str {
        "rtf"
    }

    fn recognises(&self, path: &Path, head: &[u8]) -> bool {
        has_extension(path, &["rtf"]) || (path.extension().is_none() && is_rtf(head))
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        if !is_rtf(bytes) {
            refuse_other(bytes, "rich text", false)?;
            let message = "named as rich text, but it holds something else; rename it with the ending of its real format";
            return Err(ReadError::new(ReadErrorKind::Mislabelled, message));
        }
        let mut document = Document::new(self.format());
        document.tagged = true;
        RtfReader::new(budget).read(bytes, &mut document)?;
        if document.blocks.iter().all(|block| block.kind == BlockKind::Artifact) {
            let message =
                "the file holds no text; if it holds pictures of pages, run text recognition (OCR) on them";
            return Err(ReadError::new(ReadErrorKind::NoText, message));
        }
        Ok(document)
    }
}

fn is_rtf(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start().starts_with(b"{\\rtf")
}

#[cfg(test)]
mod tests;
