//! The value of a keyword for every document, as a column of numbers.

use tantivy::TERMINATED;
use tantivy::schema::IndexRecordOption;

use crate::error::Result;
use crate::search::evaluate::Union;
use crate::store::engine_panic::catch_engine_panic;
use crate::store::keyword::keyword;
use crate::store::state::State;

/// For each segment, a column with a number for each document: the index in `values` of the value that it has for the
/// keyword `name`, or `none`. For a document with several values the last in `values` wins.
///
/// Built from postings, value by value, because the index has no column for keywords.
pub(crate) fn by_document(state: &State, name: &str, values: &[String], none: u32) -> Result<Vec<Vec<u32>>> {
    catch_engine_panic(|| read_by_document(state, name, values, none))
}

fn read_by_document(state: &State, name: &str, values: &[String], none: u32) -> Result<Vec<Vec<u32>>> {
    let field = [state.fields().keyword];
    let mut segments = Vec::new();
    for reader in state.searcher().segment_readers() {
        let mut numbers = vec![none; reader.max_doc() as usize];
        for (number, value) in (0..).zip(values) {
            let term = keyword(name, value);
            let mut union = Union::of_term(reader, &field, term.as_str(), IndexRecordOption::Basic)?;
            let mut doc = union.seek(0);
            while doc != TERMINATED {
                // Damaged postings may name a document past the end.
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
