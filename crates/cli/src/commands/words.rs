//! `quotable words` and `quotable ngrams`.

use std::ops::RangeInclusive;

use quotable::query::Query;
use quotable_export::{chart, ngram};

use crate::args::{TextArgs, VocabularyArgs};
use crate::commands::{query_args, reading};
use crate::console::Console;
use crate::error::Result;
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::progress::AnalysisLine;
use crate::render::table;

pub(super) fn run(
    args: &VocabularyArgs,
    lengths: RangeInclusive<u8>,
    console: &mut Console,
) -> Result<Outcome> {
    let TextArgs { location, refresh, include, filters, limits } = &args.text;
    let target = args.target.as_deref().map(|text| reading::parse(text, console)).transpose()?;
    let parts = target.into_iter().chain(query_args::filter(filters));
    let query = parts.reduce(Query::and).unwrap_or(Query::All);
    let book = query_args::code_book(filters)?;
    book.resolve(&query)?;
    let corpus = open_corpus::open_named(location, refresh, console)?;
    let options = query_args::text_options(limits, include, filters, args.no_boilerplate);
    let line = AnalysisLine::new(console.environment.message_width);
    let options = line.follows(corpus.location.restrict(options).codebook(book));
    let search = corpus.index.search_with(&query, &options)?;
    corpus.require_reports(&search)?;
    query_args::note_unjudged(&search, console)?;
    let found = search.ngrams(&args.options(lengths))?;
    drop(line);
    if let Some(file) = &args.limit.svg {
        query_args::write_chart(file, &chart::ngrams(&found)?)?;
    }
    match args.output.export_format() {
        Some(format) => ngram::write(&mut console.out, format, &found)?,
        None => {
            table::write_with_notes(&mut console.page(), &ngram::to_table(&found), &ngram::notes(&found))?
        }
    }
    corpus.note_missing(options.duplicates, console);
    Ok(Outcome::of(found.found))
}
