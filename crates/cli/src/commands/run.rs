//! `quotable run`.

use quotable::prelude::*;
use quotable::{CodeBook, SearchOptions};
use quotable_export::named_query::NamedQueries;
use quotable_export::provenance::CorpusProvenance;

use crate::args::RunArgs;
use crate::commands::query_args;
use crate::console::Console;
use crate::error::Result;
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::render::table;

pub(super) fn run(args: &RunArgs, console: &mut Console) -> Result<Outcome> {
    let book = CodeBook::read(&args.codebook)?;
    let corpus = open_corpus::open_named(&args.location, &args.refresh, console)?;
    let duplicates = args.copies.duplicates();
    let options = corpus.location.restrict(SearchOptions::default()).duplicates(duplicates);
    let whole = corpus.search_all(&options)?;
    if args.by.is_some() {
        query_args::note_dating(&whole, console);
    }
    corpus.note_missing(duplicates, console);
    let rows = book.run(&corpus.index.snapshot(), &options)?;
    // The provenance of the table is that of a search for everything, not of any one query.
    let provenance = CorpusProvenance::new(&whole.provenance(), Some(&args.codebook));
    let queries = NamedQueries { rows: &rows, by_year: args.by.is_some(), provenance: &provenance };
    match args.output.export_format() {
        Some(format) => queries.write(&mut console.out, format)?,
        None => {
            let notes = [provenance.to_string()];
            table::write_with_notes(&mut console.page(), &queries.to_table(), &notes)?;
        }
    }
    Ok(Outcome::of(rows.iter().map(|row| row.counts.paragraphs).sum()))
}
