//! `quotable run`.

use std::path::PathBuf;

use quotable::prelude::*;
use quotable::{CodeBook, Facet, SearchOptions};
use quotable_export::Format;
use quotable_export::named_query::NamedQueries;
use quotable_export::provenance::CorpusProvenance;

use crate::args::{LocationArgs, RunArgs};
use crate::commands::query_args;
use crate::console::Console;
use crate::error::Result;
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::progress::Busy;
use crate::render::table;

pub(super) fn run(args: &RunArgs, console: &mut Console) -> Result<Outcome> {
    let (file, location) = book_and_location(args);
    let book = match &file {
        Some(file) => CodeBook::read(file)?,
        None => CodeBook::builtin(),
    };
    let corpus = open_corpus::open_named(&location, &args.refresh, console)?;
    let duplicates = args.copies.duplicates();
    let options = corpus.location.restrict(SearchOptions::default()).duplicates(duplicates);
    let whole = corpus.search_all(&options)?;
    if args.by.iter().any(Facet::is_dated) {
        query_args::note_dating(&whole, console);
    }
    corpus.note_missing(duplicates, console);
    let snapshot = corpus.index.snapshot();
    let format = args.output.export_format();
    let busy = Busy::new("counting what each query finds", console.environment.message_width);
    let tables = snapshot.tabulate_codes(&book, &options, &args.by)?;
    // Only JSON has the counts by year beside those that were asked for.
    let rows = if format == Some(Format::Jsonl) { book.run(&snapshot, &options)? } else { Vec::new() };
    drop(busy);
    // The provenance of the table is that of a search for everything, not of any one query.
    let provenance = CorpusProvenance::new(&whole.provenance(), file.as_deref());
    let queries = NamedQueries { rows: &rows, tables: &tables, by: &args.by, provenance: &provenance };
    match format {
        Some(format) => queries.write(&mut console.out, format)?,
        None => table::write_with_notes(&mut console.page(), &queries.to_table(), &queries.notes())?,
    }
    Ok(Outcome::of(tables.iter().map(|code| code.table.total.paragraphs).sum()))
}

/// The code book, if one is named, and the place of the reports: a folder in the place of the code book is that of the
/// reports.
fn book_and_location(args: &RunArgs) -> (Option<PathBuf>, LocationArgs) {
    match &args.file {
        Some(folder) if folder.is_dir() && args.location.path.is_none() => {
            (args.codebook.clone(), LocationArgs { path: Some(folder.clone()), ..args.location.clone() })
        }
        file => (file.clone().or_else(|| args.codebook.clone()), args.location.clone()),
    }
}
