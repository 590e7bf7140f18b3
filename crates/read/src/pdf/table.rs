//! Tables by layout: lines that stand side by side.
//!
//! Untagged files say nothing of tables, and producers write them cell after cell in the content stream, so that the
//! cells of one row are near each other in the stream too. A table is a run of such lines in which at least two rows have
//! neighbours side by side. Rows come from gaps between baselines, columns from left edges.

use std::ops::Range;

use super::hanging_number;
use super::line::look;
use crate::block::{Block, BlockKind, Line};

/// Consecutive lines of one page.
pub(super) enum Region {
    /// Running text, line under line.
    Text(Vec<Line>),
    /// The lines of each row of a table.
    Table(Vec<Vec<Line>>),
}

/// Lines whose baselines differ by less than this many type sizes are level. More than half a line, since a short cell
/// is centred beside a taller one.
const LEVEL: f32 = 0.75;

/// Baselines further apart than this many type sizes belong to two rows.
const ROW_GAP: f32 = 1.55;

/// Left edges that differ by less than this, in points, belong to one column.
const COLUMN_EDGE: f32 = 24.0;

/// A line further below a table than this many type sizes is outside it.
const TABLE_GAP: f32 = 4.0;

/// Lines between two that stand side by side, at most: the height of a cell, since cells are written one after another.
const REACH: usize = 6;

/// Separates the tables of a page from its running text.
///
/// A table has at least two rows of lines side by side. It takes in the lines between them, and lines below that continue
/// a cell.
pub(super) fn regions(lines: Vec<Line>) -> Vec<Region> {
    let lines = hanging_number::join(lines);
    let has_neighbour: Vec<bool> = (0..lines.len())
        .map(|at| {
            let around = at.saturating_sub(REACH)..(at + REACH + 1).min(lines.len());
            lines[around].iter().any(|other| side_by_side(&lines[at], other))
        })
        .collect();
    let mut tables: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if !has_neighbour[at] {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut next = end;
        while next < lines.len() && is_near(&lines[at..end], &lines[next]) && next - end < REACH {
            if has_neighbour[next] {
                end = next + 1;
            }
            next += 1;
        }
        while end < lines.len() && continues_cell(&lines[at..end], &lines[end]) {
            end += 1;
        }
        let several_rows =
            (at..end).any(|other| has_neighbour[other] && !is_level(&lines[at], &lines[other]));
        if several_rows {
            tables.push(at..end);
        }
        at = end;
    }
    let mut regions = Vec::new();
    let mut rest = lines.into_iter();
    let mut done = 0;
    for table in tables {
        let before: Vec<Line> = rest.by_ref().take(table.start - done).collect();
        if !before.is_empty() {
            regions.push(Region::Text(before));
        }
        regions.push(Region::Table(rows(rest.by_ref().take(table.len()).collect())));
        done = table.end;
    }
    let after: Vec<Line> = rest.collect();
    if !after.is_empty() {
        regions.push(Region::Text(after));
    }
    regions
}

/// True if two lines are level and do not overlap.
fn side_by_side(one: &Line, other: &Line) -> bool {
    let (left, right) = (look(one), look(other));
    is_level(one, other) && (left.right < right.left || right.right < left.left)
}

fn is_level(one: &Line, other: &Line) -> bool {
    let (one, other) = (look(one), look(other));
    (one.baseline - other.baseline).abs() < LEVEL * one.size.max(other.size)
}

/// The lowest baseline of some lines, in points from the top of the page.
fn bottom(lines: &[Line]) -> f32 {
    lines.iter().map(|line| look(line).baseline).fold(0.0, f32::max)
}

/// True if a line is near enough below a table to belong to it.
fn is_near(table: &[Line], line: &Line) -> bool {
    let line = look(line);
    line.baseline - bottom(table) < TABLE_GAP * line.size.max(1.0)
}

/// True if a line continues a cell of the table: one line below it, at a left edge that the table has.
fn continues_cell(table: &[Line], line: &Line) -> bool {
    let line = look(line);
    let bottom = bottom(table);
    let edge = table.iter().any(|other| (look(other).left - line.left).abs() < COLUMN_EDGE);
    line.baseline - bottom < ROW_GAP * line.size && line.baseline > bottom - LEVEL * line.size && edge
}

/// Groups the lines of a table into rows.
fn rows(mut lines: Vec<Line>) -> Vec<Vec<Line>> {
    let baseline = |line: &Line| look(line).baseline;
    lines.sort_by(|a, b| baseline(a).total_cmp(&baseline(b)));
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        let gap = ROW_GAP * look(&line).size;
        match rows.last_mut() {
            Some(row) if row.last().is_some_and(|last| baseline(&line) - baseline(last) < gap) => {
                row.push(line);
            }
            _ => rows.push(vec![line]),
        }
    }
    rows
}

/// The cells of the rows, one block each. `table` is the number of the table in the document.
pub(super) fn blocks(rows: Vec<Vec<Line>>, table: u32) -> Vec<Block> {
    let left = |line: &Line| look(line).left;
    let mut edges: Vec<f32> = rows.iter().flatten().map(left).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|next, first| *next - *first < COLUMN_EDGE);
    let mut blocks: Vec<Block> = Vec::new();
    for (row, lines) in rows.into_iter().enumerate() {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let first = blocks.len();
        for line in lines {
            // Every left edge is at or right of the first of its column.
            let column = edges.iter().rposition(|edge| *edge <= left(&line));
            debug_assert!(column.is_some(), "a line left of every column");
            let column = u32::try_from(column.unwrap_or(0)).unwrap_or(u32::MAX);
            let kind = BlockKind::Cell { table, row, column };
            match blocks[first..].iter_mut().find(|block| block.kind == kind) {
                Some(block) => block.lines.push(line),
                None => blocks.push(Block::new(kind, vec![line])),
            }
        }
    }
    blocks
}
