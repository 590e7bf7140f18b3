//! The values of a keyword such as `theme` or `section` in the index.

use std::collections::BTreeSet;

use crate::error::{Error, Result};
use crate::store::engine_panic::catch_engine_panic;
use crate::store::keyword::keyword;
use crate::store::state::State;

/// The distinct values of the keyword `name` in this state of the index, in byte order.
pub(crate) fn values(state: &State, name: &str) -> Result<Vec<String>> {
    catch_engine_panic(|| read_values(state, name))
}

fn read_values(state: &State, name: &str) -> Result<Vec<String>> {
    let mut all = BTreeSet::new();
    // Terms are `name\0value`: all of one name lie between `name\0` and `name\u{1}`.
    let (begin, end) = (keyword(name, ""), format!("{name}\u{1}"));
    for reader in state.searcher().segment_readers() {
        let index = reader.inverted_index(state.fields().keyword).map_err(Error::of_engine)?;
        let mut stream = index
            .terms()
            .range()
            .ge(begin.as_bytes())
            .lt(end.as_bytes())
            .into_stream()
            .map_err(Error::of_index_file)?;
        while stream.advance() {
            let value = stream.key().get(begin.len()..).and_then(|value| std::str::from_utf8(value).ok());
            all.extend(value.map(str::to_owned));
        }
    }
    Ok(all.into_iter().collect())
}
