//! A folder against the index.

use std::fmt;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use quotable_read::{Budget, Readers};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::failure::{Failure, FailureKind};
use crate::ingest::batch::Batch;
use crate::ingest::options::{Progress, RefreshOptions};
use crate::ingest::pipeline::{Done, Job, Outcome, read_all};
use crate::ingest::settings::Settings;
use crate::ingest::walk::{CorpusFile, Walk, walk};
use crate::path;
use crate::source::Origin;
use crate::store::entry::{Entry, EntryHeader};
use crate::store::open::Store;
use crate::store::sources::SourceTable;
use crate::store::state::State;

/// What a refresh found and did. `Display` is one sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Refresh {
    /// Files read for the first time.
    pub added: usize,
    /// Files read again because their content changed.
    pub changed: usize,
    /// Files that are gone, removed from the index.
    pub removed: usize,
    /// Files known and left as they are.
    pub unchanged: usize,
    /// Files that no reader recognises, left alone.
    pub skipped: usize,
    /// Files that could not be read this time. They are kept on record and tried again when they change.
    pub failed: Vec<Failure>,
    /// Files of `unchanged` that could not be read on an earlier refresh and have not changed since.
    pub still_failing: usize,
    /// What was wrong with folders and links.
    pub problems: Vec<Failure>,
    /// True if the caller stopped it before the end.
    pub cancelled: bool,
    /// How long it took.
    pub took: Duration,
}

impl Refresh {
    /// True if the index now answers otherwise than before.
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

/// What is to be done to bring an index up to date with a walk.
#[derive(Debug, Default)]
struct Plan {
    jobs: Vec<Job>,
    gone: Vec<String>,
    unchanged: usize,
    still_failing: usize,
    skipped: usize,
}

impl Plan {
    fn new(
        walk: &Walk,
        table: &SourceTable,
        budget: &Budget,
        options: &RefreshOptions,
        foreign: &Foreign<'_>,
    ) -> Self {
        let mut plan = Self { skipped: walk.skipped, ..Self::default() };
        let is_gone = |stub: &EntryHeader<'_>| {
            stub.origin == Origin::File && !walk.may_hold(stub.path) && !foreign.holds(stub)
        };
        let gone = |stub: EntryHeader<'_>| Some(stub.path.to_owned()).filter(|_| is_gone(&stub));
        // Both are in the order of their paths.
        let mut stubs = table.headers().peekable();
        for found in &walk.files {
            while let Some(before) = stubs.next_if(|stub| stub.path < found.path.as_str()) {
                plan.gone.extend(gone(before));
            }
            match stubs.next_if(|stub| stub.path == found.path) {
                // What a writer put there under this name is his to keep.
                Some(stub) if stub.origin == Origin::Put => plan.skipped += 1,
                // Read otherwise than it would be now: the content may be the same and the report not.
                Some(stub) if options.reread || !stub.reads_the_same(found.format, budget) => {
                    plan.jobs.push(Job { found: found.clone(), known: None, new: false });
                }
                Some(stub) if is_worth_another_try(&stub, found, options) => {
                    plan.jobs.push(Job { found: found.clone(), known: None, new: false });
                }
                Some(stub) if is_current(&stub, found.fingerprint) => {
                    plan.unchanged += 1;
                    plan.still_failing += usize::from(stub.failure.is_some());
                }
                Some(stub) if !stub.failure.is_some_and(|(kind, _)| kind.may_pass()) => {
                    plan.jobs.push(Job { found: found.clone(), known: Some(stub.hash), new: false });
                }
                Some(_) => plan.jobs.push(Job { found: found.clone(), known: None, new: false }),
                None => plan.jobs.push(Job { found: found.clone(), known: None, new: true }),
            }
        }
        plan.gone.extend(stubs.filter_map(gone));
        plan
    }

    fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.gone.is_empty()
    }
}

/// Files of formats that this program does not read, and another, with which it shares the index, does.
struct Foreign<'a> {
    corpus: &'a Path,
    readers: &'a Readers,
}

impl Foreign<'_> {
    /// True if the file is there, and its report is another's to keep.
    fn holds(&self, stub: &EntryHeader<'_>) -> bool {
        self.readers.formats().all(|format| format != stub.format)
            && path::decode(stub.path).is_some_and(|path| self.corpus.join(path).is_file())
    }
}

