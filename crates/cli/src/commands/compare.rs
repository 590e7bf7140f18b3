//! `quotable compare`.

use quotable::follow::{Side, compare, path_of};
use quotable::query::Query;
use quotable::{KeywordOptions, SearchOptions};
use quotable_export::compare::{to_tables, write};

use crate::args::CompareArgs;
use crate::commands::{query_args, reading};
use crate::console::Console;
use crate::error::Result;
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::progress::AnalysisLine;
use crate::render::table;

pub(super) fn run(args: &CompareArgs, console: &mut Console) -> Result<Outcome> {
    let corpus = open_corpus::open_named(&args.location, &args.refresh, console)?;
    let snapshot = corpus.index.snapshot();
    let book = query_args::code_book_of(args.codebook.as_deref())?;
    let line = AnalysisLine::new(console.environment.message_width);
    let options = line.follows(SearchOptions::default().codebook(book.clone()));
    let side = |target: &str| -> Result<Side> {
        if let Some(path) = path_of(&snapshot, target) {
            return Ok(Side { query: Query::All, within: Some(path) });
        }
        let query = reading::parse(target, console)?;
        book.resolve(&query)?;
        reading::note_filter_meant(&snapshot, target, &query, console);
        Ok(Side { query, within: corpus.within().map(str::to_owned) })
    };
    let (left, right) = (side(&args.left)?, side(&args.right)?);
    let mut keywords = KeywordOptions::default();
    keywords.limit = args.limit;
    let comparison = compare(&snapshot, &book, (&left, &right), &keywords, &options)?;
    drop(line);
    match args.output.export_format() {
        Some(format) => write(&mut console.out, format, &comparison, (&corpus.index.status()).into())?,
        None => {
            let mut page = console.page();
            for (heading, rows) in to_tables(&comparison) {
                page.heading(heading)?;
                table::write(&mut page, &rows)?;
                page.blank()?;
            }
            if !comparison.same.is_empty() {
                page.heading("The same word for word")?;
            }
            for (left, right) in &comparison.same {
                page.text("", 2, &left.text, &[])?;
                page.text("", 4, &left.citation.to_string(), &[])?;
                page.text("", 4, &right.citation.to_string(), &[])?;
            }
        }
    }
    Ok(Outcome::of(comparison.left.paragraphs.min(comparison.right.paragraphs)))
}
