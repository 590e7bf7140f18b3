//! Brings an index up to date with a folder.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use quotable_read::{Readers, open_regular};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::failure::{Failure, FailureKind};
use crate::ingest::batch::Batch;
use crate::ingest::ocr::Ocr;
use crate::ingest::options::{IndexAccess, Progress, RefreshOptions};
use crate::ingest::pipeline::{FinishedJob, Job, Outcome, read_all};
use crate::ingest::settings::Settings;
use crate::ingest::walk::{CorpusFile, Walk, walk};
use crate::path;
use crate::source::Origin;
use crate::store::entry::{Entry, EntryHeader, Scan};
use crate::store::fingerprint::{FAST_TICK, Fingerprint};
use crate::store::open::Store;
use crate::store::sources::SourceTable;
use crate::store::state::State;

/// The result of a refresh. `Display` is one sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Refresh {
    /// Number of files read for the first time.
    pub added: usize,
    /// Number of files read again because their content changed.
    pub changed: usize,
    /// Number of files that are no longer there and were removed from the index.
    pub removed: usize,
    /// Number of files that have not changed.
    pub unchanged: usize,
    /// Number of files of formats that no reader knows. Files that are no documents, such as style sheets, are not
    /// counted. [`Snapshot::skipped`](crate::Snapshot::skipped) names them.
    pub skipped: usize,
    /// Files that could not be read this time. The index records them, and they are read again when they change.
    pub failed: Vec<Failure>,
    /// Number of files among `unchanged` that an earlier refresh could not read.
    pub still_failing: usize,
    /// Folders that could not be listed and links that were not followed.
    pub problems: Vec<Failure>,
    /// True if the index was closed to users who could read it before, since they may not read all of its files.
    #[serde(default)]
    pub restricted: bool,
    /// True if the caller stopped the refresh before its end.
    pub cancelled: bool,
    /// The duration of the refresh.
    pub took: Duration,
}

impl Refresh {
    /// True if the index may now give other answers than before.
    pub fn changed_anything(&self) -> bool {
        self.added + self.changed + self.removed + self.failed.len() > 0
    }
}

impl fmt::Display for Refresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = [
            (self.added, "added"),
            (self.changed, "changed"),
            (self.removed, "removed"),
            (self.failed.len(), "failed"),
            (self.unchanged, "unchanged"),
            (self.skipped, "of no known format skipped"),
        ];
        // "3 files added, 1 changed": only the first number has a unit.
        let mut unit = " files";
        let mut parts = 0;
        for (count, what) in counted.into_iter().filter(|(count, _)| *count > 0) {
            let comma = if parts > 0 { ", " } else { "" };
            let unit = std::mem::take(&mut unit);
            let unit = if count == 1 { unit.trim_end_matches('s') } else { unit };
            write!(f, "{comma}{count}{unit} {what}")?;
            parts += 1;
        }
        if parts == 0 {
            f.write_str("no files found")?;
        }
        if self.cancelled {
            f.write_str("; stopped before the end")?;
        }
        write!(f, " ({:.1} s)", self.took.as_secs_f64())
    }
}

/// The changes that bring an index up to date with a walk.
#[derive(Debug, Default)]
struct RefreshPlan {
    jobs: Vec<Job>,
    /// Paths of sources to remove.
    gone: Vec<String>,
    /// Files that are not read, to record.
    not_read: Vec<Failure>,
    /// Paths of recorded files that were not read, to remove.
    forgotten: Vec<String>,
    unchanged: usize,
    still_failing: usize,
    skipped: usize,
}

