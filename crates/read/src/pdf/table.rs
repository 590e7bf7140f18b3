//! Tables by layout: lines that stand side by side.

use crate::block::{Block, BlockKind, Line};

/// A run of lines of one page.
pub(super) enum Part {
    /// Lines one under the other.
    Text(Vec<Line>),
    /// The rows of a table, each with its lines.
    Table(Vec<Vec<Line>>),
}

/// Letter sizes; two lines whose baselines differ by less may stand side by side. More than half a line,
/// since a short cell stands in the middle beside a taller one.
const LEVEL: f32 = 0.75;

/// Letter sizes; lines farther apart belong to two rows.
const ROW_GAP: f32 = 1.55;

/// Points; two left edges that differ by less belong to one column.
const COLUMN_EDGE: f32 = 24.0;

/// Letter sizes; a line farther below does not belong to the table.
const TABLE_GAP: f32 = 4.0;

/// How many lines before or after a line may the one stand that is printed beside it: producers write cell
/// after cell, and a cell has so many lines at most.
const REACH: usize = 6;

/// Parts the tables of a page from its running text. A table is at least two rows of lines side by side, with
/// the lines between them and those that go on with their cells.
pub(super) fn parts(lines: Vec<Line>) -> Vec<Part> {
    let level: Vec<bool> = (0..lines.len())
        .map(|at| {
            let around = at.saturating_sub(REACH)..(at + REACH + 1).min(lines.len());
            lines[around].iter().any(|other| beside(&lines[at], other))
        })
        .collect();
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if !level[at] {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut next = end;
        while next < lines.len() && near(&lines[at..end], &lines[next]) && next - end < REACH {
            if level[next] {
                end = next + 1;
            }
            next += 1;
        }
        // The last row's cells may go on below.
        while end < lines.len() && continues(&lines[at..end], &lines[end]) {
            end += 1;
        }
        let several = (at..end).any(|other| level[other] && !same_height(&lines[at], &lines[other]));
        if several {
            ranges.push(at..end);
        }
        at = end;
    }
    let mut parts = Vec::new();
    let mut rest = lines.into_iter();
    let mut done = 0;
    for range in ranges {
        let before: Vec<Line> = rest.by_ref().take(range.start - done).collect();
        if !before.is_empty() {
            parts.push(Part::Text(before));
        }
        parts.push(Part::Table(rows(rest.by_ref().take(range.len()).collect())));
        done = range.end;
    }
    let after: Vec<Line> = rest.collect();
    if !after.is_empty() {
        parts.push(Part::Text(after));
    }
    parts
}

/// True if two lines stand on one level, one beside the other.
fn beside(one: &Line, other: &Line) -> bool {
    let (Some(left), Some(right)) = (one.look, other.look) else { return false };
    same_height(one, other) && (left.right < right.left || right.right < left.left)
}

fn same_height(one: &Line, other: &Line) -> bool {
    let (Some(one), Some(other)) = (one.look, other.look) else { return false };
    (one.baseline - other.baseline).abs() < LEVEL * one.size.max(other.size)
}

/// The lowest baseline of some lines, in points from the top.
fn bottom(lines: &[Line]) -> f32 {
    lines.iter().filter_map(|line| line.look).map(|look| look.baseline).fold(0.0, f32::max)
}

/// True if a line stands so close below a table that it may belong to it.
fn near(table: &[Line], line: &Line) -> bool {
    line.look.is_some_and(|look| look.baseline - bottom(table) < TABLE_GAP * look.size.max(1.0))
}

/// True if a line goes on with a cell of the table: it stands close below it, at a left edge within the table.
fn continues(table: &[Line], line: &Line) -> bool {
    let Some(look) = line.look else { return false };
    let bottom = bottom(table);
    let edge =
        table.iter().filter_map(|line| line.look).any(|other| (other.left - look.left).abs() < COLUMN_EDGE);
    look.baseline - bottom < ROW_GAP * look.size && look.baseline > bottom - LEVEL * look.size && edge
}

fn rows(mut lines: Vec<Line>) -> Vec<Vec<Line>> {
    let baseline = |line: &Line| line.look.map_or(0.0, |look| look.baseline);
    lines.sort_by(|a, b| baseline(a).total_cmp(&baseline(b)));
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        let size = line.look.map_or(12.0, |look| look.size);
        match rows.last_mut() {
            Some(row) if row.last().is_some_and(|last| baseline(&line) - baseline(last) < ROW_GAP * size) => {
                row.push(line);
            }
            _ => rows.push(vec![line]),
        }
    }
    rows
}

/// The cells of a table's rows: one block each.
pub(super) fn blocks(rows: Vec<Vec<Line>>, table: u32) -> Vec<Block> {
    let left = |line: &Line| line.look.map_or(0.0, |look| look.left);
    let mut edges: Vec<f32> = rows.iter().flatten().map(left).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|next, first| *next - *first < COLUMN_EDGE);
    let mut blocks: Vec<Block> = Vec::new();
    for (row, lines) in rows.into_iter().enumerate() {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let first = blocks.len();
        for line in lines {
            let column = edges.iter().rposition(|edge| *edge <= left(&line)).unwrap_or(0);
            let kind = BlockKind::Cell { table, row, column: u32::try_from(column).unwrap_or(u32::MAX) };
            match blocks[first..].iter_mut().find(|block| block.kind == kind) {
                Some(block) => block.lines.push(line),
                None => blocks.push(Block::new(kind, vec![line])),
            }
        }
    }
    blocks
}
