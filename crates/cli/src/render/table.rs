//! Tables on a terminal: in columns, or one record below another where the terminal is too narrow for columns.

use std::io;

use quotable_export::escape::escape;
use quotable_export::{Align, Table, TableColumn, TableRow};

use crate::render::page::Page;
use crate::render::width::{columns, cut, pad};

/// The greatest width of a column of text: a section heading may be a paragraph.
const MOST_TEXT: usize = 48;
/// The width to which the first column may shrink so that lines fit.
const LEAST_FIRST: usize = 24;
/// Spaces between columns.
const GAP: usize = 2;
/// The greatest width of a bar.
const MOST_BAR: usize = 30;
/// The least width of a bar: a shorter one shows nothing.
const LEAST_BAR: usize = 5;

/// Writes a table and, after an empty line, notes below it.
pub(crate) fn write_with_notes(page: &mut Page<'_>, table: &Table, notes: &[String]) -> io::Result<()> {
    write(page, table)?;
    page.blank()?;
    notes.iter().try_for_each(|note| page.text("", 0, note, &[]))
}

/// The table without those of the `spare` columns that do not fit, the first ones first; the whole table if it would not fit
/// without them either. Columns are spared that the others imply.
pub(crate) fn without_spare(page: &Page<'_>, table: &Table, spare: &[&str]) -> Table {
    let fits = |table: &Table| {
        let rows: Vec<_> = table.rows.iter().map(|row| escaped_cells(row, &table.columns)).collect();
        fitted_widths(page, table, &rows).is_some()
    };
    let mut lesser = table.clone();
    for name in spare {
        if fits(&lesser) {
            return lesser;
        }
        if let Some(at) = lesser.columns.iter().position(|column| column.name == *name) {
            lesser.columns.remove(at);
            lesser.rows.iter_mut().for_each(|row| drop(row.cells.remove(at)));
        }
    }
    if fits(&lesser) { lesser } else { table.clone() }
}

/// Writes a table in columns, each as wide as its widest cell. If they do not fit, the first column shrinks; if that
/// does not help, each row becomes a record.
pub(crate) fn write(page: &mut Page<'_>, table: &Table) -> io::Result<()> {
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| escaped_cells(row, &table.columns)).collect();
    let Some(widths) = fitted_widths(page, table, &rows) else {
        return write_records(page, table, &rows);
    };
    let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let line = in_columns(&names, &table.columns, &widths);
    writeln!(page.out, "{}", page.paint.heading(line.trim_end()))?;
    let bar_width = bar_width(page, total(&widths) + GAP);
    let highest = table.rows.iter().filter_map(|row| row.bar).fold(0.0, f64::max);
    for (row, cells) in table.rows.iter().zip(&rows) {
        let mut line = in_columns(cells, &table.columns, &widths);
        line.push_str(&row.bar.map(|value| bar(value, highest, bar_width)).unwrap_or_default());
        let line = line.trim_end();
        if row.is_total {
            writeln!(page.out, "{}", page.paint.heading(line))?;
        } else {
            writeln!(page.out, "{line}")?;
        }
    }
    Ok(())
}

/// The widths of the columns, the first one shrunk as far as it may; `None` if lines do not fit even so.
fn fitted_widths(page: &Page<'_>, table: &Table, rows: &[Vec<String>]) -> Option<Vec<usize>> {
    let mut widths: Vec<usize> = table.columns.iter().map(|column| columns(&column.name)).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = columns(cell).max(*width);
        }
    }
    if let Some(first) = widths.first().copied().filter(|_| !rows.is_empty()) {
        let excess = total(&widths).saturating_sub(page.line_width);
        widths[0] = first.saturating_sub(excess).max(LEAST_FIRST.min(first));
    }
    (total(&widths) <= page.line_width).then_some(widths)
}

/// The width of a line of columns.
fn total(widths: &[usize]) -> usize {
    widths.iter().map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
}

fn escaped_cells(row: &TableRow, columns: &[TableColumn]) -> Vec<String> {
    let cell = |(cell, column): (&String, &TableColumn)| match column.align {
        Align::Left => cut(&escape(cell), MOST_TEXT),
        Align::Right => escape(cell).into_owned(),
    };
    row.cells.iter().zip(columns).map(cell).collect()
}

fn in_columns(cells: &[String], table_columns: &[TableColumn], widths: &[usize]) -> String {
    let mut line = String::new();
    for ((cell, width), column) in cells.iter().zip(widths).zip(table_columns) {
        let start = columns(&line);
        let cell = cut(cell, *width);
        if column.align == Align::Right {
            pad(&mut line, start + width - columns(&cell));
        }
        line.push_str(&cell);
        pad(&mut line, start + width + GAP);
    }
    line
}

