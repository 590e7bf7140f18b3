//! Counts by facet, beside the totals to compare them with.

use std::io::{self, Write};

use quotable_index::{Boilerplate, CountRow, CountTable, Facet, Provenance, Snapshot};
use serde::Serialize;

use crate::cell::Cell;
use crate::counts::ShareRecord;
use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown;
use crate::number::{counted, grouped};
use crate::provenance::ProvenanceRecord;
use crate::report_label::ReportLabels;
use crate::table::Table;

/// A count table as a line of JSON. The totals are those of the corpus as the filters of the query restrict it.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct CountTableRecord<'t> {
    /// The facets.
    pub by: &'t [Facet],
    /// A row for each value, or for each pair of values.
    pub rows: Vec<CountRecord<'t>>,
    /// What was found in all.
    pub total: CountRecord<'t>,
    /// The part that is boilerplate, or that was left out as such.
    pub boilerplate: ShareRecord,
    /// The part of the query that restricts the corpus; `None` if nothing does.
    pub restriction: Option<&'t str>,
    /// What makes the numbers repeatable.
    pub provenance: ProvenanceRecord<'t>,
}

/// A row of a count table.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct CountRecord<'t> {
    /// The value of each facet; `None` where it is not known. Empty for the total.
    pub values: &'t [Option<String>],
    /// Occurrences.
    pub occurrences: u64,
    /// Paragraphs that match.
    pub paragraphs: u64,
    /// Reports with at least one of them.
    pub reports: u64,
    /// The part that is boilerplate.
    pub boilerplate: ShareRecord,
    /// Reports with any paragraph of these values.
    pub all_reports: u64,
    /// Paragraphs of these values.
    pub all_paragraphs: u64,
    /// Words of those paragraphs.
    pub all_words: u64,
    /// Occurrences for every 10,000 of those words; `None` if there are none.
    pub per_10_000_words: Option<f64>,
}

impl<'t> CountTableRecord<'t> {
    /// The record of a count table.
    pub fn new(table: &'t CountTable) -> Self {
        Self {
            by: &table.by,
            rows: table.rows.iter().map(CountRecord::new).collect(),
            total: CountRecord::new(&table.total),
            boilerplate: ShareRecord::new(&table.boilerplate),
            restriction: table.restriction.as_deref(),
            provenance: ProvenanceRecord::new(&table.provenance),
        }
    }
}

impl<'t> CountRecord<'t> {
    /// The record of a row.
    pub fn new(row: &'t CountRow) -> Self {
        Self {
            values: &row.values,
            occurrences: row.occurrences,
            paragraphs: row.paragraphs,
            reports: row.reports,
            boilerplate: ShareRecord::new(&row.boilerplate),
            all_reports: row.all_reports,
            all_paragraphs: row.all_paragraphs,
            all_words: row.all_words,
            per_10_000_words: row.per_10_000_words,
        }
    }
}

/// The names of the columns of CSV, after one for each facet of the table.
const NAMES: [&str; 26] = [
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
    "unread",
    "skipped",
    "copies",
    "duplicates",
    "unjudged_reports",
    // The same as `per_10000_words`, by the name that JSON has.
    "per_10_000_words",
];

/// The names of two more columns of a table with the facet authority, by which it joins other tables.
const AUTHORITY: [&str; 2] = ["authority_key", "authority_name"];

/// The names of the columns: one for each facet, then the counts, then what makes them repeatable; with the facet authority,
/// its key and its printed name at the end.
pub fn names(by: &[Facet]) -> Vec<&str> {
    let authority = if by.contains(&Facet::Authority) { &AUTHORITY[..] } else { &[] };
    by.iter().map(|facet| facet.name()).chain(NAMES).chain(authority.iter().copied()).collect()
}

/// The rows of a table: one for each value, without the total, which a sum would count twice; or the total alone if
/// the table has no facet.
pub fn rows(table: &CountTable) -> impl Iterator<Item = Vec<Cell<'_>>> {
    let total = table.by.is_empty().then_some(&table.total);
    table.rows.iter().chain(total).map(|row| cells(row, table))
}

fn cells<'t>(row: &'t CountRow, table: &'t CountTable) -> Vec<Cell<'t>> {
    let provenance = &table.provenance;
    let counts: [Cell<'t>; 26] = [
        row.occurrences.into(),
        row.paragraphs.into(),
        row.reports.into(),
        row.all_reports.into(),
        row.all_paragraphs.into(),
        row.all_words.into(),
        rate(row),
        Cell::from(&provenance.query),
        Cell::from(&provenance.corpus_hash),
        provenance.reports.into(),
        Cell::from(&provenance.version),
        row.boilerplate.occurrences.into(),
        row.boilerplate.paragraphs.into(),
        provenance.boilerplate.as_str().into(),
        provenance.scope.as_str().into(),
        provenance.tables.into(),
        provenance.notes.into(),
        provenance.complete.into(),
        provenance.analyser.into(),
        provenance.within.as_deref().into(),
        provenance.unread.into(),
        provenance.skipped.into(),
        provenance.copies.into(),
        provenance.duplicates.as_str().into(),
        left_out_unjudged(provenance).into(),
        rate(row),
    ];
    let at = table.by.iter().position(|facet| *facet == Facet::Authority);
    let authority = at.map(|at| {
        let key = row.values.get(at).and_then(Option::as_deref);
        [key.into(), key.and_then(|key| table.authority_names.get(key)).map(String::as_str).into()]
    });
    row.values
        .iter()
        .map(|value| value.as_deref().into())
        .chain(counts)
        .chain(authority.into_iter().flatten())
        .collect()
}

