//! Where the cells of a table stand, with cells that span several rows or columns.

/// More columns than this are a mistake or malice.
const MOST_COLUMNS: usize = 1000;

/// A table in the making.
#[derive(Debug, Clone)]
pub(crate) struct Grid {
    /// Zero-based number of the table in the document.
    pub(crate) table: u32,
    /// Zero-based row; `None` before the first.
    row: Option<u32>,
    column: usize,
    /// For each column, how many rows below are still covered by a cell above.
    covered: Vec<u32>,
}

impl Grid {
    pub(crate) fn new(table: u32) -> Self {
        Self { table, row: None, column: 0, covered: Vec::new() }
    }

    /// Begins the next row.
    pub(crate) fn begin_row(&mut self) {
        // What the last row's cells did not reach was covered there too.
        for covered in self.covered.iter_mut().skip(self.column) {
            *covered = covered.saturating_sub(1);
        }
        self.row = Some(self.row.map_or(0, |row| row + 1));
        self.column = 0;
    }

    /// Leaves out so many columns.
    pub(crate) fn skip(&mut self, columns: u32) {
        self.column = (self.column + columns as usize).min(MOST_COLUMNS);
    }

    /// The row and column, zero-based, of the next cell, which spans so many columns and rows.
    pub(crate) fn cell(&mut self, columns: u32, rows: u32) -> (u32, u32) {
        if self.row.is_none() {
            self.begin_row();
        }
        while let Some(covered) = self.covered.get_mut(self.column).filter(|covered| **covered > 0) {
            *covered -= 1;
            self.column += 1;
        }
        let first = self.column;
        self.skip(columns.max(1));
        if rows > 1 {
            self.covered.resize(self.covered.len().max(self.column), 0);
            for covered in &mut self.covered[first..self.column] {
                *covered = rows - 1;
            }
        }
        (self.row.unwrap_or(0), u32::try_from(first).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::Grid;

    #[test]
    fn spans_move_the_cells_behind_and_below() {
        let mut grid = Grid::new(0);
        grid.begin_row();
        assert_eq!([grid.cell(1, 3), grid.cell(2, 1), grid.cell(1, 1)], [(0, 0), (0, 1), (0, 3)]);
        grid.begin_row();
        assert_eq!(grid.cell(1, 1), (1, 1));
        grid.begin_row();
        assert_eq!(grid.cell(1, 1), (2, 1));
        grid.begin_row();
        assert_eq!(grid.cell(u32::MAX, u32::MAX), (3, 0), "the span of three rows has ended");
        assert_eq!(grid.cell(1, 1).1, 1000, "a wild span is held back");
    }
}
