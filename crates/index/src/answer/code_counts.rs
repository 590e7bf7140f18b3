//! Counts of every query of a code book.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use quotable_codebook::{Code, CodeBook, CodeKind};
use quotable_query::{Query, Scope};
use serde::{Deserialize, Serialize};

use crate::answer::count::{self, CountTable};
use crate::answer::facet::Facet;
use crate::answer::provenance::{self, Provenance};
use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::hit::Counts;
use crate::search::options::SearchOptions;
use crate::store::state::State;

/// The counts of one query of a code book.
///
/// The documented record, which only grows, is `export::named_query::NamedQueryRecord` of the crate `quotable`; the form
/// that serde gives this type is for passing it between programs of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CodeCounts {
    /// The name of the query.
    pub name: String,
    /// The title of the query.
    pub title: String,
    /// Whether it is a topic or a concept.
    pub kind: CodeKind,
    /// The counts over all years.
    pub counts: Counts,
    /// The counts by the year of the [day](quotable_report::Report::day) of each report, ascending, with reports without a
    /// date first. Lists every year that has a report
    /// in the searched part of the corpus, with zeros if nothing is found.
    pub by_year: Vec<(Option<u16>, Counts)>,
    /// Version, corpus and query, to repeat the counts.
    pub provenance: Provenance,
}

/// The counts of one query of a code book by facets, with their denominators.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CodeTable {
    /// The name of the query.
    pub name: String,
    /// The title of the query.
    pub title: String,
    /// Whether it is a topic or a concept.
    pub kind: CodeKind,
    /// The counts. Without facets, it has the total alone.
    pub table: CountTable,
}

/// Counts every query of a code book by facets, in the order of the book.
pub(crate) fn tables(
    state: &Arc<State>,
    book: &CodeBook,
    options: &SearchOptions,
    by: &[Facet],
) -> Result<Vec<CodeTable>> {
    let options = options.clone().codebook(book.clone());
    let table = |code: &Code| {
        let search = CompiledQuery::new(state, &Query::named(&code.name), &options)?;
        let table = if by.is_empty() { count::total(&search)? } else { count::by(&search, by)? };
        Ok(CodeTable { name: code.name.clone(), title: code.title.clone(), kind: code.kind, table })
    };
    book.codes().iter().map(table).collect()
}

/// Counts every query of a code book, in the order of the book.
pub(crate) fn counts(
    state: &Arc<State>,
    book: &CodeBook,
    options: &SearchOptions,
) -> Result<Vec<CodeCounts>> {
    let entries = state.sources().entries();
    let all = CompiledQuery::new(state, &Query::All, &options.clone().scope(Scope::Paragraph))?;
    let searched =
        |source: usize| all.plan.searched.as_ref().is_none_or(|searched| searched.get(source) == Some(&true));
    let read =
        entries.iter().enumerate().filter(|(source, entry)| entry.failure.is_none() && searched(*source));
    let read = read.map(|(_, entry)| entry);
    let years: HashMap<&str, Option<u16>> =
        read.map(|entry| (entry.path.as_str(), entry.day().map(quotable_report::Date::year))).collect();
    // Start from zeros for every year, so that years without matches appear.
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
