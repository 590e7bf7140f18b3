//! Positions of table cells, with cells that span rows or columns.
//!
//! HTML and Word list the cells of each row, without their columns. A cell that spans rows takes its columns from the rows
//! below too, so that their cells move right. This is the algorithm of the WHATWG HTML standard (4.9.12.1, forming a
//! table), without its overlapping cells.

/// More columns than this are a mistake or malice. HTML caps `colspan` at the same number.
const MOST_COLUMNS: usize = 1000;

/// A table of which rows and cells are still added.
#[derive(Debug, Clone)]
pub(crate) struct TableGrid {
    /// Zero-based number of the table in the document.
    pub(crate) table: u32,
    /// Zero-based row; `None` before the first.
    row: Option<u32>,
    /// The column of the next cell, unless a cell above covers it.
    column: usize,
    /// For each column, the rows from here on that a cell above covers.
    covered: Vec<u32>,
}

impl TableGrid {
    pub(crate) fn new(table: u32) -> Self {
        Self { table, row: None, column: 0, covered: Vec::new() }
    }

    /// Begins the next row and returns its number, zero-based.
    pub(crate) fn begin_row(&mut self) -> u32 {
        // Columns right of the last cell pass a row of their spans too.
        for covered in self.covered.iter_mut().skip(self.column) {
            *covered = covered.saturating_sub(1);
        }
        let row = self.row.map_or(0, |row| row + 1);
        self.row = Some(row);
        self.column = 0;
        row
    }

    /// Skips some columns.
    pub(crate) fn skip_columns(&mut self, columns: u32) {
        self.column = (self.column + columns as usize).min(MOST_COLUMNS);
    }

    /// Places the next cell, which spans `columns` and `rows`: its zero-based row and column.
    pub(crate) fn place_cell(&mut self, columns: u32, rows: u32) -> (u32, u32) {
        // A cell before the first row begins one, as in HTML.
        let row = match self.row {
            Some(row) => row,
            None => self.begin_row(),
        };
        while let Some(covered) = self.covered.get_mut(self.column).filter(|covered| **covered > 0) {
            *covered -= 1;
            self.column += 1;
        }
        let first = self.column;
        self.skip_columns(columns.max(1));
        if rows > 1 {
            self.covered.resize(self.covered.len().max(self.column), 0);
            for covered in &mut self.covered[first..self.column] {
                *covered = rows - 1;
            }
        }
        debug_assert!(first <= MOST_COLUMNS, "a cell right of the last column");
        (row, first as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::TableGrid;

    #[test]
    fn spans_move_the_cells_after_and_below() {
        let mut grid = TableGrid::new(0);
        grid.begin_row();
        assert_eq!(
            [grid.place_cell(1, 3), grid.place_cell(2, 1), grid.place_cell(1, 1)],
            [(0, 0), (0, 1), (0, 3)]
        );
        grid.begin_row();
        assert_eq!(grid.place_cell(1, 1), (1, 1));
        grid.begin_row();
        assert_eq!(grid.place_cell(1, 1), (2, 1));
        grid.begin_row();
        assert_eq!(grid.place_cell(u32::MAX, u32::MAX), (3, 0), "the span of three rows has ended");
        assert_eq!(grid.place_cell(1, 1).1, 1000, "a wild span is held back");
    }
}
