//! Opens the index of a corpus and brings it up to date.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use quotable::query::Query;
use quotable::worker::WorkerCommand;
use quotable::{
    Duplicates, ErrorKind, Failure, FoundFiles, Index, IndexBuilder, Refresh, RefreshOptions, Search,
    SearchOptions,
};
use quotable_export::number::counted;

use crate::args::{LimitArgs, LocationArgs, RefreshArgs, ScanArgs};
use crate::console::Console;
use crate::environment;
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
}

impl OpenCorpus {
    fn new(location: Location, index: Index, inspectorates: Inspectorates) -> Self {
        Self { location, index, inspectorates }
    }

    /// The part of the corpus that was named; `None` for the whole.
    pub(crate) fn within(&self) -> Option<&str> {
        self.location.within.as_ref().map(|within| within.path.as_str())
    }

    /// Notes, after the answer, the files that it lacks in the part that was named: those that could not be read, were
    /// passed over, or are copies.
    pub(crate) fn note_missing(&self, duplicates: Duplicates, console: &Console) {
        let snapshot = self.index.snapshot();
        let unread: Vec<String> =
            snapshot.unread(self.within()).into_iter().map(|failure| failure.path).collect();
        let skipped: Vec<String> =
            snapshot.skipped(self.within()).into_iter().map(|source| source.path).collect();
        let copies: Vec<String> = match duplicates {
            Duplicates::Once => snapshot.copies(self.within()).into_iter().map(|(copy, _)| copy).collect(),
            _ => Vec::new(),
        };
        Self::note_parts(&unread, &skipped, &copies, console);
    }

    /// Notes, after the list of reports, the files that are not in it. From one that is `filtered` those that could not be
    /// read are missing too, since filters cannot judge them.
    pub(crate) fn note_not_listed(&self, filtered: bool, console: &Console) {
        let skipped = self.index.snapshot().skipped(self.within());
        let skipped: Vec<String> = skipped.into_iter().map(|source| source.path).collect();
        let unread = if filtered { self.index.snapshot().unread(self.within()) } else { Vec::new() };
        let unread: Vec<String> = unread.into_iter().map(|failure| failure.path).collect();
        Self::note_parts(&unread, &skipped, &[], console);
    }

    fn note_parts(unread: &[String], skipped: &[String], copies: &[String], console: &Console) {
        let one = |paths: &[String], one: &str, many: &str| {
            let files = counted(paths.len() as u64, "files");
            format!("{files} {}{}", if paths.len() == 1 { one } else { many }, list(paths))
        };
        let mut parts = Vec::new();
        if !unread.is_empty() {
            let (is, are) = (
                "could not be read and is not in this answer",
                "could not be read and are not in this answer",
            );
            parts.push(one(unread, is, are));
        }
        if !skipped.is_empty() {
            parts.push(one(skipped, "was passed over", "were passed over"));
        }
        if !copies.is_empty() {
            let (is, are) = ("is a copy of another and left out", "are copies of others and left out");
            parts.push(one(copies, is, are));
        }
        if !parts.is_empty() {
            console.note_last(format!("{}; see quotable reports --problems", parts.join("; ")));
        }
    }

    /// Fails if no report is in the scope of a search.
    pub(crate) fn require_reports(&self, search: &Search) -> Result<()> {
        let Err(error) = search.require_reports() else { return Ok(()) };
        let is_part = error.kind() == ErrorKind::NoReports && self.location.is_current_folder;
        let error = Error::from(error);
        match self.location.corpus.as_ref().filter(|_| is_part) {
            Some(corpus) => Err(error.cure(format!(
                "this is a folder of the corpus in {}; to search all of it, name it",
                corpus.display()
            ))),
            None => Err(error),
        }
    }

    /// The options of a refresh of this corpus.
    pub(crate) fn options_of_refresh(&self, scan: &ScanArgs) -> RefreshOptions {
        without_table(refresh_options(scan), &self.inspectorates)
    }

    /// The same for an answer without a query of its own; returns the search for everything that the options name.
    pub(crate) fn search_all(&self, options: &SearchOptions) -> Result<Search> {
        let search = self.index.search_with(&Query::All, options)?;
        self.require_reports(&search)?;
        Ok(search)
    }
}

