//! A query compiled for one state of the index.

use std::sync::Arc;

use quotable_query::Query;
use tantivy::SegmentReader;

use crate::error::Result;
use crate::interrupt::Interrupt;
use crate::search::evaluate::{Needed, Scorer};
use crate::search::options::SearchOptions;
use crate::search::plan::Plan;
use crate::search::score::Bm25;
use crate::search::{compile, evaluate, scope};
use crate::store::engine_panic::catch_engine_panic;
use crate::store::state::State;

/// A query compiled for one state of the index, with its options. Owns everything it uses: later commits do not change
/// its answers.
#[derive(Debug)]
pub(crate) struct CompiledQuery {
    pub(crate) state: Arc<State>,
    /// The query as given.
    pub(crate) query: Query,
    /// The query as read: each `@name` replaced by its query in the code book.
    pub(crate) read: Query,
    pub(crate) options: SearchOptions,
    pub(crate) plan: Arc<Plan>,
    pub(super) bm25: Arc<Bm25>,
}

impl CompiledQuery {
    pub(crate) fn new(state: &Arc<State>, query: &Query, options: &SearchOptions) -> Result<Self> {
        let read = match &options.codebook {
            Some(book) => book.resolve(query)?,
            None => query.clone(),
        };
        let plan = catch_engine_panic(|| {
            // The scoped parts of a query are searches of their own, but of one answer.
            let mut interrupt = options.interrupt();
            let mut plan = compile::compile(state, &read, options, &mut interrupt)?;
            scope::resolve(state, &mut plan, options, &mut interrupt)?;
            Ok(plan)
        });
        // Errors name the part at fault; the caret belongs under that part in the query as the user wrote it.
        let plan = plan.map_err(|error| error.in_query(query))?;
        let bm25 = Bm25::new(state, &plan, options);
        let (plan, bm25) = (Arc::new(plan), Arc::new(bm25));
        Ok(Self { state: state.clone(), query: query.clone(), read, options: options.clone(), plan, bm25 })
    }

    /// The same query, whose searches all belong to one answer: together they take no more steps than one may.
    pub(crate) fn of_one_answer(&self) -> Self {
        self.with_options(self.options.clone().of_one_answer())
    }

    /// The same query, whose searches belong to the answer of another, and to its limit of steps.
    pub(crate) fn in_answer_of(&self, other: &Self) -> Self {
        self.with_options(SearchOptions { account: other.options.account.clone(), ..self.options.clone() })
    }

    fn with_options(&self, options: SearchOptions) -> Self {
        let (state, query, read) = (Arc::clone(&self.state), self.query.clone(), self.read.clone());
        Self { state, query, read, options, plan: Arc::clone(&self.plan), bm25: Arc::clone(&self.bm25) }
    }

    /// Opens the query on a segment. See [`evaluate::open`].
    pub(super) fn open<'a>(
        &'a self,
        reader: &'a SegmentReader,
        segment: usize,
        needed: Needed,
        interrupt: &'a Interrupt,
    ) -> Result<Scorer<'a>> {
        let ranges = self.state.sources().ranges(segment);
        let opened = evaluate::open(&self.plan, &self.state, reader, ranges, segment, needed, interrupt);
        opened.map_err(|error| error.in_query(&self.query))
    }
}
