//! The state of an index.

use std::io::{self, Write};

use quotable_index::{Moment, Status};
use serde::Serialize;

use crate::cell::Cell;
use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown;
use crate::table::Table;

/// The state of an index as a line of JSON.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct StatusRecord<'s> {
    /// The version of the index format.
    pub format: u32,
    /// Rises with every commit.
    pub generation: u64,
    /// When the last commit was made: seconds since the beginning of 1970, UTC.
    pub committed: Option<Moment>,
    /// False if files were still to be read, or could not be read.
    pub complete: bool,
    /// A hash of the contents of every file, the same on every machine.
    pub corpus_hash: &'s str,
    /// Reports: files read, without copies of others.
    pub reports: u64,
    /// Files that could not be read.
    pub failed: u64,
    /// Paragraphs that are searched by default.
    pub paragraphs: u64,
    /// Their words.
    pub words: u64,
    /// True if files were still to be read.
    pub unfinished: bool,
    /// True if the index may be read by users who may not read all of its reports.
    pub shared: bool,
    /// Files that were passed over, of formats that are not read or hidden.
    pub skipped: u64,
    /// Files that are copies of another.
    pub copies: u64,
}

impl<'s> StatusRecord<'s> {
    /// The record of a status.
    pub fn new(status: &'s Status) -> Self {
        Self {
            format: status.format,
            generation: status.generation,
            committed: status.committed,
            complete: status.complete,
            corpus_hash: &status.corpus_hash,
            reports: status.reports,
            failed: status.failed,
            paragraphs: status.paragraphs,
            words: status.words,
            unfinished: status.unfinished,
            shared: status.shared,
            skipped: status.skipped,
            copies: status.copies,
        }
    }
}

/// The names of the columns.
pub const NAMES: [&str; 13] = [
    "format", "generation", "committed", "complete", "corpus_hash", "reports", "failed", "paragraphs",
    "words", "unfinished", "shared", "skipped", "copies",
];

/// The one row, in the order of the [`NAMES`].
pub fn row(status: &Status) -> [Cell<'_>; 13] {
    [
        status.format.into(),
        status.generation.into(),
        status.committed.map(|moment| moment.to_string()).into(),
        status.complete.into(),
        Cell::from(&status.corpus_hash),
        status.reports.into(),
        status.failed.into(),
        status.paragraphs.into(),
        status.words.into(),
        status.unfinished.into(),
        status.shared.into(),
        status.skipped.into(),
        status.copies.into(),
    ]
}

/// Writes a status.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut impl Write, format: Format, status: &Status) -> io::Result<()> {
    match format {
        Format::Jsonl => jsonl::write(out, &Versioned::of(StatusRecord::new(status), status)),
        Format::Csv(formulas) => {
            let mut csv = CsvWriter::new(out, formulas);
            csv.head(NAMES)?;
            csv.row(row(status))
        }
        Format::Markdown => {
            let mut table = Table::new(["what", "value"], [""; 0]);
            for (name, value) in NAMES.into_iter().zip(row(status)) {
                table.push(vec![name.to_owned(), value.to_string()]);
            }
            markdown::write_table(out, &table)
        }
    }
}
