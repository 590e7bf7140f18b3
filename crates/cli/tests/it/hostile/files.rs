//! Files made to crash readers or exhaust memory and time.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use quotable_testkit::{CorruptedFiles, TestFile, crafted_files, deeply_nested_pdf};
use serde_json::Value;

use crate::sandbox::Sandbox;

/// The sample reports, by names without folders.
fn good() -> Vec<TestFile> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/reports");
    let mut good = Vec::new();
    for authority in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        // Files beside the folders, and the index of someone who searched there.
        let hidden = authority.file_name().as_encoded_bytes().starts_with(b".");
        if hidden || !authority.path().is_dir() {
            continue;
        }
        for file in std::fs::read_dir(authority.path()).unwrap().map(Result::unwrap) {
            let ending = file.path().extension().unwrap_or_default().to_string_lossy().into_owned();
            let name = file.file_name().to_string_lossy().len();
            good.push(TestFile::new(format!("{name}.{ending}"), std::fs::read(file.path()).unwrap()));
        }
    }
    // Folders are listed in no fixed order, and the seed must make the same files everywhere.
    good.sort_by(|a, b| a.bytes.cmp(&b.bytes));
    good
}

#[test]
fn a_folder_of_hostile_files_is_indexed() {
    let sandbox = Sandbox::new();
    let mut files: Vec<_> =
        crafted_files(1).into_iter().chain(CorruptedFiles::new(good(), 6).take(60)).collect();
    // It takes all the time that a file may have; the reader's own tests give it less.
    files.retain(|file| file.name != "pdf-forms-ten-by-ten.pdf");
    assert!(files.len() > 300, "{}", files.len());
    files.iter().for_each(|file| sandbox.put(&file.name, &file.bytes));
    sandbox.put("heron.txt", "1. A heron on the gate.\n");

    let began = Instant::now();
    // 3 GiB of address space for the command and each worker: more than they need, and a bound.
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -v 3145728; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_quotable"), "index"]);
    limited
        .current_dir(sandbox.corpus())
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", sandbox.home());
    let ran = sandbox.ended({
        limited.stdin(Stdio::null());
        limited
    });
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    // Generous: this is a debug build, perhaps on a busy machine.
    assert!(began.elapsed() < Duration::from_secs(120), "a hang: {:?}", began.elapsed());

    let listed = sandbox.run(&["reports", "--no-refresh", "--format", "jsonl"]);
    let records: Vec<Value> = listed.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), files.len() + 1, "each file is a report or has a reason");
    let crashed: Vec<_> = records.iter().filter(|record| record["failure"]["kind"] == "crashed").collect();
    assert!(crashed.is_empty(), "{crashed:?}");
    assert_eq!(sandbox.run(&["search", "heron gate", "--no-refresh"]).code, 0);
}

/// A reader that overflows its stack ends its worker only, for a report and for an article.
#[test]
fn a_bottomless_file_costs_itself_alone() {
    let sandbox = Sandbox::new();
    let file = deeply_nested_pdf(3_000_000);
    sandbox.put(&file.name, &file.bytes);
    sandbox.put("heron.txt", "1. A heron on the gate.\n");
    let ran = sandbox.run(&["search", "heron"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("not read: deeply-nested.pdf: the worker ended"), "{}", ran.err);
    let ran = sandbox.run(&["check", &file.name]);
    // Far too long to be taken for plain text instead.
    assert!(ran.code == 2 && !ran.err.contains("overflowed"), "{}", ran.err);
    assert!(ran.err.contains("the worker ended while it read this file"), "{}", ran.err);
    // From standard input too.
    let mut command = sandbox.command(&["check", "-"]);
    command.stdin(std::fs::File::open(sandbox.corpus().join(&file.name)).unwrap());
    let ran = sandbox.ended(command);
    // Far too long to be taken for plain text instead.
    assert!(ran.code == 2 && !ran.err.contains("overflowed"), "{}", ran.err);
    assert!(ran.err.contains("the worker ended while it read this file"), "{}", ran.err);
}
