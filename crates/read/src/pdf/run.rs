//! Runs of glyphs.

use std::ops::Range;

use super::glyphs::{Glyph, Page};

/// Consecutive glyphs of one page, in the order of the content stream.
#[derive(Debug, Clone)]
pub(super) struct Run<'p> {
    pub(super) page: &'p Page,
    /// Indices into [`Page::glyphs`].
    pub(super) glyphs: Range<usize>,
}

impl<'p> Run<'p> {
    /// The glyphs of the run.
    pub(super) fn glyphs(&self) -> &'p [Glyph] {
        debug_assert!(self.glyphs.end <= self.page.glyphs.len(), "a run past the end of its page");
        self.page.glyphs.get(self.glyphs.clone()).unwrap_or_default()
    }
}
