//! Lines of text from the glyphs of a page.
//!
//! [`pieces`](mod@super::pieces) finds which glyphs stand on one line; a line has their text, with the spaces that gaps stand
//! for, and their place and type.

use std::ops::Range;

use super::glyphs::{Glyph, Page};
use super::piece::Piece;
use super::pieces::pieces;
use super::turn::Turn;
use crate::block::{Line, Look};

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

/// A gap wider than this many glyph sizes separates two columns.
const COLUMN_GAP: f32 = 1.6;

/// Parts of a line that were drawn apart are no further from each other than this many glyph sizes: cells of a table may
/// be nearer than [`COLUMN_GAP`].
const WORD_GAP: f32 = 0.8;

/// The lines of the runs, each as wide as its baseline goes.
pub(super) fn lines(runs: &[Run<'_>]) -> Vec<Line> {
    pieces(f32::INFINITY, COLUMN_GAP, runs).into_iter().filter_map(Piece::line).collect()
}

/// The lines of the runs with their turn, cut at gaps between columns.
pub(super) fn cells(runs: &[Run<'_>]) -> Vec<(Turn, Line)> {
    let pieces = pieces(COLUMN_GAP, WORD_GAP, runs).into_iter();
    pieces.filter_map(|piece| Some((piece.turn, piece.line()?))).collect()
}

/// How a line of a PDF page looks: every line made here has a look.
pub(super) fn look(line: &Line) -> Look {
    debug_assert!(line.look.is_some(), "a line of a PDF page without a look");
    line.look.unwrap_or(Look::new(0.0, 0.0, 0.0, 0.0))
}
