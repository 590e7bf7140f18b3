//! Lines side by side, and the strips between them.

use super::line::look;
use crate::block::Line;

/// Lines of a paragraph, or of a cell, are no further apart than this many type sizes.
pub(super) const LEADING: f32 = 1.7;

/// A line of a page.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) line: Line,
    /// Its place in the content stream.
    pub(super) drawn: usize,
}

/// Lines side by side, from the left.
pub(super) type Row = Vec<Placed>;

/// A strip that rows leave free, in points from the left of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gutter {
    pub(super) left: f32,
    pub(super) right: f32,
}

/// The column of a line, counted from the left.
pub(super) fn column(line: &Line, gutters: &[Gutter]) -> usize {
    let own = look(line);
    let middle = f32::midpoint(own.left, own.right);
    gutters.iter().filter(|gutter| middle > f32::midpoint(gutter.left, gutter.right)).count()
}
