//! Where the parts of a query that ask for a theme chunk or a report hold, as ranges of documents.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use quotable_query::{Query, Scope};
use tantivy::{DocAddress, DocId};

/// For each segment, ranges of documents in order and apart.
pub(crate) type SegmentRanges = Vec<Vec<Range<DocId>>>;

/// The theme chunks or reports that satisfy each part of a query that asks for one.
#[derive(Debug, Clone, Default)]
pub(crate) struct ScopeRanges(HashMap<Scope, HashMap<Query, Arc<SegmentRanges>>>);

impl ScopeRanges {
    pub(crate) fn insert(&mut self, scope: Scope, query: Query, ranges: SegmentRanges) {
        self.0.entry(scope).or_default().insert(query, Arc::new(ranges));
    }

    pub(crate) fn get(&self, scope: Scope, query: &Query) -> Option<&SegmentRanges> {
        self.0.get(&scope)?.get(query).map(Arc::as_ref)
    }

    /// True if the chunk or report that contains the document satisfies the query.
    pub(crate) fn hold(&self, scope: Scope, query: &Query, place: DocAddress) -> bool {
        let ranges = self.get(scope, query).and_then(|ranges| ranges.get(place.segment_ord as usize));
        ranges.is_some_and(|ranges| {
            let before = ranges.partition_point(|range| range.end <= place.doc_id);
            ranges.get(before).is_some_and(|range| range.contains(&place.doc_id))
        })
    }
}
