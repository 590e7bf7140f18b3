//! The formats that every answer can be written in.

/// A format of the writers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line, with the fields of [`formats`](crate::formats).
    Jsonl,
    /// CSV with a head, with the columns of [`formats`](crate::formats).
    Csv(Formulas),
    /// Markdown to paste. For people: it may change.
    Markdown,
}

/// How CSV writes text that a spreadsheet would run as a formula.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Formulas {
    /// Puts a `'` before it, which spreadsheets show as text.
    #[default]
    Guarded,
    /// Writes it unchanged, for programs that are no spreadsheets.
    Raw,
    /// Writes no CSV but one JSON array a row, with numbers as numbers: [`xlsx`](crate::xlsx) makes a workbook of it, in
    /// which text is never run.
    Typed,
}
