//! The state of an index, as programs and papers have it.

use std::io::{self, Write};

use quotable::Status;

use crate::render::csv::{self, Cell};
use crate::render::table::Table;

const NAMES: [&str; 9] = [
    "format",
    "generation",
    "committed",
    "complete",
    "corpus_hash",
    "reports",
    "failed",
    "paragraphs",
    "words",
];

fn values(status: &Status) -> [String; 9] {
    [
        status.format.to_string(),
        status.generation.to_string(),
        status.committed.map(|moment| moment.to_string()).unwrap_or_default(),
        status.complete.to_string(),
        status.corpus_hash.clone(),
        status.reports.to_string(),
        status.failed.to_string(),
        status.paragraphs.to_string(),
        status.words.to_string(),
    ]
}

/// One row.
pub(crate) fn csv(out: &mut dyn Write, status: &Status, raw: bool) -> io::Result<()> {
    csv::row(out, &NAMES.map(|name| Cell::text(Some(name))), raw)?;
    csv::row(out, &values(status).map(Cell::Text), raw)
}

/// A row for each name.
pub(crate) fn markdown(out: &mut dyn Write, status: &Status) -> io::Result<()> {
    let mut table = Table::new(["what", "value"], [""; 0]);
    for (name, value) in NAMES.into_iter().zip(values(status)) {
        table.row(vec![name.to_owned(), value]);
    }
    table.markdown(out)
}
