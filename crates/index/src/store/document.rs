//! A source as the engine's documents.

#[cfg(test)]
mod tests;

use quotable_report::Report;
use serde::Serialize;
use tantivy::Term;

use crate::error::{Error, Result};
use crate::store::entry::{Entry, part_of};
use crate::store::keyword::{THEME_START, heading_keywords, own_keywords, push_keyword};
use crate::store::lexicon::{LexiconWriter, Page};
use crate::store::packed_tokens::push_term;
use crate::store::record::{HeadingContext, store_head, store_standing};
use crate::store::schema::Fields;
use crate::store::shared_document::{DocumentWriter, SharedDocument};
use crate::store::tokens::ParagraphTokens;

/// The term by which a source is removed.
pub(crate) fn key_of(fields: &Fields, path: &str) -> Term {
    Term::from_field_bytes(fields.key, key_bytes(path).as_slice())
}

fn key_bytes(path: &str) -> [u8; 16] {
    blake3::hash(path.as_bytes()).as_bytes().first_chunk().copied().unwrap_or_default()
}

/// The documents of a report: the source's own first, then its paragraphs in order. Counts the sizes of the entry.
pub(crate) fn documents(
    fields: &Fields,
    lexicon_writer: &mut LexiconWriter,
    entry: &mut Entry,
    mut report: Report,
) -> Result<Vec<SharedDocument>> {
    let key = key_bytes(&entry.path);
    let paragraphs = std::mem::take(&mut report.paragraphs);
    let bytes = paragraphs.iter().map(|paragraph| paragraph.text.len()).sum();
    let mut writing = DocumentWriter::with_capacity(paragraphs.len(), bytes);
    let mut chunk = None;
    let (mut tokens, mut packed, mut record) = (ParagraphTokens::default(), Vec::new(), Vec::new());
    let mut above = Above::default();
    for paragraph in paragraphs {
        if above.section != Some(paragraph.section) {
            above = Above::of(&report, paragraph.section);
        }
        packed.clone_from(&above.facets);
        own_keywords(&paragraph, |name, value| push_keyword(&mut packed, name, value));
        if chunk.replace(above.theme).is_some_and(|before| before != above.theme) {
            push_term(&mut packed, THEME_START);
        }
        record.clear();
        store_head(&paragraph, &mut record)?;
        above.store(lexicon_writer, &mut record)?;
        tokens.tokenize(&paragraph, lexicon_writer, &mut record);
        let part = part_of(paragraph.role);
        writing.text([fields.text, fields.table, fields.note][part], &tokens.folded);
        if part == 0 {
            writing.text(fields.pair, &tokens.pairs);
        }
        writing.text(fields.stop, &tokens.stops);
        writing.text(fields.keyword, &packed);
        writing.bytes(fields.key, &key);
        writing.number(fields.words, tokens.words.into());
        if let Some(copy) = tokens.copy() {
            writing.number(fields.copy, copy);
        }
        writing.bytes(fields.record, &record);
        writing.end();
        let size = &mut entry.sizes[part];
        size.paragraphs += 1;
        size.words += u64::from(tokens.words);
    }
    // Only now is it known how much there is.
    writing.bytes(fields.key, &key);
    writing.bytes(fields.entry, &entry.to_bytes()?);
    writing.bytes(fields.record, &encode(&report)?);
    writing.end();
    let mut all = writing.finish()?;
    all.rotate_right(1);
    Ok(all)
}

/// What the paragraphs of a section have in common.
#[derive(Default)]
struct Above {
    /// The section, once there is one; paragraphs may stand in none.
    section: Option<Option<u32>>,
    standing: HeadingContext,
    /// The standing as it is stored, once that is the same for all.
    stored: Vec<u8>,
    /// Packed.
    facets: Vec<u8>,
    /// See [`theme_section`].
    theme: Option<u32>,
}

impl Above {
    fn of(report: &Report, section: Option<u32>) -> Self {
        let standing = HeadingContext::of(report, section);
        let mut facets = Vec::new();
        heading_keywords(&standing, |name, value| push_keyword(&mut facets, name, value));
        let theme = theme_section(report, section);
        Self { section: Some(section), standing, stored: Vec::new(), facets, theme }
    }

    /// Stores the standing.
    fn store(&mut self, lexicon_writer: &mut LexiconWriter, record: &mut Vec<u8>) -> Result<()> {
        if !self.stored.is_empty() {
            record.extend_from_slice(&self.stored);
            return Ok(());
        }
        let start = record.len();
        if store_standing(&self.standing, lexicon_writer, record)? {
            self.stored.extend(record.iter().skip(start));
        }
        Ok(())
    }
}

/// The section whose heading gives the paragraph its theme, not one below it that merely inherits it: those under
/// one such heading are one theme chunk, and so are those under none.
fn theme_section(report: &Report, section: Option<u32>) -> Option<u32> {
    let mut themed = report.above(section).skip_while(|(_, section)| section.theme.is_none());
    let (first, section) = themed.next()?;
    themed
        .take_while(|(_, above)| above.theme == section.theme)
        .last()
        .map_or(Some(first), |(top, _)| Some(top))
}

/// The term by which the parts of the lexicon are found. No path has it: it is no hash.
pub(crate) fn lexicon_key(fields: &Fields) -> Term {
    Term::from_field_bytes(fields.key, LEXICON)
}

const LEXICON: &[u8] = b"lexicon";

/// A part of the lexicon. It belongs to no source.
pub(crate) fn page_document(fields: &Fields, page: &Page<'_>) -> Result<SharedDocument> {
    let mut writing = DocumentWriter::default();
    writing.bytes(fields.key, LEXICON);
    writing.bytes(fields.record, &encode(page)?);
    writing.only()
}

/// The one document of a source that could not be read.
pub(crate) fn failed_document(fields: &Fields, entry: &Entry) -> Result<SharedDocument> {
    let mut writing = DocumentWriter::default();
    writing.bytes(fields.key, &key_bytes(&entry.path));
    writing.bytes(fields.entry, &entry.to_bytes()?);
    writing.only()
}

fn encode(value: &impl Serialize) -> Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(|error| Error::damaged("a record could not be written").because(error))
}
