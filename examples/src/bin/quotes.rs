//! Prints cited quotations from a folder: the main job in twenty lines.
//!
//! ```sh
//! cargo run -p quotable-examples --bin quotes -- corpus/reports '"care leavers" unallocated'
//! ```
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use quotable::Index;
use quotable::query::Query;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "corpus/reports".to_owned());
    let query: Query =
        arguments.next().unwrap_or_else(|| "\"care leavers\" unallocated".to_owned()).parse()?;

    let index = Index::in_memory()?;
    println!("{}\n", index.refresh(folder)?);
    let hits = index.search(&query)?.top(5)?;
    for hit in &hits.hits {
        println!("{}\n    {}\n", &hit.text[hit.quote(0)], hit.citation);
    }
    println!("{} occurrences in {} paragraphs", hits.counts.occurrences, hits.counts.paragraphs);
    Ok(())
}
