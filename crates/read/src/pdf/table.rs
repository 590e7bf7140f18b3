//! Tables by layout: the rows of lines that stand side by side.
//!
//! Untagged files say nothing of tables. Rows come from gaps between baselines and, where rows are set as close as lines,
//! from what stands in them: a row begins where no cell goes on from the line above.

use super::line::look;
use super::row::{Gutter, Row, column};
use crate::block::{Block, BlockKind, Line, Look};

/// Baselines further apart than this many type sizes belong to two rows.
const ROW_GAP: f32 = 1.55;

/// Left edges that differ by less than this, in points, belong to one column.
const COLUMN_EDGE: f32 = 24.0;

/// Lines whose baselines differ by less than this many type sizes stand side by side.
const LEVEL: f32 = 0.5;

/// Space between the text of a cell and that of the next column, in type sizes.
const MARGIN: f32 = 0.8;

/// Puts rows of lines together to the rows of a table, whose cells may have several lines. `page_right` is the right edge
/// of the text of the page.
pub(super) fn rows(found: Vec<Row>, gutters: &[Gutter], page_right: f32) -> Vec<Vec<Line>> {
    let is_grid = is_grid(&found, gutters);
    let mut rows: Vec<Vec<Line>> = Vec::new();
    // The last line of each column in the open row.
    let mut last: Vec<Option<(Look, bool)>> = vec![None; gutters.len() + 1];
    let mut bottom = f32::NEG_INFINITY;
    for row in found {
        let top = row.iter().map(|placed| look(&placed.line).baseline).fold(f32::INFINITY, f32::min);
        let size = row.first().map_or(1.0, |placed| look(&placed.line).size);
        let columns: Vec<usize> = row.iter().map(|placed| column(&placed.line, gutters)).collect();
        let begins = || {
            let goes_on = |(line, at): (&Line, usize)| {
                let right = gutters.get(at).map_or(page_right, |gutter| gutter.right - MARGIN * size);
                last[at].is_some_and(|(above, open)| open || wraps(&above, line, right))
            };
            let cells = row.iter().map(|placed| &placed.line).zip(columns.iter().copied());
            is_grid || (row.len() > 1 && columns.contains(&0) && !cells.clone().any(goes_on))
        };
        if rows.is_empty() || top - bottom >= ROW_GAP * size || begins() {
            rows.push(Vec::new());
            last.fill(None);
            bottom = f32::NEG_INFINITY;
        }
        for (placed, column) in row.into_iter().zip(columns) {
            let own = look(&placed.line);
            bottom = bottom.max(own.baseline);
            last[column] = Some((own, placed.line.text.ends_with(['-', ',', '\u{AD}'])));
            if let Some(open) = rows.last_mut() {
                open.push(placed.line);
            }
        }
    }
    rows
}

/// True if every column has a line in every row and none of these goes on from the one above: all cells have one line.
fn is_grid(rows: &[Row], gutters: &[Gutter]) -> bool {
    let full = |row: &Row| {
        let columns = row.iter().map(|placed| column(&placed.line, gutters));
        row.len() == gutters.len() + 1 && columns.enumerate().all(|(at, column)| at == column)
    };
    let starts_low = |line: &Line| line.text.trim_start().starts_with(char::is_lowercase);
    rows.len() >= 3 && rows.iter().all(full) && !rows.iter().flatten().any(|placed| starts_low(&placed.line))
}

/// True if a line of a cell goes on from the line above: in lower case, or with a word that had no room above. `right` is
/// the right edge of the column.
fn wraps(above: &Look, line: &Line, right: f32) -> bool {
    let own = look(line);
    let characters = line.text.chars().count().max(1) as f32;
    let width = (own.right - own.left) / characters;
    let first = line.text.split_whitespace().next().map_or(0, |word| word.chars().count()) as f32;
    line.text.trim_start().starts_with(char::is_lowercase) || above.right + (first + 1.0) * width > right
}

/// The cells of the rows, one block each. `table` is the number of the table in the document.
///
/// Columns are what the gutters part; where a cell that is too wide closes one, they are found by left edges.
pub(super) fn blocks(rows: Vec<Vec<Line>>, gutters: &[Gutter], table: u32) -> Vec<Block> {
    let left = |line: &Line| look(line).left;
    let mut edges: Vec<f32> = rows.iter().flatten().map(left).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|next, first| *next - *first < COLUMN_EDGE);
    let by_gutter = !rows.iter().any(|row| has_two_in_a_column(row, gutters));
    let column = |line: &Line| {
        // Every left edge is at or right of the first of its column.
        let by_edge = || edges.iter().rposition(|edge| *edge <= left(line)).unwrap_or(0);
        let column = if by_gutter { column(line, gutters) } else { by_edge() };
        u32::try_from(column).unwrap_or(u32::MAX)
    };
    let mut blocks: Vec<Block> = Vec::new();
    for (row, lines) in rows.into_iter().enumerate() {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let mut cells: Vec<Block> = Vec::new();
        for line in lines {
            let kind = BlockKind::Cell { table, row, column: column(&line) };
            match cells.iter_mut().find(|block| block.kind == kind) {
                Some(block) => block.lines.push(line),
                None => cells.push(Block::new(kind, vec![line])),
            }
        }
        cells.sort_by_key(|block| match block.kind {
            BlockKind::Cell { column, .. } => column,
            _ => 0,
        });
        blocks.append(&mut cells);
    }
    blocks
}

/// True if two lines of a row stand side by side between the same gutters.
fn has_two_in_a_column(row: &[Line], gutters: &[Gutter]) -> bool {
    // Side by side are neighbours: rows are short, and their lines come from the top and from the left.
    row.windows(2).any(|pair| {
        let (one, other) = (look(&pair[0]), look(&pair[1]));
        let beside = one.right < other.left || other.right < one.left;
        let level = (one.baseline - other.baseline).abs() < LEVEL * one.size.max(other.size);
        beside && level && column(&pair[0], gutters) == column(&pair[1], gutters)
    })
}
