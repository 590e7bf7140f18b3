//! Lines of text from the glyphs of a page.
//!
//! [`pieces`](mod@super::pieces) finds which glyphs stand on one line; a line has their text, with the spaces that gaps stand
//! for, and their place and type.

use super::piece::Piece;
use super::pieces::pieces;
use super::run::Run;
use super::turn::Turn;
use crate::block::{Line, Look};

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