/// How many reports filters left out without knowing whether they would pass them.
fn left_out_unjudged(provenance: &Provenance) -> u64 {
    provenance.unjudged.iter().filter(|unjudged| !unjudged.kept).map(|unjudged| unjudged.reports).sum()
}

fn rate(row: &CountRow) -> Cell<'_> {
    row.per_10_000_words.map_or(Cell::Empty, |rate| Cell::rounded(rate, 4))
}

/// Writes a count table.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut impl Write, format: Format, table: &CountTable) -> io::Result<()> {
    match format {
        Format::Jsonl => jsonl::write(out, &Versioned::of(CountTableRecord::new(table), &table.provenance)),
        Format::Csv(formulas) => {
            let mut csv = CsvWriter::new(out, formulas);
            csv.head(names(&table.by))?;
            rows(table).try_for_each(|row| csv.row(row))
        }
        Format::Markdown => {
            markdown::write_table(out, &to_table(table))?;
            writeln!(out)?;
            notes(table).iter().try_for_each(|line| writeln!(out, "- {}", markdown::escape_block(line)))
        }
    }
}

/// The same table as [`to_table`], in which a report is named by its date and authority instead of its path, and by its
/// file too where that is not enough; `with_paths` adds a last column with the paths.
pub fn to_table_of(counts: &CountTable, snapshot: &Snapshot, with_paths: bool) -> Table {
    let mut table = to_table(counts);
    let Some(at) = counts.by.iter().position(|facet| *facet == Facet::Report) else { return table };
    let path_of = |row: &CountRow| row.values.get(at).cloned().flatten();
    let paths: Vec<String> = counts.rows.iter().filter_map(path_of).collect();
    let labels = ReportLabels::of(snapshot, paths.iter().map(String::as_str));
    if with_paths {
        table = table.with_last_column("path");
    }
    for (row, counted) in table.rows.iter_mut().zip(counts.rows.iter().map(Some).chain([None])) {
        let path = counted.and_then(path_of);
        if let (Some(path), Some(cell)) = (&path, row.cells.get_mut(at)) {
            *cell = labels.label(path).to_owned();
        }
        if with_paths {
            row.cells.push(path.unwrap_or_default());
        }
    }
    table
}

/// The table that people read: a row for each value, with the rate as its bar, and the total.
pub fn to_table(counts: &CountTable) -> Table {
    let mut names: Vec<_> = counts.by.iter().map(|facet| facet.name()).collect();
    if names.is_empty() {
        names.push("");
    }
    let width = names.len();
    let mut table = Table::new(names, ["occurrences", "paragraphs", "reports", "per 10,000 words"]);
    for row in &counts.rows {
        table.push_with_bar(words(row, width), row.per_10_000_words);
    }
    table.push_total(words(&counts.total, width));
    table
}

/// The cells of a row in words. The total has no values: its first cell is `all`.
fn words(row: &CountRow, facets: usize) -> Vec<String> {
    let mut cells: Vec<_> =
        row.values.iter().map(|value| value.clone().unwrap_or_else(|| "-".to_owned())).collect();
    if cells.is_empty() {
        cells.push("all".to_owned());
        cells.resize(facets, String::new());
    }
    cells.push(grouped(row.occurrences));
    cells.push(grouped(row.paragraphs));
    cells.push(format!("{} of {}", grouped(row.reports), grouped(row.all_reports)));
    cells.push(row.per_10_000_words.map_or_else(|| "-".to_owned(), |rate| format!("{rate:.2}")));
    cells
}

/// The lines under the table: boilerplate, the totals that rates divide by, and the provenance.
pub fn notes(table: &CountTable) -> [String; 3] {
    let share = format!(
        "{} in {}",
        counted(table.boilerplate.occurrences, "occurrences"),
        counted(table.boilerplate.paragraphs, "paragraphs")
    );
    let boilerplate = match table.provenance.boilerplate {
        Boilerplate::Exclude => format!("boilerplate, left out: {share}"),
        _ => format!("of which boilerplate: {share}"),
    };
    let mut totals = format!(
        "among {} of {}, {}",
        counted(table.total.all_paragraphs, "paragraphs"),
        counted(table.total.all_reports, "reports"),
        counted(table.total.all_words, "words")
    );
    if let Some(restriction) = &table.restriction {
        totals.push_str(&format!(": {restriction}"));
    }
    [boilerplate, totals, table.provenance.to_string()]
}
