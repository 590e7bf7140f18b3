//! `quotable keywords`.

use quotable::query::Query;
use quotable_export::{chart, keyword};

use crate::args::KeywordsArgs;
use crate::commands::{query_args, reading};
use crate::console::Console;
use crate::error::Result;
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::progress::AnalysisLine;
use crate::render::{examples, table};

/// Columns that give way on a narrow terminal, the first ones first: counts and log ratio imply the rates.
const SPARE: [&str; 3] = ["there per 10,000", "per 10,000", "p adjusted"];

pub(super) fn run(args: &KeywordsArgs, console: &mut Console) -> Result<Outcome> {
    let text = &args.text;
    let book = query_args::code_book(&text.filters)?;
    let read = |typed: &str| -> Result<Query> {
        let query = reading::parse(typed, console)?;
        book.resolve(&query)?;
        Ok(query)
    };
    let in_text = read(&args.target)?;
    let against_text = args.against.as_deref().map(read).transpose()?;
    let narrowed = |query: &Query| query_args::with_filters(query.clone(), &text.filters);
    let target = narrowed(&in_text);
    let against = against_text.as_ref().map(narrowed);
    let corpus = open_corpus::open_named(&text.location, &text.refresh, console)?;
    let options = query_args::text_options(&text.limits, &text.include, &text.filters, false);
    let line = AnalysisLine::new(console.environment.message_width);
    let options = line.follows(corpus.location.restrict(options).codebook(book));
    let search = corpus.index.search_with(&target, &options)?;
    corpus.require_reports(&search)?;
    let typed =
        [(Some(args.target.as_str()), Some(&in_text)), (args.against.as_deref(), against_text.as_ref())];
    for (typed, query) in typed.into_iter().filter_map(|(typed, query)| typed.zip(query)) {
        reading::note_filter_meant(search.snapshot(), typed, query, console);
    }
    query_args::note_unjudged(&search, console)?;
    let whole = against.clone().or_else(|| query_args::filter(&text.filters)).unwrap_or(Query::All);
    let other = search.snapshot().search_with(&whole, &options)?;
    corpus.require_reports(&other)?;
    let found = match against {
        Some(_) => search.keywords(Some(&other), &args.options())?,
        None => search.keywords_in(&other, &args.options())?,
    };
    drop(line);
    if let Some(file) = &args.limit.svg {
        query_args::write_chart(file, &chart::keywords(&found)?)?;
    }
    match args.output.export_format() {
        Some(format) => keyword::write(&mut console.out, format, &found)?,
        None => {
            let mut page = console.page();
            let fitted = |table| table::without_spare(&page, &table, &SPARE);
            let own = fitted(keyword::to_table(&found));
            let others = fitted(keyword::to_reference_table(&found));
            if others.rows.is_empty() {
                table::write_with_notes(&mut page, &own, &keyword::notes(&found))?;
            } else {
                table::write(&mut page, &own)?;
                page.blank()?;
                page.heading(keyword::MORE_THERE)?;
                table::write_with_notes(&mut page, &others, &keyword::notes(&found))?;
            }
            examples::write(&mut page, &keyword::examples(&found))?;
        }
    }
    if found.rows.is_empty() && found.reference_rows.is_empty() {
        console.note(
            "no word is more frequent here beyond chance; lower --min-count or --min-reports, or raise --max-p",
        );
    }
    corpus.note_missing(options.duplicates, console);
    Ok(Outcome::of(found.found + found.reference_found))
}
