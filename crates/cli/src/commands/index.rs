//! `quotable index`: refresh, status, verify, rebuild.

use std::io::Write as _;
use std::time::Duration;

use quotable::{Refresh, Status};

use crate::args::{self, Format, IndexCommand};
use crate::error::{Error, Result};
use crate::place::Place;
use crate::render::jsonl::{self, Versioned};
use crate::render::number::counted;
use crate::render::page::Page;
use crate::render::safe::safe;
use crate::render::{status, verification};
use crate::session::{Outcome, Session};
use crate::shelf::{self, Shelf};

pub(crate) fn run(args: &args::Index, session: &mut Session) -> Result<Outcome> {
    match &args.command {
        Some(IndexCommand::Status(args)) => status(args, session),
        Some(IndexCommand::Verify(args)) => verify(args, session),
        Some(IndexCommand::Rebuild(args)) => rebuild(args, session),
        None => refresh(args, session),
    }
}

fn refresh(args: &args::Index, session: &mut Session) -> Result<Outcome> {
    let place = Place::find(&args.place, args.reading.index_here, &session.environment)?;
    let shelf = shelf::make(place, &args.limits, session)?;
    let options = shelf::options(&args.reading).wait(Duration::from_secs(args.wait)).retry(args.retry);
    match (shelf::refresh(&shelf, options, session)?, &args.to) {
        (Some(done), _) => tell(&done, session)?,
        (None, Some(_)) => session.note("the sources are not here; the copy is of the index as it is"),
        (None, None) => return Err(shelf::not_here()),
    }
    if let Some(folder) = &args.to {
        shelf.index.copy_to(folder)?;
        writeln!(session.out, "copied to {}", safe(&folder.to_string_lossy()))?;
    }
    Ok(Outcome::of(shelf.index.status().reports))
}

fn rebuild(args: &args::Rebuild, session: &mut Session) -> Result<Outcome> {
    let place = Place::find(&args.place, args.reading.index_here, &session.environment)?;
    let shelf = shelf::remake(place, &args.limits, session)?;
    let options = shelf::options(&args.reading).reread(true);
    let done = shelf::refresh(&shelf, options, session)?.ok_or_else(shelf::not_here)?;
    tell(&done, session)?;
    Ok(Outcome::of(shelf.index.status().reports))
}

/// Says what a refresh did, and names every file that was not read.
fn tell(done: &Refresh, session: &mut Session) -> Result<()> {
    writeln!(session.out, "{done}")?;
    for failure in done.failed.iter().chain(&done.problems) {
        writeln!(session.out, "not read: {}", safe(&failure.to_string()))?;
    }
    if done.still_failing > 0 {
        let count = counted(done.still_failing as u64, "files");
        writeln!(
            session.out,
            "{count} failed before and did not change; see quotable reports --problems, or --retry"
        )?;
    }
    Ok(())
}

/// An index that is not sound is an error; one whose files are no longer what was read is an answer of no.
fn verify(args: &args::Verify, session: &mut Session) -> Result<Outcome> {
    let place = Place::find(&args.place, true, &session.environment)?;
    let shelf = shelf::as_it_is(place, session)?;
    let found = shelf.index.verify(shelf.place.corpus.as_deref())?;
    match args.format {
        Format::Jsonl => jsonl::line(&mut session.out, &Versioned::new(&found))?,
        Format::Text => {
            let mut page = Page::new(&mut session.out, &session.environment);
            verification::lines(&mut page, &found, shelf.place.corpus.is_some())?;
        }
        Format::Csv | Format::Markdown => {
            let error = Error::new("what a verification finds is no table");
            return Err(error.cure("leave --format out, or write --format jsonl"));
        }
    }
    if !found.is_sound() {
        let error = Error::new("the index is damaged");
        return Err(error.cure("quotable index rebuild makes it anew from its sources"));
    }
    Ok(if found.is_current() { Outcome::Found } else { Outcome::Nothing })
}

fn status(args: &args::Status, session: &mut Session) -> Result<Outcome> {
    let place = Place::find(&args.place, true, &session.environment)?;
    let shelf = shelf::as_it_is(place, session)?;
    let status = shelf.index.status();
    match args.output.format {
        Format::Text => lines(&shelf, &status, session)?,
        Format::Jsonl => jsonl::line(&mut session.out, &Versioned::new(&status))?,
        Format::Csv => status::csv(&mut session.out, &status, args.output.raw)?,
        Format::Markdown => status::markdown(&mut session.out, &status)?,
    }
    Ok(Outcome::of(status.reports))
}

/// For people.
fn lines(shelf: &Shelf, status: &Status, session: &mut Session) -> Result<()> {
    let mut page = Page::new(&mut session.out, &session.environment);
    page.field("index", &shelf.place.index.to_string_lossy())?;
    let corpus = shelf.place.corpus.as_ref().map_or("not here".into(), |corpus| corpus.to_string_lossy());
    page.field("of", &corpus)?;
    let committed = status.committed.map_or_else(|| "never".to_owned(), |moment| moment.to_string());
    page.field("written", &committed)?;
    page.field("complete", if status.complete { "yes" } else { "no: some files are still to be read" })?;
    page.field(
        "holds",
        &format!("{}, {} not read", counted(status.reports, "reports"), counted(status.failed, "files")),
    )?;
    page.field(
        "",
        &format!("{}, {}", counted(status.paragraphs, "paragraphs"), counted(status.words, "words")),
    )?;
    page.field("corpus hash", &status.corpus_hash)?;
    page.field("format", &status.format.to_string())?;
    Ok(())
}
