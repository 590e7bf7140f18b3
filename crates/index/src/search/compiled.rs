//! A query compiled for one state of the index.

use std::sync::Arc;

use quotable_query::Query;

use crate::error::Result;
use crate::search::found::{Found, Place};
use crate::search::hit::{Counts, ReportCount};
use crate::search::options::SearchOptions;
use crate::search::plan::Plan;
use crate::search::scan::{self, Scan};
use crate::search::score::Scale;
use crate::search::tally::Tally;
use crate::search::{compile, scope};
use crate::store::engine_panic::guarded;
use crate::store::state::State;

/// A query compiled for one state of the index, with its options. Owns what it needs: later commits do not change its
/// answers.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) state: Arc<State>,
    /// The query as given.
    pub(crate) query: Query,
    /// The query with the names of the code book replaced.
    pub(crate) read: Query,
    pub(crate) options: SearchOptions,
    pub(crate) plan: Plan,
    pub(crate) scale: Scale,
}

impl Compiled {
    pub(crate) fn new(state: &Arc<State>, query: &Query, options: &SearchOptions) -> Result<Self> {
        let read = match &options.codebook {
            Some(book) => book.resolve(query)?,
            None => query.clone(),
        };
        let plan = guarded(|| {
            let mut plan = compile::compile(state, &read, options)?;
            scope::resolve(state, &mut plan, options)?;
            Ok(plan)
        });
        let plan = plan.map_err(|error| error.in_query(query))?;
        let scale = Scale::new(state, &plan, options);
        Ok(Self { state: state.clone(), query: query.clone(), read, options: options.clone(), plan, scale })
    }

    /// Calls `each` with every paragraph that matches, those of one source one after another, and returns the counts.
    /// Scores are zero unless `scored`.
    pub(crate) fn each(&self, scored: bool, mut each: impl FnMut(Found, Place)) -> Result<Counts> {
        let (mut tally, mut left_out) = (Tally::default(), Tally::default());
        let give = |found: Found, place| {
            tally.add(&found);
            each(found, place);
        };
        let how = Scan { scored, ..Scan::default() };
        guarded(|| scan::scan(self, how, give, |found| left_out.add_left_out(&found)))?;
        let mut counts = tally.counts();
        counts.boilerplate.merge(left_out.counts().boilerplate);
        Ok(counts)
    }

    /// Counts everything that matches.
    pub(crate) fn count(&self) -> Result<Counts> {
        self.each(false, |_, _| ())
    }

    /// Counts paragraphs alone, which costs much less than [`each`](Self::each).
    pub(crate) fn count_paragraphs(&self) -> Result<u64> {
        guarded(|| scan::count_paragraphs(self))
    }

    /// Counts by report, in report order; reports without a match are left out.
    pub(crate) fn count_by_report(&self) -> Result<Vec<ReportCount>> {
        let table = self.state.table();
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
}
