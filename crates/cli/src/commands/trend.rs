//! `quotable trend`.

use quotable::query::Query;
use quotable::{Period, TrendQuery};
use quotable_export::chart::{self, TrendValue};
use quotable_export::trend;

use crate::args::{TrendArgs, TrendBy};
use crate::commands::{query_args, reading};
use crate::console::Console;
use crate::error::Result;
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::progress::AnalysisLine;
use crate::render::table;

/// A column that gives way on a narrow terminal: reports of all reports say the share.
const SPARE: [&str; 1] = ["share"];

pub(super) fn run(args: &TrendArgs, console: &mut Console) -> Result<Outcome> {
    let (texts, location) = args.queries_and_location()?;
    let book = query_args::code_book(&args.filters)?;
    let filtered = |query: Query| query_args::with_filters(query, &args.filters);
    let mut queries = Vec::new();
    for text in texts {
        let query = reading::parse(text, console)?;
        book.resolve(&query)?;
        queries.push(TrendQuery { name: query.to_string(), query: filtered(query) });
    }
    if args.codes {
        let codes = TrendQuery::of_codes(&book).into_iter();
        queries.extend(codes.map(|one| TrendQuery { query: filtered(one.query), ..one }));
    }
    let corpus = open_corpus::open_named(&location, &args.refresh, console)?;
    let options = query_args::text_options(&args.limits, &args.include, &args.filters, args.no_boilerplate);
    let options = match args.scope {
        Some(scope) => options.scope(query_args::scope(scope)),
        None => options,
    };
    let options = corpus.location.restrict(options).codebook(book);
    let all = corpus.search_all(&options)?;
    let by = match args.by {
        TrendBy::Year => Period::Year,
        TrendBy::Quarter => Period::Quarter,
        TrendBy::Month => Period::Month,
        TrendBy::Framework => Period::Framework,
    };
    let line = AnalysisLine::new(console.environment.message_width);
    let found = corpus.index.snapshot().trend(&queries, by, &line.follows(options.clone()))?;
    drop(line);
    for (series, query) in found.series.iter().zip(&queries) {
        if series.total.all_reports == 0 {
            corpus.require_reports(&corpus.index.search_with(&query.query, &options)?)?;
        }
    }
    if let Some(file) = &args.svg {
        let what = if args.share { TrendValue::ShareOfReports } else { TrendValue::Rate };
        query_args::write_chart(file, &chart::trend(&found, what)?)?;
    }
    match args.output.export_format() {
        Some(format) => trend::write(&mut console.out, format, &found)?,
        None => {
            let mut page = console.page();
            let shown = table::without_spare(&page, &trend::to_table(&found), &SPARE);
            table::write_with_notes(&mut page, &shown, &trend::notes(&found))?
        }
    }
    if by != Period::Framework {
        query_args::note_dating(&all, console);
    }
    corpus.note_missing(options.duplicates, console);
    Ok(Outcome::of(found.series.iter().map(|series| series.total.paragraphs).sum()))
}
