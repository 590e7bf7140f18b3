//! Theme chunks: consecutive paragraphs of a report under one theme heading.

use std::ops::Range;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::error::Result;
use crate::search::evaluate::Union;
use crate::store::keyword::THEME_START;
use crate::store::sources::SourceRange;
use crate::store::state::State;

/// The theme chunk around a paragraph, as a range of documents. `range` are the documents of its source, and
/// `theme_starts` the documents where [a chunk begins](theme_starts).
pub(crate) fn chunk_around(doc: DocId, range: &SourceRange, theme_starts: &[DocId]) -> Range<DocId> {
    // The document at `base` is the source's own entry; its paragraphs follow.
    let (first, end) = (range.base + 1, range.base + range.len + 1);
    let after = theme_starts.partition_point(|&start| start <= doc);
    let start = after.checked_sub(1).and_then(|before| theme_starts.get(before)).copied();
    let next = theme_starts.get(after).copied();
    // Starts that lie in neighbouring sources are cut to this one.
    start.map_or(first, |start| start.max(first))..next.map_or(end, |next| next.min(end))
}

/// The documents of a segment with which a theme chunk begins, ascending. The first paragraph of a source always begins
/// one and is not among them.
pub(crate) fn theme_starts(state: &State, reader: &SegmentReader) -> Result<Vec<DocId>> {
    let field = [state.fields().keyword];
    let mut union = Union::of_term(reader, &field, THEME_START, IndexRecordOption::Basic)?;
    let mut theme_starts = Vec::new();
    let mut doc = union.seek(0);
    while doc != TERMINATED {
        theme_starts.push(doc);
        doc = union.seek(doc + 1);
    }
    Ok(theme_starts)
}
