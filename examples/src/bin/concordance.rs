//! Prints a concordance (keyword in context): every occurrence with five words on each side, sorted by the words after it.
//!
//! ```sh
//! cargo run -p quotable-examples --bin concordance -- corpus/reports 'unalloc*'
//! ```
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use quotable::query::Query;
use quotable::{Index, LineSort, sort_lines};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| "corpus/reports".to_owned());
    let query: Query = args.next().unwrap_or_else(|| "unalloc*".to_owned()).parse()?;

    let index = Index::in_memory()?;
    index.refresh(folder)?;
    // Lines come in report order, one at a time; sorting by context needs all of them.
    let mut lines = index.search(&query)?.concordance(5, 5)?.collect::<quotable::Result<Vec<_>>>()?;
    sort_lines(&mut lines, LineSort::Right);
    for line in &lines {
        println!("{:>40}{}{:<40}  {}", line.pre, line.keyword, line.post, line.id);
    }
    println!("{} occurrences", lines.len());
    Ok(())
}
