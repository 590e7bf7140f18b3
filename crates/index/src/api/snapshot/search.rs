//! The handle of a query over one state of the index.

use std::sync::Arc;

use quotable_query::Query;

use crate::answer::chunk::{self, Chunks};
use crate::answer::concordance::{self, Lines};
use crate::answer::count::{self, CountTable};
use crate::answer::explain::{self, Explanation};
use crate::answer::extent::Extent;
use crate::answer::facet::Facet;
use crate::answer::group::{self, Groups};
use crate::answer::provenance::{self, Provenance};
use crate::api::snapshot::Snapshot;
use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::hit::{Counts, Cursor, Hit, Hits, ReportCount};
use crate::search::options::SearchOptions;
use crate::search::stream::{BUFFERED, HitStream};
use crate::search::top;

/// A query compiled for one state of the index, and its options. Owns what it needs: later commits do not change its
/// answers. Clones share it.
#[derive(Debug, Clone)]
pub struct Search {
    snapshot: Snapshot,
    compiled: Arc<CompiledQuery>,
}

impl Search {
    pub(super) fn new(snapshot: &Snapshot, compiled: CompiledQuery) -> Self {
        Self { snapshot: snapshot.clone(), compiled: Arc::new(compiled) }
    }

    /// The query as given.
    pub fn query(&self) -> &Query {
        &self.compiled.query
    }

    /// The query as read: every `@name` replaced by its query in the code book.
    pub fn read_as(&self) -> &Query {
        &self.compiled.read
    }

    /// The options.
    pub fn options(&self) -> &SearchOptions {
        &self.compiled.options
    }

    /// The state that is searched.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Counts occurrences, paragraphs and reports.
    ///
    /// # Errors
    /// [`Cancelled`](crate::ErrorKind::Cancelled), [`Deadline`](crate::ErrorKind::Deadline), or if the index cannot
    /// be read.
    pub fn count(&self) -> Result<Counts> {
        self.compiled.count()
    }

    /// Counts paragraphs: [`Counts::paragraphs`] alone, which may cost much less than all counts.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn count_paragraphs(&self) -> Result<u64> {
        self.compiled.count_paragraphs()
    }

    /// Counts in each report with a match, in report order.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn count_by_report(&self) -> Result<Vec<ReportCount>> {
        self.compiled.count_by_report()
    }

    /// Counts by the values of one facet, or by the pairs of values of two.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) for no facet, more than two, or the same twice, and those of
    /// [`count`](Self::count).
    pub fn count_by(&self, facets: &[Facet]) -> Result<CountTable> {
        count::by(&self.compiled, facets)
    }

    /// The amount of text searched: the paragraphs, words and reports of the restricted corpus, the denominators of
    /// the total of a [`CountTable`].
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn extent(&self) -> Result<Extent> {
        count::extent(&self.compiled)
    }

    /// The first `n` hits in the order of [`SearchOptions::sort`], and exact counts.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn top(&self, n: usize) -> Result<Hits> {
        top::counted(&self.compiled, n, None)
    }

    /// The next `n` hits after the cursor, in the same order, with the counts of the whole search. The cursor may come
    /// from an earlier state of the index: the hits are those that follow its position now.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) if the cursor is of another order or was not made by this library, and
    /// those of [`count`](Self::count).
    pub fn top_after(&self, n: usize, cursor: &Cursor) -> Result<Hits> {
        top::counted(&self.compiled, n, Some(cursor))
    }

    /// The first `n` hits in the order of [`SearchOptions::sort`], without counts. The hits are those of
    /// [`top`](Self::top) and cost much less to find.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn top_hits(&self, n: usize) -> Result<Vec<Hit>> {
        top::uncounted(&self.compiled, n)
    }

    /// The first `groups` groups by the facet, each with its first `hits` hits, in the order of
    /// [`SearchOptions::sort`]: a group comes where its first hit does.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn top_grouped(&self, by: Facet, groups: usize, hits: usize) -> Result<Groups> {
        group::top(&self.compiled, by, groups, hits)
    }

    /// The first `n` theme chunks with a match, in the order of [`SearchOptions::sort`]: a chunk comes where its best
    /// paragraph does. [`SearchOptions::scope`] decides whether a conjunction may be satisfied by a whole chunk.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn top_chunks(&self, n: usize) -> Result<Chunks> {
        chunk::top(&self.compiled, n)
    }

    /// Every hit in report order, one at a time, with the counts of all. Memory does not grow with the number of hits:
    /// beyond some 65,000 the search is run again for each 65,000. The iterator owns what it needs.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn every(&self) -> Result<HitStream> {
        HitStream::open(&self.compiled, BUFFERED)
    }

    /// Every occurrence in report order, with up to `before` and `after` words of its paragraph, and the counts of all.
    /// A context that reaches the first or last word extends to the edge of the paragraph. Memory is bounded as for
    /// [`every`](Self::every).
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn concordance(&self, before: u32, after: u32) -> Result<Lines> {
        concordance::lines(&self.compiled, before, after)
    }

    /// How the query was read: its tree after folding, the words that each part stands for with counts, what the filters
    /// let through, and, where nothing is found, the parts to blame.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn explain(&self) -> Result<Explanation> {
        explain::explain(&self.compiled)
    }

    /// What makes the counts of this search repeatable.
    pub fn provenance(&self) -> Provenance {
        provenance::of(&self.compiled)
    }
}
