//! Word (Office Open XML, ECMA-376 part 1), by `quick-xml` over a small ZIP reader of our own.
//!
//! A Word file is a ZIP archive of XML parts. `_rels/.rels` names the main part; styles, numbering and notes lie beside it.
//! The main part holds paragraphs (`w:p`) of runs (`w:r`) of text (`w:t`); what a paragraph *is* follows from its style
//! and its list, which the other parts define.

mod body;
mod form_field;
mod numbering;
mod style;
mod xml;

use std::collections::HashMap;
use std::path::Path;

use crate::archive::Archive;
use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::document::{Document, Warning};
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::Reader;
use crate::sniff::{has_extension, refuse_other};
use crate::xml::{XmlEvent, properties as properties_of};
use body::BodyReader;
use numbering::Numbering;
use style::Styles;
use xml::for_each_event;

/// Reads Word files (`.docx`), those with macros (`.docm`) and templates (`.dotx`, `.dotm`). No macro is run.
///
/// Headings follow from styles. Numbers and bullets of lists become part of the text. Tracked changes are read as accepted.
/// Headers and footers become [`BlockKind::Artifact`], after the text; notes follow the paragraph that refers to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Docx;

/// The name of the format in messages.
const WHAT: &str = "Word file";

impl Reader for Docx {
    fn format(&self) -> &'static str {
        "docx"
    }

    fn recognises(&self, path: &Path, head: &[u8]) -> bool {
        has_extension(path, &["docx", "docm", "dotx", "dotm"])
            || (path.extension().is_none() && is_word(head))
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        check_content(bytes)?;
        let mut archive = Archive::open(bytes, budget.output, WHAT)?;
        let Some(main) = main_part(&mut archive, budget)? else { return Err(no_main_part(&archive)) };
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let sibling =
            |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let mut part = |name: &str| Ok::<_, ReadError>(archive.read(&sibling(name))?.unwrap_or_default());

        let mut document = Document::new(self.format());
        document.tagged = true;
        let mut body = BodyReader {
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
        let text = archive.read(&main)?.ok_or_else(|| no_main_part(&archive))?;
        let (blocks, whole) = body.blocks(&text)?;
        document.blocks = blocks;
        if document.blocks.is_empty() {
            let (kind, message) = if whole {
                (
                    ReadErrorKind::NoText,
                    "the Word file holds no text; if it holds pictures of pages, run text recognition (OCR) on them",
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
            let message = "the file is damaged and its text breaks off; open it in Word and save it again";
            document.warnings.push(Warning::new("damaged", message));
        }
        let outer: Vec<String> = archive
            .names()
            .into_iter()
            .filter(|name| is_header_or_footer(name, &folder))
            .map(str::to_owned)
            .collect();
        for name in outer {
            let Some(text) = archive.read(&name)? else {
                debug_assert!(false, "{name} is listed and missing");
                continue;
            };
            let (blocks, _) = body.blocks(&text)?;
            let artifact = |block: Block| Block::new(BlockKind::Artifact, block.lines);
            document.blocks.extend(blocks.into_iter().map(artifact));
        }
        let core = archive.read("docProps/core.xml")?.unwrap_or_default();
        document.properties = properties(&core, budget)?;
        Ok(document)
    }
}

/// True for an archive whose first entry is one that Word writes first.
fn is_word(head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    let first = [&b"[Content_Types].xml"[..], b"_rels/.rels", b"word/", b"docProps/"];
    head.starts_with(b"PK\x03\x04") && first.iter().any(|first| name.starts_with(first))
}

/// Refuses a file that is not a ZIP archive, naming its format.
fn check_content(bytes: &[u8]) -> Result<(), ReadError> {
    refuse_other(if bytes.starts_with(b"PK") { b"" } else { bytes }, "a Word file", false).map_err(
        |error| {
            // An encrypted Word file is a compound file of the old Office format ([MS-OFFCRYPTO], 2.3).
            let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            if bytes.windows(name.len()).any(|window| window == name) {
                let message = "the Word file asks for a password; save a copy without one";
                return ReadError::new(ReadErrorKind::Encrypted, message);
            }
            error
        },
    )?;
    if bytes.starts_with(b"PK") {
        return Ok(());
    }
    let message =
        "named as a Word file, but it holds something else; rename it with the ending of its real format";
    Err(ReadError::new(ReadErrorKind::Mislabelled, message))
}

/// The name of the part that holds the document.
fn main_part(archive: &mut Archive<'_>, budget: &Budget) -> Result<Option<String>, ReadError> {
    let relations = archive.read("_rels/.rels")?.unwrap_or_default();
    let mut target = None;
    for_each_event(&relations, budget, |event| {
        if let XmlEvent::Start("Relationship", attributes) = event
            && attributes.get("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            target = attributes.get("Target").map(|target| target.trim_start_matches('/').to_owned());
        }
        Ok(())
    })?;
    // Some producers name a main part that is not there.
    let usual = "word/document.xml".to_owned();
    let named = target.filter(|name| {
        archive.holds(name) && name.rsplit('/').next().is_some_and(|name| name.starts_with("document"))
    });
    Ok(named.or_else(|| archive.holds(&usual).then_some(usual)))
}

/// The error for an archive without a main part.
fn no_main_part(archive: &Archive<'_>) -> ReadError {
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

/// True for the name of a header or footer part.
fn is_header_or_footer(name: &str, folder: &str) -> bool {
    let name = name.strip_prefix(folder).unwrap_or_default().trim_start_matches('/');
    !name.contains('/')
        && name.ends_with(".xml")
        && (name.starts_with("header") || name.starts_with("footer"))
}

/// The core properties of the file (Dublin Core).
fn properties(core: &[u8], budget: &Budget) -> Result<Vec<(String, String)>, ReadError> {
    properties_of(core, budget, WHAT, None, |name| {
        Some(match name {
            "title" => "title",
            "subject" => "subject",
            "keywords" => "keywords",
            "created" => "created",
            "modified" => "modified",
            "creator" => "author",
            _ => return None,
        })
    })
}

#[cfg(test)]
mod tests;
