//! The named queries of a code book, and what each finds.

use std::io::{self, Write};

use quotable_index::{CodeCounts, CodeTable, CountRow, CountTable, Facet};
use serde::Serialize;

use crate::cell::Cell;
use crate::count::CountRecord;
use crate::counts::CountsRecord;
use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown;
use crate::number::{counted, grouped};
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
    /// What it finds in all, with denominators and the rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<CountRecord<'r>>,
    /// The facets by which it was counted besides.
    #[serde(skip_serializing_if = "<[Facet]>::is_empty")]
    pub by: &'r [Facet],
    /// What it finds of each value of these facets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<CountRecord<'r>>,
}

impl<'r> NamedQueryRecord<'r> {
    /// The same record with the denominators and rates of a table of the same query.
    #[must_use]
    pub fn with_table(self, table: &'r CountTable) -> Self {
        let rows = table.rows.iter().map(CountRecord::new).collect();
        Self { total: Some(CountRecord::new(&table.total)), by: &table.by, rows, ..self }
    }

    /// The record of a query and its counts.
    pub fn new(row: &'r CodeCounts) -> Self {
        Self {
            name: &row.name,
            title: &row.title,
            kind: row.kind.as_str(),
            counts: CountsRecord::new(&row.counts),
            by_year: row.by_year.iter().map(|(year, counts)| (*year, CountsRecord::new(counts))).collect(),
            provenance: ProvenanceRecord::new(&row.provenance),
            total: None,
            by: &[],
            rows: Vec::new(),
        }
    }
}

/// What the queries of a code book find.
#[derive(Debug, Clone, Copy)]
pub struct NamedQueries<'r> {
    /// The queries, in the order of the code book, with their counts by year. Only JSON has these; may be empty for other
    /// formats.
    pub rows: &'r [CodeCounts],
    /// The same queries, counted by the facets asked for.
    pub tables: &'r [CodeTable],
    /// These facets; none for the totals alone.
    pub by: &'r [Facet],
    /// Where the numbers come from.
    pub provenance: &'r CorpusProvenance,
}

/// The most values of a facet that stand beside each other: more make lines that nobody can read.
const MOST_COLUMNS: usize = 24;

