//! Frequencies of units in the documents of a window.
//!
//! A *unit* is a part of the query that BM25 treats like one term: a word, a phrase or a proximity.

use std::hint::select_unpredictable;
use std::ops::Range;

use tantivy::DocId;

use super::window::{WINDOW_DOCS, Window};

/// Frequency of each unit of a query in each document of a window.
pub(crate) struct Frequencies(Vec<UnitFrequencies>);

impl Frequencies {
    /// For `units` units.
    pub(super) fn new(units: usize) -> Self {
        Self(std::iter::repeat_with(UnitFrequencies::new).take(units).collect())
    }

    /// For a scorer whose frequencies are not needed.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// Sets all frequencies to zero and moves the window to `base`.
    pub(super) fn clear(&mut self, base: DocId) {
        self.0.iter_mut().for_each(|unit| unit.clear(base));
    }

    /// Frequencies of one unit; `None` if they are not needed.
    pub(super) fn unit_mut(&mut self, unit: usize) -> Option<&mut UnitFrequencies> {
        self.0.get_mut(unit)
    }

    /// Frequency of each unit in a document of the window.
    pub(crate) fn counts(&self, doc: DocId) -> impl Iterator<Item = u32> + Clone + '_ {
        self.0.iter().map(move |unit| unit.get(doc))
    }
}

/// Frequency of one unit in each document of a window.
pub(super) struct UnitFrequencies {
    /// The documents with a frequency above zero.
    docs: Window,
    /// Valid for marked documents only. The others keep counts of earlier windows: to clear the bits alone is cheaper.
    counts: Box<[u32; WINDOW_DOCS as usize]>,
}

impl UnitFrequencies {
    pub(super) fn new() -> Self {
        Self { docs: Window::new(0), counts: Box::new([0; WINDOW_DOCS as usize]) }
    }

    /// Sets all frequencies to zero and moves the window to `base`.
    pub(super) fn clear(&mut self, base: DocId) {
        self.docs.clear(base);
    }

    /// The documents with a frequency above zero.
    pub(super) fn docs(&self) -> &Window {
        &self.docs
    }

    /// Adds to the frequency in a document of the window.
    pub(super) fn add(&mut self, doc: DocId, frequency: u32) {
        let was_marked = self.docs.insert(doc);
        let count = &mut self.counts[self.docs.offset(doc)];
        // Without a branch: whether posting lists overlap in a document cannot be predicted.
        *count = select_unpredictable(was_marked, *count, 0).saturating_add(frequency);
    }

    /// Calls `each` with the documents of a range with a frequency above zero, in order, and with their frequencies: 1 to 64 of
    /// them at a time.
    pub(super) fn for_each_batch(&mut self, range: Range<DocId>, mut each: impl FnMut(&[DocId], &[u32])) {
        let base = self.docs.range().start;
        let counts = &self.counts;
        let (mut docs, mut frequencies) = ([0; 64], [0; 64]);
        self.docs.for_each_bits(range, |first, bits| {
            let (mut rest, mut filled) = (bits, 0);
            while rest != 0 {
                let doc = first + rest.trailing_zeros();
                docs[filled % 64] = doc;
                frequencies[filled % 64] = counts[(doc.wrapping_sub(base) % WINDOW_DOCS) as usize];
                filled += 1;
                // Clears the lowest bit.
                rest &= rest - 1;
            }
            if filled > 0 {
                each(&docs[..filled.min(64)], &frequencies[..filled.min(64)]);
            }
        });
    }

    /// Sets the frequency to zero in the documents that `window` does not mark.
    pub(super) fn retain(&mut self, window: &Window) {
        self.docs.intersect_with(window);
    }

    /// Frequency in a document of the window.
    pub(super) fn get(&self, doc: DocId) -> u32 {
        select_unpredictable(self.docs.contains(doc), self.counts[self.docs.offset(doc)], 0)
    }
}
