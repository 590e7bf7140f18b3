//! Files read side by side.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use quotable_read::{ReadError, ReadErrorKind};
use quotable_report::Report;

use crate::cancel::CancelFlag;
use crate::error::{Error, Result};
use crate::failure::FailureKind;
use crate::ingest::reading::{STACK, read_bytes};
use crate::ingest::settings::Settings;
use crate::ingest::walk::CorpusFile;
use crate::ingest::worker::{Answer, Worker};

/// A file to read.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) found: CorpusFile,
    /// The hash of the content that is on record, if the same content would give the same report.
    pub(crate) known: Option<[u8; 32]>,
    /// True if nothing is on record of it.
    pub(crate) new: bool,
}

/// What came of a job.
pub(crate) struct Done {
    pub(crate) job: Job,
    /// The hash of the content; zeros if it could not be had.
    pub(crate) hash: [u8; 32],
    pub(crate) outcome: Outcome,
}

pub(crate) enum Outcome {
    /// The content is what is on record.
    Same,
    Read(Box<Report>),
    Failed(FailureKind, String),
    /// Not the file's fault: there is nobody to read it.
    NoWorker(io::Error),
}

impl From<Result<Report, ReadError>> for Outcome {
    fn from(read: Result<Report, ReadError>) -> Self {
        match read {
            Ok(report) => Self::Read(Box::new(report)),
            Err(error) => Self::Failed(error.kind().into(), error.to_string()),
        }
    }
}

/// Reads files in as many threads as the settings say and gives each to `each`, on this thread, as it is done.
/// Stops early when the flag is raised or `each` fails. A thread waits when two files for each of them are done
/// and not yet taken, so that memory stays bounded.
pub(crate) fn read_all(
    settings: &Settings,
    jobs: Vec<Job>,
    cancel: &CancelFlag,
    mut each: impl FnMut(Done) -> Result<()>,
) -> Result<()> {
    let threads = settings.thread_count().min(jobs.len());
    let queue = Mutex::new(jobs.into_iter());
    let stop = AtomicBool::new(false);
    let (sender, receiver) = sync_channel(threads * 2);
    thread::scope(|scope| {
        for number in 0..threads {
            let sender = sender.clone();
            let (queue, stop) = (&queue, &stop);
            let work = move || {
                let mut worker =
                    settings.worker.as_ref().map(|command| Worker::new(command, settings.budget));
                while !stop.load(Ordering::Relaxed) && !cancel.is_cancelled() {
                    let job = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some(job) = job else { break };
                    if !send(&sender, read(settings, worker.as_mut(), job)) {
                        break;
                    }
                }
            };
            let name = format!("quotable-read-{number}");
            let spawned = thread::Builder::new().name(name).stack_size(STACK).spawn_scoped(scope, work);
            if let Err(error) = spawned {
                stop.store(true, Ordering::Relaxed);
                return Err(Error::from(error));
            }
        }
        drop(sender);
        // The channel ends when every thread has; on a failure it is dropped, and the threads end with it.
        for done in receiver {
            if let Err(error) = each(done) {
                stop.store(true, Ordering::Relaxed);
                return Err(error);
            }
        }
        Ok(())
    })
}

fn send(sender: &SyncSender<Done>, done: Done) -> bool {
    sender.send(done).is_ok()
}

fn read(settings: &Settings, worker: Option<&mut Worker>, job: Job) -> Done {
    let (hash, outcome) = outcome(settings, worker, &job);
    Done { job, hash, outcome }
}

/// The hash of the content, zeros if it could not be had, and what came of it.
fn outcome(settings: &Settings, worker: Option<&mut Worker>, job: &Job) -> ([u8; 32], Outcome) {
    const UNKNOWN: [u8; 32] = [0; 32];
    let (file, path) = (&job.found.file, &job.found.path);
    let (size, limit) = (job.found.fingerprint.size, settings.budget.input);
    if size > limit {
        let message =
            format!("{size} bytes; a report has far less than the limit of {limit}. Split the file");
        return (UNKNOWN, Outcome::Failed(FailureKind::OverBudget, message));
    }
    let Some(worker) = worker else {
        return match bytes_of(file) {
            Ok(bytes) if job.known == Some(hash_of(&bytes)) => (hash_of(&bytes), Outcome::Same),
            Ok(bytes) => {
                let read = read_bytes(&settings.readers, file, path, &bytes, &settings.budget);
                (hash_of(&bytes), read.into())
            }
            Err(failed) => (UNKNOWN, failed),
        };
    };
    // Only where the content may be what is on record is the file read here too.
    if let Some(known) = job.known {
        match bytes_of(file) {
            Ok(bytes) if known == hash_of(&bytes) => return (known, Outcome::Same),
            Ok(_) => {}
            Err(failed) => return (UNKNOWN, failed),
        }
    }
    match worker.read(file, path) {
        Ok(Answer { read: Err(error), .. }) if error.kind() == ReadErrorKind::Unreadable && is_gone(file) => {
            (UNKNOWN, vanished())
        }
        Ok(Answer { hash, read }) => (hash, read.into()),
        Err(error) => (UNKNOWN, Outcome::NoWorker(error)),
    }
}

fn hash_of(bytes: &[u8]) -> [u8; 32] {
    blake3::hash(bytes).into()
}

fn bytes_of(file: &Path) -> Result<Vec<u8>, Outcome> {
    fs::read(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => vanished(),
        _ => Outcome::Failed(FailureKind::Unreadable, format!("the file cannot be read: {error}")),
    })
}

fn is_gone(file: &Path) -> bool {
    fs::symlink_metadata(file).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

fn vanished() -> Outcome {
    let message = "gone between the listing of the corpus and the reading of the file";
    Outcome::Failed(FailureKind::Vanished, message.to_owned())
}
