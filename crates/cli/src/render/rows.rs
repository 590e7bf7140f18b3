//! What the queries of a code book find.

use std::io::{self, Write};

use quotable::{Counts, Row};

use crate::render::csv::{self, Cell};
use crate::render::number::grouped;
use crate::render::page::Page;
use crate::render::table::table;

fn year_of(year: Option<u16>) -> String {
    year.map_or_else(|| "undated".to_owned(), |year| year.to_string())
}

/// A table for people; by year, the paragraphs found.
pub(crate) fn text(page: &mut Page<'_>, rows: &[Row], by_year: bool) -> io::Result<()> {
    let mut head = vec!["name".to_owned()];
    if by_year {
        head.extend(rows.iter().take(1).flat_map(|row| &row.by_year).map(|(year, _)| year_of(*year)));
        head.push("paragraphs".to_owned());
    } else {
        let names = ["kind", "occurrences", "paragraphs", "boilerplate", "reports"];
        head.extend(names.map(str::to_owned));
    }
    let cells = rows.iter().map(|row| {
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
        cells
    });
    table(page, &head, &cells.collect::<Vec<_>>())
}

/// A row for each query, or for each query and year.
pub(crate) fn csv(out: &mut dyn Write, rows: &[Row], by_year: bool, raw: bool) -> io::Result<()> {
    let mut head = vec!["name", "kind", "title"];
    head.extend(by_year.then_some("year"));
    head.extend(["occurrences", "paragraphs", "boilerplate_paragraphs", "reports"]);
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
