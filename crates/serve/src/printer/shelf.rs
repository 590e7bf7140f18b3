//! The last pages drawn.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::drawing::Drawing;

/// Bytes of drawings that are kept.
const MOST: usize = 64 << 20;

/// What a drawing is of: a report, the state of the index that it was read in, and a page.
pub(super) type Key = (String, u64, u32);

/// The last pages drawn.
#[derive(Debug, Default)]
pub(crate) struct Shelf(Mutex<VecDeque<(Key, Arc<Drawing>)>>);

impl Shelf {
    pub(super) fn get(&self, key: &Key) -> Option<Arc<Drawing>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(known, _)| known == key)?;
        let found = kept.remove(at)?;
        let drawing = Arc::clone(&found.1);
        kept.push_back(found);
        Some(drawing)
    }

    pub(super) fn put(&self, key: Key, drawing: &Arc<Drawing>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((key, Arc::clone(drawing)));
        let mut size: usize = kept.iter().map(|(_, drawing)| drawing.size()).sum();
        while size > MOST && kept.len() > 1 {
            size -= kept.pop_front().map_or(0, |(_, drawing)| drawing.size());
        }
    }
}
