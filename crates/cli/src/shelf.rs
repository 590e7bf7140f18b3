//! The index of a place, opened and brought up to date.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use quotable::worker::WorkerCommand;
use quotable::{ErrorKind, Failure, Index, IndexBuilder, Refresh, RefreshOptions};

use crate::args::{self, Limits, Reading, Refreshing};
use crate::error::{Error, Result};
use crate::place::Place;
use crate::progress::ProgressLine;
use crate::session::Session;

/// How many failures are named where they are not what was asked for.
const NAMED: usize = 5;

/// An open index, and of what it is.
pub(crate) struct Shelf {
    pub(crate) place: Place,
    pub(crate) index: Index,
}

/// Opens the index of a place for an answer. Unless told otherwise it is made if there is none, and brought up to
/// date; if that cannot be done, the answer comes from the last commit, and its date is said.
pub(crate) fn open(place: Place, how: &Refreshing, session: &Session) -> Result<Shelf> {
    if how.no_refresh {
        return as_it_is(place, session);
    }
    let shelf = make(place, &Limits::default(), session)?;
    let mut done = refresh(&shelf, options(&how.reading), session);
    if let Err(error) = &done
        && error.kind() == ErrorKind::Locked
        && shelf.index.status().committed.is_none()
    {
        // There is no older answer to give.
        session.note(format!("{error}; waiting for it"));
        done = refresh(&shelf, options(&how.reading).wait(Duration::MAX), session);
    }
    match done {
        Ok(Some(done)) => tell(&done, session),
        Ok(None) => session.note(format!("the sources are not here; {}", date_of(&shelf.index))),
        Err(error) if may_go_on(&shelf.index, &error) => {
            let error = error.to_string();
            session.note(format!("{error}; {}", date_of(&shelf.index)));
        }
        Err(error) => return Err(error.into()),
    }
    incomplete(&shelf.index, session);
    Ok(shelf)
}

/// Opens the index of a place and writes nothing.
pub(crate) fn as_it_is(place: Place, session: &Session) -> Result<Shelf> {
    let index = Index::open_read_only(&place.index)?;
    let shelf = Shelf { place, index };
    incomplete(&shelf.index, session);
    if let Some(holder) = shelf.index.holder() {
        session.note(format!("the index is being written by {holder}; {}", date_of(&shelf.index)));
    }
    Ok(shelf)
}

/// Opens the index of a place, or makes it.
pub(crate) fn make(mut place: Place, limits: &Limits, session: &Session) -> Result<Shelf> {
    if Index::exists(&place.index) {
        let index = builder(limits).open(&place.index)?;
        return Ok(Shelf { place, index });
    }
    let made = if place.is_marked() { None } else { Some(builder(limits).open_or_create(&place.index)) };
    let index = match (made, place.refuge.take()) {
        (Some(Ok(index)), _) => index,
        (Some(Err(error)), None) => return Err(error.into()),
        (Some(Err(error)), _) if error.kind() != ErrorKind::ReadOnly => {
            return Err(error.into());
        }
        (_, Some(refuge)) => take_refuge(&mut place, refuge, limits, session)?,
        (None, None) => {
            let error =
                Error::new("the folder is marked as not to be written, so its index cannot be kept there");
            return Err(error.cure("keep the index elsewhere with --index FOLDER"));
        }
    };
    place.record()?;
    Ok(Shelf { place, index })
}

/// Opens the index of a place to read every file again; makes it anew if it cannot be opened, or if there is none.
pub(crate) fn remake(place: Place, limits: &Limits, session: &Session) -> Result<Shelf> {
    if place.corpus.as_ref().is_none_or(|corpus| !corpus.is_dir()) {
        return Err(not_here());
    }
    if !Index::exists(&place.index) {
        return make(place, limits, session);
    }
    let index = match builder(limits).open(&place.index) {
        Err(error) if is_past_opening(error.kind()) => {
            session.note(format!("{error}; it is made anew"));
            builder(limits).replace(&place.index)?
        }
        opened => opened?,
    };
    Ok(Shelf { place, index })
}

