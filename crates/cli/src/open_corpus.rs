//! Opens the index of a corpus and brings it up to date.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use quotable::worker::WorkerCommand;
use quotable::{ErrorKind, Failure, Index, IndexBuilder, Refresh, RefreshOptions};
use quotable_export::number::grouped;

use crate::args::{LimitArgs, LocationArgs, RefreshArgs, ScanArgs};
use crate::console::Console;
use crate::error::{Error, Result};
use crate::index_owner;
use crate::inspectorates::Inspectorates;
use crate::location::Location;
use crate::progress::ProgressLine;

/// How many files that failed are named beside an answer; `quotable reports --problems` lists all.
const NAMED_FAILURES: usize = 5;

/// Said when other users can no longer read an index.
pub(crate) const RESTRICTED: &str = "the index is now closed to users who may not read all of the reports; quotable \
                                     index --access shared opens it to everyone who may enter their folder";

/// An open index, with the location it was opened from.
pub(crate) struct OpenCorpus {
    pub(crate) location: Location,
    pub(crate) index: Index,
    /// Profiles and metadata that the index is refreshed with.
    inspectorates: Inspectorates,
    /// The paths of the files that the refresh of this run could not read, which it has named.
    named: HashSet<String>,
}

impl OpenCorpus {
    fn new(location: Location, index: Index, inspectorates: Inspectorates) -> Self {
        Self { location, index, inspectorates, named: HashSet::new() }
    }

    /// The part of the corpus that was named; `None` for the whole.
    fn within(&self) -> Option<&str> {
        self.location.within.as_ref().map(|within| within.path.as_str())
    }

    /// Notes the files that could not be read and are missing from an answer about the part that was named, but not
    /// those that the refresh of this run has named.
    pub(crate) fn note_unread(&self, console: &Console) {
        let unread = self.index.snapshot().unread(self.within());
        let paths: Vec<_> = unread.iter().map(|failure| &failure.path).collect();
        let unnamed: Vec<_> = paths.iter().filter(|path| !self.named.contains(**path)).collect();
        let Some(count) = Some(unnamed.len() as u64).filter(|count| *count > 0) else { return };
        let mut list =
            unnamed.iter().take(NAMED_FAILURES).map(|path| path.as_str()).collect::<Vec<_>>().join(", ");
        if unnamed.len() > NAMED_FAILURES {
            list.push_str(&format!(" and {} more", unnamed.len() - NAMED_FAILURES));
        }
        let other = if unnamed.len() < paths.len() { "other " } else { "" };
        let (files, is) = if count == 1 { ("file", "is") } else { ("files", "are") };
        let count = grouped(count);
        console.note(format!(
            "{count} {other}{files} could not be read and {is} not in this answer: {list}; see quotable reports --problems"
        ));
    }
}

/// Finds the index that the arguments name and opens it for an answer.
pub(crate) fn open_named(
    location: &LocationArgs,
    refresh: &RefreshArgs,
    console: &Console,
) -> Result<OpenCorpus> {
    let location = Location::find(location, refresh.scan.index_here, &console.environment)?;
    open(location, refresh, console)
}

/// Opens an index for an answer. Unless `--no-refresh` is given, creates the index if there is none and brings it up
/// to date; where a refresh is impossible, answers from the last commit and says how old that is.
pub(crate) fn open(location: Location, args: &RefreshArgs, console: &Console) -> Result<OpenCorpus> {
    if let Some(fault) = location.read_only.as_ref().filter(|_| Index::exists(&location.index)) {
        let what = format!("the index in {} {fault}, so it is only read", location.index.display());
        let corpus = open_read_only(location, console)?;
        let cure = "for an index of your own, give --index FOLDER";
        console.note(format!("{what}; {}; {cure}", age(&corpus.index)));
        return Ok(corpus);
    }
    if args.no_refresh {
        return open_read_only(location, console);
    }
    let mut corpus = open_or_create(location, &LimitArgs::default(), console)?;
    let mut done = refresh(&corpus, refresh_options(&args.scan), console);
    if let Err(error) = &done
        && error.kind() == ErrorKind::Locked
        && corpus.index.status().committed.is_none()
    {
        // Another process is building the index for the first time: no commit exists that could answer.
        console.note(format!("{error}; waiting for it"));
        done = refresh(&corpus, refresh_options(&args.scan).wait(Duration::MAX), console);
    }
    match done {
        Ok(Some(done)) => {
            note_refresh(&done, console);
            corpus.named = done.failed.into_iter().map(|failure| failure.path).collect();
        }
        Ok(None) => console.note(format!("the reports are not on this machine; {}", age(&corpus.index))),
        Err(error) if can_answer_from_last_commit(&corpus.index, &error) => {
            let error = error.to_string();
            console.note(format!("{error}; {}", age(&corpus.index)));
        }
        Err(error) => return Err(error.into()),
    }
    note_incomplete(&corpus.index, console);
    Ok(corpus)
}

