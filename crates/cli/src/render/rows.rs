//! What the queries of a code book find.

use std::io::{self, Write};

use quotable::{CodeCounts, Counts};

use crate::render::csv::{self, Cell};
use crate::render::jsonl::{self, Versioned};
use crate::render::markdown::escaped;
use crate::render::number::grouped;
use crate::render::page::Page;
use crate::render::provenance::OfCorpus;
use crate::render::table::Table;

fn year_of(year: Option<u16>) -> String {
    year.map_or_else(|| "undated".to_owned(), |year| year.to_string())
}

/// What the queries found, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'r> {
    pub(crate) rows: &'r [CodeCounts],
    pub(crate) by_year: bool,
    pub(crate) corpus: &'r OfCorpus,
}

/// A table for people; by year, the paragraphs found.
pub(crate) fn text(page: &mut Page<'_>, found: Found<'_>) -> io::Result<()> {
    table(found).text(page)?;
    page.blank()?;
    page.text("", 0, &found.corpus.to_string(), &[])
}

/// The same table in Markdown.
pub(crate) fn markdown(out: &mut dyn Write, found: Found<'_>) -> io::Result<()> {
    table(found).markdown(out)?;
    writeln!(out, "\n- {}", escaped(&found.corpus.to_string()))
}

fn table(found: Found<'_>) -> Table {
    let Found { rows, by_year, .. } = found;
    let mut table = if by_year {
        let years = rows.iter().take(1).flat_map(|row| &row.by_year).map(|(year, _)| year_of(*year));
        Table::new(["name"], years.chain(["paragraphs".to_owned()]))
    } else {
        Table::new(["name", "kind"], ["occurrences", "paragraphs", "boilerplate", "reports"])
    };
    for row in rows {
        let mut cells = vec![row.name.clone()];
        let counts = &row.counts;
        if by_year {
            cells.extend(row.by_year.iter().map(|(_, counts)| grouped(counts.paragraphs)));
            cells.push(grouped(counts.paragraphs));
        } else {
            cells.push(row.kind.as_str().to_owned());
            let boilerplate = counts.boilerplate.paragraphs;
            let numbers = [counts.occurrences, counts.paragraphs, boilerplate, counts.reports];
            cells.extend(numbers.map(grouped));
        }
        table.row(cells);
    }
    table
}

/// An object for each query, by year too.
pub(crate) fn json(out: &mut dyn Write, found: Found<'_>) -> Result<(), serde_json::Error> {
    found.rows.iter().try_for_each(|row| jsonl::line(out, &Versioned::new(row)))
}

/// A row for each query, or for each query and year.
pub(crate) fn csv(out: &mut dyn Write, found: Found<'_>, raw: bool) -> io::Result<()> {
    let Found { rows, by_year, corpus } = found;
    let mut head = vec!["name", "kind", "title"];
    head.extend(by_year.then_some("year"));
    head.extend(["occurrences", "paragraphs", "boilerplate_paragraphs", "reports"]);
    head.extend(OfCorpus::HEAD);
    csv::row(out, &head.iter().map(|name| Cell::text(Some(name))).collect::<Vec<_>>(), raw)?;
    for row in rows {
        let mut one = |year: Option<String>, counts: &Counts| {
            let kind = row.kind.as_str();
            let mut cells =
                vec![Cell::text(Some(&row.name)), Cell::text(Some(kind)), Cell::text(Some(&row.title))];
            cells.extend(year.map(Cell::Text));
            let boilerplate = counts.boilerplate.paragraphs;
            let numbers = [counts.occurrences, counts.paragraphs, boilerplate, counts.reports];
            cells.extend(numbers.map(Cell::Number));
            cells.extend(corpus.cells());
            csv::row(out, &cells, raw)
        };
        if by_year {
            row.by_year.iter().try_for_each(|(year, counts)| one(Some(year_of(*year)), counts))?;
        } else {
            one(None, &row.counts)?;
        }
    }
    Ok(())
}
