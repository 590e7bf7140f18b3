//! Fetches reports and paragraphs by path or id, without a query.

use std::collections::{BTreeMap, HashMap, hash_map};
use std::ops::Range;

use quotable_report::{Authority, Date, FieldName, FieldValue, Framework, Period, Report, ReportKind};

use crate::error::{Error, ErrorKind, Result};
use crate::failure::Failure;
use crate::id::Id;
use crate::path;
use crate::search::fetch::hit;
use crate::search::hit::Hit;
use crate::source::Source;
use crate::store::entry::{Entry, EntryHeader, GivenGrade};
use crate::store::record::Record;
use crate::store::state::State;

/// The metadata of a report, available without loading its text.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct ReportHead<'a> {
    /// The path relative to the corpus, with `/` between its parts, or the name given to the writer.
    pub path: &'a str,
    /// The kind of document.
    pub kind: ReportKind,
    /// The title as printed.
    pub title: Option<&'a str>,
    /// The inspected authority.
    pub authority: Option<&'a Authority>,
    /// The framework of the inspection.
    pub framework: Option<&'a Framework>,
    /// The kind of inspection in words.
    pub series: Option<&'a str>,
    /// The periods of the inspection.
    pub inspected: &'a [Period],
    /// The day of publication.
    pub published: Option<Date>,
    /// Fields that are no standard ones.
    pub fields: &'a BTreeMap<FieldName, FieldValue>,
    /// The grades, each with its area, in the order of the report: the first 64. [`Source`] has all, as printed.
    pub grades: &'a [GivenGrade],
    /// The path of the source that answers take in the place of this one, if both hold the same report.
    pub copy_of: Option<&'a str>,
}

impl<'a> ReportHead<'a> {
    /// True if the report is the source `within`, or lies in the folder of that name, as
    /// [`SearchOptions::within`](crate::SearchOptions::within) has it.
    pub fn is_within(&self, within: &str) -> bool {
        path::is_within(self.path, within)
    }

    fn of(state: &'a State, source: u32, entry: &'a Entry) -> Self {
        Self {
            copy_of: state.sources().copy_of(source),
            path: &entry.path,
            kind: entry.kind,
            title: entry.title.as_deref(),
            authority: entry.authority.as_ref(),
            framework: entry.framework.as_ref(),
            series: entry.series.as_deref(),
            inspected: &entry.inspected,
            published: entry.published,
            fields: &entry.fields,
            grades: &entry.grades,
        }
    }
}

/// The heads of all reports, in report order, without sources that could not be read.
pub(crate) fn heads(state: &State) -> impl Iterator<Item = ReportHead<'_>> {
    let read = (0..).zip(state.sources().entries()).filter(|(_, entry)| entry.failure.is_none());
    read.map(|(source, entry)| ReportHead::of(state, source, entry))
}

/// The files at or below `within` that could not be read, in the order of their paths.
pub(crate) fn unread(state: &State, within: Option<&str>) -> Vec<Failure> {
    let unread = state.sources().unread(within);
    unread
        .filter_map(|header| header.failure.map(|(kind, why)| Failure::new(header.path, kind, why)))
        .collect()
}

/// The paths of the sources at or below `within` that are copies of another there, each with the path of that one.
pub(crate) fn copies(state: &State, within: Option<&str>) -> Vec<(String, String)> {
    let table = state.sources();
    let mut first = HashMap::new();
    let mut copies = Vec::new();
    for source in table.in_copy_order() {
        let Some(entry) = table.entry(source) else { continue };
        if within.is_some_and(|within| !path::is_within(&entry.path, within)) {
            continue;
        }
        match first.entry(table.kept(source)) {
            hash_map::Entry::Occupied(known) => copies.push((entry.path.clone(), String::clone(known.get()))),
            hash_map::Entry::Vacant(vacant) => {
                vacant.insert(entry.path.clone());
            }
        }
    }
    copies.sort();
    copies
}

