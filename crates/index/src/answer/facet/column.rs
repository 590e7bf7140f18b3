//! The value of a facet for every paragraph.

use quotable_report::{Framework, Grade};

use super::Facet;
use crate::error::Result;
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::search::keyword_numbers;
use crate::search::keyword_values::values;
use crate::store::entry::Entry;
use crate::store::state::State;

/// The values of a facet, numbered, and the number of each paragraph.
///
/// Like a dictionary-encoded column: the distinct values once, in the order of tables, and a number for each source, or for
/// each document of each segment where paragraphs of one source differ. Counting then compares numbers, not strings.
pub(crate) struct Column {
    /// Distinct values in the order of tables: by time, by rank or by name. The last, `None`, is for paragraphs without one.
    values: Vec<Option<String>>,
    by: By,
}

/// The numbers of the values.
enum By {
    /// By source.
    Source(Vec<u32>),
    /// By segment and document.
    Paragraph(Vec<Vec<u32>>),
}

impl Column {
    /// Loads the column of a facet.
    pub(crate) fn new(state: &State, facet: Facet) -> Result<Self> {
        Ok(match facet {
            Facet::Year => of_sources(state, |entry| Some(format!("{:04}", entry.published?.year()))),
            Facet::Authority => of_sources(state, |entry| Some(entry.authority.as_ref()?.key.clone())),
            Facet::Framework => {
                let names = Framework::ALL.map(Framework::as_str);
                ranked(state, &names, |entry| entry.framework.map(Framework::as_str))
            }
            Facet::Judged(area) => ranked(state, &Grade::ALL.map(Grade::as_str), |entry| {
                let grade = entry.grades.iter().find(|(of, _)| *of == area);
                grade.map(|(_, grade)| grade.as_str())
            }),
            Facet::Kind => of_sources(state, |entry| Some(entry.kind.as_str().to_owned())),
            Facet::Report => {
                let entries = state.sources().entries();
                let paths = entries.iter().map(|entry| Some(entry.path.clone()));
                let numbers = (0..).take(entries.len()).collect();
                Self { values: paths.chain([None]).collect(), by: By::Source(numbers) }
            }
            Facet::Theme => of_paragraphs(state, "theme", values(state, "theme")?)?,
            Facet::Section => of_paragraphs(state, "heading", values(state, "heading")?)?,
            Facet::Grade => {
                let names = Grade::ALL.map(|grade| grade.as_str().to_owned());
                of_paragraphs(state, "grade", names.to_vec())?
            }
        })
    }

    /// The number of the value of a paragraph.
    pub(crate) fn of(&self, found: &FoundParagraph, place: SegmentDoc) -> u32 {
        let number = match &self.by {
            By::Source(numbers) => numbers.get(found.source as usize),
            By::Paragraph(numbers) => {
                numbers.get(place.segment).and_then(|numbers| numbers.get(place.doc as usize))
            }
        };
        number.copied().unwrap_or_else(|| self.none())
    }

    /// True if the value depends on the source alone.
    pub(crate) fn is_of_sources(&self) -> bool {
        matches!(self.by, By::Source(_))
    }

    /// The value with this number; `None` for paragraphs without one.
    pub(crate) fn value(&self, number: u32) -> Option<&str> {
        self.values.get(number as usize)?.as_deref()
    }

    /// The number of `None`, for paragraphs without a value.
    fn none(&self) -> u32 {
        u32::try_from(self.values.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

/// A column of sources, sorted by value.
fn of_sources(state: &State, value: impl Fn(&Entry) -> Option<String>) -> Column {
    let entries = state.sources().entries();
    let each: Vec<Option<String>> = entries.iter().map(value).collect();
    let mut names: Vec<&str> = each.iter().flatten().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    ranked_by(&names, each.iter().map(Option::as_deref))
}

/// A column of sources, sorted as in `names`.
fn ranked(state: &State, names: &[&str], value: impl Fn(&Entry) -> Option<&'static str>) -> Column {
    ranked_by(names, state.sources().entries().iter().map(value))
}

/// A column of sources with the values `names`, from the value of each source.
fn ranked_by<'a>(names: &[&str], each: impl Iterator<Item = Option<&'a str>>) -> Column {
    let places: std::collections::HashMap<&str, u32> = names.iter().copied().zip(0..).collect();
    let none = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let number = |value: Option<&str>| value.and_then(|value| places.get(value).copied()).unwrap_or(none);
    let numbers = each.map(number).collect();
    let values = names.iter().map(|name| Some((*name).to_owned())).chain([None]).collect();
    Column { values, by: By::Source(numbers) }
}

/// A column of paragraphs with the values `names`, from the postings of a keyword field.
fn of_paragraphs(state: &State, name: &str, names: Vec<String>) -> Result<Column> {
    let none = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let numbers = keyword_numbers::by_document(state, name, &names, none)?;
    let values = names.into_iter().map(Some).chain([None]).collect();
    Ok(Column { values, by: By::Paragraph(numbers) })
}
