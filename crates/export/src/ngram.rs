//! Words and sequences of words, with their frequency and spread.

use std::io::{self, Write};

use quotable_index::{Ngram, Ngrams};
use serde::Serialize;

use crate::cell::Cell;
use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown;
use crate::number::{counted, grouped};
use crate::provenance::{AnswerProvenance, ProvenanceRecord};
use crate::table::Table;
use crate::theme::ExtentRecord;

/// A word or sequence as a line of JSON.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct NgramRecord<'n> {
    /// The folded words, with single spaces between.
    pub words: &'n str,
    /// Number of words.
    pub length: u8,
    /// Occurrences.
    pub count: u64,
    /// Occurrences for every 10,000 words.
    pub per_10_000_words: f64,
    /// Reports that have it.
    pub reports: u64,
    /// Deviation of proportions over the reports.
    pub dp: f64,
    /// The same, normalised.
    pub dp_norm: f64,
    /// Juilland's D over the reports.
    pub juilland_d: f64,
    /// The text that was counted.
    pub all: ExtentRecord,
    /// What makes the numbers repeatable.
    pub provenance: ProvenanceRecord<'n>,
}

impl<'n> NgramRecord<'n> {
    /// The record of a row.
    pub fn new(row: &'n Ngram, all: &'n Ngrams) -> Self {
        Self {
            words: &row.words,
            length: row.length,
            count: row.count,
            per_10_000_words: row.per_10_000_words,
            reports: row.reports,
            dp: row.dp,
            dp_norm: row.dp_norm,
            juilland_d: row.juilland_d,
            all: ExtentRecord::new(&all.extent),
            provenance: ProvenanceRecord::new(&all.provenance),
        }
    }
}

/// The names of the columns before those of the provenance.
const NAMES: [&str; 11] = [
    "words", "length", "count", "per_10_000_words", "reports", "dp", "dp_norm", "juilland_d", "all_words",
    "all_paragraphs", "all_reports",
];

/// The names of the columns of CSV.
pub fn names() -> Vec<&'static str> {
    NAMES.into_iter().chain(AnswerProvenance::NAMES).collect()
}

/// The cells of a row, in the order of the [`names`].
pub fn cells<'n>(row: &'n Ngram, all: &'n Ngrams) -> Vec<Cell<'n>> {
    let own: [Cell<'n>; 11] = [
        Cell::from(&row.words),
        u32::from(row.length).into(),
        row.count.into(),
        Cell::exact(row.per_10_000_words),
        row.reports.into(),
        Cell::exact(row.dp),
        Cell::exact(row.dp_norm),
        Cell::exact(row.juilland_d),
        all.extent.words.into(),
        all.extent.paragraphs.into(),
        all.extent.reports.into(),
    ];
    own.into_iter().chain(AnswerProvenance::cells(&all.provenance)).collect()
}

/// The table that people read, with the rate as its bar.
pub fn to_table(all: &Ngrams) -> Table {
    let mut table =
        Table::new(["words"], ["occurrences", "per 10,000 words", "reports", "DP", "Juilland's D"]);
    for row in &all.rows {
        let cells = vec![
            row.words.clone(),
            grouped(row.count),
            format!("{:.2}", row.per_10_000_words),
            format!("{} of {}", grouped(row.reports), grouped(all.extent.reports)),
            format!("{:.2}", row.dp),
            format!("{:.2}", row.juilland_d),
        ];
        table.push_with_bar(cells, Some(row.per_10_000_words));
    }
    table
}

/// The lines under the table: how many there are, the text that was counted, and the provenance.
pub fn notes(all: &Ngrams) -> Vec<String> {
    let shown = all.rows.len() as u64;
    let found = counted(all.found, "different ones");
    let found = if shown < all.found { format!("showing {} of {found}", grouped(shown)) } else { found };
    let extent = &all.extent;
    let (words, paragraphs) = (counted(extent.words, "words"), counted(extent.paragraphs, "paragraphs"));
    let text = format!("{words} in {paragraphs} of {}", counted(extent.reports, "reports"));
    vec![found, text, all.provenance.to_string()]
}

/// Writes words or sequences.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut impl Write, format: Format, all: &Ngrams) -> io::Result<()> {
    match format {
        Format::Jsonl => all.rows.iter().try_for_each(|row| {
            jsonl::write(out, &Versioned::of(NgramRecord::new(row, all), &all.provenance))
        }),
        Format::Csv(formulas) => {
            let mut csv = CsvWriter::new(out, formulas);
            csv.head(names())?;
            all.rows.iter().try_for_each(|row| csv.row(cells(row, all)))
        }
        Format::Markdown => markdown::write_with_notes(out, &to_table(all), &notes(all)),
    }
}
