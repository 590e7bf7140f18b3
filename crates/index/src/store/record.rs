//! What is stored of a paragraph.

use std::ops::Range;

use quotable_report::{Grade, Pages, Paragraph, Report, Role};
use serde::{Deserialize, Serialize, Serializer};

use crate::error::{Error, Result};
use crate::store::lexicon::{Lexicon, LexiconWriter, Name};

/// What is stored of a paragraph: all that a hit needs, save what its source's [`Entry`](crate::store::entry::Entry) says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) paragraph: Paragraph,
    /// Where it stands under its headings.
    pub(crate) standing: HeadingContext,
}

/// What the headings above a paragraph say, as [`Citation::of`](quotable_report::Citation::of) reads them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct HeadingContext {
    /// Outermost first.
    pub(crate) headings: Vec<String>,
    pub(crate) theme: Option<String>,
    pub(crate) grade: Option<Grade>,
}

/// A record as it is stored; the text follows, by the lexicon.
#[derive(Deserialize)]
struct StoredRecord<'a> {
    role: Role,
    number: Option<&'a str>,
    section: Option<u32>,
    pages: Pages,
    /// How long each sentence is, in bytes.
    sentences: Vec<usize>,
    #[serde(borrow)]
    headings: Vec<Name<'a>>,
    #[serde(borrow)]
    theme: Option<Name<'a>>,
    grade: Option<Grade>,
}

impl HeadingContext {
    pub(super) fn of(report: &Report, section: Option<u32>) -> Self {
        let mut standing = Self::default();
        for (_, section) in report.above(section) {
            standing.headings.push(section.title.clone());
            standing.theme = standing.theme.or_else(|| section.theme.clone());
            standing.grade = standing.grade.or(section.grade);
        }
        standing.headings.reverse();
        standing
    }
}

impl Record {
    /// Reads what was stored.
    pub(crate) fn read(bytes: &[u8], lexicon: &Lexicon) -> Result<Self> {
        let (stored, text) = postcard::take_from_bytes::<StoredRecord<'_>>(bytes)
            .map_err(|error| Error::damaged("a record of the index could not be read").because(error))?;
        let text = lexicon.read(text)?;
        let mut end = 0_usize;
        let sentence = |length: usize| -> Option<Range<usize>> {
            let start = end;
            end = end.checked_add(length)?;
            text.get(start..end).map(|_| start..end)
        };
        let sentences: Option<Vec<_>> = stored.sentences.into_iter().map(sentence).collect();
        let mut paragraph = Paragraph::new("");
        paragraph.sentences = sentences
            .ok_or_else(|| Error::damaged("a sentence of the index is longer than its paragraph"))?;
        paragraph.role = stored.role;
        paragraph.number = stored.number.map(str::to_owned);
        paragraph.section = stored.section;
        paragraph.pages = stored.pages;
        paragraph.text = text;
        let standing = HeadingContext {
            headings: stored.headings.into_iter().map(|name| lexicon.name(name)).collect::<Result<_>>()?,
            theme: stored.theme.map(|name| lexicon.name(name)).transpose()?,
            grade: stored.grade,
        };
        Ok(Self { paragraph, standing })
    }
}

/// What is stored of a paragraph before where it stands; its sentences tile it.
#[derive(Serialize)]
struct Head<'a> {
    role: Role,
    number: Option<&'a str>,
    section: Option<u32>,
    pages: &'a Pages,
    sentences: Norms<'a>,
}

/// How long each of some ranges is.
struct Norms<'a>(&'a [Range<usize>]);

impl Serialize for Norms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Range::len))
    }
}

/// What is stored of where a paragraph stands.
#[derive(Serialize)]
struct StoredContext<'a> {
    headings: Vec<Name<'a>>,
    theme: Option<Name<'a>>,
    grade: Option<Grade>,
}

/// Begins the record of a paragraph: where it [stands](store_standing) is to follow, and then its text.
pub(super) fn store_head(paragraph: &Paragraph, record: &mut Vec<u8>) -> Result<()> {
    let head = Head {
        role: paragraph.role,
        number: paragraph.number.as_deref(),
        section: paragraph.section,
        pages: &paragraph.pages,
        sentences: Norms(&paragraph.sentences),
    };
    append(&head, record)
}

/// Goes on with where the paragraph stands. True if that will be the same for all that stand there.
pub(super) fn store_standing(
    standing: &HeadingContext,
    lexicon_writer: &mut LexiconWriter,
    record: &mut Vec<u8>,
) -> Result<bool> {
    let place = StoredContext {
        headings: standing.headings.iter().map(|heading| lexicon_writer.name(heading)).collect(),
        theme: standing.theme.as_deref().map(|theme| lexicon_writer.name(theme)),
        grade: standing.grade,
    };
    append(&place, record)?;
    let mut names = place.headings.iter().chain(&place.theme);
    Ok(names.all(|name| matches!(name, Name::Known(_))))
}

fn append(value: &impl Serialize, record: &mut Vec<u8>) -> Result<()> {
    *record = postcard::to_extend(value, std::mem::take(record))
        .map_err(|error| Error::damaged("a record could not be written").because(error))?;
    Ok(())
}