/// Opens an existing index and writes nothing.
pub(crate) fn open_read_only(mut location: Location, console: &Console) -> Result<OpenCorpus> {
    note_choice(&mut location, console);
    let index = Index::open_read_only(&location.index)?;
    let corpus = OpenCorpus::new(location, index, Inspectorates::default());
    note_incomplete(&corpus.index, console);
    if let Some(holder) = corpus.index.holder() {
        console.note(format!("the index is being written by {holder}; {}", age(&corpus.index)));
    }
    Ok(corpus)
}

/// Opens an index, or creates it: in the corpus folder, else in the user's cache if that folder is not writable.
pub(crate) fn open_or_create(
    mut location: Location,
    limits: &LimitArgs,
    console: &Console,
) -> Result<OpenCorpus> {
    note_choice(&mut location, console);
    let inspectorates = Inspectorates::load(&location, console)?;
    let builder = || inspectorates.configure(builder(limits));
    if Index::exists(&location.index) {
        check_may_write(&location)?;
        let index = builder().open(&location.index)?;
        return Ok(OpenCorpus::new(location, index, inspectorates));
    }
    let created =
        if location.is_read_only() { None } else { Some(builder().open_or_create(&location.index)) };
    let index = match (created, location.fallback_cache.take()) {
        (Some(Ok(index)), _) => index,
        (Some(Err(error)), None) => return Err(error.into()),
        (Some(Err(error)), _) if error.kind() != ErrorKind::ReadOnly => {
            return Err(error.into());
        }
        (_, Some(cache)) => create_in_cache(&mut location, cache, builder(), console)?,
        (None, None) => {
            check_may_write(&location)?;
            let error = Error::new("the folder is marked read-only, so its index cannot be kept there");
            return Err(error.cure("keep the index elsewhere with --index FOLDER"));
        }
    };
    location.record_corpus(&index)?;
    Ok(OpenCorpus::new(location, index, inspectorates))
}

/// Opens an index whose files are all to be read again; replaces one that cannot be opened.
pub(crate) fn open_for_rebuild(
    mut location: Location,
    limits: &LimitArgs,
    console: &Console,
) -> Result<OpenCorpus> {
    note_choice(&mut location, console);
    if location.corpus.as_ref().is_none_or(|corpus| !corpus.is_dir()) {
        return Err(sources_missing());
    }
    if !Index::exists(&location.index) {
        return open_or_create(location, limits, console);
    }
    check_may_write(&location)?;
    let inspectorates = Inspectorates::load(&location, console)?;
    let builder = || inspectorates.configure(builder(limits));
    let index = match builder().open(&location.index) {
        Err(error) if must_replace(error.kind()) => {
            console.note(format!("{error}; building a new index"));
            builder().replace(&location.index)?
        }
        opened => opened?,
    };
    Ok(OpenCorpus::new(location, index, inspectorates))
}

/// Notes why this index was chosen, once.
fn note_choice(location: &mut Location, console: &Console) {
    std::mem::take(&mut location.notes).into_iter().for_each(|note| console.note(note));
}

/// An error if the index is not the user's own and was not named by `--index`.
fn check_may_write(location: &Location) -> Result<()> {
    match &location.read_only {
        Some(fault) => Err(index_owner::not_written(&location.index, fault)),
        None => Ok(()),
    }
}

