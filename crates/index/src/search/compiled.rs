//! A query compiled for one state of the index.

use std::sync::Arc;

use quotable_query::Query;

use crate::error::Result;
use crate::search::options::SearchOptions;
use crate::search::plan::Plan;
use crate::search::score::Bm25;
use crate::search::{compile, scope};
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
    pub(crate) plan: Plan,
    pub(super) bm25: Bm25,
}

impl CompiledQuery {
    pub(crate) fn new(state: &Arc<State>, query: &Query, options: &SearchOptions) -> Result<Self> {
        let read = match &options.codebook {
            Some(book) => book.resolve(query)?,
            None => query.clone(),
        };
        let plan = catch_engine_panic(|| {
            let mut plan = compile::compile(state, &read, options)?;
            scope::resolve(state, &mut plan, options)?;
            Ok(plan)
        });
        // Errors name the part at fault; the caret belongs under that part in the query as the user wrote it.
        let plan = plan.map_err(|error| error.in_query(query))?;
        let bm25 = Bm25::new(state, &plan, options);
        Ok(Self { state: state.clone(), query: query.clone(), read, options: options.clone(), plan, bm25 })
    }
}