impl RefreshPlan {
    /// Compares the files of a walk with the sources of the index, both in the order of their paths, as in a merge.
    fn new(
        walk: &Walk,
        table: &SourceTable,
        settings: &Settings,
        options: &RefreshOptions,
        foreign: &ForeignFormats<'_>,
    ) -> Self {
        let mut plan = Self { skipped: walk.skipped, ..Self::default() };
        let reads_the_same = |header: &EntryHeader<'_>, found: &CorpusFile| {
            header.reads_the_same(found.format, &settings.budget, settings.understanding.hash(&found.path))
        };
        let is_gone = |header: &EntryHeader<'_>| {
            header.origin == Origin::File && !walk.may_hold(header.path) && !foreign.hold(header)
        };
        // What was recognised once is recognised again.
        let wants_ocr = |header: &EntryHeader<'_>| options.ocr.is_some() || header.scan == Scan::Recognised;
        let gone = |header: EntryHeader<'_>| Some(header.path.to_owned()).filter(|_| is_gone(&header));
        plan.compare_not_read(walk, table, foreign);
        let mut headers = table.headers().filter(|header| !is_skipped(header)).peekable();
        for found in &walk.files {
            while let Some(before) = headers.next_if(|header| header.path < found.path.as_str()) {
                plan.gone.extend(gone(before));
            }
            match headers.next_if(|header| header.path == found.path) {
                // A report that a writer put in under the path of a file takes the file's place.
                Some(header) if header.origin == Origin::Put => plan.skipped += 1,
                // Without the known hash: even the same content may now give another report.
                Some(header) if options.reread || !reads_the_same(&header, found) => {
                    plan.jobs.push(Job {
                        found: found.clone(),
                        known: None,
                        new: false,
                        ocr: wants_ocr(&header),
                    });
                }
                Some(header)
                    if is_worth_another_try(&header, found, options)
                        || (options.ocr.is_some() && header.scan == Scan::Unrecognised) =>
                {
                    plan.jobs.push(Job {
                        found: found.clone(),
                        known: None,
                        new: false,
                        ocr: wants_ocr(&header),
                    });
                }
                Some(header) if header.file.is_some_and(|file| file.is_current(&found.fingerprint)) => {
                    plan.unchanged += 1;
                    plan.still_failing += usize::from(header.failure.is_some());
                }
                Some(header) if !header.failure.is_some_and(|(kind, _)| kind.may_pass()) => {
                    let same_size = header.file.is_some_and(|file| file.size == found.fingerprint.size);
                    let known = same_size.then_some(header.hash);
                    plan.jobs.push(Job { found: found.clone(), known, new: false, ocr: wants_ocr(&header) });
                }
                Some(header) => plan.jobs.push(Job {
                    found: found.clone(),
                    known: None,
                    new: false,
                    ocr: wants_ocr(&header),
                }),
                None => plan.jobs.push(Job {
                    found: found.clone(),
                    known: None,
                    new: true,
                    ocr: options.ocr.is_some(),
                }),
            }
        }
        plan.gone.extend(headers.filter_map(gone));
        plan
    }

    /// Compares the files that are not read with those on record.
    fn compare_not_read(&mut self, walk: &Walk, table: &SourceTable, foreign: &ForeignFormats<'_>) {
        for found in &walk.not_read {
            let before = table.find(&found.path).and_then(|source| table.entry(source)).map(EntryHeader::of);
            let is_new = before.is_none_or(|header| {
                let same = header.failure == Some((found.kind, found.message.as_str()));
                header.origin == Origin::File && !same && !(header.failure.is_none() && foreign.hold(&header))
            });
            if is_new {
                self.not_read.push(found.clone());
            }
        }
        let is_there = |path: &str| {
            walk.not_read.binary_search_by(|found| found.path.as_str().cmp(path)).is_ok()
                || walk.may_hold(path)
        };
        // One that is read now takes the place of its record by itself.
        let is_read = |path: &str| walk.files.binary_search_by(|found| found.path.as_str().cmp(path)).is_ok();
        let on_record = table.skipped(None).map(|header| header.path);
        let forgotten = on_record.filter(|path| !is_there(path) && !is_read(path));
        self.forgotten.extend(forgotten.map(str::to_owned));
    }

    /// Fails if all files that the index has are gone, with few or none in their place, unless the options allow it.
    fn check_not_all_gone(&self, corpus: &Path, options: &RefreshOptions) -> Result<()> {
        /// One new file for so many that are gone is not what a move or a change of names looks like.
        const FEW: usize = 10;
        let new = self.jobs.iter().filter(|job| job.new).count();
        let stay = self.unchanged + self.jobs.len() - new;
        let gone = self.gone.len();
        if options.allow_empty || gone == 0 || stay > 0 || new * FEW >= gone {
            return Ok(());
        }
        let files = if gone == 1 { "the only file".to_owned() } else { format!("all {gone} files") };
        let are = if gone == 1 { "is" } else { "are" };
        let message = format!(
            "{files} of the index {are} gone, as from a share that is not mounted; the index is kept as it was"
        );
        Err(Error::new(ErrorKind::AllGone, message).at(corpus))
    }

    fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.gone.is_empty() && self.not_read.is_empty() && self.forgotten.is_empty()
    }
}

/// True for the record of a file that is not read.
fn is_skipped(header: &EntryHeader<'_>) -> bool {
    header.failure.is_some_and(|(kind, _)| kind.is_skipped())
}

/// Tells the files of formats that this program has no reader for. Another program, with more readers, may share the
/// index and have read them.
struct ForeignFormats<'a> {
    corpus: &'a Path,
    readers: &'a Readers,
}

