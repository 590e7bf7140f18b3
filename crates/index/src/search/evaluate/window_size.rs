//! Adapts how many documents a union of many posting lists decodes at a time.

use super::window::WINDOW_DOCS;

/// The size of the next window, in documents.
///
/// A window grows while most of its documents are visited and shrinks while few are. So the union in `rare AND e*`
/// decodes short windows around the rare word instead of all its postings.
pub(super) struct WindowSize {
    docs: u32,
    /// Number of documents of the current window that were visited.
    visited: usize,
}

const MIN_DOCS: u32 = 64;
const MAX_DOCS: u32 = WINDOW_DOCS;

impl Default for WindowSize {
    fn default() -> Self {
        Self { docs: MIN_DOCS, visited: 0 }
    }
}

impl WindowSize {
    /// Records a visit to a document of the current window.
    pub(super) fn visit(&mut self) {
        self.visited += 1;
    }

    /// The size of the next window, after one that held `matches` documents.
    pub(super) fn next(&mut self, matches: usize) -> u32 {
        let visited = std::mem::take(&mut self.visited);
        self.docs = if 4 * visited >= matches { 4 * self.docs } else { self.docs / 4 };
        self.docs = self.docs.clamp(MIN_DOCS, MAX_DOCS);
        self.docs
    }
}