impl<'r> NamedQueries<'r> {
    /// The names of the columns of CSV.
    pub fn names(&self) -> Vec<&'r str> {
        let counts = ["occurrences", "paragraphs", "boilerplate_paragraphs", "reports"];
        let added = ["all_reports", "all_paragraphs", "all_words", "per_10_000_words"];
        ["name", "kind", "title"]
            .into_iter()
            .chain(self.by.iter().map(column_name))
            .chain(counts)
            .chain(CorpusProvenance::NAMES)
            .chain(added)
            .collect()
    }

    /// A row for each query, or for each query and value, in the order of the [`names`](Self::names).
    pub fn rows(&self) -> Vec<Vec<Cell<'r>>> {
        let cells = |code: &'r CodeTable, row: &'r CountRow| {
            let mut cells = vec![Cell::from(&code.name), code.kind.as_str().into(), Cell::from(&code.title)];
            // The total has no values.
            let values = self.by.iter().zip(&row.values);
            cells.extend(values.map(|(facet, value)| match value {
                None if *facet == Facet::Year => UNDATED.into(),
                value => value.as_deref().into(),
            }));
            let boilerplate = row.boilerplate.paragraphs;
            cells.extend([row.occurrences, row.paragraphs, boilerplate, row.reports].map(Cell::Number));
            cells.extend(self.provenance.cells());
            cells.extend([row.all_reports, row.all_paragraphs, row.all_words].map(Cell::Number));
            cells.push(row.per_10_000_words.map_or(Cell::Empty, |rate| Cell::rounded(rate, 4)));
            cells
        };
        let rows = self.tables.iter().flat_map(|code| {
            let total = self.by.is_empty().then_some(&code.table.total);
            code.table.rows.iter().chain(total).map(move |row| (code, row))
        });
        rows.map(|(code, row)| cells(code, row)).collect()
    }

    /// The table that people read; by one facet of few values, it has the paragraphs found of each.
    pub fn to_table(&self) -> Table {
        match self.by {
            [_] => {
                let values = self.values();
                if values.len() <= MOST_COLUMNS { self.table_across(&values) } else { self.table_of_rows() }
            }
            _ => self.table_of_rows(),
        }
    }

    /// The values of the first facet, in the order of the tables.
    fn values(&self) -> Vec<Option<&'r str>> {
        let rows = self.tables.first().into_iter().flat_map(|code| &code.table.rows);
        rows.map(|row| row.values.first().and_then(Option::as_deref)).collect()
    }

    /// A row for each query, and a column for each value.
    fn table_across(&self, values: &[Option<&str>]) -> Table {
        let names = values.iter().map(|value| value.unwrap_or(UNKNOWN).to_owned());
        let mut table = Table::new(["name"], names.chain(["paragraphs".to_owned()]));
        for code in self.tables {
            let mut cells = vec![code.name.clone()];
            cells.extend(values.iter().map(|value| {
                let row = code
                    .table
                    .rows
                    .iter()
                    .find(|row| row.values.first().map(Option::as_deref) == Some(*value));
                grouped(row.map_or(0, |row| row.paragraphs))
            }));
            cells.push(grouped(code.table.total.paragraphs));
            table.push(cells);
        }
        table
    }

    /// A row for each query, or for each query and value, with the rate.
    fn table_of_rows(&self) -> Table {
        let text = std::iter::once("name").chain(self.by.iter().map(Facet::name));
        let mut table = Table::new(text, ["occurrences", "paragraphs", "reports", "per 10,000 words"]);
        for code in self.tables {
            let total = self.by.is_empty().then_some(&code.table.total);
            for row in code.table.rows.iter().chain(total) {
                let mut cells = vec![code.name.clone()];
                cells.extend(
                    row.values.iter().map(|value| value.clone().unwrap_or_else(|| UNKNOWN.to_owned())),
                );
                cells.extend([row.occurrences, row.paragraphs, row.reports].map(grouped));
                cells.push(
                    row.per_10_000_words.map_or_else(|| UNKNOWN.to_owned(), |rate| format!("{rate:.2}")),
                );
                table.push_with_bar(cells, row.per_10_000_words);
            }
        }
        table
    }

    /// The lines under the table: what the rates divide by, and the provenance.
    pub fn notes(&self) -> Vec<String> {
        let total = self.tables.first().map(|code| &code.table.total);
        let among = total.map(|total| {
            format!(
                "among {} of {}, {}",
                counted(total.all_paragraphs, "paragraphs"),
                counted(total.all_reports, "reports"),
                counted(total.all_words, "words")
            )
        });
        among.into_iter().chain([self.provenance.to_string()]).collect()
    }

    /// Writes the queries.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut impl Write, format: Format) -> io::Result<()> {
        match format {
            Format::Jsonl => {
                let records = self.rows.iter().zip(self.tables);
                let mut records =
                    records.map(|(row, code)| NamedQueryRecord::new(row).with_table(&code.table));
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
                writeln!(out)?;
                self.notes().iter().try_for_each(|note| writeln!(out, "- {}", markdown::escape_block(note)))
            }
        }
    }
}

/// The name of the column of a facet. The kind of a query has a column before it.
fn column_name(facet: &Facet) -> &str {
    if *facet == Facet::Kind { "report_kind" } else { facet.name() }
}

/// A year that is not known, in CSV.
const UNDATED: &str = "undated";
/// A value that is not known, in tables for people.
const UNKNOWN: &str = "-";

/// The name of a year in CSV and tables.
pub(crate) fn year_name(year: Option<u16>) -> String {
    year.map_or_else(|| UNDATED.to_owned(), |year| year.to_string())
}
