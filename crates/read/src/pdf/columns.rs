//! Columns of running text, told from tables.
//!
//! In columns most lines go on with the line above them, and what begins in one column does not begin in the other. In a
//! table the cells of a row begin together, and one of them is often a word or two. Cells may hold running text too; then
//! the order in which they were drawn tells, and how much of it there is.

use super::line::look;
use super::row::{Gutter, LEADING, Placed, Row, column};
use crate::block::Line;
use crate::bullet::opens_with_bullet;

/// The most columns of running text on a page.
const MOST_COLUMNS: usize = 4;

/// The average line of a column of running text has at least so many characters.
const LEAST_LINE: usize = 12;

/// Rows that begin together and hold at least so many lines on average are columns of text: few cells are as long.
const LONG_CELL: usize = 4;

/// Baselines that differ by more than this share of the size are not level.
const LEVEL: f32 = 0.1;

/// How a line stands to the one above it in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It goes on with a sentence.
    Flows,
    /// It begins something.
    Begins,
    /// It begins something and stands further below than lines of a paragraph do.
    Apart,
    /// It opens an item of a list.
    Item,
}

fn step(above: &Line, below: &Line) -> Step {
    let (upper, lower) = (look(above), look(below));
    let text = below.text.trim_start();
    if lower.baseline - upper.baseline > LEADING * upper.size.max(lower.size) {
        Step::Apart
    } else if text.starts_with(char::is_lowercase) || above.text.ends_with(['-', ',', '\u{AD}']) {
        Step::Flows
    } else if opens_with_bullet(text) {
        Step::Item
    } else {
        Step::Begins
    }
}

/// The lines of one column, and how each but the first stands to the one above.
#[derive(Default)]
struct Column<'r> {
    lines: Vec<&'r Placed>,
    steps: Vec<Step>,
}

impl Column<'_> {
    fn count(&self, of: Step) -> usize {
        self.steps.iter().filter(|step| **step == of).count()
    }

    /// True for running text.
    fn is_text(&self) -> bool {
        let characters: usize = self.lines.iter().map(|placed| placed.line.text.chars().count()).sum();
        let flows = self.count(Step::Flows);
        characters >= LEAST_LINE * self.lines.len() && flows > 0 && flows >= self.count(Step::Begins)
    }

    /// True for the items of a list.
    fn is_list(&self) -> bool {
        let first = self.lines.first().is_some_and(|placed| opens_with_bullet(&placed.line.text));
        first && self.count(Step::Item) > 0 && self.count(Step::Begins) == 0
    }

    /// The first and the last place of its lines in the content stream.
    fn drawn(&self) -> (usize, usize) {
        let drawn = || self.lines.iter().map(|placed| placed.drawn);
        (drawn().min().unwrap_or(0), drawn().max().unwrap_or(0))
    }
}

/// True if rows are columns of running text, and no table.
pub(super) fn are_columns(rows: &[Row], gutters: &[Gutter]) -> bool {
    if gutters.len() >= MOST_COLUMNS {
        return false;
    }
    let mut columns: Vec<Column<'_>> = (0..=gutters.len()).map(|_| Column::default()).collect();
    // Rows in which all columns begin something, and in which some do and some do not.
    let (mut common, mut mixed) = (0, 0);
    // Rows with lines in several columns, and how many of these are not level.
    let (mut shared, mut uneven) = (0, 0);
    for row in rows {
        let mut of_row: Vec<Step> = Vec::new();
        for placed in row {
            let Some(column) = columns.get_mut(column(&placed.line, gutters)) else { return false };
            if let Some(above) = column.lines.last() {
                let step = step(&above.line, &placed.line);
                column.steps.push(step);
                of_row.push(step);
            }
            column.lines.push(placed);
        }
        let begins = of_row.iter().filter(|step| matches!(step, Step::Begins | Step::Apart)).count();
        let flows = of_row.iter().filter(|step| **step == Step::Flows).count();
        common += usize::from(begins >= 2 && flows == 0);
        mixed += usize::from(begins > 0 && flows > 0);
        shared += usize::from(row.len() > 1);
        uneven += usize::from(row.len() > 1 && !is_level(row));
    }
    if columns.iter().any(|column| column.lines.len() < 2) {
        return false;
    }
    if columns.iter().all(Column::is_list) {
        return true;
    }
    let is_close = |column: &Column<'_>| column.count(Step::Apart) == 0;
    if shared >= 3
        && 2 * uneven >= shared
        && columns.iter().all(is_close)
        && columns.iter().any(Column::is_text)
    {
        // Text set beside other text, such as a box, on lines of its own.
        return true;
    }
    if !columns.iter().all(Column::is_text) {
        return false;
    }
    if common == 0 || mixed > common {
        return true;
    }
    let by_column = columns.windows(2).all(|pair| pair[0].drawn().1 < pair[1].drawn().0);
    by_column && common == 1
        || goes_on(&columns)
        || (rows.len() >= LONG_CELL * (common + 1) && !is_drawn_by_cell(&columns))
}

fn is_level(row: &Row) -> bool {
    let first = row.first().map_or(0.0, |placed| look(&placed.line).baseline);
    row.iter().all(|placed| {
        let own = look(&placed.line);
        (own.baseline - first).abs() <= LEVEL * own.size
    })
}

/// True if a sentence goes on from the foot of a column at the head of the next.
fn goes_on(columns: &[Column<'_>]) -> bool {
    columns.windows(2).any(|pair| {
        let (Some(last), Some(first)) = (pair[0].lines.last(), pair[1].lines.first()) else { return false };
        last.line.text.ends_with(|letter: char| letter.is_lowercase() || letter == ',' || letter == '-')
            && first.line.text.starts_with(char::is_lowercase)
    })
}

/// True if the lines of a cell were drawn one after the other, and a row of cells before the next row.
fn is_drawn_by_cell(columns: &[Column<'_>]) -> bool {
    // Steps in the content stream from a line to the next one of its column, over lines of other columns.
    let mut changes = 0;
    for column in columns {
        let pairs = column.lines.windows(2).zip(&column.steps);
        changes +=
            pairs.filter(|(pair, step)| **step == Step::Flows && pair[1].drawn != pair[0].drawn + 1).count();
    }
    let by_column = columns.windows(2).all(|pair| pair[0].drawn().1 < pair[1].drawn().0);
    changes == 0 && !by_column
}

/// The lines of each column, from the left.
pub(super) fn lines(rows: Vec<Row>, gutters: &[Gutter]) -> Vec<Vec<Line>> {
    let mut columns: Vec<Vec<Line>> = (0..=gutters.len()).map(|_| Vec::new()).collect();
    for placed in rows.into_iter().flatten() {
        if let Some(column) = columns.get_mut(column(&placed.line, gutters)) {
            column.push(placed.line);
        }
    }
    columns.retain(|column| !column.is_empty());
    columns
}
