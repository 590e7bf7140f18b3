//! Sums over all paragraphs of one state that answers ask for again and again: the denominators of tables.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The sums of one table.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    /// By the numbers of the values of each row.
    pub(crate) rows: Vec<([u32; 3], RowSums)>,
    pub(crate) total: RowSums,
    /// The steps that it took to find them. An answer that uses them takes as many, so that it does not depend on earlier
    /// ones whether an answer is refused.
    pub(crate) steps: u64,
}

/// What a row has of all paragraphs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RowSums {
    pub(crate) reports: u64,
    pub(crate) paragraphs: u64,
    pub(crate) words: u64,
}

/// Tables that are kept.
const MOST_TABLES: usize = 64;
/// Rows of a table that is kept, some 40 bytes each.
const MOST_ROWS: usize = 10_000;

/// The sums of tables by a key, which says what they count and by which values.
#[derive(Debug, Default)]
pub(crate) struct KeptSums(Mutex<HashMap<String, Arc<Sums>>>);

impl KeptSums {
    pub(crate) fn get(&self, key: &str) -> Option<Arc<Sums>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps the sums of a table, if there is room.
    pub(crate) fn keep(&self, key: String, sums: Sums) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_TABLES && sums.rows.len() <= MOST_ROWS {
            kept.insert(key, Arc::new(sums));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let kept = KeptSums::default();
        let rows = vec![Default::default(); MOST_ROWS + 1];
        kept.keep("large".to_owned(), Sums { rows, ..Sums::default() });
        assert!(kept.get("large").is_none());
        for table in 0..=MOST_TABLES {
            kept.keep(table.to_string(), Sums { steps: 7, ..Sums::default() });
        }
        assert_eq!(kept.get("0").unwrap().steps, 7);
        assert!(kept.get(&MOST_TABLES.to_string()).is_none());
    }
}