/// True if a file that could not be read may be readable now. A permission is looked up each time; what was too
/// much for the budget, or crashed, is tried again when asked, since each try may cost the whole budget.
fn is_worth_another_try(stub: &EntryHeader<'_>, found: &CorpusFile, options: &RefreshOptions) -> bool {
    match &stub.failure {
        Some((FailureKind::Unreadable, _)) => File::open(&found.file).is_ok(),
        Some((kind, _)) => options.retry && kind.may_pass(),
        None => false,
    }
}

fn is_current(stub: &EntryHeader<'_>, now: crate::store::entry::Fingerprint) -> bool {
    stub.file.is_some_and(|file| file.settled && (file.size, file.modified) == (now.size, now.modified))
}

/// See [`Index::refresh`].
pub(crate) fn refresh(
    store: &Arc<Store>,
    settings: &Settings,
    corpus: &Path,
    options: &RefreshOptions,
) -> Result<Refresh> {
    let began = Instant::now();
    let look = || walk(corpus, store.folder(), &settings.readers, options.follow_links);
    let mut walk = look()?;
    store.reload()?;
    let state = store.state();
    let budget = &settings.budget;
    let foreign = Foreign { corpus, readers: &settings.readers };
    let plan = Plan::new(&walk, state.sources(), budget, options, &foreign);
    let mut refresh = if plan.is_empty() && state.commit_info().complete {
        plan.begin()
    } else {
        let batch = Batch::open(store, settings, options.wait)?;
        // Another process may have done some of it before this one had the lock, with files that came since.
        let before = state.commit_info().generation;
        let state = store.state();
        if state.commit_info().generation != before {
            walk = look()?;
        }
        let plan = Plan::new(&walk, state.sources(), budget, options, &foreign);
        let under_way = UnderWay { settings, batch, refresh: plan.begin(), state, options };
        under_way.run(plan)?
    };
    if !refresh.changed_anything() {
        store.tidy();
    }
    refresh.problems = walk.problems;
    refresh.took = began.elapsed();
    Ok(refresh)
}

impl Plan {
    fn begin(&self) -> Refresh {
        let (unchanged, still_failing) = (self.unchanged, self.still_failing);
        Refresh { unchanged, still_failing, skipped: self.skipped, ..Refresh::default() }
    }
}

/// A refresh that changes something.
struct UnderWay<'a> {
    settings: &'a Settings,
    batch: Batch,
    refresh: Refresh,
    /// The state before.
    state: Arc<State>,
    options: &'a RefreshOptions,
}

impl UnderWay<'_> {
    fn run(mut self, plan: Plan) -> Result<Refresh> {
        for path in &plan.gone {
            self.batch.remove(path);
            self.refresh.removed += 1;
        }
        let total = plan.jobs.len();
        let mut done = 0;
        let mut committed = Instant::now();
        let (settings, options) = (self.settings, self.options);
        read_all(settings, plan.jobs, &options.cancel, |finished| {
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

    fn record(&mut self, done: Done) -> Result<()> {
        let Done { job, hash, outcome } = done;
        let (path, fingerprint, format) = (job.found.path, job.found.fingerprint, job.found.format);
        let budget = &self.settings.budget;
        match outcome {
            Outcome::Same => {
                self.touch(&path, fingerprint)?;
                self.refresh.unchanged += 1;
            }
            Outcome::Read(report) => {
                let entry = Entry::of(&path, &report, Origin::File, Some(fingerprint), hash);
                let entry = entry.read_by(format, budget);
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
                return Err(Error::new(ErrorKind::Io, "the worker that reads files could not be started")
                    .because(error));
            }
            // The report of before stands until the file can be read again.
            Outcome::Failed(kind @ FailureKind::Unreadable, why) if self.has_report(&path) => {
                self.refresh.failed.push(Failure::new(path, kind, why));
            }
            Outcome::Failed(kind, why) => {
                let entry = Entry::failed(&path, fingerprint, hash, kind, &why);
                self.batch.fail(&entry.read_by(format, budget))?;
                self.refresh.failed.push(Failure::new(path, kind, why));
            }
        }
        Ok(())
    }

    fn has_report(&self, path: &str) -> bool {
        let table = self.state.sources();
        table.find(path).and_then(|source| table.entry(source)).is_some_and(|entry| entry.failure.is_none())
    }

    /// The file was written anew with the same content: only its fingerprint changes.
    fn touch(&mut self, path: &str, fingerprint: crate::store::entry::Fingerprint) -> Result<()> {
        let table = self.state.sources();
        let Some(source) = table.find(path) else { return Ok(()) };
        let Some(entry) = table.entry(source) else { return Ok(()) };
        let mut entry = entry.clone();
        entry.file = Some(fingerprint);
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