fn is_past_opening(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Damaged | ErrorKind::OlderFormat | ErrorKind::NewerFormat)
}

/// What is said where the sources are needed and only the index is known.
pub(crate) fn not_here() -> Error {
    Error::new("the sources of this index are not here").cure("name their folder as PATH")
}

/// Makes the index in the user's cache, and says so.
fn take_refuge(place: &mut Place, refuge: PathBuf, limits: &Limits, session: &Session) -> Result<Index> {
    let index = builder(limits).open_or_create(&refuge)?;
    let text = "the folder cannot be written, so its index is kept in";
    session.note(format!("{text} {}", refuge.display()));
    place.index = refuge;
    Ok(index)
}

/// Files are read by this same program in processes of their own; `None` where the system does not say which it is.
pub(crate) fn worker(limits: &Limits) -> Option<WorkerCommand> {
    let program = std::env::current_exe().ok()?;
    // The clock that the refresh looks at is the one that counts; the processor's is for when there is none.
    let seconds = limits.file_seconds.saturating_mul(10);
    let arguments =
        ["read-worker", "--memory", &limits.file_memory.to_string(), "--seconds", &seconds.to_string()];
    Some(arguments.into_iter().fold(WorkerCommand::new(program), WorkerCommand::arg))
}

fn builder(limits: &Limits) -> IndexBuilder {
    let builder = Index::builder().budget(limits.budget());
    match worker(limits) {
        Some(worker) => builder.worker(worker),
        None => builder,
    }
}

/// How a refresh is done.
pub(crate) fn options(reading: &Reading) -> RefreshOptions {
    RefreshOptions::default().follow_links(reading.follow_links)
}

/// Brings the index up to date; `None` if its sources are not here.
pub(crate) fn refresh(
    shelf: &Shelf,
    options: RefreshOptions,
    session: &Session,
) -> quotable::Result<Option<Refresh>> {
    let Some(corpus) = &shelf.place.corpus else { return Ok(None) };
    let line = Arc::new(ProgressLine::new(session.environment.watched));
    let options = {
        let line = line.clone();
        options.progress(move |now| line.show(now))
    };
    let done = shelf.index.refresh_with(corpus, &options);
    line.end();
    done.map(Some)
}

/// Says what a refresh did, if it did anything, and what went wrong.
fn tell(done: &Refresh, session: &Session) {
    if done.changed_anything() {
        session.note(done.to_string());
    }
    let wrong: Vec<&Failure> = done.failed.iter().chain(&done.problems).collect();
    for failure in wrong.iter().take(NAMED) {
        session.note(format!("not read: {failure}"));
    }
    if wrong.len() > NAMED {
        session.note(format!("and {} more; see quotable reports --problems", wrong.len() - NAMED));
    }
}

/// True if an older answer is better than none, and there is one.
fn may_go_on(index: &Index, error: &quotable::Error) -> bool {
    matches!(error.kind(), ErrorKind::Locked | ErrorKind::ReadOnly) && index.status().committed.is_some()
}

fn date_of(index: &Index) -> String {
    match index.status().committed {
        Some(moment) => format!("the answer is as of {moment}"),
        None => "the index is empty".to_owned(),
    }
}

fn incomplete(index: &Index, session: &Session) {
    let status = index.status();
    if status.committed.is_none() {
        session.note("the index is empty: none of its files has been read yet; quotable index reads them");
    } else if !status.complete {
        session.note("the index is incomplete: some files are still to be read; quotable index reads them");
    }
}

/// Opens the place that arguments name, for an answer.
pub(crate) fn find(named: &args::Place, how: &Refreshing, session: &Session) -> Result<Shelf> {
    let place = Place::find(named, how.reading.index_here, &session.environment)?;
    open(place, how, session)
}
