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
use crate::ingest::ocr::Ocr;
use crate::ingest::reading::{STACK, bytes_of};
use crate::ingest::recognition::{FileSource, Recogniser};
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
    /// True to recognise text on pages that are pictures.
    pub(super) ocr: bool,
}

/// A job with its outcome.
pub(super) struct FinishedJob {
    pub(super) job: Job,
    /// The hash of the file's content; zeros if it could not be read.
    pub(super) hash: [u8; 32],
    pub(super) outcome: Outcome,
    /// True if text was looked for on pages that are pictures.
    pub(super) recognised: bool,
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

/// Reads files in as many threads as the settings say, with `ocr` for the jobs that ask for it. Calls `each` on this thread with each finished job, in the order
/// in which they finish. Stops early when the flag is raised or `each` fails.
///
/// Threads wait while two finished jobs a thread have not been taken, so that memory stays bounded.
pub(super) fn read_all(
    settings: &Settings,
    jobs: Vec<Job>,
    ocr: Option<&Ocr>,
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
                    if !send(&sender, read(settings, worker.as_mut(), ocr, cancel, job)) {
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

fn read(
    settings: &Settings,
    worker: Option<&mut Worker>,
    ocr: Option<&Ocr>,
    cancel: &CancelFlag,
    mut job: Job,
) -> FinishedJob {
    // Before the content is read, so that a write after that changes the file's times.
    job.found.fingerprint = job.found.fingerprint.settled_now();
    let recogniser = ocr.filter(|_| job.ocr).map(|ocr| Recogniser { ocr, cancel });
    let mut recognised = false;
    let (hash, mut outcome) = match known_or_too_large(settings, &job) {
        Some((hash, outcome)) => (hash, outcome),
        None => match source(settings, worker, &job) {
            Ok(mut source) => {
                let hints = settings.understanding.hints(&job.found.path);
                let mut read = source.read(&hints);
                if let (Ok(first), Some(recogniser)) = (&mut read, recogniser) {
                    recognised = recogniser.complete(&mut source, &hints, first);
                }
                match read {
                    Ok(Answer { read: Err(error), .. })
                        if error.kind() == ReadErrorKind::Unreadable && is_gone(&job.found.file) =>
                    {
                        (UNKNOWN, vanished())
                    }
                    Ok(Answer { hash, read }) => (hash, read.into()),
                    Err(error) => (UNKNOWN, Outcome::NoWorker(error)),
                }
            }
            Err(error) => (UNKNOWN, unreadable(&error)),
        },
    };
    if let Outcome::Read(report) = &mut outcome {
        settings.understanding.complete(report);
    }
    FinishedJob { job, hash, outcome, recognised }
}

/// The hash of a file that could not be read.
const UNKNOWN: [u8; 32] = [0; 32];

/// The hash and the outcome of a file that needs no reading.
fn known_or_too_large(settings: &Settings, job: &Job) -> Option<([u8; 32], Outcome)> {
    let (size, limit) = (job.found.fingerprint.size, settings.budget.input);
    if size > limit {
        let message =
            format!("the file has {size} bytes, more than the limit of {limit}; split it into smaller files");
        return Some((UNKNOWN, Outcome::Failed(FailureKind::OverBudget, message)));
    }
    let known = job.known?;
    match content_hash(&job.found.file, size) {
        Ok(hash) if hash == known => Some((known, Outcome::Same)),
        Ok(_) => None,
        Err(error) => Some((UNKNOWN, unreadable(&error))),
    }
}

/// Where a file is read: in a worker, or here, with its bytes.
fn source<'a>(
    settings: &'a Settings,
    worker: Option<&'a mut Worker>,
    job: &'a Job,
) -> io::Result<FileSource<'a>> {
    let (file, path) = (&job.found.file, &job.found.path);
    Ok(match worker {
        Some(worker) => FileSource::Worker { worker, file, path },
        None => FileSource::Here { settings, file, path, bytes: bytes_of(file, settings.budget.input)? },
    })
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
