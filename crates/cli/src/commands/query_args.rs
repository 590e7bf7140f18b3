//! Turns the arguments of a query into a search of the library.

use std::path::Path;

use quotable::query::{self, Field, Query};
use quotable::{Boilerplate, CodeBook, Search, SearchOptions};
use quotable_export::number::{counted, grouped};

use crate::args::{FilterArgs, Include, QueryArgs, QueryLimitArgs, Scope};
use crate::commands::reading;
use crate::console::Console;
use crate::error::{Error, Result};
use crate::location::path_cure;
use crate::open_corpus::{self, OpenCorpus};
use crate::shell::quoted;

/// Opens the index and prepares the search. `default_scope` applies without `--scope`.
pub(super) fn search(
    args: &QueryArgs,
    default_scope: Scope,
    sort: quotable::Sort,
    console: &Console,
) -> Result<Search> {
    open(args, default_scope, sort, console).map(|(_, search)| search)
}

/// The same as [`search`], with the corpus.
pub(super) fn open(
    args: &QueryArgs,
    default_scope: Scope,
    sort: quotable::Sort,
    console: &Console,
) -> Result<(OpenCorpus, Search)> {
    let query = query_with_filters(args, console)?;
    check_path(args, console.environment.home.as_deref())?;
    let book = code_book(&args.filters)?;
    // An unknown @name is reported before any file is read.
    book.resolve(&query)?;
    let corpus = open_corpus::open_named(&args.location, &args.refresh, console)?;
    let options = corpus.location.restrict(options(args, default_scope)).codebook(book).sort(sort);
    let search = corpus.index.search_with(&query, &options)?;
    corpus.require_reports(&search)?;
    note_unjudged(&search, console)?;
    corpus.note_missing(options.duplicates, console);
    Ok((corpus, search))
}

/// How a random sample was drawn, in words: `whole` is what it was drawn from.
pub(super) fn sampled(shown: u64, whole: &str, seed: u64) -> String {
    format!("a random sample: {} of {whole}; --seed {seed} draws the same again", grouped(shown))
}

/// Notes the reports that filters left out, or kept, without knowing whether they pass, and those that a filter by date took by
/// the end of their inspection.
pub(super) fn note_unjudged(search: &Search, console: &Console) -> Result<()> {
    for unjudged in search.unjudged()? {
        let them = if unjudged.reports == 1 { "it" } else { "them" };
        let field = &unjudged.field;
        console.note_last(if unjudged.kept {
            format!("{unjudged}; -{field}:none leaves {them} out")
        } else {
            format!("{unjudged}; {field}:none finds {them}")
        });
    }
    let by_inspection = search.provenance().dated_by_inspection;
    if by_inspection > 0 {
        console.note_last(dated_by_inspection(by_inspection));
    }
    Ok(())
}

/// Notes the reports without a day of publication, in an answer in the order of dates or by year.
pub(super) fn note_dating(search: &Search, console: &Console) {
    let dating = search.dating();
    if dating.by_inspection > 0 && search.provenance().dated_by_inspection == 0 {
        console.note_last(dated_by_inspection(dating.by_inspection));
    }
    let reports = counted(dating.undated, "reports");
    match dating.undated {
        0 => {}
        all if all == dating.reports => {
            console.note_last("no report here has a date; they come in the order of their paths")
        }
        1 => console.note_last(format!("{reports} has no date and comes last; date:none finds it")),
        _ => console.note_last(format!("{reports} have no date and come last; date:none finds them")),
    }
}

fn dated_by_inspection(reports: u64) -> String {
    let (name, are) = if reports == 1 { ("names", "is") } else { ("name", "are") };
    let reports = counted(reports, "reports");
    format!("{reports} {name} no day of publication and {are} dated by the end of the inspection")
}

/// Reports a PATH that does not exist as what it mostly is: the second word of a query without quotation marks.
fn check_path(args: &QueryArgs, home: Option<&Path>) -> Result<()> {
    match &args.location.path {
        Some(path) if !path.exists() => {
            let error = Error::new(format!("there is no file or folder {}", path.display()));
            let cure = path_cure(path, home).unwrap_or_else(|| {
                // `scan.pdf` and `reports/2018` are no words of a query.
                if path.extension().is_some() || path.components().count() > 1 {
                    return "check the name; without PATH, the current folder is searched".to_owned();
                }
                let example = quoted("care leavers");
                format!("put a query of more than one word in quotation marks: {example}")
            });
            Err(error.cure(cure))
        }
        _ => Ok(()),
    }
}

