//! Counts as a table.

use std::io::{self, Write};

use quotable::{Boilerplate, CountRow, CountTable};

use crate::render::columns::{columns, cut, pad};
use crate::render::csv::{self, Cell};
use crate::render::number::{counted, grouped};
use crate::render::page::Page;
use crate::render::safe::safe;

/// What stands over the numbers.
const NUMBERS: [&str; 4] = ["occurrences", "paragraphs", "reports", "per 10,000 words"];
/// The greatest width of a value: headings may be paragraphs.
const GREATEST: usize = 48;
/// The greatest and least width of a bar.
const BAR: usize = 30;
const SHORTEST: usize = 5;

/// A row for each value and one for the whole; then boilerplate, what was divided by, and where it comes from.
pub(crate) fn table(page: &mut Page<'_>, table: &CountTable) -> io::Result<()> {
    rows(page, table)?;
    page.blank()?;
    let share = format!(
        "{} in {}",
        counted(table.boilerplate.occurrences, "occurrences"),
        counted(table.boilerplate.paragraphs, "paragraphs")
    );
    let boilerplate = match table.provenance.boilerplate {
        Boilerplate::Exclude => format!("boilerplate, left out: {share}"),
        _ => format!("of which boilerplate: {share}"),
    };
    page.text("", 0, &boilerplate, &[])?;
    let mut among = format!(
        "among {} of {}, {}",
        counted(table.total.all_paragraphs, "paragraphs"),
        counted(table.total.all_reports, "reports"),
        counted(table.total.all_words, "words")
    );
    if let Some(restriction) = &table.restriction {
        among.push_str(&format!(": {restriction}"));
    }
    page.text("", 0, &among, &[])?;
    page.text("", 0, &table.provenance.to_string(), &[])
}

fn rows(page: &mut Page<'_>, table: &CountTable) -> io::Result<()> {
    let values = table.by.len().max(1);
    let mut lines = vec![head(table)];
    lines.extend(table.rows.iter().map(|row| cells(row, table)));
    lines.push(cells(&table.total, table));
    let mut widths = vec![0; values + NUMBERS.len()];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = columns(cell).max(*width);
        }
    }
    let bar = bar_width(page, &widths);
    let highest = table.rows.iter().filter_map(|row| row.per_10_000_words).fold(0.0, f64::max);
    for (number, cells) in lines.iter().enumerate() {
        let mut line = String::new();
        for (at, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            let start = columns(&line);
            if at >= values {
                pad(&mut line, start + width - columns(cell));
            }
            line.push_str(cell);
            pad(&mut line, start + width + 2);
        }
        let rate = number.checked_sub(1).and_then(|row| table.rows.get(row)?.per_10_000_words);
        line.push_str(&rate.map(|rate| blocks(rate, highest, bar)).unwrap_or_default());
        let line = line.trim_end();
        // The head, and the whole.
        if number == 0 || number + 1 == lines.len() {
            writeln!(page.out, "{}", page.paint.heading(line))?;
        } else {
            writeln!(page.out, "{line}")?;
        }
    }
    Ok(())
}

fn head(table: &CountTable) -> Vec<String> {
    let mut head: Vec<_> = table.by.iter().map(|facet| facet.name().to_owned()).collect();
    if head.is_empty() {
        head.push(String::new());
    }
    head.extend(NUMBERS.map(str::to_owned));
    head
}

fn cells(row: &CountRow, table: &CountTable) -> Vec<String> {
    let name = |value: &Option<String>| match value {
        Some(value) => cut(&safe(value), GREATEST),
        None => "-".to_owned(),
    };
    let mut cells: Vec<_> = row.values.iter().map(name).collect();
    if cells.is_empty() {
        cells.push("all".to_owned());
        cells.resize(table.by.len().max(1), String::new());
    }
    cells.push(grouped(row.occurrences));
    cells.push(grouped(row.paragraphs));
    cells.push(format!("{} of {}", grouped(row.reports), grouped(row.all_reports)));
    cells.push(row.per_10_000_words.map_or_else(|| "-".to_owned(), |rate| format!("{rate:.2}")));
    cells
}

/// Bars are for the eye: none where nobody watches, or where there is no room.
fn bar_width(page: &Page<'_>, widths: &[usize]) -> usize {
    if !page.is_terminal() {
        return 0;
    }
    let used: usize = widths.iter().map(|width| width + 2).sum();
    let left = page.line.saturating_sub(used);
    if left < SHORTEST { 0 } else { left.min(BAR) }
}

/// A bar in proportion to the highest, in eighths of a column; anything above zero can be seen.
fn blocks(rate: f64, highest: f64, width: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if width == 0 || rate <= 0.0 || highest <= 0.0 {
        return String::new();
    }
    // Between nought and eight times a width of the screen.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and not negative")]
    let eighths = ((rate / highest * (width * 8) as f64).round() as usize).max(1);
    format!("{}{}", "█".repeat(eighths / 8), PARTS.get(eighths % 8).copied().unwrap_or_default())
}

/// A row for each value, or one for the whole, each with what makes it repeatable.
pub(crate) fn csv(out: &mut dyn Write, table: &CountTable, raw: bool) -> io::Result<()> {
    const AFTER: [&str; 12] = [
        "occurrences",
        "paragraphs",
        "reports",
        "all_reports",
        "all_paragraphs",
        "all_words",
        "per_10000_words",
        "query",
        "corpus_hash",
        "corpus_reports",
        "version",
        "complete",
    ];
    let names = table.by.iter().map(|facet| facet.name()).chain(AFTER);
    let head: Vec<_> = names.map(|name| Cell::text(Some(name))).collect();
    csv::row(out, &head, raw)?;
    if table.by.is_empty() {
        return csv::row(out, &row(&table.total, table), raw);
    }
    table.rows.iter().try_for_each(|one| csv::row(out, &row(one, table), raw))
}

fn row(row: &CountRow, table: &CountTable) -> Vec<Cell> {
    let mut cells: Vec<_> = row.values.iter().map(|value| Cell::text(value.as_ref())).collect();
    let numbers =
        [row.occurrences, row.paragraphs, row.reports, row.all_reports, row.all_paragraphs, row.all_words];
    cells.extend(numbers.map(Cell::Number));
    cells.push(Cell::text(row.per_10_000_words.map(|rate| format!("{rate:.4}"))));
    cells.push(Cell::text(Some(&table.provenance.query)));
    cells.push(Cell::text(Some(&table.provenance.corpus_hash)));
    cells.push(Cell::Number(table.provenance.reports));
    cells.push(Cell::text(Some(&table.provenance.version)));
    cells.push(Cell::text(Some(table.provenance.complete)));
    cells
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn bars_are_in_proportion() {
        assert_eq!(blocks(4.0, 4.0, 8), "████████");
        assert_eq!(blocks(2.25, 4.0, 8), "████▌");
        assert_eq!(blocks(0.001, 4.0, 8), "▏");
        assert_eq!(blocks(0.0, 4.0, 8), "");
        assert_eq!(blocks(4.0, 4.0, 0), "");
    }
}
