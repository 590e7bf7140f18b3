//! `quotable reports`.

use std::cmp::Reverse;
use std::collections::HashSet;

use quotable::query::{self, Field, Limits, Query};
use quotable::report::Period;
use quotable::{CodeBook, Duplicates, SearchOptions, Source};
use quotable_export::source;

use crate::args::{ReportSort, ReportsArgs};
use crate::commands::query_args;
use crate::console::Console;
use crate::error::Result;
use crate::open_corpus::{self, OpenCorpus};
use crate::outcome::Outcome;
use crate::render::sources;

pub(super) fn run(args: &ReportsArgs, console: &mut Console) -> Result<Outcome> {
    let corpus = open_corpus::open_named(&args.location, &args.refresh, console)?;
    let mut listed = corpus.index.reports()?;
    listed
        .retain(|source| corpus.location.contains(&source.path) && (!args.problems || has_problems(source)));
    let passed = passed(args, &corpus, console)?;
    let is_filtered = passed.is_some();
    if let Some(passed) = passed {
        listed.retain(|source| passed.contains(&source.path));
    } else if listed.is_empty() {
        // Without any report, says what became of the files.
        corpus.search_all(&corpus.location.restrict(SearchOptions::default()))?;
    }
    if let Some(by) = args.sort {
        sort(&mut listed, by, &corpus)?;
    }
    if args.problems {
        listed.extend(corpus.index.snapshot().skipped(corpus.within()));
    } else {
        corpus.note_not_listed(is_filtered, console);
    }
    match (args.output.export_format(), args.problems) {
        (Some(format), false) => source::write(&mut console.out, format, &listed)?,
        (Some(format), true) => source::write_problems(&mut console.out, format, &listed)?,
        (None, false) => sources::write(&mut console.page(), &listed)?,
        (None, true) => sources::write_problems(&mut console.page(), &listed)?,
    }
    if listed.is_empty() {
        console.note(if args.problems { "no file has problems" } else { "no reports" });
    }
    Ok(Outcome::of(listed.len() as u64))
}

fn has_problems(source: &Source) -> bool {
    source.failure.is_some() || source.copy_of.is_some() || !source.warnings.is_empty()
}

/// The paths of the reports that the filters and the query of the options pass; `None` if there are none of these.
fn passed(args: &ReportsArgs, corpus: &OpenCorpus, console: &Console) -> Result<Option<HashSet<String>>> {
    let mut parts = Vec::new();
    if let Some(text) = &args.query {
        let reading = query::read(text, &Limits::default())?;
        reading.notes.iter().for_each(|note| console.note(note));
        parts.push(reading.query);
    }
    parts.extend(args.authority.as_ref().map(|name| Query::filter(Field::Authority, name)));
    let (from, to) = (args.from.as_deref(), args.to.as_deref());
    parts.extend((from.is_some() || to.is_some()).then(|| Query::range(Field::Date, from, to)));
    let Some(query) = parts.into_iter().reduce(Query::and) else { return Ok(None) };
    // A copy is listed too, and so is a report that has tables alone.
    let options = corpus.location.restrict(SearchOptions::default()).duplicates(Duplicates::Keep);
    let options = options.tables(true).notes(true).codebook(CodeBook::builtin());
    let search = corpus.index.search_with(&query, &options)?;
    corpus.require_reports(&search)?;
    query_args::note_unjudged(&search, console)?;
    Ok(Some(search.count_by_report()?.into_iter().map(|report| report.path).collect()))
}

/// Sorts the files; those that are equal keep their order, the newest first.
fn sort(listed: &mut [Source], by: ReportSort, corpus: &OpenCorpus) -> Result<()> {
    let name = |source: &Source| {
        let name = source.authority.as_ref().map(|authority| authority.name.to_lowercase());
        (name.is_none(), name)
    };
    let day = |source: &Source| source.published.or_else(|| Period::last_day(&source.inspected));
    match by {
        // The order in which they are listed.
        ReportSort::Published => {}
        ReportSort::Oldest => listed.sort_by_key(|source| (day(source).is_none(), day(source))),
        ReportSort::Authority => listed.sort_by_key(name),
        ReportSort::Inspected => {
            listed.sort_by_key(|source| Reverse(Period::last_day(&source.inspected)));
        }
        ReportSort::Framework => listed.sort_by_key(|source| {
            let framework = source.framework.as_ref().map(ToString::to_string);
            (framework.is_none(), framework)
        }),
        ReportSort::Overall => {
            let ranks = grades(corpus)?;
            listed.sort_by_key(|source| {
                let overall = source.judgements.iter().find(|judgement| judgement.area == "overall");
                let grade = overall.map(|judgement| judgement.grade.as_str());
                grade.map_or(usize::MAX, |grade| {
                    ranks.iter().position(|known| known == grade).unwrap_or(ranks.len())
                })
            });
        }
        ReportSort::Paragraphs => listed.sort_by_key(|source| Reverse(source.paragraphs)),
        ReportSort::Words => listed.sort_by_key(|source| Reverse(source.words)),
        ReportSort::Pages => listed.sort_by_key(|source| Reverse(source.pages)),
        ReportSort::Problems => {
            listed.sort_by_key(|source| Reverse((source.failure.is_some(), source.warnings.len())));
        }
        ReportSort::Path => listed.sort_by(|one, other| one.path.cmp(&other.path)),
    }
    Ok(())
}

/// The grades that reports give as a whole, from the best.
fn grades(corpus: &OpenCorpus) -> Result<Vec<String>> {
    let all = corpus.index.search_with(&Query::All, &SearchOptions::default())?;
    match all.count_by(&["overall".parse()?]) {
        Ok(table) => Ok(table.rows.into_iter().filter_map(|mut row| row.values.pop().flatten()).collect()),
        // No report here gives one.
        Err(_) => Ok(Vec::new()),
    }
}