/// The values that a row is counted by as a heading, and below it the other cells with their names.
fn write_records(page: &mut Page<'_>, table: &Table, rows: &[Vec<String>]) -> io::Result<()> {
    let values = leading_values(table);
    let is_given = |cell: &str| !matches!(cell, "" | "-");
    for cells in rows {
        let given: Vec<&str> =
            cells.iter().take(values).map(String::as_str).filter(|cell| is_given(cell)).collect();
        let first = cells.first().map_or("", String::as_str);
        page.heading(if given.is_empty() { first.to_owned() } else { given.join(", ") }.as_str())?;
        let others = table.columns.iter().zip(cells).skip(values).filter(|(_, cell)| is_given(cell));
        let others: Vec<_> =
            others.map(|(column, cell)| unbroken(format!("{} {cell}", column.name))).collect();
        page.text("", GAP, &others.join("; "), &[])?;
    }
    Ok(())
}

/// How many columns of text a table begins with, if numbers follow them: the values by which it counts. Else the first alone.
fn leading_values(table: &Table) -> usize {
    /// More columns than this are facts of a file, which need their names.
    const MOST: usize = 4;
    let text = table.columns.iter().take_while(|column| column.align == Align::Left).count();
    if (1..=MOST).contains(&text) && text < table.columns.len() { text } else { 1 }
}

/// Keeps a short name and its value on one line, by no-break spaces.
fn unbroken(text: String) -> String {
    const SHORT: usize = 20;
    if columns(&text) > SHORT { text } else { text.replace(' ', "\u{a0}") }
}

/// The columns left for bars; none without a terminal, where nobody looks at them.
fn bar_width(page: &Page<'_>, used: usize) -> usize {
    if !page.is_terminal() {
        return 0;
    }
    let left = page.line_width.saturating_sub(used);
    if left < LEAST_BAR { 0 } else { left.min(MOST_BAR) }
}

/// A bar in proportion to the highest value, in eighths of a column. A value above zero is never invisible.
fn bar(value: f64, highest: f64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if width == 0 || value <= 0.0 || highest <= 0.0 {
        return String::new();
    }
    // Between zero and eight times the width of a bar.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and not negative")]
    let eighths = ((value / highest * (width * 8) as f64).round() as usize).max(1);
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::paint::Paint;

    fn table() -> Table {
        let mut table = Table::new(["year"], ["reports", "share"]);
        table.push_with_bar(vec!["2014 | *".to_owned(), "3".to_owned(), "75 %".to_owned()], Some(3.0));
        table.push_with_bar(vec!["児童".to_owned(), "1".to_owned(), "-".to_owned()], Some(1.0));
        table.push_total(vec!["all".to_owned(), "4".to_owned(), "100 %".to_owned()]);
        table
    }

    fn text(width: usize) -> String {
        let mut out = Vec::new();
        let mut page = Page { out: &mut out, paint: Paint::new(false), width, line_width: width };
        write(&mut page, &table()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_aligned_and_bars_take_what_is_left() {
        assert_eq!(
            text(34),
            "year      reports  share\n2014 | *        3   75 %  ████████\n児童            1      -  ██▋\nall             4  100 %\n"
        );
        assert!(!text(30).contains('█'));
    }

    #[test]
    fn spare_columns_give_way_where_columns_do_not_fit() {
        let names = |width: usize, spare: &[&str]| {
            let mut out = Vec::new();
            let page = Page { out: &mut out, paint: Paint::new(false), width, line_width: width };
            let shown = without_spare(&page, &table(), spare);
            assert!(shown.rows.iter().all(|row| row.cells.len() == shown.columns.len()));
            shown.columns.into_iter().map(|column| column.name).collect::<Vec<_>>()
        };
        assert_eq!(names(34, &["share"]), ["year", "reports", "share"]);
        assert_eq!(names(18, &["share"]), ["year", "reports"]);
        assert_eq!(names(18, &["reports", "share"]), ["year", "share"]);
        // Nothing is left out in vain.
        assert_eq!(names(5, &["share"]), ["year", "reports", "share"]);
    }

    #[test]
    fn rows_are_records_where_columns_do_not_fit() {
        let shown = text(20).replace('\u{a0}', " ");
        let records = ["2014 | *", "  reports 3;", "  share 75 %", "児童", "  reports 1", "all"];
        assert_eq!(shown.lines().take(6).collect::<Vec<_>>(), records);
    }

    #[test]
    fn records_are_headed_by_all_that_they_are_counted_by() {
        let mut table = Table::new(["year", "grade"], ["reports"]);
        table.push(vec!["2014".to_owned(), "good".to_owned(), "3".to_owned()]);
        table.push(vec!["2015".to_owned(), "-".to_owned(), "1".to_owned()]);
        let mut out = Vec::new();
        let mut page = Page { out: &mut out, paint: Paint::new(false), width: 20, line_width: 12 };
        write(&mut page, &table).unwrap();
        let lines = "2014, good\n  reports\u{a0}3\n2015\n  reports\u{a0}1\n";
        assert_eq!(String::from_utf8(out).unwrap(), lines);
    }

    #[test]
    fn bars_are_in_proportion() {
        assert_eq!(bar(4.0, 4.0, 8), "████████");
        assert_eq!(bar(2.25, 4.0, 8), "████▌");
        assert_eq!(bar(0.001, 4.0, 8), "▏");
        assert_eq!(bar(0.0, 4.0, 8), "");
        assert_eq!(bar(4.0, 4.0, 0), "");
    }
}
