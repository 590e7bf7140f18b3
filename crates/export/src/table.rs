//! A table for people: what it says, not how wide it is.

/// Rows under named columns, with every cell already in words: `1,204`, `75 %`, `-`. A terminal, a page and Markdown
/// each lay it out in their own way. Cells may come from documents, and are not escaped.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<TableColumn>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<TableRow>,
}

/// A column of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// The name in the head.
    pub name: String,
    /// Where its cells are aligned.
    pub align: Align,
}

/// A row of a [`Table`].
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// A cell for every column.
    pub cells: Vec<String>,
    /// True for totals, to be set apart.
    pub is_total: bool,
    /// The value that a bar beside the row may show, not negative; its scale is the greatest of the table.
    pub bar: Option<f64>,
}

/// Where the cells of a column are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

impl Table {
    /// A table without rows, of columns of text and then of numbers.
    pub fn new<T: Into<String>, N: Into<String>>(
        text: impl IntoIterator<Item = T>,
        numbers: impl IntoIterator<Item = N>,
    ) -> Self {
        let column = |name, align| TableColumn { name, align };
        let text = text.into_iter().map(|name| column(name.into(), Align::Left));
        let numbers = numbers.into_iter().map(|name| column(name.into(), Align::Right));
        Self { columns: text.chain(numbers).collect(), rows: Vec::new() }
    }

    /// Adds a column of text after the numbers.
    #[must_use]
    pub fn with_last_column(mut self, name: &str) -> Self {
        self.columns.push(TableColumn { name: name.to_owned(), align: Align::Left });
        self
    }

    /// Adds a row.
    pub fn push(&mut self, cells: Vec<String>) {
        self.push_row(TableRow { cells, is_total: false, bar: None });
    }

    /// Adds a row with the value of its bar.
    pub fn push_with_bar(&mut self, cells: Vec<String>, bar: Option<f64>) {
        self.push_row(TableRow { cells, is_total: false, bar });
    }

    /// Adds a row of totals.
    pub fn push_total(&mut self, cells: Vec<String>) {
        self.push_row(TableRow { cells, is_total: true, bar: None });
    }

    fn push_row(&mut self, row: TableRow) {
        debug_assert_eq!(row.cells.len(), self.columns.len(), "a row has a cell for every column");
        self.rows.push(row);
    }
}