/// The head of the report at a path.
pub(crate) fn head<'a>(state: &'a State, path: &str) -> Option<ReportHead<'a>> {
    let source = state.sources().find(path)?;
    let entry = state.sources().entry(source).filter(|entry| entry.failure.is_none())?;
    Some(ReportHead::of(state, source, entry))
}

/// The files at or below `within` that are not read, in the order of their paths.
pub(crate) fn skipped(state: &State, within: Option<&str>) -> Vec<Source> {
    let skipped = state.sources().skipped(within);
    let entry = |header: EntryHeader<'_>| state.sources().entry(state.sources().find(header.path)?);
    skipped.filter_map(entry).map(|entry| entry.to_source(None, None)).collect()
}

/// Every source on record, in report order, without files that are not read.
pub(crate) fn all(state: &State) -> Result<Vec<Source>> {
    let sources = (0..).zip(state.sources().entries()).filter(|(_, entry)| !entry.is_skipped());
    sources.map(|(number, entry)| to_source(state, number, entry)).collect()
}

fn to_source(state: &State, number: u32, entry: &Entry) -> Result<Source> {
    let report = if entry.failure.is_some() { None } else { state.record::<Report>(number, 0)? };
    Ok(entry.to_source(report, state.sources().copy_of(number)))
}

/// The source on record at a path.
pub(crate) fn source(state: &State, path: &str) -> Result<Option<Source>> {
    let Some(number) = state.sources().find(path) else { return Ok(None) };
    state.sources().entry(number).map(|entry| to_source(state, number, entry)).transpose()
}

/// Every paragraph of the report at a path, as hits without matches.
pub(crate) fn paragraphs_of(state: &State, path: &str) -> Result<Vec<Hit>> {
    let Some(source) = state.sources().find(path) else { return Ok(Vec::new()) };
    let last = state.sources().entry(source).map_or(0, |entry| entry.documents);
    (1..=last).filter_map(|place| marked(state, source, place, Vec::new()).transpose()).collect()
}

/// A paragraph by its id, as a hit without matches; `None` if there is no such paragraph.
pub(crate) fn paragraph(state: &State, id: &Id) -> Result<Option<Hit>> {
    let Some(ordinal) = id.ordinal() else { return Ok(None) };
    let Some(source) = state.find_id(&id.report()) else { return Ok(None) };
    marked(state, source, ordinal, Vec::new())
}

/// The paragraph of a hit with `bytes` marked instead of its matches.
pub(crate) fn cite(state: &State, of: &Hit, bytes: Range<usize>) -> Result<Option<Hit>> {
    // Look up by path: a lookup by id hashes every path.
    let Some(source) = state.sources().find(&of.citation.path) else { return Ok(None) };
    let Some(ordinal) = of.id.ordinal() else { return Ok(None) };
    marked(state, source, ordinal, vec![bytes])
}

/// A paragraph as a hit with these matches.
fn marked(state: &State, source: u32, ordinal: u32, matches: Vec<Range<usize>>) -> Result<Option<Hit>> {
    match state.record(source, ordinal)? {
        Some(record) => hit(state, source, ordinal, record, matches).map(Some),
        None => Ok(None),
    }
}

/// A paragraph with up to `n` before and `n` after it.
pub(crate) fn around(state: &State, id: &Id, n: u32) -> Result<Vec<Hit>> {
    let Some(ordinal) = id.ordinal() else {
        return Err(Error::new(
            ErrorKind::Invalid,
            format!("{id} is the id of a report; give the id of a paragraph"),
        ));
    };
    let Some(source) = state.find_id(&id.report()) else { return Ok(Vec::new()) };
    let last = state.sources().entry(source).map_or(0, |entry| entry.documents);
    if ordinal > last {
        return Ok(Vec::new());
    }
    let places = ordinal.saturating_sub(n).max(1)..=ordinal.saturating_add(n).min(last);
    let hits = places.filter_map(|place| {
        let record = state.record::<Record>(source, place).transpose()?;
        Some(record.and_then(|record| hit(state, source, place, record, Vec::new())))
    });
    hits.collect()
}
