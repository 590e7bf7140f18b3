//! Theme chunks: the runs of paragraphs under one theme heading.

use std::ops::Range;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::error::Result;
use crate::search::evaluate::Union;
use crate::store::keyword::THEME_START;
use crate::store::sources::SourceRange;
use crate::store::state::State;

/// The paragraphs around a document between two turns, all of one source.
pub(crate) fn unit_around(doc: DocId, run: &SourceRange, theme_starts: &[DocId]) -> Range<DocId> {
    let (first, end) = (run.base + 1, run.base + run.len + 1);
    let after = theme_starts.partition_point(|&turn| turn <= doc);
    let turn = after.checked_sub(1).and_then(|before| theme_starts.get(before)).copied();
    let next = theme_starts.get(after).copied();
    turn.map_or(first, |turn| turn.max(first))..next.map_or(end, |next| next.min(end))
}

/// The paragraphs with which a theme chunk begins, save the first of each source.
pub(crate) fn theme_starts(state: &State, reader: &SegmentReader) -> Result<Vec<DocId>> {
    let field = [state.fields().keyword];
    let mut union = Union::open(reader, &field, std::iter::once(THEME_START), IndexRecordOption::Basic)?;
    let mut theme_starts = Vec::new();
    let mut doc = union.seek(0);
    while doc != TERMINATED {
        theme_starts.push(doc);
        doc = union.seek(doc + 1);
    }
    Ok(theme_starts)
}
