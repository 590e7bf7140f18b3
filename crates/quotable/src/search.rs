//! A query over one state of the index.

use std::collections::BinaryHeap;
use std::sync::Arc;

use quotable_query::matcher::Condition;
use quotable_query::{Query, Text};
use serde::{Deserialize, Serialize};

use crate::collect::{Found, scan};
use crate::document::{Record, facets};
use crate::order::{Key, Order, cursor};
use crate::plan::Plan;
use crate::score::Scale;
use crate::{Counts, Cursor, Error, Every, Hit, Hits, Result, SearchOptions, Snapshot};

/// A query compiled for one state of the index, and its options. Owns what it needs: commits made meanwhile do
/// not change its answers. Clones share it.
#[derive(Debug, Clone)]
pub struct Search(Arc<Compiled>);

#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) snapshot: Snapshot,
    pub(crate) query: Query,
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
        let plan = Plan::new(snapshot, query, options)?;
        let scale = Scale::new(snapshot, &plan, options);
        let (snapshot, query, options) = (snapshot.clone(), query.clone(), options.clone());
        Ok(Self(Arc::new(Compiled { snapshot, query, options, plan, scale })))
    }

    /// The query, as it was given.
    pub fn query(&self) -> &Query {
        &self.0.query
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
    /// [`Cancelled`](crate::ErrorKind::Cancelled), or if the index cannot be read.
    pub fn count(&self) -> Result<Counts> {
        let mut tally = Tally::default();
        scan(&self.0, false, |found| tally.add(&found))?;
        Ok(tally.counts)
    }

    /// How much is found in each report with any, in report order.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn count_by_report(&self) -> Result<Vec<ReportCount>> {
        let table = self.0.snapshot.table();
        let mut by_source = vec![(0_u64, 0_u64); table.entries().len()];
        scan(&self.0, false, |found| {
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
        let order = Order::new(&self.0);
        let after = after.map(|cursor| order.key_of(cursor)).transpose()?;
        let mut tally = Tally::default();
        // The worst of the best stands on top, to be thrown out first.
        let mut best: BinaryHeap<(Key, Found)> = BinaryHeap::new();
        scan(&self.0, true, |found| {
            tally.add(&found);
            let key = order.key(&found);
            if after.is_some_and(|after| key <= after) {
                return;
            }
            if best.len() < n {
                best.push((key, found));
            } else if let Some(mut worst) = best.peek_mut()
                && key < worst.0
            {
                *worst = (key, found);
            }
        })?;
        let best: Vec<Found> = best.into_sorted_vec().into_iter().map(|(_, found)| found).collect();
        let hits = best.iter().map(|found| fetch(&self.0, found)).collect::<Result<_>>()?;
        Ok(Hits { counts: tally.counts, hits })
    }

    /// Every hit in report order, one at a time, in memory that does not grow with the texts: 24 bytes for each
    /// matching paragraph. The iterator owns what it needs.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn every(&self) -> Result<Every> {
        let mut all = Vec::new();
        scan(&self.0, true, |found| all.push(found))?;
        all.sort_unstable_by_key(|found| (found.source, found.ordinal));
        let compiled = Arc::clone(&self.0);
        let hits = all.into_iter().map(move |found| fetch(&compiled, &found));
        Ok(Every(Box::new(hits)))
    }
}

/// Counts what is found. Paragraphs of one report come one after another.
#[derive(Debug)]
struct Tally {
    counts: Counts,
    last: Option<u32>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { counts: Counts { exact: true, ..Counts::default() }, last: None }
    }
}

impl Tally {
    fn add(&mut self, found: &Found) {
        self.counts.occurrences += u64::from(found.occurrences);
        self.counts.paragraphs += 1;
        if self.last.replace(found.source) != Some(found.source) {
            self.counts.reports += 1;
        }
    }
}

/// Makes a hit of what was found. What is marked comes of the words of the stored text, by the matcher that is the
/// measure of the index.
fn fetch(compiled: &Compiled, found: &Found) -> Result<Hit> {
    let record: Option<Record> = compiled.snapshot.record(found.source, found.ordinal)?;
    let record = record.ok_or_else(|| Error::damaged("a paragraph found is not there"))?;
    let place = compiled.snapshot.table().address(found.source, found.ordinal);
    let facets = facets(&record.paragraph, &record.standing);
    let text = Text::with_sentences(&record.paragraph.text, &record.paragraph.sentences);
    let marked = compiled.plan.matcher.find_if(&text, |condition| match condition {
        Condition::Filter(filter) => compiled.plan.passes(filter, found.source, &facets),
        Condition::Within { scope, query } => {
            place.is_some_and(|place| compiled.plan.holds_in(scope, query, place))
        }
        _ => false,
    });
    let matches = marked.marks.into_iter().map(|span| span.bytes).collect();
    let mut hit = compiled.snapshot.hit(found.source, found.ordinal, record, matches)?;
    hit.score = found.score;
    hit.occurrences = marked.occurrences.into_iter().map(|span| span.bytes).collect();
    hit.cursor = cursor(compiled, found);
    Ok(hit)
}
