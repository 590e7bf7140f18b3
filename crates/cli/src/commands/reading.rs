//! What was typed as a query: how it is read, what a shell made of it, and what may have been meant.

use std::path::Path;

use quotable::query::{self, Field, Limits, Query, QueryError};
use quotable::{Counts, Hint, ReportHead, Search, Snapshot};
use quotable_export::number::{counted, grouped};

use crate::args::QueryArgs;
use crate::console::Console;
use crate::error::{Error, Result};
use crate::shell::quoted;

/// Reads the query, and notes which of two readings was taken and what is left out.
pub(super) fn query(args: &QueryArgs, console: &Console) -> Result<Query> {
    refuse_folder(args)?;
    let reading = query::read(&args.query, &Limits::default()).map_err(|error| not_read(args, error))?;
    for note in &reading.notes {
        console.note(note);
    }
    Ok(reading.query)
}

/// Reads one of several queries, and notes how.
pub(super) fn parse(text: &str, console: &Console) -> Result<Query> {
    let reading = query::read(text, &Limits::default())?;
    for note in &reading.notes {
        console.note(note);
    }
    Ok(reading.query)
}

/// Notes words that name a grade or an authority of the reports, where reports were meant to be chosen by it.
pub(super) fn note_filter_meant(snapshot: &Snapshot, typed: &str, query: &Query, console: &Console) {
    let typed = typed.trim();
    let lower = typed.to_lowercase();
    if !is_words(query) {
        return;
    }
    let is_grade = |head: &ReportHead<'_>| {
        head.grades.iter().any(|given| given.grade.as_str() == lower.replace(' ', "-"))
    };
    let is_on = |head: &ReportHead<'_>| {
        head.authority.is_some_and(|authority| {
            authority.key == lower
                || std::iter::once(&authority.name)
                    .chain(&authority.aliases)
                    .any(|name| name.to_lowercase() == lower)
        })
    };
    let filter = |field: Field| Query::filter(field, typed).to_string();
    let meant = if snapshot.report_heads().any(|head| is_grade(&head)) {
        let overall = Field::named("overall").map(filter).unwrap_or_default();
        format!("paragraphs on areas with this grade write {}, for reports {overall}", filter(Field::Grade))
    } else if snapshot.report_heads().any(|head| is_on(&head)) {
        format!("the reports on this authority write {}", filter(Field::Authority))
    } else {
        return;
    };
    console.note(format!("“{typed}” is searched in the text; for {meant}"));
}

/// True for words alone.
fn is_words(query: &Query) -> bool {
    match query {
        Query::Word(_) => true,
        Query::And(parts) | Query::Phrase(parts) => parts.iter().all(is_words),
        _ => false,
    }
}

/// Refuses a folder of several words in the place of the query: the query was forgotten.
fn refuse_folder(args: &QueryArgs) -> Result<()> {
    let is_name = args.query.contains([' ', '/', '\\']);
    if args.location.path.is_none() && is_name && Path::new(&args.query).is_dir() {
        let error = Error::new(format!("“{}” is a folder, and the query is missing", args.query));
        let cure =
            format!("write what to find before it: {} {}", quoted("care leavers"), quoted(&args.query));
        return Err(error.cure(cure));
    }
    Ok(())
}

/// The error of a query that cannot be read; for single quotation marks that a shell passed on, what to write there.
fn not_read(args: &QueryArgs, error: QueryError) -> Error {
    let path = args.location.path.as_ref().map(|path| path.to_string_lossy().into_owned());
    let Some(begin) = args.query.strip_prefix('\'').filter(|begin| !begin.contains('\'')) else {
        return error.into();
    };
    match path.as_deref().and_then(|path| path.strip_suffix('\'')) {
        Some(end) => passed_on(&format!("{begin} {end}")),
        None if cfg!(windows) => passed_on(begin),
        None => error.into(),
    }
}

fn passed_on(text: &str) -> Error {
    let error =
        Error::new("the single quotation marks reached the query: this shell (cmd.exe) does not take them");
    error.cure(format!("use double quotation marks: \"{text}\"; for the words side by side \"'{text}'\""))
}

/// Notes queries that may have been meant, or find more of the same. `counts` are those of the search.
pub(super) fn note_hints(search: &Search, counts: &Counts, console: &Console) -> Result<()> {
    for hint in search.hints(counts)? {
        let note = match hint {
            Hint::Phrase { words, phrase, occurrences } => {
                let words = ["two", "three", "four", "five"].get(words.wrapping_sub(2)).unwrap_or(&"several");
                let occurrences = grouped(occurrences);
                format!("{words} words, not a phrase; as a phrase: {occurrences}; type {}", quoted(&phrase))
            }
            Hint::Concept { name, more } => {
                format!("{name} finds {} more", counted(more, "paragraphs"))
            }
            Hint::Number { number, forms, more } => {
                let more = counted(more, "occurrences");
                format!("{number} is written in another way too: {} finds {more} more", quoted(&forms))
            }
            Hint::Name { filter } => {
                let field = filter.split(':').next().unwrap_or_default();
                format!(
                    "{field}: takes one word, and the words after it are searched in the text; for the name type {}",
                    quoted(&filter)
                )
            }
            Hint::Either { filters } => {
                let field = filters.trim_start_matches('(').split(':').next().unwrap_or_default();
                format!(
                    "{field}: takes one value, and the words after it are searched in the text; for either type {}",
                    quoted(&filters)
                )
            }
            _ => continue,
        };
        console.note(note);
    }
    Ok(())
}
