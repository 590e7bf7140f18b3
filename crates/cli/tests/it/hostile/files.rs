//! Files that are out to do harm, read as anybody's files are.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use quotable_testkit::{CorruptedFiles, TestFile, crafted_files, deeply_nested_pdf};
use serde_json::Value;

use crate::desk::Desk;

/// The sample reports, by names without folders.
fn good() -> Vec<TestFile> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/reports");
    let mut good = Vec::new();
    for authority in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        // What stands beside the folders, and the index of whoever searched there.
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
    // The order of a folder is nobody's promise, and the seed is to make the same files everywhere.
    good.sort_by(|a, b| a.bytes.cmp(&b.bytes));
    good
}

#[test]
fn a_folder_of_hostile_files_is_indexed() {
    let desk = Desk::new();
    let mut files: Vec<_> =
        crafted_files(1).into_iter().chain(CorruptedFiles::new(good(), 6).take(60)).collect();
    // It takes all the time that a file may have; the reader's own tests give it less.
    files.retain(|file| file.name != "pdf-forms-ten-by-ten.pdf");
    assert!(files.len() > 300, "{}", files.len());
    files.iter().for_each(|file| desk.put(&file.name, &file.bytes));
    desk.put("heron.txt", "1. A heron on the gate.\n");

    let began = Instant::now();
    // 3 GiB of addresses, for the command and for each of its workers: more than it needs, less than a flood.
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -v 3145728; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_quotable"), "index"]);
    limited.current_dir(desk.corpus()).env_clear().env("PATH", "/usr/bin:/bin").env("HOME", desk.home());
    let ran = desk.ended({
        limited.stdin(Stdio::null());
        limited
    });
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    // The test is compiled to be debugged, and may not be alone on the machine.
    assert!(began.elapsed() < Duration::from_secs(120), "a hang: {:?}", began.elapsed());

    let listed = desk.run(&["reports", "--no-refresh", "--format", "jsonl"]);
    let records: Vec<Value> = listed.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), files.len() + 1, "each file is a report or has a reason");
    let crashed: Vec<_> = records.iter().filter(|record| record["failure"]["kind"] == "crashed").collect();
    assert!(crashed.is_empty(), "{crashed:?}");
    assert_eq!(desk.run(&["search", "heron gate", "--no-refresh"]).code, 0);
}

/// Nothing that a reader does to its own process reaches the command, be the file a report or an article.
#[test]
fn a_file_without_bottom_costs_itself_alone() {
    let desk = Desk::new();
    let file = deeply_nested_pdf(3_000_000);
    desk.put(&file.name, &file.bytes);
    desk.put("heron.txt", "1. A heron on the gate.\n");
    let ran = desk.run(&["search", "heron"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("not read: deeply-nested.pdf: the worker ended"), "{}", ran.err);
    let ran = desk.run(&["check", &file.name]);
    assert!(ran.code < 2 && !ran.err.contains("overflowed"), "{}", ran.err);
    assert!(ran.err.contains("the worker ended while it read this file"), "{}", ran.err);
    // From the standard input too.
    let mut command = desk.command(&["check", "-"]);
    command.stdin(std::fs::File::open(desk.corpus().join(&file.name)).unwrap());
    let ran = desk.ended(command);
    assert!(ran.code < 2 && !ran.err.contains("overflowed"), "{}", ran.err);
    assert!(ran.err.contains("the worker ended while it read this file"), "{}", ran.err);
}
