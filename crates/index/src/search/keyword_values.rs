//! The values that keywords such as `theme` and `section` take.

use std::collections::BTreeSet;

use tantivy::TERMINATED;
use tantivy::schema::IndexRecordOption;

use crate::error::{Error, Result};
use crate::search::evaluate::Union;
use crate::store::keyword::facet;
use crate::store::state::State;

/// The values that a facet takes in this state of the index, in order.
pub(crate) fn values(state: &State, name: &str) -> Result<Vec<String>> {
    let mut all = BTreeSet::new();
    let (begin, end) = (facet(name, ""), format!("{name}\u{1}"));
    for reader in state.searcher().segment_readers() {
        let index = reader.inverted_index(state.fields().facet).map_err(Error::of_engine)?;
        let mut stream = index.terms().range().ge(begin.as_bytes()).lt(end.as_bytes()).into_stream()?;
        while stream.advance() {
            let value = stream.key().get(begin.len()..).and_then(|value| std::str::from_utf8(value).ok());
            all.extend(value.map(str::to_owned));
        }
    }
    Ok(all.into_iter().collect())
}

/// For each segment, the place in `values` of the value that each document has; `none` for a document without one.
/// Of several values the last wins.
pub(crate) fn number_by_document(
    state: &State,
    name: &str,
    values: &[String],
    none: u32,
) -> Result<Vec<Vec<u32>>> {
    let field = [state.fields().facet];
    let mut segments = Vec::new();
    for reader in state.searcher().segment_readers() {
        let mut numbers = vec![none; reader.max_doc() as usize];
        for (number, value) in (0..).zip(values) {
            let term = facet(name, value);
            let mut union =
                Union::open(reader, &field, std::iter::once(term.as_str()), IndexRecordOption::Basic)?;
            let mut doc = union.seek(0);
            while doc != TERMINATED {
                if let Some(slot) = numbers.get_mut(doc as usize) {
                    *slot = number;
                }
                doc = union.seek(doc + 1);
            }
        }
        segments.push(numbers);
    }
    Ok(segments)
}
