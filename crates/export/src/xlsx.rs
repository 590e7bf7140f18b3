//! Workbooks for spreadsheets: the rows of any table, with numbers as numbers and text as text.

use std::io::{self, BufRead, Seek, Write};

use rust_xlsxwriter::{DocProperties, Format, FormatAlign, Workbook, XlsxError};
use serde_json::Value;

/// The most rows of a sheet, the head among them: a limit of the format.
pub const MAX_ROWS: u32 = 1_048_576;
/// The most characters of a cell, in UTF-16 units: a limit of the format.
const MAX_CHARACTERS: usize = 32_767;
/// The widest column, in characters.
const WIDEST: f64 = 60.0;

/// What was left out of a workbook, because the format has no room for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shortened {
    /// The number of rows that did not fit.
    pub rows: u64,
    /// The number of cells whose text was cut.
    pub cells: u64,
}

/// [Makes a workbook](write_sheet) whose sheet has the name that spreadsheets give to the first one.
///
/// # Errors
/// Those of [`write_sheet`].
pub fn write(rows: impl BufRead, about: &str, out: impl Write + Seek + Send) -> io::Result<Shortened> {
    write_sheet(rows, "Sheet1", about, out)
}

/// Makes a workbook of one sheet, called `name`, from rows as [`Formulas::Typed`](crate::Formulas::Typed) writes them: the first has the
/// names of the columns, which stay in view and can be filtered. Signs that the name of a sheet cannot have are left out of
/// it. `about` says what the table is, for the properties of the
/// file. Text is stored as text: no cell is a formula or a link.
///
/// # Errors
/// Those of `rows` and `out`; [`InvalidData`](io::ErrorKind::InvalidData) for a line that is no array.
pub fn write_sheet(
    rows: impl BufRead,
    name: &str,
    about: &str,
    out: impl Write + Seek + Send,
) -> io::Result<Shortened> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_comment(about));
    let (head, wrapped) =
        (Format::new().set_bold(), Format::new().set_text_wrap().set_align(FormatAlign::Top));
    let top = Format::new().set_align(FormatAlign::Top);
    // Rows go to a temporary file as they come, so that memory does not grow with the table.
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(failed)?;
    sheet.set_name(sheet_name(name)).map_err(failed)?;
    let mut shortened = Shortened::default();
    let (mut count, mut columns) = (0_u32, 0_u16);
    for line in rows.lines() {
        let cells: Vec<Value> = serde_json::from_str(&line?).map_err(io::Error::from)?;
        if count == 0 {
            columns = u16::try_from(cells.len()).unwrap_or(u16::MAX);
            sheet.set_freeze_panes(1, 0).map_err(failed)?;
            for (column, name) in (0_u16..).zip(cells.iter().filter_map(Value::as_str)) {
                sheet.set_column_width(column, width(name)).map_err(failed)?;
                sheet.write_string_with_format(0, column, name, &head).map_err(failed)?;
            }
            count = 1;
            continue;
        }
        if count == MAX_ROWS {
            shortened.rows += 1;
            continue;
        }
        for (column, cell) in (0_u16..).zip(&cells) {
            match cell {
                Value::String(text) => {
                    let kept = cut(text);
                    shortened.cells += u64::from(kept.len() < text.len());
                    let format = if kept.len() > WIDEST as usize { &wrapped } else { &top };
                    sheet.write_string_with_format(count, column, kept, format).map_err(failed)?;
                }
                Value::Bool(value) => {
                    sheet.write_boolean_with_format(count, column, *value, &top).map_err(failed)?;
                }
                other => {
                    if let Some(number) = other.as_f64() {
                        sheet.write_number_with_format(count, column, number, &top).map_err(failed)?;
                    }
                }
            }
        }
        count += 1;
    }
    if count > 0 && columns > 0 {
        sheet.autofilter(0, 0, count - 1, columns - 1).map_err(failed)?;
    }
    workbook.save_to_writer(out).map_err(failed)?;
    Ok(shortened)
}

/// A name that a sheet can have: at most 31 characters, without the signs of references, and not empty.
fn sheet_name(name: &str) -> String {
    let plain =
        name.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).take(31).collect::<String>();
    if plain.trim().is_empty() { "Sheet1".to_owned() } else { plain }
}

/// A width for a column of that name: cells are not known before they are written.
fn width(name: &str) -> f64 {
    match name {
        "text" | "before" | "after" | "pre" | "post" | "citation" | "quotation" | "source" | "title" => {
            WIDEST
        }
        _ => (name.chars().count() as f64 + 4.0).clamp(10.0, WIDEST),
    }
}

/// As much of a text as a cell can hold.
fn cut(text: &str) -> &str {
    if text.len() <= MAX_CHARACTERS {
        return text;
    }
    let mut units = 0;
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units > MAX_CHARACTERS {
            return &text[..at];
        }
    }
    text
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn workbook(rows: &str) -> (Shortened, usize) {
        let mut out = Cursor::new(Vec::new());
        let shortened = write(rows.as_bytes(), "a test", &mut out).unwrap();
        assert!(out.get_ref().starts_with(b"PK"));
        (shortened, out.get_ref().len())
    }

    #[test]
    fn a_table_without_rows_is_a_workbook() {
        assert_eq!(workbook("").0, Shortened::default());
        assert_eq!(workbook("[\"id\",\"text\"]\n").0, Shortened::default());
    }

    #[test]
    fn text_beyond_a_cell_is_cut_and_counted() {
        let long = "é".repeat(MAX_CHARACTERS + 5);
        let (shortened, _) = workbook(&format!("[\"id\"]\n[{}]\n[\"=1+1\"]\n", Value::from(long)));
        assert_eq!((shortened.rows, shortened.cells), (0, 1));
        // An astral character is two units: one that does not fit whole is left out.
        let astral = format!("{}\u{1f600}", "a".repeat(MAX_CHARACTERS - 1));
        assert_eq!(cut(&astral).len(), MAX_CHARACTERS - 1);
    }

    #[test]
    fn sheets_have_names_that_spreadsheets_take() {
        assert_eq!(sheet_name("paragraphs used"), "paragraphs used");
        assert_eq!(sheet_name("counts: [a/b]?"), "counts ab");
        assert_eq!(sheet_name("''"), "Sheet1");
        assert_eq!(sheet_name(&"a".repeat(40)).len(), 31);
        assert!(write_sheet(&b"[\"id\"]\n"[..], "[requests]", "", Cursor::new(Vec::new())).is_ok());
    }

    #[test]
    fn a_line_that_is_no_array_is_an_error() {
        assert!(write(&b"id,text\n"[..], "", Cursor::new(Vec::new())).is_err());
    }
}
