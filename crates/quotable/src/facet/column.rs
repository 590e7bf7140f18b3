//! The value of a facet for every paragraph.

use quotable_report::{Framework, Grade};
use tantivy::TERMINATED;
use tantivy::schema::IndexRecordOption;

use super::Facet;
use crate::collect::{Found, Place};
use crate::document::facet;
use crate::entry::Entry;
use crate::error::Result;
use crate::evaluate::Union;
use crate::filter::values;
use crate::snapshot::Snapshot;

/// The values of a facet, and which of them each paragraph has.
pub(crate) struct Column {
    /// In the order of tables: by time, by rank or by name. The last is that of no value.
    values: Vec<Option<String>>,
    by: By,
}

/// The number of the value.
enum By {
    /// For each source.
    Source(Vec<u32>),
    /// For each document of each segment.
    Paragraph(Vec<Vec<u32>>),
}

impl Column {
    pub(crate) fn new(snapshot: &Snapshot, facet: Facet) -> Result<Self> {
        Ok(match facet {
            Facet::Year => of_sources(snapshot, |entry| Some(format!("{:04}", entry.published?.year()))),
            Facet::Authority => of_sources(snapshot, |entry| Some(entry.authority.as_ref()?.key.clone())),
            Facet::Framework => {
                let names = Framework::ALL.map(Framework::as_str);
                ranked(snapshot, &names, |entry| entry.framework.map(Framework::as_str))
            }
            Facet::Judged(area) => ranked(snapshot, &Grade::ALL.map(Grade::as_str), |entry| {
                let grade = entry.grades.iter().find(|(of, _)| *of == area);
                grade.map(|(_, grade)| grade.as_str())
            }),
            Facet::Kind => of_sources(snapshot, |entry| Some(entry.kind.as_str().to_owned())),
            Facet::Report => {
                let entries = snapshot.table().entries();
                let paths = entries.iter().map(|entry| Some(entry.path.clone()));
                let numbers = (0..).take(entries.len()).collect();
                Self { values: paths.chain([None]).collect(), by: By::Source(numbers) }
            }
            Facet::Theme => of_paragraphs(snapshot, "theme", values(snapshot, "theme")?)?,
            Facet::Section => of_paragraphs(snapshot, "heading", values(snapshot, "heading")?)?,
            Facet::Grade => {
                let names = Grade::ALL.map(|grade| grade.as_str().to_owned());
                of_paragraphs(snapshot, "grade", names.to_vec())?
            }
        })
    }

    /// The number of the value that the paragraph has.
    pub(crate) fn of(&self, found: &Found, place: Place) -> u32 {
        let number = match &self.by {
            By::Source(numbers) => numbers.get(found.source as usize),
            By::Paragraph(numbers) => {
                numbers.get(place.segment).and_then(|numbers| numbers.get(place.doc as usize))
            }
        };
        number.copied().unwrap_or_else(|| self.none())
    }

    /// True if all paragraphs of a source have the same.
    pub(crate) fn is_of_sources(&self) -> bool {
        matches!(self.by, By::Source(_))
    }

    /// The value of that number; `None` where it is not known.
    pub(crate) fn value(&self, number: u32) -> Option<&str> {
        self.values.get(number as usize)?.as_deref()
    }

    fn none(&self) -> u32 {
        u32::try_from(self.values.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

/// Values of sources, by name.
fn of_sources(snapshot: &Snapshot, value: impl Fn(&Entry) -> Option<String>) -> Column {
    let entries = snapshot.table().entries();
    let each: Vec<Option<String>> = entries.iter().map(value).collect();
    let mut names: Vec<&str> = each.iter().flatten().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    ranked_by(&names, each.iter().map(Option::as_deref))
}

/// Values of sources, in a given order.
fn ranked(snapshot: &Snapshot, names: &[&str], value: impl Fn(&Entry) -> Option<&'static str>) -> Column {
    ranked_by(names, snapshot.table().entries().iter().map(value))
}

fn ranked_by<'a>(names: &[&str], each: impl Iterator<Item = Option<&'a str>>) -> Column {
    let places: std::collections::HashMap<&str, u32> = names.iter().copied().zip(0..).collect();
    let none = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let number = |value: Option<&str>| value.and_then(|value| places.get(value).copied()).unwrap_or(none);
    let numbers = each.map(number).collect();
    let values = names.iter().map(|name| Some((*name).to_owned())).chain([None]).collect();
    Column { values, by: By::Source(numbers) }
}

/// Values of paragraphs, read off the postings of the facet.
fn of_paragraphs(snapshot: &Snapshot, name: &str, names: Vec<String>) -> Result<Column> {
    let none = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let field = [snapshot.fields().facet];
    let mut segments = Vec::new();
    for reader in snapshot.searcher().segment_readers() {
        let mut numbers = vec![none; reader.max_doc() as usize];
        for (number, value) in (0..).zip(&names) {
            let term = facet(name, value);
            let terms = std::iter::once(term.as_str());
            let mut union = Union::open(reader, &field, terms, IndexRecordOption::Basic)?;
            let mut doc = union.seek(0);
            while doc != TERMINATED {
                if let Some(place) = numbers.get_mut(doc as usize) {
                    *place = number;
                }
                doc = union.seek(doc + 1);
            }
        }
        segments.push(numbers);
    }
    let values = names.into_iter().map(Some).chain([None]).collect();
    Ok(Column { values, by: By::Paragraph(segments) })
}