/// Finds the index that the arguments name and opens it for an answer.
pub(crate) fn open_named(
    location: &LocationArgs,
    refresh: &RefreshArgs,
    console: &Console,
) -> Result<OpenCorpus> {
    let mut location = Location::find(location, refresh.scan.index_here, &console.environment)?;
    if location.is_current_folder
        && let (Some(within), Some(corpus)) = (&location.within, &location.corpus)
    {
        let whole = corpus.display();
        location.notes.push(format!(
            "only {} is searched, the folder you are in; to search all of {whole}, name it",
            within.path
        ));
    }
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
    let corpus = open_or_create(location, &args.scan, &LimitArgs::default(), console)?;
    let mut done = refresh(&corpus, refresh_options(&args.scan), console);
    if let Err(error) = &done
        && error.kind() == ErrorKind::Locked
        && corpus.index.status().committed.is_none()
    {
        // Another process is building the index for the first time: no commit exists that could answer.
        console.note_now(format!("{error}; waiting for it"));
        done = refresh(&corpus, refresh_options(&args.scan).wait(Duration::MAX), console);
    }
    match done {
        Ok(Some(done)) => {
            note_refresh(&done, console);
        }
        Ok(None) => console.note(format!("the reports are not on this machine; {}", age(&corpus.index))),
        Err(error) if can_answer_from_last_commit(&corpus.index, &error) => {
            let cure = if error.kind() == ErrorKind::AllGone {
                "; if they were deleted on purpose, add --allow-empty"
            } else {
                ""
            };
            console.note(format!("{error}; {}{cure}", age(&corpus.index)));
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
///
/// # Errors
/// If there is no index yet and the corpus has no file to read, so that nothing is left behind in a folder of other
/// files.
pub(crate) fn open_or_create(
    mut location: Location,
    scan: &ScanArgs,
    limits: &LimitArgs,
    console: &Console,
) -> Result<OpenCorpus> {
    note_choice(&mut location, console);
    let inspectorates = Inspectorates::load(&location, console)?;
    let builder = || inspectorates.configure(builder(limits));
    if Index::exists(&location.index) {
        check_may_write(&location)?;
        let index = builder().open(&location.index)?;
        mend_record(&location, &index)?;
        return Ok(OpenCorpus::new(location, index, inspectorates));
    }
    if let Some(corpus) = &location.corpus {
        let found = builder().find_files(corpus, &without_table(refresh_options(scan), &inspectorates))?;
        if found.read == 0 {
            return Err(nothing_to_read(corpus, &found));
        }
    }
    if location.single_file().is_some() {
        let (file, index) = (location.corpus.as_deref().unwrap_or(Path::new("")), &location.index);
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        console
            .note(format!("only {name} is read, not its folder; its index is kept in {}", index.display()));
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
    scan: &ScanArgs,
    limits: &LimitArgs,
    console: &Console,
) -> Result<OpenCorpus> {
    note_choice(&mut location, console);
    if location.corpus.as_ref().is_none_or(|corpus| !corpus.exists()) {
        return Err(sources_missing());
    }
    if !Index::exists(&location.index) {
        return open_or_create(location, scan, limits, console);
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
    mend_record(&location, &index)?;
    Ok(OpenCorpus::new(location, index, inspectorates))
}

/// Writes the path of the corpus into the index again if what stands there is damaged.
fn mend_record(location: &Location, index: &Index) -> Result<()> {
    match Index::try_recorded_corpus(&location.index) {
        Err(_) => location.record_corpus(index),
        Ok(_) => Ok(()),
    }
}

/// The error for a folder or file in which there is nothing to read: it names the files that are there, and the cures.
fn nothing_to_read(corpus: &Path, found: &FoundFiles) -> Error {
    /// How many files are named.
    const NAMED: usize = 20;
    let files: Vec<&Failure> = found.skipped.iter().chain(&found.problems).collect();
    if corpus.is_file() {
        if let Some(document) = document_of_lock_file(corpus) {
            let what = format!("{} is no document: Word leaves it beside one that is open", corpus.display());
            return Error::new(what).cure(format!("name the document itself: {document}"));
        }
        let why = files
            .first()
            .map_or_else(|| "it is not a document".to_owned(), |failure| failure.message.clone());
        return Error::new(format!("{} cannot be read: {why}", corpus.display()));
    }
    let what = format!("there are no reports in {}", corpus.display());
    if files.is_empty() {
        return Error::new(format!("{what}: {}", why_empty(corpus)))
            .cure("reports are PDF, Word (.docx), HTML, Markdown or plain text files; name the folder that has them");
    }
    let mut lines = vec![format!("{what}; passed over:")];
    lines.extend(files.iter().take(NAMED).map(|failure| format!("  {failure}")));
    if files.len() > NAMED {
        lines.push(format!("  and {} more", files.len() - NAMED));
    }
    Error::lines(lines)
}

/// The name of the document that a lock file of Word or LibreOffice stands beside, as far as it tells; `None` for any other
/// file.
fn document_of_lock_file(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?;
    let other = name.strip_prefix(".~lock.").and_then(|name| name.strip_suffix('#'));
    let rest = other.or_else(|| name.strip_prefix("~$"))?;
    // Word drops the first two letters of longer names.
    let is_it = |found: &str| found.ends_with(rest) && found != name && found.len() <= rest.len() + 2;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = std::fs::read_dir(folder).ok()?.filter_map(std::result::Result::ok);
    let found =
        beside.find_map(|entry| entry.file_name().to_str().filter(|name| is_it(name)).map(str::to_owned));
    Some(found.unwrap_or_else(|| rest.to_owned()))
}

/// Why nothing in a folder was even looked at.
fn why_empty(folder: &Path) -> &'static str {
    let Ok(mut entries) = std::fs::read_dir(folder) else { return "it cannot be listed" };
    let Some(first) = entries.next() else { return "the folder is empty" };
    let all: Vec<_> = std::iter::once(first).chain(entries).filter_map(std::result::Result::ok).collect();
    let is_folder = |entry: &std::fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    let is_visible = |entry: &&std::fs::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    if all.iter().all(|entry| document_of_lock_file(&entry.path()).is_some()) {
        return "it has only files that Word leaves beside open documents (~$…)";
    }
    match all.iter().filter(is_visible).count() {
        0 => "it has only hidden files, which are not read",
        _ if all.iter().filter(is_visible).all(is_folder) => "its folders are empty, too",
        _ => "it has no file of a format that is read",
    }
}

/// `: a, b and 3 more`: the first of some paths.
fn list(paths: &[String]) -> String {
    let shown = paths.iter().take(NAMED_FAILURES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match paths.len().saturating_sub(NAMED_FAILURES) {
        0 => format!(": {shown}"),
        more => format!(": {shown} and {more} more"),
    }
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
    let command = WorkerCommand::new(program).environment(environment::of_workers());
    Some(arguments.into_iter().fold(command, WorkerCommand::arg))
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
    RefreshOptions::default().follow_links(scan.follow_links).allow_empty(scan.allow_empty)
}

/// The same options for reports that a table of metadata lies among.
fn without_table(options: RefreshOptions, inspectorates: &Inspectorates) -> RefreshOptions {
    match inspectorates.table() {
        Some(table) => options.no_report(table),
        None => options,
    }
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
        let options = without_table(options, &corpus.inspectorates);
        options.progress(move |now| line.show(now))
    };
    let done = corpus.index.refresh_with(folder, &options);
    line.clear();
    let done = done?;
    corpus.inspectorates.note_unmatched(&corpus.index, console);
    if done.changed_anything()
        && let Some(network) = corpus.index.network_file_system()
    {
        console.note(format!(
            "the index is on another machine ({network}): let one machine at a time write to it, or keep it on this one with \
             --index FOLDER"
        ));
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
    matches!(error.kind(), ErrorKind::Locked | ErrorKind::ReadOnly | ErrorKind::AllGone)
        && index.status().committed.is_some()
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
