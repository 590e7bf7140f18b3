//! Files read in worker processes.
//!
//! This test program is its own worker: `command` runs the ignored test `play_worker` in a new process.

use std::io::{self, BufRead as _, Read as _, Write as _};
use std::time::Duration;

use quotable::read::{Budget, ReadErrorKind, Readers};
use quotable::worker::{self, WorkerCommand, serve};
use quotable::{FailureKind, Index};

use crate::fixtures::{TempCorpus, counts};

/// Serves as a worker; crashes, hangs or answers nonsense for files named so.
#[test]
#[ignore = "the worker process of the other tests"]
fn play_worker() {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut line = String::new();
    while input.read_line(&mut line).unwrap() > 0 {
        if line.contains("dead.txt") {
            std::process::abort();
        } else if line.contains("late.txt") {
            std::thread::sleep(Duration::from_secs(60));
        } else if line.contains("mad.txt") {
            writeln!(output, "cuckoo").unwrap();
        } else {
            // The bytes to read follow the request.
            let request: serde_json::Value = serde_json::from_str(&line).unwrap();
            let content = (&mut input).take(request["bytes"].as_u64().unwrap());
            serve(line.as_bytes().chain(content), &mut output, &Readers::default()).unwrap();
        }
        line.clear();
    }
}

fn command() -> WorkerCommand {
    WorkerCommand::new("sh").arg("-c").arg(format!(
        // Drop the lines that the test harness prints.
        "'{}' --ignored --exact worker::play_worker --nocapture | sed -u -n '/^[{{c]/p'",
        std::env::current_exe().unwrap().display()
    ))
}

fn index(temp: &TempCorpus) -> Index {
    let worker = command();
    let mut budget = Budget::default();
    budget.time = Duration::from_millis(100);
    Index::builder().worker(worker).budget(budget).threads(1).open_or_create(temp.index_folder()).unwrap()
}

/// The failure of a file whose worker stands still. Only Linux tells that from one that works.
const LATE: FailureKind =
    if cfg!(target_os = "linux") { FailureKind::Unreadable } else { FailureKind::OverBudget };

/// The failure of a file that this shell script reads within the time of a budget.
#[cfg(unix)]
fn failure_of(script: &str, time: Duration) -> quotable::Failure {
    let temp = TempCorpus::new();
    temp.write("a.txt", "Sheep.");
    let mut budget = Budget::default();
    budget.time = time;
    let worker = WorkerCommand::new("sh").arg("-c").arg(script);
    let index = Index::builder().worker(worker).budget(budget).open_or_create(temp.index_folder()).unwrap();
    let mut failed = index.refresh(temp.corpus()).unwrap().failed;
    assert_eq!(failed.len(), 1, "{failed:?}");
    failed.remove(0)
}

#[cfg(unix)]
#[test]
fn a_worker_that_works_without_end_is_over_its_budget() {
    let failure = failure_of("read line; while :; do :; done", Duration::from_millis(100));
    assert_eq!(failure.kind, FailureKind::OverBudget, "{failure}");
    // A limit of its own ends it much earlier, even on a busy machine.
    let failure = failure_of("ulimit -S -t 1; read line; while :; do :; done", Duration::from_secs(20));
    assert_eq!(failure.kind, FailureKind::OverBudget, "{failure}");
    assert!(failure.message.contains("20 s of processor time"), "{failure}");
}

#[cfg(unix)]
#[test]
fn a_worker_that_stands_still_is_not() {
    let failure = failure_of("read line; exec sleep 120", Duration::from_millis(100));
    assert_eq!(failure.kind, LATE, "{failure}");
}

/// More bytes than a pipe holds, for a process that never takes them.
#[cfg(unix)]
#[test]
fn bytes_that_are_not_taken_end_with_the_time() {
    let worker = WorkerCommand::new("sleep").arg("120");
    let mut budget = Budget::default();
    budget.time = Duration::from_millis(100);
    let bytes = vec![b'x'; 1 << 20];
    let error = worker::read_bytes(&worker, &bytes, "pasted.txt", &budget).unwrap().unwrap_err();
    let kind = if cfg!(target_os = "linux") { ReadErrorKind::Unreadable } else { ReadErrorKind::OverBudget };
    assert_eq!(error.kind(), kind, "{error}");
}

#[test]
fn a_failing_worker_fails_only_its_file() {
    let temp = TempCorpus::new();
    for name in ["a", "dead", "e", "late", "m", "mad", "z"] {
        temp.write(&format!("{name}.txt"), &format!("Sheep {name}."));
    }
    let index = index(&temp);
    let refresh = index.refresh(temp.corpus()).unwrap();
    let failed: Vec<_> = refresh.failed.iter().map(|failure| (failure.path.as_str(), failure.kind)).collect();
    assert_eq!(
        failed,
        [("dead.txt", FailureKind::Crashed), ("late.txt", LATE), ("mad.txt", FailureKind::Crashed)]
    );
    assert_eq!(refresh.added, 4);
    assert_eq!(counts(&index, "sheep"), (4, 4, 4));
}

#[test]
fn a_worker_that_cannot_start_is_an_error() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "Sheep.");
    let builder = Index::builder().worker(WorkerCommand::new("/nowhere/to/be/found"));
    let index = builder.open_or_create(temp.index_folder()).unwrap();
    let error = index.refresh(temp.corpus()).unwrap_err();
    assert!(error.to_string().contains("could not be started"), "{error}");
    // No file is at fault, so that none is recorded as failed.
    assert!(index.reports().unwrap().is_empty());
}

#[test]
fn a_worker_answers_until_its_input_ends() {
    let mut output = Vec::new();
    serve(&b""[..], &mut output, &Readers::default()).unwrap();
    assert!(output.is_empty());
    assert!(serve(&b"cuckoo\n"[..], &mut output, &Readers::default()).is_err());
}

#[test]
fn bytes_are_read_like_files() {
    let read =
        |bytes: &[u8], name: &str| worker::read_bytes(&command(), bytes, name, &Budget::default()).unwrap();
    let report = read("1. Sheep.\n\n2. Zo\u{eb}'s sheep.\n".as_bytes(), "pasted.txt").unwrap();
    assert_eq!(
        report.paragraphs.iter().map(|of| of.text.as_str()).collect::<Vec<_>>(),
        ["Sheep.", "Zo\u{eb}'s sheep."]
    );
    assert_eq!(read(b"", "-").unwrap_err().kind(), ReadErrorKind::Empty);
    assert_eq!(read(b"<!doctype html><p>Sheep.", "-").unwrap().paragraphs.len(), 1);
}
