//! Counts a query by the year of publication, with the denominators that make the counts comparable.
//!
//!     cargo run -p quotable-examples --bin counts -- corpus/reports unallocated
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::collections::BTreeMap;
use std::error::Error;

use quotable::Index;
use quotable::query::Query;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "corpus/reports".to_owned());
    let query: Query = arguments.next().unwrap_or_else(|| "unallocated".to_owned()).parse()?;

    let index = Index::in_memory()?;
    index.refresh(folder)?;
    let search = index.search(&query)?;
    // Occurrences, reports with any, all reports, and all words, for each year.
    let mut years: BTreeMap<Option<u16>, [u64; 4]> = BTreeMap::new();
    let found: BTreeMap<String, u64> =
        search.count_by_report()?.into_iter().map(|count| (count.path, count.occurrences)).collect();
    for source in search.snapshot().reports()? {
        let row = years.entry(source.published.map(|date| date.year())).or_default();
        let occurrences = found.get(&source.path).copied().unwrap_or(0);
        row[0] += occurrences;
        row[1] += u64::from(occurrences > 0);
        row[2] += 1;
        row[3] += source.words;
    }
    println!("year   occurrences  reports     per 10,000 words");
    for (year, [occurrences, with, reports, words]) in years {
        let year = year.map_or("?".to_owned(), |year| year.to_string());
        let rate = 10_000.0 * occurrences as f64 / words.max(1) as f64;
        println!("{year:<6} {occurrences:>11}  {with:>3} of {reports:<3}  {rate:>8.2}");
    }
    Ok(())
}
