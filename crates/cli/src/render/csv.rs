//! Rows of cells: RFC 4180, safe in a spreadsheet.

use std::io::{self, Write};

use crate::render::safe::safe;

/// A cell.
#[derive(Debug)]
pub(crate) enum Cell {
    /// Text from anywhere.
    Text(String),
    /// A number, written as it is.
    Number(u64),
}

impl Cell {
    /// Text, or an empty cell.
    pub(crate) fn text(text: Option<impl ToString>) -> Self {
        Self::Text(text.map(|text| text.to_string()).unwrap_or_default())
    }
}

/// Writes one row. Unless `raw`, text that a spreadsheet would take for a formula has a `'` before it.
pub(crate) fn row(out: &mut dyn Write, cells: &[Cell], raw: bool) -> io::Result<()> {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        match cell {
            Cell::Number(number) => write!(out, "{number}")?,
            Cell::Text(text) => write_text(out, text, raw)?,
        }
    }
    out.write_all(b"\r\n")
}

fn write_text(out: &mut dyn Write, text: &str, raw: bool) -> io::Result<()> {
    let formula = !raw && is_formula(text);
    let text = safe(text);
    // A semicolon parts cells where the decimal sign is a comma.
    let quoted = text.contains([',', ';', '"', '\'']) || formula || text.trim() != text;
    if !quoted {
        return out.write_all(text.as_bytes());
    }
    let mark = if formula { "'" } else { "" };
    write!(out, "\"{mark}{}\"", text.replace('"', "\"\""))
}

/// True for what a spreadsheet would take for a formula (OWASP, "CSV Injection"), full-width signs and signs behind
/// spaces or unseen letters too.
fn is_formula(text: &str) -> bool {
    let unseen =
        |letter: char| letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200d}' | '\u{feff}');
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start_matches(unseen).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, raw: bool) -> String {
        let mut out = Vec::new();
        row(&mut out, &[Cell::Text(text.to_owned()), Cell::Number(3)], raw).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(shown("Marlowe", false), "Marlowe,3\r\n");
        assert_eq!(shown("a;b", false), "\"a;b\",3\r\n");
        assert_eq!(shown("Marlowe, \"the\" city", false), "\"Marlowe, \"\"the\"\" city\",3\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n1", " =1", "\u{a0}=1", "\u{feff}=1", "＝1"]
        {
            assert!(shown(text, false).starts_with("\"'"), "{text:?}");
        }
        assert_eq!(shown("=1+1", true), "=1+1,3\r\n");
    }
}