impl ForeignFormats<'_> {
    /// True if the source is of such a format and its file exists: then it stays in the index.
    fn hold(&self, header: &EntryHeader<'_>) -> bool {
        self.readers.formats().all(|format| format != header.format)
            && path::decode(header.path).is_some_and(|path| self.corpus.join(path).is_file())
    }
}

/// True if a file that could not be read may be readable now. Permissions are tested every time. A file that crashed
/// its reader or went over its budget is read again only if the options say so, since it may cost the whole budget
/// again.
fn is_worth_another_try(header: &EntryHeader<'_>, found: &CorpusFile, options: &RefreshOptions) -> bool {
    match &header.failure {
        Some((FailureKind::Unreadable, _)) => open_regular(&found.file).is_ok(),
        Some((kind, _)) => options.retry && kind.may_pass(),
        None => false,
    }
}

/// See [`Index::refresh`](crate::Index::refresh).
pub(crate) fn refresh(
    store: &Arc<Store>,
    settings: &Settings,
    corpus: &Path,
    options: &RefreshOptions,
) -> Result<Refresh> {
    let began = Instant::now();
    let look = || {
        let walk = walk(corpus, store.folder(), store.group(), &settings.readers, options.follow_links)?;
        Ok::<_, Error>(walk.without(corpus, &options.no_reports))
    };
    let mut walk = look()?;
    store.reload()?;
    let state = store.state();
    let foreign = ForeignFormats { corpus, readers: &settings.readers };
    let plan = RefreshPlan::new(&walk, state.sources(), settings, options, &foreign);
    plan.check_not_all_gone(corpus, options)?;
    let Access { shared, mut restricted } = set_access(store, &state, &walk, corpus, options)?;
    let is_known = shared == state.commit_info().shared;
    // A refresh without changes takes no lock, so it also works beside a writer.
    let mut refresh = if plan.is_empty() && state.commit_info().complete && is_known {
        plan.begin()
    } else {
        let mut batch = Batch::open(store, settings, options.wait)?;
        batch.share(shared);
        // While this process waited for the lock, another may have refreshed the index, with files that are newer than
        // the walk: by the old walk they would be removed again.
        let before = state.commit_info().generation;
        let state = store.state();
        if state.commit_info().generation != before {
            walk = look()?;
            let access = set_access(store, &state, &walk, corpus, options)?;
            batch.share(access.shared);
            restricted |= access.restricted;
        }
        let plan = RefreshPlan::new(&walk, state.sources(), settings, options, &foreign);
        plan.check_not_all_gone(corpus, options)?;
        let run = RefreshRun { settings, batch, refresh: plan.begin(), state, options };
        run.run(plan)?
    };
    if !refresh.changed_anything() {
        store.tidy();
    }
    refresh.restricted = restricted;
    refresh.problems = walk.problems;
    refresh.took = began.elapsed();
    Ok(refresh)
}

/// Who may read the index.
struct Access {
    /// True if it is shared.
    shared: bool,
    /// True if users could read it who no longer can.
    restricted: bool,
}

/// Sets who may read the index, before anything is written to it.
fn set_access(
    store: &Store,
    state: &State,
    walk: &Walk,
    corpus: &Path,
    options: &RefreshOptions,
) -> Result<Access> {
    let shared = match options.access {
        Some(access) => access == IndexAccess::Shared,
        None => state.commit_info().shared,
    };
    let mut restricted = false;
    if !shared {
        restricted = store.restrict(walk.readable_by)?;
    } else if options.access.is_some() {
        store.open_like(corpus)?;
    }
    Ok(Access { shared, restricted })
}

impl RefreshPlan {
    /// The result of a refresh that has not read any file yet.
    fn begin(&self) -> Refresh {
        let (unchanged, still_failing) = (self.unchanged, self.still_failing);
        Refresh { unchanged, still_failing, skipped: self.skipped, ..Refresh::default() }
    }
}

/// A refresh that changes the index.
struct RefreshRun<'a> {
    settings: &'a Settings,
    batch: Batch,
    /// The result so far.
    refresh: Refresh,
    /// The state before the refresh.
    state: Arc<State>,
    options: &'a RefreshOptions,
}

