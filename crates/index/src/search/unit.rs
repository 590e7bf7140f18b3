//! Theme chunks: the runs of paragraphs under one theme heading.

use std::ops::Range;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::error::Result;
use crate::search::evaluate::Union;
use crate::store::keyword::TURN;
use crate::store::sources::Run;
use crate::store::state::State;

/// The paragraphs around a document between two turns, all of one source.
pub(crate) fn unit_of(doc: DocId, run: &Run, turns: &[DocId]) -> Range<DocId> {
    let (first, end) = (run.base + 1, run.base + run.len + 1);
    let after = turns.partition_point(|&turn| turn <= doc);
    let turn = after.checked_sub(1).and_then(|before| turns.get(before)).copied();
    let next = turns.get(after).copied();
    turn.map_or(first, |turn| turn.max(first))..next.map_or(end, |next| next.min(end))
}

/// The paragraphs with which a theme chunk begins, save the first of each source.
pub(crate) fn turns(state: &State, reader: &SegmentReader) -> Result<Vec<DocId>> {
    let field = [state.fields().facet];
    let mut union = Union::open(reader, &field, std::iter::once(TURN), IndexRecordOption::Basic)?;
    let mut turns = Vec::new();
    let mut doc = union.seek(0);
    while doc != TERMINATED {
        turns.push(doc);
        doc = union.seek(doc + 1);
    }
    Ok(turns)
}
