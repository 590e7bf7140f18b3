//! Checks the quotations of an article that is no file, and prints what was found of each.
//!
//! ```sh
//! cargo run -p quotable-examples --bin check_article -- corpus/reports article.txt
//! ```
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use quotable::prelude::*;
use quotable::{CheckOptions, Index, quotations_in};

/// The second quotation is altered, and the third is in no report.
const ARTICLE: &str = "\
Harrowmere’s inspectors are blunt. “Plans for children in need drift,” they write.

“For 36 young people no personal adviser is allocated at all,” the report says.

“We have bought every one of them a bicycle,” said the director of Harrowmere.
";

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| "corpus/reports".to_owned());
    let article = args.next().map_or_else(|| Ok(ARTICLE.to_owned()), std::fs::read_to_string)?;

    let index = Index::in_memory()?;
    index.refresh(folder)?;
    let quotations = quotations_in(&article);
    // The report that the article is about comes first among the places of a quotation.
    let about = index.about_quoting(&article, None, &quotations)?;
    if let Some(report) = about.as_ref().and_then(|about| about.report.as_ref()) {
        println!("about {report}\n");
    }
    let options = CheckOptions::default().about(about);
    for quotation in &quotations {
        println!("“{}”\n{}\n", quotation.text, index.check_with(quotation, &options)?);
    }
    Ok(())
}
