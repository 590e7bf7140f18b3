//! Files read in processes of their own.
//!
//! This test program is its own worker: the ignored test below serves when it is run with the right variable.

use std::io::{self, BufRead as _, Read as _, Write as _};
use std::time::Duration;

use quotable::read::{Budget, ReadErrorKind, Readers};
use quotable::worker::{self, WorkerCommand, serve};
use quotable::{FailureKind, Index};

use crate::shelf::{Shelf, counts};

/// Serves as a worker, and plays dead, late or mad on files that ask for it.
#[test]
#[ignore = "the worker process of the tests beside it"]
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
        } else if line.contains("\"bytes\":null") {
            serve(line.as_bytes(), &mut output, &Readers::default()).unwrap();
        } else {
            // What is to be read follows.
            serve(line.as_bytes().chain(&mut input), &mut output, &Readers::default()).unwrap();
        }
        line.clear();
    }
}

fn command() -> WorkerCommand {
    WorkerCommand::new("sh").arg("-c").arg(format!(
        // The harness prints three lines of its own before the test begins.
        "'{}' --ignored --exact worker::play_worker --nocapture | sed -u -n '/^[{{c]/p'",
        std::env::current_exe().unwrap().display()
    ))
}

fn index(shelf: &Shelf) -> Index {
    let worker = command();
    let mut budget = Budget::default();
    budget.time = Duration::from_millis(100);
    Index::builder().worker(worker).budget(budget).threads(1).open_or_create(shelf.index_folder()).unwrap()
}

#[test]
fn whatever_a_worker_does_costs_its_file_alone() {
    let shelf = Shelf::new();
    for name in ["a", "dead", "e", "late", "m", "mad", "z"] {
        shelf.write(&format!("{name}.txt"), "Sheep.");
    }
    let index = index(&shelf);
    let refresh = index.refresh(shelf.corpus()).unwrap();
    let failed: Vec<_> = refresh.failed.iter().map(|failure| (failure.path.as_str(), failure.kind)).collect();
    assert_eq!(
        failed,
        [
            ("dead.txt", FailureKind::Crashed),
            ("late.txt", FailureKind::OverBudget),
            ("mad.txt", FailureKind::Crashed)
        ]
    );
    assert_eq!(refresh.added, 4);
    assert_eq!(counts(&index, "sheep"), (4, 4, 4));
}

#[test]
fn a_worker_that_cannot_be_started_is_said_so() {
    let shelf = Shelf::new();
    shelf.write("a.txt", "Sheep.");
    let builder = Index::builder().worker(WorkerCommand::new("/nowhere/to/be/found"));
    let index = builder.open_or_create(shelf.index_folder()).unwrap();
    let error = index.refresh(shelf.corpus()).unwrap_err();
    assert!(error.to_string().contains("could not be started"), "{error}");
    // No file is to blame, and none is on record for it.
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
fn bytes_are_read_as_files_are() {
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
