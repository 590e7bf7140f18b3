//! Every query of a code book at once.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use quotable_codebook::{CodeBook, CodeKind};
use quotable_query::Query;
use serde::{Deserialize, Serialize};

use crate::answer::provenance::{self, Provenance};
use crate::error::Result;
use crate::path;
use crate::search::compiled::CompiledQuery;
use crate::search::hit::Counts;
use crate::search::options::SearchOptions;
use crate::store::state::State;

/// What one query of a code book finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CodeCounts {
    /// The name of the query.
    pub name: String,
    /// What it stands for.
    pub title: String,
    /// What it is for.
    pub kind: CodeKind,
    /// What it finds in all.
    pub counts: Counts,
    /// What it finds in reports of each year of publication that has any report searched, ascending; first what has
    /// no date. Years in which it finds nothing are there, with zeros.
    pub by_year: Vec<(Option<u16>, Counts)>,
    /// What makes the counts repeatable.
    pub provenance: Provenance,
}

/// Runs every query of a code book.
pub(crate) fn count(state: &Arc<State>, book: &CodeBook, options: &SearchOptions) -> Result<Vec<CodeCounts>> {
    let entries = state.sources().entries();
    let within = |path: &str| options.within.as_ref().is_none_or(|within| path::is_within(path, within));
    let read = entries.iter().filter(|entry| entry.failure.is_none() && within(&entry.path));
    let years: HashMap<&str, Option<u16>> =
        read.map(|entry| (entry.path.as_str(), entry.published.map(quotable_report::Date::year))).collect();
    let none = Counts { exact: true, ..Counts::default() };
    let empty: BTreeMap<Option<u16>, Counts> = years.values().map(|&year| (year, none)).collect();
    let options = options.clone().codebook(book.clone());
    let mut rows = Vec::with_capacity(book.codes().len());
    for code in book.codes() {
        let search = CompiledQuery::new(state, &Query::named(&code.name), &options)?;
        let (mut counts, mut by_year) = (none, empty.clone());
        for report in search.count_by_report()? {
            let year = years.get(report.path.as_str()).copied().flatten();
            for counts in [&mut counts, by_year.entry(year).or_insert(none)] {
                counts.occurrences += report.occurrences;
                counts.paragraphs += report.paragraphs;
                counts.reports += 1;
            }
        }
        rows.push(CodeCounts {
            name: code.name.clone(),
            title: code.title.clone(),
            kind: code.kind,
            counts,
            by_year: by_year.into_iter().collect(),
            provenance: provenance::of(&search),
        });
    }
    Ok(rows)
}
