//! The documents of a source, as tantivy stores them.

#[cfg(test)]
mod tests;

use quotable_report::Report;
use serde::Serialize;
use tantivy::Term;

use crate::error::{Error, Result};
use crate::store::entry::{Entry, part_of};
use crate::store::keyword::{THEME_START, heading_keywords, own_keywords, push_keyword};
use crate::store::lexicon::{LexiconPage, LexiconWriter};
use crate::store::packed_tokens::push_term;
use crate::store::record::{HeadingContext, store_context, store_head};
use crate::store::schema::Fields;
use crate::store::shared_document::{DocumentWriter, SharedDocument};
use crate::store::text_print::TextPrinter;
use crate::store::tokens::ParagraphTokens;

/// The term that all documents of a source have. Deleting it removes the source.
pub(crate) fn key_of(fields: &Fields, path: &str) -> Term {
    Term::from_field_bytes(fields.key, key_bytes(path).as_slice())
}

fn key_bytes(path: &str) -> [u8; 16] {
    let mut key = [0; 16];
    // The first bytes of the extended output are those of the plain hash.
    blake3::Hasher::new().update(path.as_bytes()).finalize_xof().fill(&mut key);
    key
}

/// The documents of a report: the source's own first, then its paragraphs in order. Counts the
/// sizes into `entry`, and makes its print.
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
    let mut section = SectionPart::default();
    let mut printer = TextPrinter::new(report.authority.is_some() && !report.inspected.is_empty());
    for paragraph in paragraphs {
        if section.section != Some(paragraph.section) {
            section = SectionPart::of(&report, paragraph.section);
        }
        packed.clone_from(&section.keywords);
        own_keywords(&paragraph, |name, value| push_keyword(&mut packed, name, value));
        if chunk.replace(section.theme).is_some_and(|before| before != section.theme) {
            push_term(&mut packed, THEME_START);
        }
        // In the order in which `Record::decode` reads it: head, context, text.
        record.clear();
        store_head(&paragraph, &mut record)?;
        section.store(lexicon_writer, &mut record)?;
        tokens.tokenize(&paragraph, lexicon_writer, &mut record);
        printer.add(&tokens.folded);
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
    entry.print = printer.finish();
    // The source's own document is written last, when its sizes are known, and then moved to the front.
    writing.bytes(fields.key, &key);
    writing.bytes(fields.entry, &entry.to_bytes()?);
    writing.bytes(fields.record, &encode(&report)?);
    writing.end();
    let mut all = writing.finish()?;
    all.rotate_right(1);
    Ok(all)
}

/// The part of a document that all paragraphs of a section share. Computed once for each run of them.
#[derive(Default)]
struct SectionPart {
    /// The section that this is for: `None` before the first paragraph, `Some(None)` for paragraphs without a section.
    section: Option<Option<u32>>,
    context: HeadingContext,
    /// The stored form of the context, once it no longer changes.
    stored: Vec<u8>,
    /// The keywords that come from headings, packed.
    keywords: Vec<u8>,
    /// See [`theme_section`].
    theme: Option<u32>,
}

impl SectionPart {
    fn of(report: &Report, section: Option<u32>) -> Self {
        let context = HeadingContext::of(report, section);
        let mut keywords = Vec::new();
        heading_keywords(&context, |name, value| push_keyword(&mut keywords, name, value));
        let theme = theme_section(report, section);
        Self { section: Some(section), context, stored: Vec::new(), keywords, theme }
    }

    /// Appends the context to `record`.
    fn store(&mut self, lexicon_writer: &mut LexiconWriter, record: &mut Vec<u8>) -> Result<()> {
        if !self.stored.is_empty() {
            record.extend_from_slice(&self.stored);
            return Ok(());
        }
        let start = record.len();
        if store_context(&self.context, lexicon_writer, record)? {
            self.stored.extend(record.iter().skip(start));
        }
        Ok(())
    }
}

/// The section whose heading gives the paragraphs of `section` their theme: the outermost of the adjoining sections
/// with that theme, since those inside inherit it. Paragraphs with the same theme section are one theme chunk, and so
/// are those with none.
fn theme_section(report: &Report, section: Option<u32>) -> Option<u32> {
    let mut themed = report.above(section).skip_while(|(_, section)| section.theme.is_none());
    let (first, section) = themed.next()?;
    themed
        .take_while(|(_, above)| above.theme == section.theme)
        .last()
        .map_or(Some(first), |(top, _)| Some(top))
}

/// The term that all pages of the lexicon have. No source has it: it is shorter than a hash.
pub(crate) fn lexicon_key(fields: &Fields) -> Term {
    Term::from_field_bytes(fields.key, LEXICON)
}

const LEXICON: &[u8] = b"lexicon";

/// The document of a page of the lexicon. It belongs to no source.
pub(crate) fn page_document(fields: &Fields, page: &LexiconPage<'_>) -> Result<SharedDocument> {
    let mut writing = DocumentWriter::default();
    writing.bytes(fields.key, LEXICON);
    writing.bytes(fields.record, &encode(page)?);
    writing.finish_one()
}

/// The only document of a source that could not be read.
pub(crate) fn failed_document(fields: &Fields, entry: &Entry) -> Result<SharedDocument> {
    let mut writing = DocumentWriter::default();
    writing.bytes(fields.key, &key_bytes(&entry.path));
    writing.bytes(fields.entry, &entry.to_bytes()?);
    writing.finish_one()
}

fn encode(value: &impl Serialize) -> Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(|error| Error::unstorable("a report", error))
}
