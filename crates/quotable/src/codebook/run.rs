//! Every query of a code book at once.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::{CodeBook, CodeKind};
use crate::error::Result;
use crate::hit::Counts;
use crate::options::SearchOptions;
use crate::path;
use crate::provenance::Provenance;
use crate::snapshot::Snapshot;
use quotable_query::Query;

/// What one query of a code book finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Row {
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

impl CodeBook {
    /// Runs every query of the book, in its order: topics by their words alone, without their sections. Names and
    /// themes are those of this book, whichever the options name.
    ///
    /// # Errors
    /// Those of [`Snapshot::search_with`] and of [`Search::count`](crate::Search::count).
    pub fn run(&self, snapshot: &Snapshot, options: &SearchOptions) -> Result<Vec<Row>> {
        let entries = snapshot.table().entries();
        let within = |path: &str| options.within.as_ref().is_none_or(|within| path::stands_in(path, within));
        let read = entries.iter().filter(|entry| entry.failure.is_none() && within(&entry.path));
        let years: HashMap<&str, Option<u16>> = read
            .map(|entry| (entry.path.as_str(), entry.published.map(quotable_report::Date::year)))
            .collect();
        let none = Counts { exact: true, ..Counts::default() };
        let empty: BTreeMap<Option<u16>, Counts> = years.values().map(|&year| (year, none)).collect();
        let options = options.clone().codebook(self.clone());
        let mut rows = Vec::with_capacity(self.codes().len());
        for code in self.codes() {
            let search = snapshot.search_with(&Query::named(&code.name), &options)?;
            let (mut counts, mut by_year) = (none, empty.clone());
            for report in search.count_by_report()? {
                let year = years.get(report.path.as_str()).copied().flatten();
                for counts in [&mut counts, by_year.entry(year).or_insert(none)] {
                    counts.occurrences += report.occurrences;
                    counts.paragraphs += report.paragraphs;
                    counts.reports += 1;
                }
            }
            rows.push(Row {
                name: code.name.clone(),
                title: code.title.clone(),
                kind: code.kind,
                counts,
                by_year: by_year.into_iter().collect(),
                provenance: search.provenance(),
            });
        }
        Ok(rows)
    }
}
