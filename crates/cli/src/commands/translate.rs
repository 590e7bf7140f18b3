//! `quotable translate`.

use std::io::Write as _;

use quotable::{Boilerplate, CodeBook, SearchOptions};
use quotable_export::translate::{TranslateError, translate};

use crate::args::{Include, Scope, TranslateArgs};
use crate::commands::{query_args, reading};
use crate::console::Console;
use crate::error::{Error, Result};
use crate::open_corpus;
use crate::outcome::Outcome;

pub(super) fn run(args: &TranslateArgs, console: &mut Console) -> Result<Outcome> {
    let query = reading::parse(&args.query, console)?;
    let book = match &args.codebook {
        Some(file) => CodeBook::read(file)?,
        None => CodeBook::builtin(),
    };
    // An unknown @name is reported before any file is read.
    book.resolve(&query)?;
    let corpus = open_corpus::open_named(&args.location, &args.refresh, console)?;
    let boilerplate = if args.no_boilerplate { Boilerplate::Exclude } else { Boilerplate::Include };
    let options = SearchOptions::default()
        .tables(args.include.contains(&Include::Tables))
        .notes(args.include.contains(&Include::Notes))
        .boilerplate(boilerplate)
        .scope(query_args::scope(args.scope.unwrap_or(Scope::Paragraph)));
    let search = corpus.index.search_with(&query, &corpus.location.restrict(options).codebook(book))?;
    corpus.require_reports(&search)?;
    let translated = translate(&search, args.to).map_err(failure)?;
    writeln!(console.out, "{}", translated.text)?;
    translated.notes.iter().for_each(|note| console.note(note));
    Ok(Outcome::Found)
}

fn failure(error: TranslateError) -> Error {
    match error {
        TranslateError::Query(error) => error.into(),
        TranslateError::Index(error) => error.into(),
        TranslateError::Option { message, cure } => Error::new(message).cure(cure),
        other => Error::new(other.to_string()),
    }
}
