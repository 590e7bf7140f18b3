//! Reports that a filter of a query cannot judge, because the index does not know the value that it asks for.

use std::fmt;

use quotable_query::{Filter, Query};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::filter::{ReportField, Resolved, asks_for_none};
use crate::store::entry::Entry;

/// The reports that a filter of a query leaves out, or under `NOT` keeps, without knowing whether it would pass them: of
/// which the day, the authority, the grade of an area and so on is not known. `FIELD:none` in a query finds them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Unjudged {
    /// The filter, in the query language, without the `NOT` before it.
    pub filter: String,
    /// The name of its field: `date`, `authority`, `overall`.
    pub field: String,
    /// The number of such reports in the part of the corpus that is searched, without those that another filter of the
    /// query leaves out.
    pub reports: u64,
    /// True if they are kept, since the filter stands under `NOT`; false if they are left out.
    #[serde(default)]
    pub kept: bool,
}

impl fmt::Display for Unjudged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { filter, field, reports, kept } = self;
        let reports_are = if *reports == 1 { "report" } else { "reports" };
        let how = if *kept { "kept by NOT" } else { "left out by" };
        let value = match field.as_str() {
            "date" => "a date",
            "inspected" => "days of inspection",
            "authority" => "an authority",
            "urn" => "a reference number",
            "region" => "a region",
            "framework" => "a framework",
            other => return write!(f, "{reports} {reports_are} without “{other}” {how} {filter}"),
        };
        write!(f, "{reports} {reports_are} without {value} {how} {filter}")
    }
}

/// The reports that each filter of a query cannot judge, for the filters that have any, in the order of the query.
pub(crate) fn unjudged(compiled: &CompiledQuery) -> Result<Vec<Unjudged>> {
    let read = compiled.read.clone().normalised();
    let mut filters = Vec::new();
    collect(&read, false, &mut filters);
    let top = top_filters(compiled, &read);
    let mut all: Vec<Unjudged> = Vec::new();
    for (filter, kept) in filters {
        let written = filter.to_string();
        if asks_for_none(filter) || all.iter().any(|known| known.filter == written && known.kept == kept) {
            continue;
        }
        let Some(field) = ReportField::of(&compiled.state, &filter.field)? else { continue };
        // A second filter of the same field cannot judge the report either.
        let others = |source: usize| {
            let mut others = top.iter().filter(|(other, _)| other.field != filter.field);
            others.all(|(_, sources)| sources.get(source) == Some(&true))
        };
        let reports = in_scope(compiled).filter(|(source, entry)| !field.is_known(entry) && others(*source));
        let reports = reports.count() as u64;
        if reports > 0 {
            all.push(Unjudged { filter: written, field: filter.field.name().to_owned(), reports, kept });
        }
    }
    Ok(all)
}

/// How many reports have no day of publication. Of the reports in the part of the corpus that is searched and that the
/// filters at the top of the query pass.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Dating {
    /// Reports for which the end of the inspection stands in for the day of publication.
    pub by_inspection: u64,
    /// Reports without any day. They come last in the order of dates.
    pub undated: u64,
    /// All reports.
    pub reports: u64,
}

/// See [`Dating`].
pub(crate) fn dating(compiled: &CompiledQuery) -> Dating {
    let read = compiled.read.clone().normalised();
    let top = top_filters(compiled, &read);
    let mut dating = Dating::default();
    for (source, entry) in in_scope(compiled) {
        if top.iter().all(|(_, sources)| sources.get(source) == Some(&true)) {
            dating.reports += 1;
            dating.by_inspection += u64::from(entry.is_dated_by_inspection());
            dating.undated += u64::from(entry.day().is_none());
        }
    }
    dating
}

/// The reports of the part of the corpus that is searched, with their numbers.
fn in_scope(compiled: &CompiledQuery) -> impl Iterator<Item = (usize, &Entry)> {
    let sources = compiled.state.sources();
    let all = sources.numbers().zip(sources.entries());
    all.filter(|(source, entry)| entry.failure.is_none() && compiled.plan.is_within(*source))
        .map(|(source, entry)| (source as usize, entry))
}

/// The filters of reports at the top of the query, each with the sources that it passes.
fn top_filters<'c>(compiled: &'c CompiledQuery, read: &Query) -> Vec<(&'c Filter, &'c [bool])> {
    let top = match read {
        Query::And(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let is_top = |filter| top.iter().any(|part| matches!(part, Query::Filter(known) if known == filter));
    let filters = compiled.plan.filters.iter();
    let found = filters.filter_map(|(filter, resolved)| match resolved {
        Resolved::Sources(sources) if is_top(filter) => Some((filter, &**sources)),
        _ => None,
    });
    found.collect()
}

/// Collects every filter of a query, each with whether what it does not pass is kept: whether it stands under `NOT`.
fn collect<'q>(query: &'q Query, kept: bool, filters: &mut Vec<(&'q Filter, bool)>) {
    match query {
        Query::Filter(filter) => filters.push((filter, kept)),
        Query::And(parts) | Query::Or(parts) | Query::Phrase(parts) => {
            parts.iter().for_each(|part| collect(part, kept, filters));
        }
        Query::Not(part) => collect(part, !kept, filters),
        Query::Within { query: part, .. } => collect(part, kept, filters),
        Query::Near { left, right, .. } | Query::NotNear { left, right, .. } => {
            collect(left, kept, filters);
            collect(right, kept, filters);
        }
        _ => {}
    }
}
