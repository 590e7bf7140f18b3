//! The value of a facet for every paragraph.

use std::collections::BTreeSet;

use quotable_report::{FieldValue, Period};

use super::Facet;
use crate::error::Result;
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::search::keyword_numbers;
use crate::search::keyword_values::values;
use crate::search::named_field::{NamedField, frameworks, known_grades, named_field};
use crate::store::entry::Entry;
use crate::store::keyword::field_keyword;
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
    pub(crate) fn new(state: &State, facet: &Facet) -> Result<Self> {
        let entries = state.sources().entries();
        Ok(match facet {
            Facet::Year => of_sources(state, |entry| Some(format!("{:04}", entry.day()?.year()))),
            Facet::Month => of_sources(state, |entry| {
                let day = entry.day()?;
                Some(format!("{:04}-{:02}", day.year(), day.month()))
            }),
            Facet::Inspected => {
                of_sources(state, |entry| Some(Period::last_day(&entry.inspected)?.to_string()))
            }
            Facet::InspectedYear => {
                of_sources(state, |entry| Some(format!("{:04}", Period::last_day(&entry.inspected)?.year())))
            }
            Facet::Authority => of_sources(state, |entry| Some(entry.authority.as_ref()?.key.clone())),
            Facet::Region => of_sources(state, |entry| entry.authority.as_ref()?.region.clone()),
            Facet::Framework => {
                let all = frameworks(entries);
                let names: Vec<&str> = all.iter().map(|framework| framework.as_str()).collect();
                ranked_by(&names, entries.iter().map(|entry| Some(entry.framework.as_ref()?.as_str())))
            }
            Facet::Kind => of_sources(state, |entry| Some(entry.kind.as_str().to_owned())),
            Facet::Report => {
                let paths = entries.iter().map(|entry| Some(entry.path.clone()));
                let numbers = (0..).take(entries.len()).collect();
                Self { values: paths.chain([None]).collect(), by: By::Source(numbers) }
            }
            Facet::Theme => of_paragraphs(state, "theme", values(state, "theme")?)?,
            Facet::Section => of_paragraphs(state, "heading", values(state, "heading")?)?,
            Facet::Grade => {
                let names = known_grades(entries).iter().map(ToString::to_string).collect();
                of_paragraphs(state, "grade", names)?
            }
            Facet::Named(name) => {
                let known: Vec<String> = Facet::ALL.iter().map(|facet| facet.name().to_owned()).collect();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                named(state, &named_field(state, name.as_str(), &known)?)?
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

/// The column of an area of judgement, or of a field of reports or paragraphs.
fn named(state: &State, field: &NamedField) -> Result<Column> {
    let entries = state.sources().entries();
    Ok(match field {
        NamedField::Area(area) => {
            let grades = known_grades(entries);
            let names: Vec<&str> = grades.iter().map(|grade| grade.as_str()).collect();
            let given = |entry: &'_ Entry| -> Option<usize> {
                let given = entry.grades.iter().find(|given| given.area == *area)?;
                grades.iter().position(|grade| *grade == given.grade)
            };
            ranked_by(&names, entries.iter().map(|entry| names.get(given(entry)?).copied()))
        }
        NamedField::Report(name) => {
            let values: Vec<Option<&FieldValue>> =
                entries.iter().map(|entry| entry.fields.get(name)).collect();
            let shown: BTreeSet<String> = values.iter().flatten().map(ToString::to_string).collect();
            let names = in_order(shown);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let each: Vec<Option<String>> =
                values.iter().map(|value| value.map(ToString::to_string)).collect();
            ranked_by(&names, each.iter().map(Option::as_deref))
        }
        NamedField::Paragraph(name) => {
            let keyword = field_keyword(name.as_str());
            let names = in_order(values(state, &keyword)?.into_iter().collect());
            of_paragraphs(state, &keyword, names)?
        }
    })
}

/// Values in the order of numbers, if all are numbers, else by name.
fn in_order(values: BTreeSet<String>) -> Vec<String> {
    let mut values: Vec<String> = values.into_iter().collect();
    let numbers: Option<Vec<f64>> = values.iter().map(|value| value.parse().ok()).collect();
    if numbers.is_some() {
        let number = |value: &String| value.parse::<f64>().unwrap_or_default();
        values.sort_by(|a, b| number(a).total_cmp(&number(b)));
    }
    values
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
