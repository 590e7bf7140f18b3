//! Word (Office Open XML), by `quick-xml` over a small ZIP reader of our own.

mod archive;
mod body;
mod numbering;
mod style;
mod xml;

use std::collections::HashMap;
use std::path::Path;

use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::document::{Document, Warning};
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::Reader;
use crate::sniff::{has_extension, refuse_other};
use archive::Archive;
use body::Body;
use numbering::Numbering;
use style::Styles;
use xml::{Piece, walk};

/// Reads Word files (`.docx`).
///
/// Styles tell headings, lists print their numbers, deletions that are still tracked are left out and insertions are
/// text. Heads and feet become [`BlockKind::Artifact`]; a note stands behind the paragraph that mentions it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Docx;

impl Reader for Docx {
    fn format(&self) -> &'static str {
        "docx"
    }

    fn recognises(&self, path: &Path, _head: &[u8]) -> bool {
        has_extension(path, &["docx"])
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        check_content(bytes)?;
        let mut archive = Archive::open(bytes, budget.output)?;
        let Some(main) = main_part(&mut archive, budget)? else { return Err(no_document(&archive)) };
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let beside =
            |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let mut part = |name: &str| Ok::<_, ReadError>(archive.read(&beside(name))?.unwrap_or_default());

        let mut document = Document::new(self.format());
        document.tagged = true;
        let mut body = Body {
            styles: Styles::read(&part("styles.xml")?, budget)?,
            numbering: Numbering::read(&part("numbering.xml")?, budget)?,
            notes: HashMap::new(),
            budget,
            marks: HashMap::new(),
            tables: 0,
            output: 0,
        };
        body.read_notes(&part("footnotes.xml")?, "footnote")?;
        body.read_notes(&part("endnotes.xml")?, "endnote")?;
        let text = archive.read(&main)?.unwrap_or_default();
        let (blocks, whole) = body.blocks(&text)?;
        document.blocks = blocks;
        if document.blocks.is_empty() {
            let (kind, message) = if whole {
                (
                    ReadErrorKind::NoText,
                    "the Word file holds no text; if it holds pictures of pages, put them through text recognition (OCR)",
                )
            } else {
                (
                    ReadErrorKind::Damaged,
                    "the text of the Word file is damaged; open it in Word and save it again",
                )
            };
            return Err(ReadError::new(kind, message));
        }
        if !whole {
            let message = "the text breaks off: the file is damaged. Open it in Word and save it again";
            document.warnings.push(Warning::new("damaged", message));
        }
        let outer: Vec<String> =
            archive.names().into_iter().filter(|name| is_outer(name, &folder)).map(str::to_owned).collect();
        for name in outer {
            let text = archive.read(&name)?.unwrap_or_default();
            let (blocks, _) = body.blocks(&text)?;
            let artifact = |block: Block| Block::new(BlockKind::Artifact, block.lines);
            document.blocks.extend(blocks.into_iter().map(artifact));
        }
        let core = archive.read("docProps/core.xml")?.unwrap_or_default();
        document.properties = properties(&core, budget)?;
        Ok(document)
    }
}

/// Refuses what is no ZIP archive, and says what it is.
fn check_content(bytes: &[u8]) -> Result<(), ReadError> {
    refuse_other(if bytes.starts_with(b"PK") { b"" } else { bytes }, "a Word file", false).map_err(
        |error| {
            // Word puts a locked file into the container of its old format.
            let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            if bytes.windows(name.len()).any(|window| window == name) {
                let message = "the Word file asks for a password; save it without one";
                return ReadError::new(ReadErrorKind::Encrypted, message);
            }
            error
        },
    )?;
    if bytes.starts_with(b"PK") {
        return Ok(());
    }
    let message = "named as a Word file, but it holds something else; give it the ending of its real format";
    Err(ReadError::new(ReadErrorKind::Mislabelled, message))
}

/// The name of the part that holds the text.
fn main_part(archive: &mut Archive<'_>, budget: &Budget) -> Result<Option<String>, ReadError> {
    let relations = archive.read("_rels/.rels")?.unwrap_or_default();
    let mut target = None;
    walk(&relations, budget, |piece| {
        if let Piece::Start("Relationship", attributes) = piece
            && attributes.get("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            target = attributes.get("Target").map(|target| target.trim_start_matches('/').to_owned());
        }
        Ok(())
    })?;
    let usual = "word/document.xml".to_owned();
    let named = target.filter(|name| {
        archive.holds(name) && name.rsplit('/').next().is_some_and(|name| name.starts_with("document"))
    });
    Ok(named.or_else(|| archive.holds(&usual).then_some(usual)))
}

/// Why an archive without a text is no Word file.
fn no_document(archive: &Archive<'_>) -> ReadError {
    let names = archive.names();
    let other =
        [("xl/", "an Excel file"), ("ppt/", "a PowerPoint file"), ("content.xml", "an OpenDocument file")];
    let other = other.iter().find(|(start, _)| names.iter().any(|name| name.starts_with(start)));
    match other {
        Some((_, what)) => {
            let message = format!("named as a Word file, but it holds {what}; save it as .docx");
            ReadError::new(ReadErrorKind::Mislabelled, message)
        }
        None => {
            let message = "the archive holds no Word document; open it in Word and save it again";
            ReadError::new(ReadErrorKind::Damaged, message)
        }
    }
}

/// True for the parts that hold heads and feet.
fn is_outer(name: &str, folder: &str) -> bool {
    let name = name.strip_prefix(folder).unwrap_or_default().trim_start_matches('/');
    !name.contains('/')
        && name.ends_with(".xml")
        && (name.starts_with("header") || name.starts_with("footer"))
}

/// What the file says of itself.
fn properties(core: &[u8], budget: &Budget) -> Result<Vec<(String, String)>, ReadError> {
    let mut properties: Vec<(String, String)> = Vec::new();
    let mut open = None;
    walk(core, budget, |piece| {
        match piece {
            Piece::Start(name, _) => {
                open = match name {
                    "title" | "subject" | "keywords" | "created" | "modified" => Some(name.to_owned()),
                    "creator" => Some("author".to_owned()),
                    _ => None,
                };
            }
            Piece::Text(text) if !text.trim().is_empty() => {
                if let Some(key) = &open {
                    match properties.last_mut().filter(|(last, _)| last == key) {
                        Some((_, value)) => value.push_str(text),
                        None => properties.push((key.clone(), text.trim_start().to_owned())),
                    }
                }
            }
            Piece::End(_) => open = None,
            Piece::Text(_) => {}
        }
        Ok(())
    })?;
    Ok(properties)
}

#[cfg(test)]
mod tests;