impl RefreshRun<'_> {
    fn run(mut self, plan: RefreshPlan) -> Result<Refresh> {
        for path in &plan.gone {
            self.batch.remove(path);
            self.refresh.removed += 1;
        }
        plan.forgotten.iter().for_each(|path| self.batch.remove(path));
        for Failure { path, kind, message } in &plan.not_read {
            self.batch.fail(&Entry::not_read(path, *kind, message))?;
        }
        let total = plan.jobs.len();
        let mut done = 0;
        let mut committed = Instant::now();
        let (settings, options) = (self.settings, self.options);
        wait_for_tick(&plan.jobs);
        // Where a file was recognised before, and the program is still there.
        let again = || Ocr::tesseract(Ocr::DEFAULT_LANGUAGES).ok();
        let ocr = match &options.ocr {
            Some(ocr) => Some(ocr.clone()),
            None if plan.jobs.iter().any(|job| job.ocr) => again(),
            None => None,
        };
        read_all(settings, plan.jobs, ocr.as_ref(), &options.cancel, |finished| {
            let path = finished.job.found.path.clone();
            self.record(finished)?;
            done += 1;
            if let Some(progress) = &options.progress {
                progress(Progress { done, total, failed: self.refresh.failed.len(), path: &path });
            }
            if committed.elapsed() >= options.commit_every && done < total {
                self.batch.commit(false)?;
                committed = Instant::now();
            }
            Ok(())
        })?;
        self.refresh.cancelled = done < total;
        self.batch.commit(done == total)?;
        self.batch.finish()?;
        Ok(self.refresh)
    }

    /// Writes the outcome of a job to the batch and counts it.
    fn record(&mut self, finished: FinishedJob) -> Result<()> {
        let FinishedJob { job, hash, outcome, recognised } = finished;
        let (path, fingerprint, format) = (job.found.path, job.found.fingerprint, job.found.format);
        let budget = &self.settings.budget;
        let made_by = self.settings.understanding.hash(&path);
        match outcome {
            Outcome::Same => {
                self.touch(&path, fingerprint)?;
                self.refresh.unchanged += 1;
            }
            Outcome::Read(report) => {
                let entry = Entry::of(&path, &report, Origin::File, Some(fingerprint), hash);
                let entry = entry.read_by(format, budget, made_by);
                self.batch.put(entry, *report)?;
                if job.new {
                    self.refresh.added += 1;
                } else {
                    self.refresh.changed += 1;
                }
            }
            Outcome::Failed(FailureKind::Vanished, why) => {
                self.batch.remove(&path);
                self.refresh.failed.push(Failure::new(path, FailureKind::Vanished, why));
            }
            Outcome::NoWorker(error) => {
                let message = "the process that reads files could not be started";
                return Err(Error::new(ErrorKind::Io, message).because(error));
            }
            // The index keeps the old report until the file can be read again.
            Outcome::Failed(kind @ FailureKind::Unreadable, why) if self.has_report(&path) => {
                let why = format!("{why}; the index keeps its last report");
                self.refresh.failed.push(Failure::new(path, kind, why));
            }
            Outcome::Failed(kind, why) => {
                let entry = Entry::failed(&path, fingerprint, hash, kind, &why);
                let entry = entry.after_recognition(recognised);
                self.batch.fail(&entry.read_by(format, budget, made_by))?;
                self.refresh.failed.push(Failure::new(path, kind, why));
            }
        }
        Ok(())
    }

    fn has_report(&self, path: &str) -> bool {
        let table = self.state.sources();
        table.find(path).and_then(|source| table.entry(source)).is_some_and(|entry| entry.failure.is_none())
    }

    /// Stores a new fingerprint of a file that still has the same content. Documents cannot be changed in
    /// place, so the report is read from the index and written again.
    fn touch(&mut self, path: &str, fingerprint: Fingerprint) -> Result<()> {
        let table = self.state.sources();
        let source = table.find(path).and_then(|source| Some((source, table.entry(source)?)));
        let Some((source, entry)) = source else {
            // The known hash came from this source, so only a damaged table of paths can lack it. The other files need no
            // less to be read for it, and the next refresh compares this one again.
            return Ok(());
        };
        let mut entry = entry.clone();
        entry.file = Some(entry.file.map_or(fingerprint, |before| before.renewed(fingerprint)));
        match self.state.report(source)? {
            Some(report) => {
                entry.sizes = Default::default();
                self.batch.put(entry, report)
            }
            None => {
                self.refresh.still_failing += 1;
                self.batch.fail(&entry)
            }
        }
    }
}

/// Waits a tick of a fast file system's clock if a file was written just now. Otherwise the next refresh would have to
/// compare it again, since a write in the same tick would leave its times unchanged.
fn wait_for_tick(jobs: &[Job]) {
    let unsettled = jobs.iter().map(|job| job.found.fingerprint.unsettled_for());
    if let Some(left) = unsettled.filter(|left| *left <= FAST_TICK).max()
        && !left.is_zero()
    {
        thread::sleep(left);
    }
}
