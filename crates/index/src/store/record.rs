//! Records: the stored form of a paragraph.
//!
//! Three parts follow each other: [`StoredHead`], [`StoredContext`], and the text in codes of the lexicon. The first
//! two are written apart, since all paragraphs below a heading share the second. They are read field by field, each into
//! the memory of the one that was read before, which works because postcard writes fields one after another without names.

use std::collections::BTreeMap;
use std::ops::Range;

use quotable_query::LetterRuns;
use quotable_report::{FieldName, FieldValue, Grade, Pages, Paragraph, Report, Role};
use serde::{Deserialize, Serialize, Serializer};

use crate::error::{Error, Result};
use crate::store::lexicon::{Lexicon, LexiconWriter, StoredString};

/// A stored paragraph. Together with its source's [`Entry`](crate::store::entry::Entry), all that a hit needs.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) paragraph: Paragraph,
    pub(crate) context: HeadingContext,
    /// The runs of letters of its text.
    pub(crate) runs: LetterRuns,
}

/// The headings above a paragraph, with their theme and grade as [`Citation::of`](quotable_report::Citation::of)
/// derives them: those of the innermost heading that has any.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct HeadingContext {
    /// Outermost first.
    pub(crate) headings: Vec<String>,
    pub(crate) theme: Option<String>,
    pub(crate) grade: Option<Grade>,
}

impl HeadingContext {
    /// The context of the paragraphs in a section.
    pub(super) fn of(report: &Report, section: Option<u32>) -> Self {
        let mut context = Self::default();
        // Innermost first.
        for (_, section) in report.above(section) {
            context.headings.push(section.title.clone());
            context.theme = context.theme.or_else(|| section.theme.clone());
            context.grade = context.grade.or_else(|| section.grade.clone());
        }
        context.headings.reverse();
        context
    }
}

impl Default for Record {
    /// An empty paragraph.
    fn default() -> Self {
        let (paragraph, context) = (Paragraph::new(""), HeadingContext::default());
        Self { paragraph, context, runs: LetterRuns::default() }
    }
}

impl Record {
    /// Decodes a stored record into the memory of this one. Fails if the index is damaged; then this has parts of both.
    pub(crate) fn decode(&mut self, bytes: &[u8], lexicon: &Lexicon) -> Result<()> {
        let mut stored = StoredFields(bytes);
        let Self { paragraph, context, runs } = self;
        // In the order of `StoredHead`.
        paragraph.role = stored.next()?;
        set_text(&mut paragraph.number, stored.next()?);
        paragraph.section = stored.next()?;
        paragraph.pages = stored.next()?;
        paragraph.sentences.clear();
        let (count, mut start): (usize, _) = (stored.next()?, 0_usize);
        // Each takes a byte at least: a forged count is no reason to make room.
        paragraph.sentences.reserve(count.min(stored.0.len()));
        for _ in 0..count {
            let length: usize = stored.next()?;
            let end = start.checked_add(length).ok_or_else(long_sentence)?;
            paragraph.sentences.push(start..end);
            start = end;
        }
        paragraph.fields = stored.next()?;
        // In the order of `StoredContext`.
        let count: usize = stored.next()?;
        context.headings.truncate(count);
        for number in 0..count {
            let heading = lexicon.str(stored.next()?)?;
            match context.headings.get_mut(number) {
                Some(text) => heading.clone_into(text),
                None => context.headings.push(heading.to_owned()),
            }
        }
        let theme: Option<StoredString<'_>> = stored.next()?;
        set_text(&mut context.theme, theme.map(|theme| lexicon.str(theme)).transpose()?);
        let grade: Option<StoredString<'_>> = stored.next()?;
        context.grade = grade.map(|grade| stored_grade(lexicon.str(grade)?)).transpose()?;
        lexicon.read(stored.0, &mut paragraph.text, runs)?;
        let ends_in_text = |sentence: &Range<usize>| paragraph.text.is_char_boundary(sentence.end);
        if paragraph.sentences.iter().all(ends_in_text) { Ok(()) } else { Err(long_sentence()) }
    }
}

/// Stored fields that are not read yet.
struct StoredFields<'a>(&'a [u8]);

impl<'a> StoredFields<'a> {
    fn next<T: Deserialize<'a>>(&mut self) -> Result<T> {
        let (value, rest) = postcard::take_from_bytes(self.0)
            .map_err(|error| Error::damaged("a stored paragraph cannot be read").because(error))?;
        self.0 = rest;
        Ok(value)
    }
}

/// Sets a text in the memory of the one before.
fn set_text(text: &mut Option<String>, new: Option<&str>) {
    match (text.as_mut(), new) {
        (Some(text), Some(new)) => new.clone_into(text),
        _ => *text = new.map(str::to_owned),
    }
}

fn long_sentence() -> Error {
    Error::damaged("a stored sentence is longer than its paragraph")
}

fn stored_grade(name: &str) -> Result<Grade> {
    name.parse().map_err(|error| Error::damaged("the grade of a paragraph cannot be read").because(error))
}

/// The stored form of a paragraph's own fields, save its text. Sentences are stored by length, since they tile the
/// text.
#[derive(Serialize)]
struct StoredHead<'a> {
    role: Role,
    number: Option<&'a str>,
    section: Option<u32>,
    pages: &'a Pages,
    sentences: Lengths<'a>,
    fields: &'a BTreeMap<FieldName, FieldValue>,
}

/// Serialises ranges as their lengths.
struct Lengths<'a>(&'a [Range<usize>]);

impl Serialize for Lengths<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Range::len))
    }
}

/// The stored form of a [`HeadingContext`].
#[derive(Serialize)]
struct StoredContext<'a> {
    headings: Vec<StoredString<'a>>,
    theme: Option<StoredString<'a>>,
    grade: Option<StoredString<'a>>,
}

/// Appends the first part of a paragraph's record.
pub(super) fn store_head(paragraph: &Paragraph, record: &mut Vec<u8>) -> Result<()> {
    let head = StoredHead {
        role: paragraph.role,
        number: paragraph.number.as_deref(),
        section: paragraph.section,
        pages: &paragraph.pages,
        sentences: Lengths(&paragraph.sentences),
        fields: &paragraph.fields,
    };
    append(&head, record)
}

/// Appends the second part of a paragraph's record. Returns true if its bytes are final: until every string has its
/// number, the next paragraph below the same heading may store them otherwise.
pub(super) fn store_context(
    context: &HeadingContext,
    lexicon_writer: &mut LexiconWriter,
    record: &mut Vec<u8>,
) -> Result<bool> {
    let stored = StoredContext {
        headings: context.headings.iter().map(|heading| lexicon_writer.store_string(heading)).collect(),
        theme: context.theme.as_deref().map(|theme| lexicon_writer.store_string(theme)),
        grade: context.grade.as_ref().map(|grade| lexicon_writer.store_string(grade.as_str())),
    };
    append(&stored, record)?;
    let mut strings = stored.headings.iter().chain(&stored.theme).chain(&stored.grade);
    Ok(strings.all(|string| matches!(string, StoredString::Number(_))))
}

fn append(value: &impl Serialize, record: &mut Vec<u8>) -> Result<()> {
    *record = postcard::to_extend(value, std::mem::take(record))
        .map_err(|error| Error::unstorable("a paragraph", error))?;
    Ok(())
}
