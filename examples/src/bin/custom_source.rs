//! Indexes reports that are not files, such as rows of a database or answers of a service.
//!
//! ```sh
//! cargo run -p quotable-examples --bin custom_source
//! ```
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use quotable::query::Query;
use quotable::report::{Authority, Date, Paragraph, Report, ReportKind};
use quotable::{Index, SearchOptions, Sort};

fn main() -> Result<(), Box<dyn Error>> {
    let rows = [
        ("Westmere", 2019, "Caseloads are high, and 31 children are unallocated."),
        ("Westmere", 2023, "Caseloads are manageable. All children are allocated."),
        ("Northolme", 2022, "Caseloads are high in two of the five teams."),
    ];
    let index = Index::in_memory()?;
    let mut writer = index.writer()?;
    for (authority, year, text) in rows {
        // The path identifies the report: a second `put` with the same path replaces it.
        let mut report = Report::new(format!("{authority}/{year}"));
        report.kind = ReportKind::Report;
        report.authority = Some(Authority::new(authority, authority.to_lowercase()));
        report.published = Date::new(year, 3, 1);
        report.paragraphs.push(Paragraph::new(text));
        writer.put(report)?;
    }
    writer.finish()?;

    // Build the query in code; parsing `caseloads high` gives the same.
    let query = Query::word("caseloads").and(Query::word("high"));
    let search = index.search_with(&query, &SearchOptions::default().sort(Sort::Date))?;
    for hit in search.every()? {
        let hit = hit?;
        println!("{}\n    {}", hit.text, hit.citation);
    }
    Ok(())
}
