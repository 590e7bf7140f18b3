//! Files read side by side.

use std::fs;
use std::io;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use quotable_read::ReadError;
use quotable_report::Report;

use crate::builder::IndexBuilder;
use crate::reading::{STACK, read_bytes};
use crate::walk::Found;
use crate::worker::Worker;
use crate::{CancelFlag, Error, FailureKind, Result};

/// A file to read.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) found: Found,
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
    settings: &IndexBuilder,
    jobs: Vec<Job>,
    cancel: &CancelFlag,
    mut each: impl FnMut(Done) -> Result<()>,
) -> Result<()> {
    let threads = settings.threads.min(jobs.len());
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

fn read(settings: &IndexBuilder, worker: Option<&mut Worker>, job: Job) -> Done {
    let (hash, outcome) = match bytes_of(settings, &job) {
        Err((kind, why)) => ([0; 32], Outcome::Failed(kind, why)),
        Ok(bytes) => {
            let hash: [u8; 32] = blake3::hash(&bytes).into();
            if job.known == Some(hash) {
                (hash, Outcome::Same)
            } else if let Some(worker) = worker {
                drop(bytes);
                let read = worker.read(&job.found.file, &job.found.path);
                (hash, read.map_or_else(Outcome::NoWorker, Outcome::from))
            } else {
                let (file, path) = (&job.found.file, &job.found.path);
                (hash, read_bytes(&settings.readers, file, path, &bytes, &settings.budget).into())
            }
        }
    };
    Done { job, hash, outcome }
}

fn bytes_of(settings: &IndexBuilder, job: &Job) -> Result<Vec<u8>, (FailureKind, String)> {
    let (size, limit) = (job.found.fingerprint.size, settings.budget.input);
    if size > limit {
        let message =
            format!("{size} bytes; a report has far less than the limit of {limit}. Split the file");
        return Err((FailureKind::OverBudget, message));
    }
    fs::read(&job.found.file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => (
            FailureKind::Vanished,
            "gone between the listing of the corpus and the reading of the file".to_owned(),
        ),
        _ => (FailureKind::Unreadable, format!("the file cannot be read: {error}")),
    })
}
