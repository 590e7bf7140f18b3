//! `quotable index` and `quotable index status`.

use std::io::Write as _;
use std::time::Duration;

use quotable::Status;

use crate::args::{self, Format, IndexCommand};
use crate::error::{Error, Result};
use crate::place::Place;
use crate::render::jsonl::{self, Versioned};
use crate::render::number::counted;
use crate::render::page::Page;
use crate::render::safe::safe;
use crate::render::status;
use crate::session::{Outcome, Session};
use crate::shelf::{self, Shelf};

pub(crate) fn run(args: &args::Index, session: &mut Session) -> Result<Outcome> {
    match &args.command {
        Some(IndexCommand::Status(args)) => status(args, session),
        None => refresh(args, session),
    }
}

fn refresh(args: &args::Index, session: &mut Session) -> Result<Outcome> {
    let place = Place::find(&args.place, args.reading.index_here, &session.environment)?;
    let shelf = shelf::make(place, session)?;
    let done = shelf::refresh(&shelf, &args.reading, Duration::from_secs(args.wait), session)?;
    let Some(done) = done else {
        return Err(Error::new("the sources of this index are not here").cure("name their folder as PATH"));
    };
    writeln!(session.out, "{done}")?;
    for failure in done.failed.iter().chain(&done.problems) {
        writeln!(session.out, "not read: {}", safe(&failure.to_string()))?;
    }
    if done.still_failing > 0 {
        let count = counted(done.still_failing as u64, "files");
        writeln!(session.out, "{count} failed before and did not change; see quotable reports --problems")?;
    }
    Ok(Outcome::of(shelf.index.status().reports))
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