fn must_replace(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Damaged | ErrorKind::OlderFormat | ErrorKind::NewerFormat)
}

/// The error where a command needs the sources and only the index is known.
pub(crate) fn sources_missing() -> Error {
    Error::new("the reports of this index are not on this machine").cure("name their folder as PATH")
}

/// Creates the index in the user's cache, and says where.
fn create_in_cache(
    location: &mut Location,
    cache: PathBuf,
    builder: IndexBuilder,
    console: &Console,
) -> Result<Index> {
    let index = builder.open_or_create(&cache)?;
    let why = match location.read_only.take() {
        Some(fault) => format!("the index folder {} {fault}", location.index.display()),
        None => "the folder is not writable".to_owned(),
    };
    console.note(format!("{why}, so its index is kept in {}", cache.display()));
    location.index = cache;
    Ok(index)
}

/// The command line of a worker process, which is this same program; `None` where the system does not say where the
/// program is.
pub(crate) fn worker(limits: &LimitArgs) -> Option<WorkerCommand> {
    let program = std::env::current_exe().ok()?;
    let (memory, seconds) = (limits.file_memory.to_string(), limits.file_seconds.to_string());
    let arguments = ["read-worker", "--memory", &memory, "--seconds", &seconds];
    Some(arguments.into_iter().fold(WorkerCommand::new(program), WorkerCommand::arg))
}

fn builder(limits: &LimitArgs) -> IndexBuilder {
    let builder = Index::builder().budget(limits.budget());
    match worker(limits) {
        Some(worker) => builder.worker(worker),
        None => builder,
    }
}

/// The options of a refresh.
pub(crate) fn refresh_options(scan: &ScanArgs) -> RefreshOptions {
    RefreshOptions::default().follow_links(scan.follow_links)
}

/// Brings the index up to date; `None` if its sources are not on this machine.
pub(crate) fn refresh(
    corpus: &OpenCorpus,
    options: RefreshOptions,
    console: &Console,
) -> quotable::Result<Option<Refresh>> {
    let Some(folder) = &corpus.location.corpus else { return Ok(None) };
    let line = Arc::new(ProgressLine::new(console.environment.message_width));
    let options = {
        let line = line.clone();
        options.progress(move |now| line.show(now))
    };
    let done = corpus.index.refresh_with(folder, &options);
    line.clear();
    let mut done = done?;
    corpus.inspectorates.note_unmatched(&corpus.index, console);
    if corpus.inspectorates.table_is_in(folder) {
        // It was read.
        done.skipped = done.skipped.saturating_sub(1);
    }
    Ok(Some(done))
}

/// Notes what a refresh changed, and the first files that it could not read.
fn note_refresh(done: &Refresh, console: &Console) {
    if done.changed_anything() {
        console.note(done.to_string());
    }
    if done.restricted {
        console.note(RESTRICTED);
    }
    let failures: Vec<&Failure> = done.failed.iter().chain(&done.problems).collect();
    for failure in failures.iter().take(NAMED_FAILURES) {
        console.note(format!("not read: {failure}"));
    }
    if failures.len() > NAMED_FAILURES {
        console
            .note(format!("and {} more; see quotable reports --problems", failures.len() - NAMED_FAILURES));
    }
}

/// True if an older answer beats none: another process holds the lock, or the folder is not writable.
fn can_answer_from_last_commit(index: &Index, error: &quotable::Error) -> bool {
    matches!(error.kind(), ErrorKind::Locked | ErrorKind::ReadOnly) && index.status().committed.is_some()
}

fn age(index: &Index) -> String {
    match index.status().committed {
        Some(moment) => format!("the answer is as of {moment}"),
        None => "the index is empty".to_owned(),
    }
}

fn note_incomplete(index: &Index, console: &Console) {
    let status = index.status();
    if status.committed.is_none() {
        console.note("the index is empty: no file has been read yet; run quotable index to read them");
    } else if status.unfinished {
        console.note(
            "the index is incomplete: some files are still to be read; run quotable index to read them",
        );
    }
}
