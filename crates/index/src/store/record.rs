//! Records: the stored form of a paragraph.
//!
//! Three parts follow each other: [`StoredHead`], [`StoredContext`], and the text in codes of the lexicon. The first
//! two are written apart, since all paragraphs below a heading share the second; [`StoredRecord`] reads both at once,
//! which works because postcard writes fields one after another without names.

use std::collections::BTreeMap;
use std::ops::Range;

use quotable_report::{FieldName, FieldValue, Grade, Pages, Paragraph, Report, Role};
use serde::{Deserialize, Serialize, Serializer};

use crate::error::{Error, Result};
use crate::store::lexicon::{Lexicon, LexiconWriter, StoredString};

/// A stored paragraph. Together with its source's [`Entry`](crate::store::entry::Entry), all that a hit needs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) paragraph: Paragraph,
    pub(crate) context: HeadingContext,
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

/// The fields of [`StoredHead`] and [`StoredContext`], as they are read.
#[derive(Deserialize)]
struct StoredRecord<'a> {
    role: Role,
    number: Option<&'a str>,
    section: Option<u32>,
    pages: Pages,
    /// The length of each sentence, in bytes.
    sentences: Vec<usize>,
    fields: BTreeMap<FieldName, FieldValue>,
    #[serde(borrow)]
    headings: Vec<StoredString<'a>>,
    #[serde(borrow)]
    theme: Option<StoredString<'a>>,
    #[serde(borrow)]
    grade: Option<StoredString<'a>>,
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

impl Record {
    /// Reads a stored record. Fails if the index is damaged.
    pub(crate) fn read(bytes: &[u8], lexicon: &Lexicon) -> Result<Self> {
        let (stored, text) = postcard::take_from_bytes::<StoredRecord<'_>>(bytes)
            .map_err(|error| Error::damaged("a stored paragraph cannot be read").because(error))?;
        let text = lexicon.read(text)?;
        let mut sentences: Vec<Range<usize>> = Vec::with_capacity(stored.sentences.len());
        let mut start = 0_usize;
        for length in stored.sentences {
            let end = start.checked_add(length).filter(|end| text.is_char_boundary(*end));
            let end = end.ok_or_else(|| Error::damaged("a stored sentence is longer than its paragraph"))?;
            sentences.push(start..end);
            start = end;
        }
        let mut paragraph = Paragraph::new("");
        paragraph.sentences = sentences;
        paragraph.role = stored.role;
        paragraph.number = stored.number.map(str::to_owned);
        paragraph.section = stored.section;
        paragraph.pages = stored.pages;
        paragraph.fields = stored.fields;
        paragraph.text = text;
        let headings = stored.headings.into_iter().map(|heading| lexicon.string(heading));
        let context = HeadingContext {
            headings: headings.collect::<Result<_>>()?,
            theme: stored.theme.map(|theme| lexicon.string(theme)).transpose()?,
            grade: stored.grade.map(|grade| stored_grade(lexicon.str(grade)?)).transpose()?,
        };
        Ok(Self { paragraph, context })
    }
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
