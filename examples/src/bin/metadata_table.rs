//! Adds metadata from a table, writes the reports as CSV, and counts a query by year and by a column of the table.
//!
//! ```sh
//! cargo run -p quotable-examples --bin metadata_table -- corpus/reports unallocated my-table.csv
//! ```
use std::error::Error;
use std::io::{Write as _, stdout};

use quotable::export::{Format, Formulas, count, source};
use quotable::query::Query;
use quotable::{Facet, Index, MetadataTable};

/// Any program can write such a table. The column `published` takes the place of what a report prints; `team` is a field
/// of its own.
const TABLE: &str = "\
path,published,team
9900014_harrowmere/children's services inspection - 17 october 2014.pdf,2014-10-16,north
9900014_harrowmere/children's services inspection - 12 march 2018.pdf,,north
9900014_harrowmere/children's services inspection - 16 february 2022.pdf,,south
9900096_marlbridge/children's services inspection - 14 june 2019.docx,,south
";

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| "corpus/reports".to_owned());
    let query: Query = args.next().unwrap_or_else(|| "unallocated".to_owned()).parse()?;
    let table = args.next().map_or_else(|| Ok(TABLE.to_owned()), std::fs::read_to_string)?;
    let table = MetadataTable::parse(&table)?;
    let column = table.fields().next().unwrap_or("kind").to_owned();

    let index = Index::builder().metadata(table).in_memory()?;
    index.refresh(folder)?;
    let mut out = stdout().lock();
    // Each field has a column of its own, behind those that every corpus has.
    source::write(&mut out, Format::Csv(Formulas::Guarded), &index.reports()?)?;
    let search = index.search(&query)?;
    for facet in [Facet::Year, column.parse()?] {
        writeln!(out)?;
        count::write(&mut out, Format::Markdown, &search.count_by(&[facet])?)?;
    }
    Ok(())
}
