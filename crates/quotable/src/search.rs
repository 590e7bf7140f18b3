//! A query over one state of the index.

use std::sync::Arc;

use quotable_query::Query;
use serde::{Deserialize, Serialize};

use crate::best::Best;
use crate::collect::{Found, Place, Scan, count_paragraphs, scan};
use crate::error::Result;
use crate::guard::guarded;
use crate::hit::{Counts, Cursor, Hits, Share};
use crate::options::SearchOptions;
use crate::plan::Plan;
use crate::score::Scale;
use crate::snapshot::Snapshot;

/// A query compiled for one state of the index, and its options. Owns what it needs: commits made meanwhile do
/// not change its answers. Clones share it.
#[derive(Debug, Clone)]
pub struct Search(pub(crate) Arc<Compiled>);

#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) snapshot: Snapshot,
    /// As it was given.
    pub(crate) query: Query,
    /// As it was read.
    pub(crate) read: Query,
    pub(crate) options: SearchOptions,
    pub(crate) plan: Plan,
    pub(crate) scale: Scale,
}

/// What was found in one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
        let read = match &options.codebook {
            Some(book) => book.resolve(query)?,
            None => query.clone(),
        };
        let plan = guarded(|| Plan::new(snapshot, &read, options)).map_err(|error| error.in_query(query))?;
        let scale = Scale::new(snapshot, &plan, options);
        let (snapshot, query, options) = (snapshot.clone(), query.clone(), options.clone());
        Ok(Self(Arc::new(Compiled { snapshot, query, read, options, plan, scale })))
    }

    /// The query, as it was given.
    pub fn query(&self) -> &Query {
        &self.0.query
    }

    /// The query, as it was read: every `@name` replaced by what it stands for in the code book.
    pub fn read_as(&self) -> &Query {
        &self.0.read
    }

    /// The options.
    pub fn options(&self) -> &SearchOptions {
        &self.0.options
    }

    /// The state that is searched.
    pub fn snapshot(&self) -> &Snapshot {
        &self.0.snapshot
    }

    /// How much is found.
    ///
    /// # Errors
    /// [`Cancelled`](crate::ErrorKind::Cancelled), [`Deadline`](crate::ErrorKind::Deadline), or if the index cannot
    /// be read.
    pub fn count(&self) -> Result<Counts> {
        self.each(false, |_, _| ())
    }

    /// How many paragraphs are found: [`Counts::paragraphs`] by itself, which may cost much less to find out.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn count_paragraphs(&self) -> Result<u64> {
        guarded(|| count_paragraphs(&self.0))
    }

    /// Gives every paragraph that is found, and counts them.
    pub(crate) fn each(&self, scored: bool, mut each: impl FnMut(Found, Place)) -> Result<Counts> {
        let (mut tally, mut left_out) = (Tally::default(), Share::default());
        let give = |found: Found, place| {
            tally.add(&found);
            each(found, place);
        };
        let how = Scan { scored, ..Scan::default() };
        guarded(|| scan(&self.0, how, give, |found| left_out.add(found.occurrences)))?;
        let mut counts = tally.counts;
        counts.boilerplate.occurrences += left_out.occurrences;
        counts.boilerplate.paragraphs += left_out.paragraphs;
        Ok(counts)
    }

    /// How much is found in each report with any, in report order.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn count_by_report(&self) -> Result<Vec<ReportCount>> {
        let table = self.0.snapshot.table();
        let mut by_source = vec![(0_u64, 0_u64); table.entries().len()];
        self.each(false, |found, _| {
            if let Some((occurrences, paragraphs)) = by_source.get_mut(found.source as usize) {
                *occurrences += u64::from(found.occurrences);
                *paragraphs += 1;
            }
        })?;
        let counted = table.entries().iter().zip(by_source).filter(|(_, (_, paragraphs))| *paragraphs > 0);
        let counts = counted.map(|(entry, (occurrences, paragraphs))| ReportCount {
            path: entry.path.clone(),
            occurrences,
            paragraphs,
        });
        Ok(counts.collect())
    }

    /// The first `n` hits in the order of [`SearchOptions::sort`], and exact counts.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn top(&self, n: usize) -> Result<Hits> {
        self.best(n, None)
    }

    /// The next `n` hits after that of the cursor, in the same order. The counts are those of the whole search.
    /// The cursor may come from an earlier state of the index: what stands after it now is given.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) if the cursor is of another order or not one of ours, and those of
    /// [`count`](Self::count).
    pub fn top_after(&self, n: usize, cursor: &Cursor) -> Result<Hits> {
        self.best(n, Some(cursor))
    }

    fn best(&self, n: usize, after: Option<&Cursor>) -> Result<Hits> {
        let mut best = Best::new(&self.0, n);
        let after = after.map(|cursor| best.order().key_of(cursor)).transpose()?;
        let counts = self.each(true, |found, _| {
            if after.is_none_or(|after| best.order().key(&found) > after) {
                best.offer(found);
            }
        })?;
        let hits = best.hits()?;
        Ok(Hits { counts, hits })
    }
}

/// Counts what is found. Paragraphs of one report come one after another.
#[derive(Debug)]
pub(crate) struct Tally {
    pub(crate) counts: Counts,
    last: Option<u32>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { counts: Counts { exact: true, ..Counts::default() }, last: None }
    }
}

impl Tally {
    pub(crate) fn add(&mut self, found: &Found) {
        self.counts.occurrences += u64::from(found.occurrences);
        self.counts.paragraphs += 1;
        if found.copies > 0 {
            self.counts.boilerplate.add(found.occurrences);
        }
        if self.last.replace(found.source) != Some(found.source) {
            self.counts.reports += 1;
        }
    }
}
