//! The order of hits, and places in it.

use std::cmp::Reverse;

use quotable_report::Date;

use crate::error::{Error, ErrorKind, Result};
use crate::search::compiled::CompiledQuery;
use crate::search::found::FoundParagraph;
use crate::search::hit::Cursor;
use crate::search::options::Sort;
use crate::search::score::Bm25;

/// A place in the order: smaller comes first. No two paragraphs have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SortKey {
    /// By the sort alone.
    first: u64,
    /// The source's place in report order.
    source: u32,
    ordinal: u32,
}

/// The order of one search.
pub(crate) struct HitOrder<'a> {
    compiled: &'a CompiledQuery,
    /// The place of each source by its authority, where that is the order.
    authorities: Vec<u64>,
}

impl<'a> HitOrder<'a> {
    pub(crate) fn new(compiled: &'a CompiledQuery) -> Self {
        let mut authorities = Vec::new();
        if compiled.options.sort == Sort::Authority {
            let entries = compiled.state.sources().entries();
            let key = |entry: &'a crate::store::entry::Entry| {
                entry.authority.as_ref().map_or((true, ""), |authority| (false, authority.key.as_str()))
            };
            let mut names: Vec<_> = entries.iter().map(key).collect();
            names.sort_unstable();
            names.dedup();
            let place = |entry| names.partition_point(|name| *name < key(entry)) as u64;
            authorities = entries.iter().map(place).collect();
        }
        Self { compiled, authorities }
    }

    pub(crate) fn key(&self, found: &FoundParagraph) -> SortKey {
        let first = match self.compiled.options.sort {
            Sort::Relevance => by_score(found.score),
            Sort::Date => 0,
            Sort::Authority => self.authorities.get(found.source as usize).copied().unwrap_or(u64::MAX),
        };
        SortKey { first, source: found.source, ordinal: found.ordinal }
    }

    /// The key of a place that a cursor names, whether or not something stands there now.
    pub(crate) fn key_of(&self, cursor: &Cursor) -> Result<SortKey> {
        let not = || Error::new(ErrorKind::Invalid, "the cursor is not one of this search; begin anew");
        let mut parts = cursor.0.splitn(5, ' ');
        let mut next = || parts.next().ok_or_else(not);
        let (name, score, day, ordinal, path) = (next()?, next()?, next()?, next()?, next()?);
        if name != name_of(self.compiled.options.sort) {
            return Err(not());
        }
        let score: u64 = score.parse().map_err(|_| not())?;
        let day: Option<Date> = if day == "-" { None } else { Some(day.parse().map_err(|_| not())?) };
        let ordinal: u32 = ordinal.parse().map_err(|_| not())?;
        let entries = self.compiled.state.sources().entries();
        let place = (day.is_none(), Reverse(day), path);
        let source = entries.partition_point(|entry| entry.place() < place);
        let there = entries.get(source).is_some_and(|entry| entry.place() == place);
        let source = u32::try_from(source).map_err(|_| not())?;
        let first = match self.compiled.options.sort {
            Sort::Relevance => score,
            Sort::Date => 0,
            Sort::Authority if there => self.authorities.get(source as usize).copied().unwrap_or(u64::MAX),
            Sort::Authority => return Err(not()),
        };
        // Nothing has the ordinal 0: all of the source that stands there now comes after it.
        Ok(SortKey { first, source, ordinal: if there { ordinal } else { 0 } })
    }
}

/// Better scores come first.
fn by_score(score: f64) -> u64 {
    u64::MAX - Bm25::units(score)
}

/// What names the place of a hit in any state of the index: sort, score, day, place in the report, path.
pub(crate) fn cursor(compiled: &CompiledQuery, found: &FoundParagraph) -> Cursor {
    let entry = compiled.state.sources().entry(found.source);
    let day = entry.and_then(|entry| entry.published).map_or_else(|| "-".to_owned(), |day| day.to_string());
    let path = entry.map_or("", |entry| entry.path.as_str());
    let (name, score) = (name_of(compiled.options.sort), by_score(found.score));
    Cursor(format!("{name} {score} {day} {} {path}", found.ordinal))
}

fn name_of(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "relevance",
        Sort::Date => "date",
        Sort::Authority => "authority",
    }
}
