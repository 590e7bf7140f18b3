//! A source as the engine's documents.

mod record;
#[cfg(test)]
mod tests;
mod written;

use quotable_report::{Paragraph, Report, Role};
use serde::Serialize;
use tantivy::Term;

use self::record::store;
pub(crate) use self::record::{Record, Standing};
use self::written::Writing;
pub(crate) use self::written::Written;
use crate::cut::Cut;
use crate::entry::{Entry, part_of};
use crate::lexicon::{Coiner, Page};
use crate::schema::Fields;
use crate::tokenizer::push_term;
use crate::{Error, Result};

/// The term by which a source is removed.
pub(crate) fn key_of(fields: &Fields, path: &str) -> Term {
    Term::from_field_bytes(fields.key, key_bytes(path).as_slice())
}

fn key_bytes(path: &str) -> [u8; 16] {
    blake3::hash(path.as_bytes()).as_bytes().first_chunk().copied().unwrap_or_default()
}

/// The value of a facet as the index holds it.
pub(crate) fn facet(name: &str, value: &str) -> String {
    // The engine drops longer terms; so long a heading is none.
    format!("{name}\0{}", &value[..value.floor_char_boundary(1000)])
}

/// A page number as a facet: all of one length, so that they sort as numbers.
pub(crate) fn page_facet(page: u32) -> String {
    facet("page", &format!("{page:010}"))
}

/// The documents of a report: the source's own first, then its paragraphs in order. Counts the sizes of the entry.
pub(crate) fn documents(
    fields: &Fields,
    coiner: &mut Coiner,
    entry: &mut Entry,
    mut report: Report,
) -> Result<Vec<Written>> {
    let key = key_bytes(&entry.path);
    let paragraphs = std::mem::take(&mut report.paragraphs);
    let mut writing = Writing::default();
    let mut chunk = None;
    let (mut cut, mut packed) = (Cut::default(), String::new());
    let mut above = Above::default();
    for paragraph in paragraphs {
        if above.section != Some(paragraph.section) {
            above = Above::of(&report, paragraph.section);
        }
        packed.clone_from(&above.facets);
        for facet in own_facets(&paragraph) {
            push_term(&mut packed, &facet);
        }
        if chunk.replace(above.theme).is_some_and(|before| before != above.theme) {
            push_term(&mut packed, TURN);
        }
        cut.cut(&paragraph);
        let stored = store(&paragraph, &above.standing, coiner)?;
        let part = part_of(paragraph.role);
        writing.text([fields.text, fields.table, fields.note][part], cut.folded.as_bytes());
        if part == 0 {
            writing.text(fields.pair, cut.pairs.as_bytes());
        }
        writing.text(fields.stop, cut.stops.as_bytes());
        writing.text(fields.facet, packed.as_bytes());
        writing.bytes(fields.key, &key);
        writing.number(fields.words, cut.words.into());
        if let Some(copy) = cut.copy() {
            writing.number(fields.copy, copy);
        }
        writing.bytes(fields.record, &stored);
        writing.end();
        let size = &mut entry.sizes[part];
        size.paragraphs += 1;
        size.words += u64::from(cut.words);
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
    standing: Standing,
    /// Packed.
    facets: String,
    /// See [`theme_section`].
    theme: Option<u32>,
}

impl Above {
    fn of(report: &Report, section: Option<u32>) -> Self {
        let standing = Standing::of(report, section);
        let mut facets = String::new();
        for facet in facets_above(&standing) {
            push_term(&mut facets, &facet);
        }
        Self { section: Some(section), standing, facets, theme: theme_section(report, section) }
    }
}

/// The facet of a paragraph with which another theme chunk begins than that of the paragraph before it.
pub(crate) const TURN: &str = "turn\0";

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

/// A part of the lexicon. It belongs to no source, and is never removed.
pub(crate) fn page_document(fields: &Fields, page: &Page<'_>) -> Result<Written> {
    let mut writing = Writing::default();
    writing.bytes(fields.key, LEXICON);
    writing.bytes(fields.record, &encode(page)?);
    writing.only()
}

/// The one document of a source that could not be read.
pub(crate) fn failed_document(fields: &Fields, entry: &Entry) -> Result<Written> {
    let mut writing = Writing::default();
    writing.bytes(fields.key, &key_bytes(&entry.path));
    writing.bytes(fields.entry, &entry.to_bytes()?);
    writing.only()
}

fn encode(value: &impl Serialize) -> Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(|error| Error::damaged("a record could not be written").because(error))
}

/// What filters may ask of a paragraph.
pub(crate) fn facets(paragraph: &Paragraph, standing: &Standing) -> Vec<String> {
    let mut facets = facets_above(standing);
    facets.extend(own_facets(paragraph));
    facets
}

/// What they may ask of where it stands.
fn facets_above(standing: &Standing) -> Vec<String> {
    let mut facets = Vec::new();
    for heading in &standing.headings {
        facets.push(facet("section", &quotable_query::analyse::fold(heading)));
    }
    facets.extend(standing.headings.last().map(|heading| facet("heading", heading)));
    facets.extend(standing.theme.iter().map(|theme| facet("theme", theme)));
    facets.extend(standing.grade.iter().map(|grade| facet("grade", grade.as_str())));
    facets
}

/// What they may ask of the paragraph alone.
fn own_facets(paragraph: &Paragraph) -> Vec<String> {
    let mut facets = Vec::new();
    match (part_of(paragraph.role), paragraph.role) {
        (1, _) => facets.push(facet("part", "table")),
        (2, _) => facets.push(facet("part", "note")),
        (_, Role::Imprint) => facets.push(imprint()),
        _ => {}
    }
    facets.extend(paragraph.number.iter().map(|number| facet("para", number)));
    if let (Some(first), Some(last)) = (paragraph.pages.first(), paragraph.pages.last()) {
        // A paragraph that claims to stand on more pages than this is broken.
        const MOST: usize = 100;
        facets.extend((first..=last.max(first)).take(MOST).map(page_facet));
    }
    facets
}

/// The facet of what is about no theme, whatever its words.
pub(crate) fn imprint() -> String {
    facet("part", "imprint")
}
