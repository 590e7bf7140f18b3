//! What is stored of a paragraph.

use std::ops::Range;

use quotable_report::{Grade, Pages, Paragraph, Report, Role};
use serde::{Deserialize, Serialize};

use crate::lexicon::{Coiner, Lexicon, Name};
use crate::{Error, Result};

/// What is stored of a paragraph: all that a hit needs, save what its source's [`Entry`](crate::entry::Entry) says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) paragraph: Paragraph,
    /// Where it stands under its headings.
    pub(crate) standing: Standing,
}

/// What the headings above a paragraph say, as [`Citation::of`](quotable_report::Citation::of) reads them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Standing {
    /// Outermost first.
    pub(crate) headings: Vec<String>,
    pub(crate) theme: Option<String>,
    pub(crate) grade: Option<Grade>,
}

/// A record as it is stored; the text follows, by the lexicon.
#[derive(Serialize, Deserialize)]
struct Stored<'a> {
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

impl Standing {
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
    /// Reads what was [`store`]d.
    pub(crate) fn read(bytes: &[u8], lexicon: &Lexicon) -> Result<Self> {
        let (stored, text) = postcard::take_from_bytes::<Stored<'_>>(bytes)
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
        let standing = Standing {
            headings: stored.headings.into_iter().map(|name| lexicon.name(name)).collect::<Result<_>>()?,
            theme: stored.theme.map(|name| lexicon.name(name)).transpose()?,
            grade: stored.grade,
        };
        Ok(Self { paragraph, standing })
    }
}

/// What is to be stored of a paragraph, whose sentences tile it.
pub(super) fn store(paragraph: &Paragraph, standing: &Standing, coiner: &mut Coiner) -> Result<Vec<u8>> {
    let stored = Stored {
        role: paragraph.role,
        number: paragraph.number.as_deref(),
        section: paragraph.section,
        pages: paragraph.pages.clone(),
        sentences: paragraph.sentences.iter().map(Range::len).collect(),
        headings: standing.headings.iter().map(|heading| coiner.name(heading)).collect(),
        theme: standing.theme.as_deref().map(|theme| coiner.name(theme)),
        grade: standing.grade,
    };
    let bytes = Vec::with_capacity(64 + paragraph.text.len() / 2);
    let mut bytes = postcard::to_extend(&stored, bytes)
        .map_err(|error| Error::damaged("a record could not be written").because(error))?;
    coiner.text(&paragraph.text, &mut bytes);
    Ok(bytes)
}