/// The query as it was typed, and the filters of the options.
fn query_with_filters(args: &QueryArgs, console: &Console) -> Result<Query> {
    Ok(with_filters(reading::query(args, console)?, &args.filters))
}

/// A query narrowed by the filters of the options.
pub(super) fn with_filters(query: Query, args: &FilterArgs) -> Query {
    filters(args).fold(query, Query::and)
}

/// The filters of the options alone; `None` if there are none.
pub(super) fn filter(args: &FilterArgs) -> Option<Query> {
    filters(args).reduce(Query::and)
}

fn filters(args: &FilterArgs) -> impl Iterator<Item = Query> {
    let named = [(Field::Authority, &args.authority), (Field::Theme, &args.theme)];
    let named = named.into_iter().filter_map(|(field, value)| Some(Query::filter(field, value.as_ref()?)));
    let (from, to) = (args.from.as_deref(), args.to.as_deref());
    let dates = (from.is_some() || to.is_some()).then(|| Query::range(Field::Date, from, to));
    named.chain(dates)
}

/// The code book of the options, or the built-in one.
pub(super) fn code_book(args: &FilterArgs) -> Result<CodeBook> {
    code_book_of(args.codebook.as_deref())
}

/// The code book in a file, or else the built-in one.
pub(super) fn code_book_of(file: Option<&Path>) -> Result<CodeBook> {
    Ok(match file {
        Some(file) => CodeBook::read(file)?,
        None => CodeBook::builtin(),
    })
}

fn options(args: &QueryArgs, default_scope: Scope) -> SearchOptions {
    text_options(&args.limits, &args.include, &args.filters, args.no_boilerplate)
        .scope(scope(args.scope.unwrap_or(default_scope)))
}

/// The text to look in, and what an answer may cost.
pub(super) fn text_options(
    limits: &QueryLimitArgs,
    include: &[Include],
    filters: &FilterArgs,
    no_boilerplate: bool,
) -> SearchOptions {
    limits
        .options()
        .tables(include.contains(&Include::Tables))
        .notes(include.contains(&Include::Notes))
        .boilerplate(if no_boilerplate { Boilerplate::Exclude } else { Boilerplate::Include })
        .duplicates(filters.copies.duplicates())
}

/// The unit of text that must hold all search words.
pub(super) fn scope(scope: Scope) -> query::Scope {
    match scope {
        Scope::Sentence => query::Scope::Sentence,
        Scope::Paragraph => query::Scope::Paragraph,
        Scope::Theme => query::Scope::Theme,
        Scope::Report => query::Scope::Report,
    }
}

/// Writes a chart into a file beside the answer.
pub(super) fn write_chart(file: &Path, svg: &str) -> Result<()> {
    std::fs::write(file, svg).map_err(|error| {
        Error::new(format!("the chart could not be written to {}: {error}", file.display()))
            .cure("name a file in a folder that exists and that you may write to")
    })
}

/// Notes what the same query finds in tables and footnotes, if they were not searched.
pub(super) fn note_left_out(search: &Search, console: &Console) -> Result<()> {
    let left_out = search.left_out()?;
    let kinds = [(left_out.tables, "tables"), (left_out.notes, "notes")];
    for (count, kind) in kinds.into_iter().filter(|(count, _)| *count > 0) {
        let count = grouped(count);
        console.note(format!("{count} more in {kind}: --include {kind}"));
    }
    Ok(())
}

/// Notes that nothing was found, and how much was searched.
pub(super) fn note_nothing_found(search: &Search, console: &Console) -> Result<()> {
    let all = search.extent()?;
    let searched =
        format!("{} of {}", counted(all.paragraphs, "paragraphs"), counted(all.reports, "reports"));
    console.note(format!("nothing found in {searched}"));
    Ok(())
}
