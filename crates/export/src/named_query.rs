//! The named queries of a code book, and what each finds.

use std::io::{self, Write};

use quotable_index::{CodeCounts, Counts};
use serde::Serialize;

use crate::cell::Cell;
use crate::counts::CountsRecord;
use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown;
use crate::number::grouped;
use crate::provenance::{CorpusProvenance, ProvenanceRecord};
use crate::table::Table;

/// A named query as a line of JSON.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct NamedQueryRecord<'r> {
    /// The name.
    pub name: &'r str,
    /// What the name means, in words.
    pub title: &'r str,
    /// `concept` or `topic`.
    pub kind: &'r str,
    /// What it finds in all.
    pub counts: CountsRecord,
    /// What it finds in reports of each year of publication: first those without a date.
    pub by_year: Vec<(Option<u16>, CountsRecord)>,
    /// What makes the numbers repeatable.
    pub provenance: ProvenanceRecord<'r>,
}

impl<'r> NamedQueryRecord<'r> {
    /// The record of a query and its counts.
    pub fn new(row: &'r CodeCounts) -> Self {
        Self {
            name: &row.name,
            title: &row.title,
            kind: row.kind.as_str(),
            counts: CountsRecord::new(&row.counts),
            by_year: row.by_year.iter().map(|(year, counts)| (*year, CountsRecord::new(counts))).collect(),
            provenance: ProvenanceRecord::new(&row.provenance),
        }
    }
}

/// What the queries of a code book find.
#[derive(Debug, Clone, Copy)]
pub struct NamedQueries<'r> {
    /// The queries, in the order of the code book.
    pub rows: &'r [CodeCounts],
    /// True to split the counts by year of publication. JSON has both.
    pub by_year: bool,
    /// Where the numbers come from.
    pub provenance: &'r CorpusProvenance,
}

impl<'r> NamedQueries<'r> {
    /// The names of the columns of CSV.
    pub fn names(&self) -> Vec<&'static str> {
        let year = self.by_year.then_some("year");
        let counts = ["occurrences", "paragraphs", "boilerplate_paragraphs", "reports"];
        ["name", "kind", "title"]
            .into_iter()
            .chain(year)
            .chain(counts)
            .chain(CorpusProvenance::NAMES)
            .collect()
    }

    /// A row for each query, or for each query and year, in the order of the [`names`](Self::names).
    pub fn rows(&self) -> Vec<Vec<Cell<'r>>> {
        let cells = |row: &'r CodeCounts, year: Option<String>, counts: &Counts| {
            let mut cells = vec![Cell::from(&row.name), row.kind.as_str().into(), Cell::from(&row.title)];
            cells.extend(year.map(Cell::from));
            let boilerplate = counts.boilerplate.paragraphs;
            cells.extend(
                [counts.occurrences, counts.paragraphs, boilerplate, counts.reports].map(Cell::Number),
            );
            cells.extend(self.provenance.cells());
            cells
        };
        let mut rows = Vec::new();
        for row in self.rows {
            if self.by_year {
                let years = row.by_year.iter();
                rows.extend(years.map(|(year, counts)| cells(row, Some(year_name(*year)), counts)));
            } else {
                rows.push(cells(row, None, &row.counts));
            }
        }
        rows
    }

    /// The table that people read; by year, it has the paragraphs found.
    pub fn to_table(&self) -> Table {
        let mut table = if self.by_year {
            let years = self.rows.iter().take(1).flat_map(|row| &row.by_year);
            let years = years.map(|(year, _)| year_name(*year));
            Table::new(["name"], years.chain(["paragraphs".to_owned()]))
        } else {
            Table::new(["name", "kind"], ["occurrences", "paragraphs", "boilerplate", "reports"])
        };
        for row in self.rows {
            let mut cells = vec![row.name.clone()];
            let counts = &row.counts;
            if self.by_year {
                cells.extend(row.by_year.iter().map(|(_, counts)| grouped(counts.paragraphs)));
                cells.push(grouped(counts.paragraphs));
            } else {
                cells.push(row.kind.as_str().to_owned());
                let boilerplate = counts.boilerplate.paragraphs;
                let numbers = [counts.occurrences, counts.paragraphs, boilerplate, counts.reports];
                cells.extend(numbers.map(grouped));
            }
            table.push(cells);
        }
        table
    }

    /// Writes the queries.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut impl Write, format: Format) -> io::Result<()> {
        match format {
            Format::Jsonl => {
                let mut records = self.rows.iter().map(NamedQueryRecord::new);
                records.try_for_each(|record| {
                    jsonl::write(out, &Versioned::of(record, self.provenance.completeness()))
                })
            }
            Format::Csv(formulas) => {
                let mut csv = CsvWriter::new(out, formulas);
                csv.head(self.names())?;
                self.rows().into_iter().try_for_each(|row| csv.row(row))
            }
            Format::Markdown => {
                markdown::write_table(out, &self.to_table())?;
                writeln!(out, "\n- {}", markdown::escape_block(&self.provenance.to_string()))
            }
        }
    }
}

/// The name of a year in CSV and tables.
pub(crate) fn year_name(year: Option<u16>) -> String {
    year.map_or_else(|| "undated".to_owned(), |year| year.to_string())
}
