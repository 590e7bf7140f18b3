//! Prints a concordance: every occurrence with the words to its left and right, sorted by the right.
//!
//!     cargo run -p quotable-examples --bin concordance -- corpus/reports 'unalloc*'
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use quotable::Index;
use quotable::query::Query;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "corpus/reports".to_owned());
    let query: Query = arguments.next().unwrap_or_else(|| "unalloc*".to_owned()).parse()?;

    let index = Index::in_memory()?;
    index.refresh(folder)?;
    let mut lines = Vec::new();
    for hit in index.search(&query)?.every()? {
        let hit = hit?;
        for span in &hit.matches {
            let (left, right) = (&hit.text[..span.start], &hit.text[span.end..]);
            let left: String = left.chars().rev().take(40).collect::<Vec<char>>().into_iter().rev().collect();
            let right: String = right.chars().take(40).collect();
            lines.push((right, left, hit.text[span.clone()].to_owned(), hit.id.clone()));
        }
    }
    lines.sort();
    for (right, left, word, id) in &lines {
        println!("{left:>40}{word}{right:<40}  {id}");
    }
    println!("{} lines", lines.len());
    Ok(())
}
