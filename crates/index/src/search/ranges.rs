//! Where the parts of a query that ask for a theme chunk or a report match, as ranges of documents.

use std::collections::HashMap;
use std::sync::Arc;

use quotable_query::{Query, Scope};
use tantivy::DocAddress;

use crate::store::kept_documents::DocumentRanges;

/// For each scoped part of a query, the theme chunks or reports that it matches.
#[derive(Debug, Clone, Default)]
pub(super) struct ScopeRanges(HashMap<Scope, HashMap<Query, Arc<DocumentRanges>>>);

impl ScopeRanges {
    pub(super) fn insert(&mut self, scope: Scope, query: Query, ranges: DocumentRanges) {
        self.0.entry(scope).or_default().insert(query, Arc::new(ranges));
    }

    pub(super) fn get(&self, scope: Scope, query: &Query) -> Option<&DocumentRanges> {
        self.0.get(&scope)?.get(query).map(Arc::as_ref)
    }

    /// Takes over the ranges of one part from others, without a copy of them.
    pub(super) fn share(&mut self, other: &Self, scope: Scope, query: &Query) {
        if let Some(ranges) = other.0.get(&scope).and_then(|known| known.get(query)) {
            self.0.entry(scope).or_default().insert(query.clone(), Arc::clone(ranges));
        }
    }

    /// Number of ranges, of all parts together.
    pub(super) fn len(&self) -> usize {
        self.0.values().flat_map(HashMap::values).flat_map(|ranges| ranges.iter()).map(Vec::len).sum()
    }

    /// True if the chunk or report that contains the document matches the query.
    pub(super) fn contains(&self, scope: Scope, query: &Query, doc: DocAddress) -> bool {
        let ranges = self.get(scope, query).and_then(|ranges| ranges.get(doc.segment_ord as usize));
        ranges.is_some_and(|ranges| {
            let before = ranges.partition_point(|range| range.end <= doc.doc_id);
            ranges.get(before).is_some_and(|range| range.contains(&doc.doc_id))
        })
    }
}
