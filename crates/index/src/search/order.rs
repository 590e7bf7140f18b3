//! The order of hits, and cursors into it.
//!
//! Ties are broken by report order: hits that are equal by the [`Sort`] come by the number of their source (newest
//! first, undated last, then by path) and then by their ordinal in the report. So the order is total, and
//! the same on every machine and in every state of the index that holds the same sources. The numbers of sources follow
//! [`Entry::report_order`].

use std::cmp::Reverse;
use std::fmt::Write as _;

use quotable_report::Date;

use crate::error::{Error, ErrorKind, Result};
use crate::search::compiled::CompiledQuery;
use crate::search::found::FoundParagraph;
use crate::search::hit::Cursor;
use crate::search::options::Sort;
use crate::search::score::Bm25;
use crate::store::entry::Entry;

/// The position of a paragraph in the order of hits: smaller comes first. No two paragraphs share a key.
///
/// The order of the fields is the order in which ties are broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SortKey {
    /// The rank by the [`Sort`] alone: of the score, of the authority or of the day; zero for report order.
    rank: u64,
    /// The number of the source, which is its rank in report order.
    source: u32,
    /// The ordinal of the paragraph in its source, one-based.
    ordinal: u32,
}

/// Computes the sort keys of one search.
pub(crate) struct HitOrder<'a> {
    compiled: &'a CompiledQuery,
    /// For [`Sort::Authority`], the rank of each source by its authority; otherwise empty.
    authority_ranks: Vec<u64>,
}

impl<'a> HitOrder<'a> {
    pub(crate) fn new(compiled: &'a CompiledQuery) -> Self {
        let mut authority_ranks = Vec::new();
        if compiled.options.sort == Sort::Authority {
            let entries = compiled.state.sources().entries();
            // `false` sorts before `true`: sources without an authority come last.
            let key = |entry: &'a Entry| {
                entry.authority.as_ref().map_or((true, ""), |authority| (false, authority.key.as_str()))
            };
            let mut keys: Vec<_> = entries.iter().map(key).collect();
            keys.sort_unstable();
            keys.dedup();
            let rank = |entry| keys.partition_point(|other| *other < key(entry)) as u64;
            authority_ranks = entries.iter().map(rank).collect();
        }
        Self { compiled, authority_ranks }
    }

    pub(crate) fn key(&self, found: &FoundParagraph) -> SortKey {
        let rank = match self.compiled.options.sort {
            Sort::Relevance => score_rank(found.score),
            Sort::Date => 0,
            Sort::Oldest => {
                let entry = self.compiled.state.sources().entry(found.source);
                oldest_rank(entry.and_then(Entry::day))
            }
            Sort::Authority => self.authority_rank(found.source),
        };
        SortKey { rank, source: found.source, ordinal: found.ordinal }
    }

    fn authority_rank(&self, source: u32) -> u64 {
        let rank = self.authority_ranks.get(source as usize);
        debug_assert!(rank.is_some(), "a source has no authority rank");
        rank.copied().unwrap_or(u64::MAX)
    }

    /// The sort key that a cursor stands for. The paragraph that it was made for may be gone by now: the key then lies
    /// where it would be, so that the search goes on with the paragraph after it.
    ///
    /// # Errors
    /// [`Invalid`](ErrorKind::Invalid) if the cursor is of another [`Sort`] or is no cursor at all.
    pub(super) fn key_at_cursor(&self, cursor: &Cursor) -> Result<SortKey> {
        let invalid = || {
            let message =
                "the cursor does not belong to this search, or was altered; start again without a cursor";
            Error::new(ErrorKind::Invalid, message)
        };
        let mut parts = cursor.0.splitn(5, ' ');
        let mut next = || parts.next().ok_or_else(invalid);
        let (sort, rank, day, ordinal, path) = (next()?, next()?, next()?, next()?, next()?);
        if sort != sort_name(self.compiled.options.sort) {
            return Err(invalid());
        }
        let rank: u64 = rank.parse().map_err(|_| invalid())?;
        let day: Option<Date> = if day == "-" { None } else { Some(day.parse().map_err(|_| invalid())?) };
        let ordinal: u32 = ordinal.parse().map_err(|_| invalid())?;
        let entries = self.compiled.state.sources().entries();
        // Source numbers change with the corpus; day and path find the source, or its place, in this state.
        let place = (day.is_none(), Reverse(day), path);
        let source = entries.partition_point(|entry| entry.report_order() < place);
        let exists = entries.get(source).is_some_and(|entry| entry.report_order() == place);
        let source = u32::try_from(source).map_err(|_| invalid())?;
        let rank = match self.compiled.options.sort {
            Sort::Relevance => rank,
            Sort::Date => 0,
            Sort::Oldest => oldest_rank(day),
            Sort::Authority if exists => self.authority_rank(source),
            // The cursor does not hold the authority, so the rank of a source that is gone is lost.
            Sort::Authority => return Err(invalid()),
        };
        // Ordinals begin with 1: with 0, every paragraph of the source that follows the missing one comes after the
        // key.
        Ok(SortKey { rank, source, ordinal: if exists { ordinal } else { 0 } })
    }
}

/// The rank of a score: the best has the smallest. Scores are compared as rounded, see [`Bm25::quantise`].
fn score_rank(score: f64) -> u64 {
    u64::MAX - Bm25::quantise(score)
}

/// The rank of a day: the oldest has the smallest, and no day the largest.
fn oldest_rank(day: Option<Date>) -> u64 {
    day.map_or(u64::MAX, |day| {
        u64::from(day.year()) * 10_000 + u64::from(day.month()) * 100 + u64::from(day.day())
    })
}

/// The cursor of a hit: name of the sort, rank of the score, day of the report, ordinal and path, with spaces between.
/// It holds no source number, so it can be used in another state of the index. The path comes last because it may
/// contain spaces.
pub(super) fn write_cursor(compiled: &CompiledQuery, found: &FoundParagraph, cursor: &mut String) {
    let entry = compiled.state.sources().entry(found.source);
    debug_assert!(entry.is_some(), "a found paragraph has no source");
    let path = entry.map_or("", |entry| entry.path.as_str());
    cursor.clear();
    cursor.reserve(path.len() + 64);
    // Every hit has a cursor. Writing to a string does not fail.
    let _ = write!(cursor, "{} {} ", sort_name(compiled.options.sort), score_rank(found.score));
    let _ = match entry.and_then(Entry::day) {
        Some(day) => write!(cursor, "{day}"),
        None => cursor.write_char('-'),
    };
    let _ = write!(cursor, " {} {path}", found.ordinal);
}

/// The name of a sort in a cursor.
fn sort_name(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "relevance",
        Sort::Date => "date",
        Sort::Oldest => "oldest",
        Sort::Authority => "authority",
    }
}
