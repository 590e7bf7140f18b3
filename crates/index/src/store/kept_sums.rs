//! Sums over all paragraphs of one state that answers ask for again and again: the denominators of tables.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;

/// The sums of one table.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    /// By the numbers of the values of each row.
    pub(crate) rows: Vec<([u32; 3], RowSums)>,
    pub(crate) total: RowSums,
    /// The steps that it took to find them. An answer that uses them is charged as many: what was asked before must not
    /// decide whether an answer is refused.
    pub(crate) steps: u64,
}

/// What a row has of all paragraphs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RowSums {
    pub(crate) reports: u64,
    pub(crate) paragraphs: u64,
    pub(crate) words: u64,
}

/// Tables that are kept, those asked for last: 26 MB if all are as large as can be.
const MOST_TABLES: NonZeroUsize = NonZeroUsize::MIN.saturating_add(63);
/// Rows of a table that is kept, 40 bytes each.
const MOST_ROWS: usize = 10_000;

/// The sums of tables by a key, which says what they count and by which values.
#[derive(Debug)]
pub(crate) struct KeptSums(Mutex<LruCache<String, Arc<Sums>>>);

impl Default for KeptSums {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(MOST_TABLES)))
    }
}

impl KeptSums {
    pub(crate) fn get(&self, key: &str) -> Option<Arc<Sums>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps the sums of a table of so many rows, unless it is too large.
    pub(crate) fn keep(&self, key: String, rows: usize, sums: impl FnOnce() -> Sums) {
        if rows <= MOST_ROWS {
            let sums = Arc::new(sums());
            self.0.lock().unwrap_or_else(PoisonError::into_inner).put(key, sums);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_tables_asked_for_last_are_kept() {
        let kept = KeptSums::default();
        kept.keep("large".to_owned(), MOST_ROWS + 1, || unreachable!("a large table is not summed"));
        assert!(kept.get("large").is_none());
        for table in 0..=MOST_TABLES.get() {
            kept.keep(table.to_string(), 1, || Sums { steps: 7, ..Sums::default() });
            assert!(kept.get("0").is_some());
        }
        assert!(kept.get("1").is_none());
        assert_eq!(kept.get("2").unwrap().steps, 7);
    }
}
