//! Tables: in columns for people, one record under another where the screen is too narrow for columns, or Markdown.

use std::io::{self, Write};

use crate::render::columns::{columns, cut, pad};
use crate::render::markdown::inline;
use crate::render::page::Page;
use crate::render::safe::safe;

/// The greatest width of text in a column: a heading may be a paragraph.
const GREATEST: usize = 48;
/// The least width to which the first column gives way where lines are too long.
const LEAST: usize = 24;
/// What parts two columns.
const GAP: usize = 2;
/// The greatest and least width of a bar.
const BAR: usize = 30;
const SHORTEST: usize = 5;

/// Where the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Text, at the left.
    Left,
    /// Numbers, at the right.
    Right,
}

/// Rows of cells under their head. Cells may come from anywhere.
#[derive(Debug)]
pub(crate) struct Table {
    head: Vec<(String, Align)>,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    cells: Vec<String>,
    /// True for a row of totals.
    total: bool,
    /// What its bar stands for; not negative.
    bar: Option<f64>,
}

impl Table {
    /// A table of text, then numbers.
    pub(crate) fn new<T: Into<String>, N: Into<String>>(
        text: impl IntoIterator<Item = T>,
        numbers: impl IntoIterator<Item = N>,
    ) -> Self {
        let text = text.into_iter().map(|name| (name.into(), Align::Left));
        let head = text.chain(numbers.into_iter().map(|name| (name.into(), Align::Right))).collect();
        Self { head, rows: Vec::new() }
    }

    /// One more column of text, behind the numbers.
    #[must_use]
    pub(crate) fn and(mut self, name: &str) -> Self {
        self.head.push((name.to_owned(), Align::Left));
        self
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(Row { cells, total: false, bar: None });
    }

    /// A row with a bar behind it, where there is a terminal with room for one.
    pub(crate) fn row_with_bar(&mut self, cells: Vec<String>, bar: Option<f64>) {
        self.rows.push(Row { cells, total: false, bar });
    }

    pub(crate) fn total(&mut self, cells: Vec<String>) {
        self.rows.push(Row { cells, total: true, bar: None });
    }

    /// In columns, each as wide as it needs; if the page is too narrow even for short names, a record a row.
    pub(crate) fn text(&self, page: &mut Page<'_>) -> io::Result<()> {
        let shown: Vec<Vec<String>> = self.rows.iter().map(|row| self.shown(&row.cells)).collect();
        let mut widths: Vec<usize> = self.head.iter().map(|(name, _)| columns(name)).collect();
        for row in &shown {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = columns(cell).max(*width);
            }
        }
        let all = |widths: &[usize]| widths.iter().map(|width| width + GAP).sum::<usize>() - GAP;
        if let Some(first) = widths.first().copied().filter(|_| !self.rows.is_empty()) {
            let over = all(&widths).saturating_sub(page.line);
            widths[0] = first.saturating_sub(over).max(LEAST.min(first));
        }
        if all(&widths) > page.line {
            return self.records(page, &shown);
        }
        let head: Vec<String> = self.head.iter().map(|(name, _)| name.clone()).collect();
        let line = self.line(&head, &widths);
        writeln!(page.out, "{}", page.paint.heading(line.trim_end()))?;
        let bar = self.bar_width(page, all(&widths) + GAP);
        let highest = self.rows.iter().filter_map(|row| row.bar).fold(0.0, f64::max);
        for (row, cells) in self.rows.iter().zip(&shown) {
            let mut line = self.line(cells, &widths);
            line.push_str(&row.bar.map(|part| blocks(part, highest, bar)).unwrap_or_default());
            let line = line.trim_end();
            if row.total {
                writeln!(page.out, "{}", page.paint.heading(line))?;
            } else {
                writeln!(page.out, "{line}")?;
            }
        }
        Ok(())
    }

    fn shown(&self, cells: &[String]) -> Vec<String> {
        let one = |(cell, (_, align)): (&String, &(String, Align))| match align {
            Align::Left => cut(&safe(cell), GREATEST),
            Align::Right => safe(cell).into_owned(),
        };
        cells.iter().zip(&self.head).map(one).collect()
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let mut line = String::new();
        for ((cell, width), (_, align)) in cells.iter().zip(widths).zip(&self.head) {
            let start = columns(&line);
            let cell = cut(cell, *width);
            if *align == Align::Right {
                pad(&mut line, start + width - columns(&cell));
            }
            line.push_str(&cell);
            pad(&mut line, start + width + GAP);
        }
        line
    }

    /// The first cell of each row, and below it the others by name.
    fn records(&self, page: &mut Page<'_>, rows: &[Vec<String>]) -> io::Result<()> {
        for cells in rows {
            page.heading(cells.first().map_or("", String::as_str))?;
            let others =
                self.head.iter().zip(cells).skip(1).filter(|(_, cell)| !matches!(cell.as_str(), "" | "-"));
            let others: Vec<_> = others.map(|((name, _), cell)| whole(format!("{name} {cell}"))).collect();
            page.text("", GAP, &others.join("; "), &[])?;
        }
        Ok(())
    }

    /// Bars are for the eye: none where nobody watches, or where there is no room.
    fn bar_width(&self, page: &Page<'_>, used: usize) -> usize {
        if !page.is_terminal() {
            return 0;
        }
        let left = page.line.saturating_sub(used);
        if left < SHORTEST { 0 } else { left.min(BAR) }
    }

    /// As a table of GitHub's Markdown; a row of totals is bold.
    pub(crate) fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let head: Vec<_> = self.head.iter().map(|(name, _)| inline(name)).collect();
        writeln!(out, "| {} |", head.join(" | "))?;
        let rule: Vec<_> = self.head.iter().map(|(_, align)| rule(*align)).collect();
        writeln!(out, "|{}|", rule.join("|"))?;
        for row in &self.rows {
            let cell = |cell: &String| match inline(cell) {
                cell if row.total && !cell.is_empty() => format!("**{cell}**"),
                cell => cell,
            };
            let cells: Vec<_> = row.cells.iter().map(cell).collect();
            writeln!(out, "| {} |", cells.join(" | "))?;
        }
        Ok(())
    }
}

