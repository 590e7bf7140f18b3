//! How often words stand in the documents of a window.

use std::hint::select_unpredictable;

use tantivy::DocId;

use super::windowed::{WIDTH, Window};

/// How often each unit of a query occurs in each document of a window.
pub(crate) struct Frequencies(Vec<Unit>);

impl Frequencies {
    pub(super) fn new(units: usize) -> Self {
        Self(std::iter::repeat_with(Unit::new).take(units).collect())
    }

    /// Of no unit, where nobody asks how often.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// Goes to the window that begins at a document, in which nothing stands yet.
    pub(super) fn clear(&mut self, base: DocId) {
        self.0.iter_mut().for_each(|unit| unit.clear(base));
    }

    pub(super) fn unit_mut(&mut self, unit: usize) -> Option<&mut Unit> {
        self.0.get_mut(unit)
    }

    /// How often each unit occurs in a document of the window.
    pub(crate) fn counts(&self, doc: DocId) -> impl Iterator<Item = u32> + Clone + '_ {
        self.0.iter().map(move |unit| unit.of(doc))
    }
}

/// How often one unit occurs.
pub(super) struct Unit {
    /// The documents in which it does.
    held: Window,
    /// How often, of those; what is said of the others is of an earlier window.
    counts: Box<[u32; WIDTH as usize]>,
}

impl Unit {
    pub(super) fn new() -> Self {
        Self { held: Window::new(0), counts: Box::new([0; WIDTH as usize]) }
    }

    /// Goes to the window that begins at a document, in which nothing stands yet.
    pub(super) fn clear(&mut self, base: DocId) {
        self.held.clear(base);
    }

    /// The documents in which it occurs.
    pub(super) fn held(&self) -> &Window {
        &self.held
    }

    /// Says that it occurs in a document of the window so many times, besides those said before.
    pub(super) fn add(&mut self, doc: DocId, often: u32) {
        let before = self.held.set(doc);
        let count = &mut self.counts[self.held.place(doc)];
        *count = select_unpredictable(before, *count, 0).saturating_add(often);
    }

    /// Takes back what was said but of the documents that are marked.
    pub(super) fn keep(&mut self, window: &Window) {
        self.held.with(window, |word, kept| *word &= kept);
    }

    /// How often it occurs in a document of the window.
    pub(super) fn of(&self, doc: DocId) -> u32 {
        select_unpredictable(self.held.has(doc), self.counts[self.held.place(doc)], 0)
    }
}
