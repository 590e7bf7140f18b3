//! Reads many files at once, in threads.

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
use crate::content_hash::content_hash;
use crate::error::{Error, Result};
use crate::failure::FailureKind;
use crate::ingest::reading::{STACK, bytes_of, read_bytes};
use crate::ingest::settings::Settings;
use crate::ingest::walk::CorpusFile;
use crate::ingest::worker::{Answer, Worker};

/// A file to read.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) found: CorpusFile,
    /// The hash of the file's content in the index, if the file may still have it and it would give the same report
    /// again.
    pub(super) known: Option<[u8; 32]>,
    /// True if the index has no source with this path.
    pub(super) new: bool,
}

/// A job with its outcome.
pub(super) struct FinishedJob {
    pub(super) job: Job,
    /// The hash of the file's content; zeros if it could not be read.
    pub(super) hash: [u8; 32],
    pub(super) outcome: Outcome,
}

pub(super) enum Outcome {
    /// The content is the one that the index has.
    Same,
    Read(Box<Report>),
    Failed(FailureKind, String),
    /// No worker process could be started. No fault of the file.
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

/// Reads files in as many threads as the settings say. Calls `each` on this thread with each finished job, in the order
/// in which they finish. Stops early when the flag is raised or `each` fails.
///
/// Threads wait while two finished jobs a thread have not been taken, so that memory stays bounded.
pub(super) fn read_all(
    settings: &Settings,
    jobs: Vec<Job>,
    cancel: &CancelFlag,
    mut each: impl FnMut(FinishedJob) -> Result<()>,
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
                let mut worker = settings.worker.as_ref().map(|command| {
                    Worker::new(command, settings.budget, settings.understanding.profiles.clone())
                });
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
        // The channel ends with the last thread. When this loop returns early it drops the receiver, and the threads,
        // which then fail to send, end too.
        for finished in receiver {
            if let Err(error) = each(finished) {
                stop.store(true, Ordering::Relaxed);
                return Err(error);
            }
        }
        Ok(())
    })
}

/// False if the receiver is gone.
fn send(sender: &SyncSender<FinishedJob>, finished: FinishedJob) -> bool {
    sender.send(finished).is_ok()
}

fn read(settings: &Settings, worker: Option<&mut Worker>, mut job: Job) -> FinishedJob {
    // Before the content is read, so that a write after that changes the file's times.
    job.found.fingerprint = job.found.fingerprint.settled_now();
    let (hash, mut outcome) = outcome(settings, worker, &job);
    if let Outcome::Read(report) = &mut outcome {
        settings.understanding.complete(report);
    }
    FinishedJob { job, hash, outcome }
}

/// The hash of the file's content, zeros if it could not be read, and the outcome.
fn outcome(settings: &Settings, worker: Option<&mut Worker>, job: &Job) -> ([u8; 32], Outcome) {
    const UNKNOWN: [u8; 32] = [0; 32];
    let (file, path) = (&job.found.file, &job.found.path);
    let (size, limit) = (job.found.fingerprint.size, settings.budget.input);
    if size > limit {
        let message =
            format!("the file has {size} bytes, more than the limit of {limit}; split it into smaller files");
        return (UNKNOWN, Outcome::Failed(FailureKind::OverBudget, message));
    }
    if let Some(known) = job.known {
        match content_hash(file, size) {
            Ok(hash) if hash == known => return (known, Outcome::Same),
            Ok(_) => {}
            Err(error) => return (UNKNOWN, unreadable(&error)),
        }
    }
    let Some(worker) = worker else {
        return match bytes_of(file, limit) {
            Ok(bytes) => {
                let (profiles, hints) =
                    (settings.understanding.profiles(), settings.understanding.hints(path));
                let read =
                    read_bytes(&settings.readers, profiles, &hints, file, path, &bytes, &settings.budget);
                (blake3::hash(&bytes).into(), read.into())
            }
            Err(error) => (UNKNOWN, unreadable(&error)),
        };
    };
    match worker.read(file, path, settings.understanding.hints(path)) {
        Ok(Answer { read: Err(error), .. }) if error.kind() == ReadErrorKind::Unreadable && is_gone(file) => {
            (UNKNOWN, vanished())
        }
        Ok(Answer { hash, read }) => (hash, read.into()),
        Err(error) => (UNKNOWN, Outcome::NoWorker(error)),
    }
}

fn unreadable(error: &io::Error) -> Outcome {
    match error.kind() {
        io::ErrorKind::NotFound => vanished(),
        _ => Outcome::Failed(FailureKind::Unreadable, format!("the file cannot be read: {error}")),
    }
}

fn is_gone(file: &Path) -> bool {
    fs::symlink_metadata(file).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

fn vanished() -> Outcome {
    let message = "the file was deleted after the corpus was listed and before the file was read";
    Outcome::Failed(FailureKind::Vanished, message.to_owned())
}