/// A name and its value, kept on one line by no-break spaces if they are short.
fn whole(text: String) -> String {
    const SHORT: usize = 20;
    if columns(&text) > SHORT { text } else { text.replace(' ', "\u{a0}") }
}

fn rule(align: Align) -> &'static str {
    match align {
        Align::Left => "---",
        Align::Right => "---:",
    }
}

/// A bar in proportion to the highest, in eighths of a column; anything above zero can be seen.
fn blocks(part: f64, highest: f64, width: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if width == 0 || part <= 0.0 || highest <= 0.0 {
        return String::new();
    }
    // Between nought and eight times a width of the screen.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and not negative")]
    let eighths = ((part / highest * (width * 8) as f64).round() as usize).max(1);
    format!("{}{}", "█".repeat(eighths / 8), PARTS.get(eighths % 8).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::paint::Paint;

    fn table() -> Table {
        let mut table = Table::new(["year"], ["reports", "share"]);
        table.row_with_bar(vec!["2014 | *".to_owned(), "3".to_owned(), "75 %".to_owned()], Some(3.0));
        table.row_with_bar(vec!["児童".to_owned(), "1".to_owned(), "-".to_owned()], Some(1.0));
        table.total(vec!["all".to_owned(), "4".to_owned(), "100 %".to_owned()]);
        table
    }

    fn text(width: usize) -> String {
        let mut out = Vec::new();
        table().text(&mut Page { out: &mut out, paint: Paint::new(false), width, line: width }).unwrap();
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
    fn where_columns_have_no_room_rows_are_records() {
        let shown = text(20).replace('\u{a0}', " ");
        let records = ["2014 | *", "  reports 3;", "  share 75 %", "児童", "  reports 1", "all"];
        assert_eq!(shown.lines().take(6).collect::<Vec<_>>(), records);
    }

    #[test]
    fn markdown_says_what_the_cells_say() {
        let mut out = Vec::new();
        table().markdown(&mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "| year | reports | share |\n|---|---:|---:|\n| 2014 \\| \\* | 3 | 75 % |\n| 児童 | 1 | - |\n\
             | **all** | **4** | **100 %** |\n"
        );
    }

    #[test]
    fn bars_are_in_proportion() {
        assert_eq!(blocks(4.0, 4.0, 8), "████████");
        assert_eq!(blocks(2.25, 4.0, 8), "████▌");
        assert_eq!(blocks(0.001, 4.0, 8), "▏");
        assert_eq!(blocks(0.0, 4.0, 8), "");
        assert_eq!(blocks(4.0, 4.0, 0), "");
    }
}
