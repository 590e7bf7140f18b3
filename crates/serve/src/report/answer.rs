//! A report with what is marked in it, and what stands beside it in the corpus.

use std::collections::BTreeMap;
use std::ops::Range;

use quotable::query::{self, Limits as QueryLimits};
use quotable::report::Report;
use quotable::{Duplicates, Id, SearchOptions, Snapshot};

use super::ReadForm;
use crate::failure::Failure;
use crate::inspections::{Inspection, inspected};
use crate::limits::Limits;
use crate::site::Site;

/// A report to read.
pub(super) struct ReadReport {
    pub(super) id: Id,
    pub(super) report: Report,
    /// The marked bytes of each paragraph that has any, by its number from one.
    pub(super) marks: BTreeMap<u32, Vec<Range<usize>>>,
    /// Why the query marks nothing, if it could not be read.
    pub(super) query_fault: Option<String>,
    /// Files with the same report.
    pub(super) copies: Vec<String>,
    /// The other inspections of the authority, the newest first.
    pub(super) others: Vec<Inspection>,
    /// This inspection and the next of the authority.
    pub(super) next: Option<(Inspection, Inspection)>,
    /// True if the printed pages can be shown.
    pub(super) has_pages: bool,
    /// True if the file can be opened.
    pub(super) has_file: bool,
}

pub(super) fn read(site: &Site, name: &str, form: &ReadForm, limits: &Limits) -> Result<ReadReport, Failure> {
    let missing = || {
        Failure::not_found(
            "There is no such report in the index. It may have been removed since the link was made.",
        )
    };
    let id = name.parse::<Id>().map_err(|_| missing())?.report();
    let snapshot = site.snapshot();
    let report = snapshot.report(&id.to_string())?.ok_or_else(missing)?;
    let (mut marks, query_fault) = marks(site, &snapshot, &report, form, limits)?;
    if let (Ok(ordinal), Ok(start), Ok(end)) = (form.p.parse::<u32>(), form.start.parse(), form.end.parse()) {
        let text = report.paragraphs.get((ordinal as usize).wrapping_sub(1)).map_or("", |found| &found.text);
        if text.get(start..end).is_some() {
            marks.insert(ordinal, std::iter::once(start..end).collect());
        }
    }
    let copies = copies(&snapshot, &report.path);
    let mut of_authority = inspected(&snapshot).into_iter();
    let of_authority = of_authority.find(|of| of.inspections.iter().any(|one| one.path == report.path));
    let next = of_authority.as_ref().and_then(|of| {
        let mut pairs = of.pairs();
        let next = pairs.find(|(earlier, _)| earlier.path == report.path);
        next.map(|(earlier, later)| (earlier.clone(), later.clone()))
    });
    let mut others = of_authority.map(|of| of.inspections).unwrap_or_default();
    others.retain(|one| one.path != report.path);
    others.reverse();
    let has_file = site.corpus.is_some();
    let has_pages = has_file && crate::printer::is_printed(&report.path) && report.pages > 0;
    Ok(ReadReport { id, report, marks, query_fault, copies, others, next, has_pages, has_file })
}

/// The words of the query in the report.
type Marks = (BTreeMap<u32, Vec<Range<usize>>>, Option<String>);

fn marks(
    site: &Site,
    snapshot: &Snapshot,
    report: &Report,
    form: &ReadForm,
    limits: &Limits,
) -> Result<Marks, Failure> {
    let mut marks = BTreeMap::new();
    if form.q.trim().is_empty() {
        return Ok((marks, None));
    }
    let query = match query::read(form.q.trim(), &QueryLimits::default()) {
        Ok(reading) => reading.query,
        Err(error) => return Ok((marks, Some(error.to_string()))),
    };
    let options: SearchOptions = site
        .options(limits)
        .within(&report.path)
        // A copy is read like any other report.
        .duplicates(Duplicates::Keep)
        .tables(!form.tables.is_empty())
        .notes(!form.notes.is_empty());
    // A filter that no report here passes marks nothing, and the report can still be read.
    let found = snapshot.search_with(&query, &options).and_then(|search| search.every());
    let found = match found {
        Ok(found) => found,
        Err(error) => return Ok((marks, Some(error.to_string()))),
    };
    for hit in found {
        let hit = hit?;
        if let Some(ordinal) = hit.id.ordinal().filter(|_| !hit.matches.is_empty()) {
            marks.insert(ordinal, hit.matches);
        }
    }
    Ok((marks, None))
}

fn copies(snapshot: &Snapshot, path: &str) -> Vec<String> {
    let pairs = snapshot.copies(None);
    let kept = pairs.iter().find(|(copy, _)| copy == path).map_or(path, |(_, kept)| kept.as_str()).to_owned();
    let mut all: Vec<String> =
        pairs.iter().filter(|(_, of)| *of == kept).map(|(copy, _)| copy.clone()).collect();
    if !all.is_empty() {
        all.push(kept);
    }
    all.retain(|one| one != path);
    all.sort();
    all
}
