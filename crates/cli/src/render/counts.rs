//! Counts as a table.

use std::io::{self, Write};

use quotable::query::Scope;
use quotable::{Boilerplate, CountRow, CountTable};

use crate::render::csv::{self, Cell};
use crate::render::markdown::escaped;
use crate::render::number::{counted, grouped};
use crate::render::page::Page;
use crate::render::table::Table;

/// What stands over the numbers.
const NUMBERS: [&str; 4] = ["occurrences", "paragraphs", "reports", "per 10,000 words"];

/// A row for each value and one for the whole; then boilerplate, what was divided by, and where it comes from.
pub(crate) fn text(page: &mut Page<'_>, table: &CountTable) -> io::Result<()> {
    rows(table).text(page)?;
    page.blank()?;
    foot(table).iter().try_for_each(|line| page.text("", 0, line, &[]))
}

/// The same as a table and a list.
pub(crate) fn markdown(out: &mut dyn Write, table: &CountTable) -> io::Result<()> {
    rows(table).markdown(out)?;
    writeln!(out)?;
    foot(table).iter().try_for_each(|line| writeln!(out, "- {}", escaped(line)))
}

/// What must stand under the numbers.
fn foot(table: &CountTable) -> [String; 3] {
    let share = format!(
        "{} in {}",
        counted(table.boilerplate.occurrences, "occurrences"),
        counted(table.boilerplate.paragraphs, "paragraphs")
    );
    let boilerplate = match table.provenance.boilerplate {
        Boilerplate::Exclude => format!("boilerplate, left out: {share}"),
        _ => format!("of which boilerplate: {share}"),
    };
    let mut among = format!(
        "among {} of {}, {}",
        counted(table.total.all_paragraphs, "paragraphs"),
        counted(table.total.all_reports, "reports"),
        counted(table.total.all_words, "words")
    );
    if let Some(restriction) = &table.restriction {
        among.push_str(&format!(": {restriction}"));
    }
    [boilerplate, among, table.provenance.to_string()]
}

fn rows(table: &CountTable) -> Table {
    let mut names: Vec<_> = table.by.iter().map(|facet| facet.name()).collect();
    if names.is_empty() {
        names.push("");
    }
    let width = names.len();
    let mut rows = Table::new(names, NUMBERS);
    for row in &table.rows {
        rows.row_with_bar(cells(row, width), row.per_10_000_words);
    }
    rows.total(cells(&table.total, width));
    rows
}

fn cells(row: &CountRow, values: usize) -> Vec<String> {
    let mut cells: Vec<_> =
        row.values.iter().map(|value| value.clone().unwrap_or_else(|| "-".to_owned())).collect();
    if cells.is_empty() {
        cells.push("all".to_owned());
        cells.resize(values, String::new());
    }
    cells.push(grouped(row.occurrences));
    cells.push(grouped(row.paragraphs));
    cells.push(format!("{} of {}", grouped(row.reports), grouped(row.all_reports)));
    cells.push(row.per_10_000_words.map_or_else(|| "-".to_owned(), |rate| format!("{rate:.2}")));
    cells
}

/// A row for each value, or one for the whole, each with what makes it repeatable.
pub(crate) fn csv(out: &mut dyn Write, table: &CountTable, raw: bool) -> io::Result<()> {
    const AFTER: [&str; 20] = [
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
        "boilerplate_occurrences",
        "boilerplate_paragraphs",
        "boilerplate",
        "scope",
        "tables",
        "notes",
        "complete",
        "analyser",
        "within",
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
    let from = &table.provenance;
    cells.push(Cell::text(Some(&from.query)));
    cells.push(Cell::text(Some(&from.corpus_hash)));
    cells.push(Cell::Number(from.reports));
    cells.push(Cell::text(Some(&from.version)));
    cells.extend([row.boilerplate.occurrences, row.boilerplate.paragraphs].map(Cell::Number));
    cells.push(Cell::text(Some(if from.boilerplate == Boilerplate::Exclude {
        "exclude"
    } else {
        "include"
    })));
    cells.push(Cell::text(Some(scope(from.scope))));
    cells.extend([from.tables, from.notes, from.complete].map(|yes| Cell::text(Some(yes))));
    cells.push(Cell::Number(from.analyser.into()));
    cells.push(Cell::text(from.within.as_ref()));
    cells
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Sentence => "sentence",
        Scope::Paragraph => "paragraph",
        Scope::Theme => "theme",
        _ => "report",
    }
}
