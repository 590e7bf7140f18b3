//! Searches a folder and prints the best quotations, each with its citation.
//!
//! ```sh
//! cargo run -p quotable-examples --bin search -- corpus/reports '"care leavers" unallocated'
//! ```
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use quotable::Index;
use quotable::query::Query;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| "corpus/reports".to_owned());
    let query: Query = args.next().unwrap_or_else(|| "\"care leavers\" unallocated".to_owned()).parse()?;

    // An index in memory is built on every run. `Index::open_or_create` keeps one in a folder, and `refresh` then reads
    // only the files that changed.
    let index = Index::in_memory()?;
    println!("{}\n", index.refresh(folder)?);

    let hits = index.search(&query)?.top(5)?;
    for hit in &hits.hits {
        // `quote(0)` is the byte range from the first to the last sentence with a match, and no sentence around them.
        println!("{}\n    {}\n", &hit.text[hit.quote(0)], hit.citation);
    }
    // The counts are of everything found, not only of the hits shown.
    println!("{} occurrences in {} paragraphs", hits.counts.occurrences, hits.counts.paragraphs);
    Ok(())
}
