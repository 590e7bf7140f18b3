//! Sets of documents that searches of one state ask for again and again.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::DocId;

/// For each segment, ranges of documents, ascending and without overlap.
pub(crate) type DocumentRanges = Vec<Vec<Range<DocId>>>;

/// Ranges that are kept, of all sets together: 64 MiB.
const MOST_RANGES: usize = 8 << 20;

/// Sets of documents by a key. A set is kept from the second time on that it is asked for: the first time, a search that
/// reads only a part of it is faster without.
#[derive(Debug, Default)]
pub(crate) struct KeptDocuments(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    sets: HashMap<[u8; 32], Option<Arc<DocumentRanges>>>,
    ranges: usize,
}

/// What is known of a set.
#[derive(Debug)]
pub(crate) enum KnownDocuments {
    /// It is asked for the first time, or there is no room for it.
    New,
    /// It was asked for before, and is not kept yet.
    Asked,
    Kept(Arc<DocumentRanges>),
}

impl KeptDocuments {
    /// What is known of a set; the next time it has been asked for.
    pub(crate) fn ask(&self, key: [u8; 32]) -> KnownDocuments {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let has_room = kept.ranges < MOST_RANGES;
        match kept.sets.get(&key) {
            Some(Some(documents)) => KnownDocuments::Kept(Arc::clone(documents)),
            Some(None) if has_room => KnownDocuments::Asked,
            Some(None) => KnownDocuments::New,
            None => {
                kept.sets.insert(key, None);
                KnownDocuments::New
            }
        }
    }

    /// Keeps a set.
    pub(crate) fn keep(&self, key: [u8; 32], documents: DocumentRanges) -> Arc<DocumentRanges> {
        let documents = Arc::new(documents);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.ranges += documents.iter().map(Vec::len).sum::<usize>();
        kept.sets.insert(key, Some(Arc::clone(&documents)));
        documents
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_kept_from_the_second_time_on() {
        let kept = KeptDocuments::default();
        assert!(matches!(kept.ask([1; 32]), KnownDocuments::New));
        assert!(matches!(kept.ask([1; 32]), KnownDocuments::Asked));
        assert!(matches!(kept.ask([2; 32]), KnownDocuments::New));
        kept.keep([1; 32], vec![vec![1..3, 5..6]]);
        assert!(matches!(kept.ask([1; 32]), KnownDocuments::Kept(documents) if documents[0] == [1..3, 5..6]));
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let kept = KeptDocuments::default();
        kept.ask([1; 32]);
        kept.keep([1; 32], vec![(0..).map(|at| at * 2..at * 2 + 1).take(MOST_RANGES).collect()]);
        kept.ask([2; 32]);
        assert!(matches!(kept.ask([2; 32]), KnownDocuments::New));
    }
}
