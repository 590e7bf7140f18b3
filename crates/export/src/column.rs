//! A table as a list of columns, so that a name cannot come to stand over another column's cells.

use quotable_report::Citation;

use crate::cell::Cell;
use crate::citation::CitationColumn;

/// A column of rows of type `R`.
pub(crate) enum Column<R> {
    /// A column of this table alone.
    Own(&'static str, for<'r> fn(&'r R) -> Cell<'r>),
    /// A part of the citation of the row.
    Citation(CitationColumn),
}

/// A row that cites a place.
pub(crate) trait Cited {
    /// The citation; `None` where the row has none, and its columns are empty.
    fn citation(&self) -> Option<&Citation>;
}

impl<R: Cited> Column<R> {
    /// The name in the head.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Own(name, _) => name,
            Self::Citation(column) => column.name(),
        }
    }

    /// The cell of a row.
    pub(crate) fn cell<'r>(&self, row: &'r R) -> Cell<'r> {
        match self {
            Self::Own(_, cell) => cell(row),
            Self::Citation(column) => row.citation().map_or(Cell::Empty, |citation| column.cell(citation)),
        }
    }
}

/// The head of a table.
pub(crate) fn names<R: Cited>(columns: &[Column<R>]) -> Vec<&'static str> {
    columns.iter().map(Column::name).collect()
}

/// The cells of a row, in the order of the columns.
pub(crate) fn cells<'r, R: Cited>(columns: &[Column<R>], row: &'r R) -> Vec<Cell<'r>> {
    columns.iter().map(|column| column.cell(row)).collect()
}
