//! Counts a query by year of publication, with the denominators that make the years comparable.
//!
//! ```sh
//! cargo run -p quotable-examples --bin count_by_year -- corpus/reports unallocated
//! ```
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use quotable::query::Query;
use quotable::{Facet, Index};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| "corpus/reports".to_owned());
    let query: Query = args.next().unwrap_or_else(|| "unallocated".to_owned()).parse()?;

    let index = Index::in_memory()?;
    index.refresh(folder)?;
    let table = index.search(&query)?.count_by(&[Facet::Year])?;
    println!("year   occurrences  reports     per 10,000 words");
    for row in table.rows.iter().chain([&table.total]) {
        // The total has no value; a report without a date has an unknown one.
        let year = row.values.first().map_or("all", |year| year.as_deref().unwrap_or("?"));
        let rate = row.per_10_000_words.unwrap_or(0.0);
        println!(
            "{year:<6} {:>11}  {:>3} of {:<3}  {rate:>8.2}",
            row.occurrences, row.reports, row.all_reports
        );
    }
    // The query as read, the corpus and the version: what another person needs to repeat the count.
    println!("{}", table.provenance);
    Ok(())
}
