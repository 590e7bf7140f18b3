//! A query over one state of the index.

use quotable_query::Query;

use crate::{Counts, Cursor, Error, ErrorKind, Every, Hits, Result, SearchOptions, Snapshot};

/// A query compiled for one state of the index, and its options. Owns what it needs: commits made meanwhile do
/// not change its answers.
#[derive(Debug, Clone)]
pub struct Search {
    snapshot: Snapshot,
    query: Query,
    options: SearchOptions,
}

/// What was found in one report.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct ReportCount {
    /// The path of the report.
    pub path: String,
    /// Occurrences in it.
    pub occurrences: u64,
    /// Paragraphs of it that match.
    pub paragraphs: u64,
}

impl Search {
    pub(crate) fn new(snapshot: &Snapshot, query: &Query, options: &SearchOptions) -> Result<Self> {
        Ok(Self { snapshot: snapshot.clone(), query: query.clone(), options: options.clone() })
    }

    /// The query, as it was given.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// The options.
    pub fn options(&self) -> &SearchOptions {
        &self.options
    }

    /// The state that is searched.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// How much is found.
    ///
    /// # Errors
    /// [`Cancelled`](ErrorKind::Cancelled), or if the index cannot be read.
    pub fn count(&self) -> Result<Counts> {
        Err(Error::new(ErrorKind::Unsupported, "count is not written yet"))
    }

    /// How much is found in each report with any, in report order.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn count_by_report(&self) -> Result<Vec<ReportCount>> {
        Err(Error::new(ErrorKind::Unsupported, "count_by_report is not written yet"))
    }

    /// The first `n` hits in the order of [`SearchOptions::sort`], and exact counts.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn top(&self, n: usize) -> Result<Hits> {
        let _ = n;
        Err(Error::new(ErrorKind::Unsupported, "top is not written yet"))
    }

    /// The next `n` hits after that of the cursor, in the same order. The counts are those of the whole search.
    ///
    /// # Errors
    /// [`Invalid`](ErrorKind::Invalid) if the cursor is of another order or not one of ours, and those of
    /// [`count`](Self::count).
    pub fn top_after(&self, n: usize, cursor: &Cursor) -> Result<Hits> {
        let _ = (n, cursor);
        Err(Error::new(ErrorKind::Unsupported, "top_after is not written yet"))
    }

    /// Every hit in report order, one at a time, in memory that does not grow with the texts (eight bytes for
    /// each matching paragraph).
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn every(&self) -> Result<Every> {
        Err(Error::new(ErrorKind::Unsupported, "every is not written yet"))
    }
}
