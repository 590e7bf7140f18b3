//! Every query of a code book at once.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::{CodeBook, CodeKind};
use crate::{Counts, Result, SearchOptions, Snapshot};

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
    /// What it finds in reports of each year of publication that has any report, ascending; first what has no
    /// date. Years in which it finds nothing are there, with zeros.
    pub by_year: Vec<(Option<u16>, Counts)>,
}

impl CodeBook {
    /// Runs every query of the book, in its order: topics by their words alone, without their sections.
    ///
    /// # Errors
    /// Those of [`Snapshot::search_with`] and of [`Search::count`](crate::Search::count).
    pub fn run(&self, snapshot: &Snapshot, options: &SearchOptions) -> Result<Vec<Row>> {
        let entries = snapshot.table().entries();
        let read = entries.iter().filter(|entry| entry.failure.is_none());
        let years: HashMap<&str, Option<u16>> = read
            .map(|entry| (entry.path.as_str(), entry.published.map(quotable_report::Date::year)))
            .collect();
        let none = Counts { exact: true, ..Counts::default() };
        let empty: BTreeMap<Option<u16>, Counts> = years.values().map(|&year| (year, none)).collect();
        let mut rows = Vec::with_capacity(self.codes().len());
        for code in self.codes() {
            let search = snapshot.search_with(&self.apply(&code.resolved)?, options)?;
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
            });
        }
        Ok(rows)
    }
}
