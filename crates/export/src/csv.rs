//! CSV: RFC 4180, and safe to open in a spreadsheet.

use std::io::{self, Write};

use serde_json::Value;

use crate::cell::Cell;
use crate::escape::escape;
use crate::format::Formulas;

/// Separates several values in one cell.
pub(crate) const VALUE_SEPARATOR: &str = " | ";

/// Writes rows of cells.
#[derive(Debug)]
pub struct CsvWriter<W> {
    out: W,
    formulas: Formulas,
}

impl<W: Write> CsvWriter<W> {
    /// Writes to `out`.
    pub fn new(out: W, formulas: Formulas) -> Self {
        Self { out, formulas }
    }

    /// Writes the names of the columns.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn head<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> io::Result<()> {
        self.row(names.into_iter().map(Cell::from))
    }

    /// Writes one row.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>) -> io::Result<()> {
        if self.formulas == Formulas::Typed {
            return self.typed_row(cells);
        }
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.out.write_all(b",")?;
            }
            match cell {
                Cell::Text(text) => self.text(&text)?,
                other => write!(self.out, "{other}")?,
            }
        }
        self.out.write_all(b"\r\n")
    }

    /// Writes a row as a JSON array.
    fn typed_row<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>) -> io::Result<()> {
        let values = cells.into_iter().map(|cell| match cell {
            Cell::Empty => Value::Null,
            Cell::Text(text) => Value::String(text.into_owned()),
            Cell::Number(number) => number.into(),
            Cell::Bool(value) => value.into(),
            // As displayed, with the digits that the column shows.
            decimal => decimal.to_string().parse::<f64>().map_or(Value::Null, Value::from),
        });
        serde_json::to_writer(&mut self.out, &values.collect::<Vec<_>>()).map_err(io::Error::from)?;
        self.out.write_all(b"\n")
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        let is_guarded = self.formulas == Formulas::Guarded && is_formula(text);
        let text = escape(text);
        // Spreadsheets whose decimal sign is a comma split cells at semicolons.
        let is_quoted = text.contains([',', ';', '"', '\'']) || is_guarded || text.trim() != text;
        if !is_quoted {
            return self.out.write_all(text.as_bytes());
        }
        let guard = if is_guarded { "'" } else { "" };
        write!(self.out, "\"{guard}{}\"", text.replace('"', "\"\""))
    }
}

/// True for text that a spreadsheet takes for a formula (OWASP, "CSV Injection"). Full-width signs count, and so do
/// signs after spaces or invisible characters, which some programs strip.
fn is_formula(text: &str) -> bool {
    let is_invisible =
        |letter: char| letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200d}' | '\u{feff}');
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start_matches(is_invisible).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, formulas: Formulas) -> String {
        let mut out = Vec::new();
        CsvWriter::new(&mut out, formulas).row([text.into(), Cell::Number(3)]).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn quotes_cells_that_hold_a_separator() {
        assert_eq!(row("Marlowe", Formulas::Guarded), "Marlowe,3\r\n");
        assert_eq!(row("a;b", Formulas::Guarded), "\"a;b\",3\r\n");
        assert_eq!(row("Marlowe, \"the\" city", Formulas::Guarded), "\"Marlowe, \"\"the\"\" city\",3\r\n");
    }

    #[test]
    fn guards_whatever_a_spreadsheet_runs() {
        for text in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n1", " =1", "\u{a0}=1", "\u{feff}=1", "＝1"]
        {
            assert!(row(text, Formulas::Guarded).starts_with("\"'"), "{text:?}");
        }
        assert_eq!(row("=1+1", Formulas::Raw), "=1+1,3\r\n");
    }

    #[test]
    fn typed_rows_keep_numbers_and_text_apart() {
        let mut out = Vec::new();
        let cells =
            [Cell::from("3"), Cell::Number(3), Cell::rounded(0.126, 2), Cell::Bool(true), Cell::Empty];
        CsvWriter::new(&mut out, Formulas::Typed).row(cells).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "[\"3\",3,0.13,true,null]\n");
    }
}
