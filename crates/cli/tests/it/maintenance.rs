//! Indexes interrupted, verified, rebuilt and copied.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use quotable::{CancelFlag, Index, RefreshOptions};

use crate::sandbox::Sandbox;

/// A corpus whose first indexing was stopped after a few files.
fn interrupted() -> Sandbox {
    let sandbox = Sandbox::with_reports();
    // More files than the readers hold before the first is written.
    for number in 0..20 {
        sandbox.put(&format!("more/{number}.txt"), format!("1. Case {number} in Fenwick.\n"));
    }
    let flag = CancelFlag::new();
    let raised = flag.clone();
    let options = RefreshOptions::default().cancel(flag).progress(move |_| raised.cancel());
    let index = Index::builder().threads(1).open_or_create(sandbox.corpus().join(".quotable")).unwrap();
    assert!(index.refresh_with(sandbox.corpus(), &options).unwrap().cancelled);
    sandbox
}

#[test]
fn every_answer_notes_an_incomplete_index() {
    let sandbox = interrupted();
    let asked: [&[&str]; 6] = [
        &["search", "fenwick OR orrery"],
        &["search", "fenwick OR orrery", "--format", "jsonl"],
        &["kwic", "fenwick OR orrery", "--format", "csv"],
        &["kwic", "fenwick OR orrery", "--format", "jsonl"],
        &["count", "fenwick OR orrery", "--format", "csv"],
        &["count", "fenwick OR orrery", "--format", "jsonl"],
    ];
    for arguments in asked {
        let ran = sandbox.run(&[arguments, &["--no-refresh"]].concat());
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains("the index is incomplete"), "{arguments:?}: {}", ran.err);
        let line = ran.out.lines().last().unwrap();
        let said = match arguments.last() {
            Some(&"csv") => {
                let head = ran.out.lines().next().unwrap();
                let column = head.split(',').rev().position(|name| name == "complete").unwrap();
                line.split(',').rev().nth(column) == Some("false")
            }
            Some(&"jsonl") => line.contains("\"incomplete\":true") || line.contains("\"complete\":false"),
            _ => true,
        };
        assert!(said, "{arguments:?}: {line}");
        let whole = sandbox.run(&["count", "fenwick", "--no-refresh"]);
        assert!(whole.out.contains("not all read"), "{}", whole.out);
    }
    let ran = sandbox.run(&["search", "fenwick OR orrery", "--format", "jsonl"]);
    assert!(!ran.out.contains("incomplete") && !ran.err.contains("is incomplete"), "{}", ran.err);
}

#[test]
fn an_empty_index_is_noted() {
    let sandbox = Sandbox::with_reports();
    Index::open_or_create(sandbox.corpus().join(".quotable")).unwrap();
    let ran = sandbox.run(&["search", "fenwick", "--no-refresh"]);
    assert!(ran.code == 2 && ran.err.contains("no file has been read yet"), "{}", ran.err);
}

#[test]
fn a_first_search_waits_for_the_process_that_indexes() {
    let sandbox = Sandbox::with_reports();
    let index = Index::open_or_create(sandbox.corpus().join(".quotable")).unwrap();
    let writer = index.writer().unwrap();
    let mut command = sandbox.command(&["search", "unallocated"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    thread::sleep(Duration::from_millis(400));
    assert!(child.try_wait().unwrap().is_none(), "it waits");
    drop(writer);
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(ended.status.success(), "{said}");
    assert!(said.contains(&format!("process {}", std::process::id())) && said.contains("waiting"), "{said}");
}

#[test]
fn concurrent_first_searches_all_answer() {
    let sandbox = Sandbox::with_reports();
    for number in 0..40 {
        sandbox.put(&format!("more/{number}.txt"), format!("1. Case {number} was unallocated.\n"));
    }
    let start = || {
        let mut command = sandbox.command(&["search", "unallocated", "--all", "--format", "jsonl"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children = [start(), start(), start(), start()];
    let ended = children.map(|child| child.wait_with_output().unwrap());
    for one in &ended {
        assert!(one.status.success(), "{}", String::from_utf8_lossy(&one.stderr));
        assert_eq!(one.stdout, ended[0].stdout);
        assert_eq!(one.stdout.iter().filter(|byte| **byte == b'\n').count(), 42);
    }
}

#[test]
fn verify_reports_damage_and_changed_files() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    let ran = sandbox.run(&["index", "verify"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("sound") && ran.out.contains("3 files as they were read"), "{}", ran.out);
    sandbox.put("orrery/visit.txt", "1. In Orrery all is new.\n");
    let ran = sandbox.run(&["index", "verify"]);
    assert!(ran.code == 1 && ran.out.contains("orrery/visit.txt"), "{}{}", ran.out, ran.err);
    assert!(
        sandbox
            .run(&["index", "verify", "--format", "jsonl"])
            .out
            .contains("\"changed\":[\"orrery/visit.txt\"]")
    );
}

#[test]
fn a_damaged_index_is_reported_and_rebuilt() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    let before = sandbox.run(&["search", "unallocated", "--format", "jsonl"]).out;
    let is_store = |file: &fs::DirEntry| file.path().extension().is_some_and(|kind| kind == "store");
    let files = fs::read_dir(sandbox.corpus().join(".quotable")).unwrap().map(|file| file.unwrap());
    let store = files.into_iter().find(is_store).unwrap().path();
    let mut bytes = fs::read(&store).unwrap();
    bytes[10] ^= 0xFF;
    fs::write(&store, bytes).unwrap();
    for arguments in
        [&["search", "unallocated"][..], &["show", "orrery/visit.txt"], &["kwic", "care", "--all"]]
    {
        let ran = sandbox.run(arguments);
        assert!(
            ran.code == 2 && ran.err.contains(".store is wrong: it was cut short or overwritten)"),
            "{}",
            ran.err
        );
    }
    let ran = sandbox.run(&["index", "verify"]);
    let said = format!("{}{}", ran.out, ran.err);
    assert!(ran.code == 2 && said.contains("checksum") && said.contains(".store"), "{said}");
    assert!(
        ran.err.ends_with("help: run quotable index rebuild to build it again from the reports\n"),
        "{}",
        ran.err
    );
    fs::write(sandbox.corpus().join(".quotable/meta.json"), "nonsense").unwrap();
    let ran = sandbox.run(&["search", "unallocated"]);
    assert!(ran.code == 2 && ran.err.contains("quotable index rebuild"), "{}", ran.err);
    let ran = sandbox.run(&["index", "rebuild"]);
    assert!(ran.code == 0 && ran.err.contains("building a new index"), "{}", ran.err);
    assert_eq!(sandbox.run(&["search", "unallocated", "--format", "jsonl"]).out, before);
    let ran = sandbox.run(&["index", "rebuild"]);
    assert_eq!((ran.out.as_str(), ran.code), ("3 files changed\n", 0), "a sound one is read again too");
}

#[test]
fn damaged_positions_of_words_are_reported_with_the_cure() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    let files = fs::read_dir(sandbox.corpus().join(".quotable")).unwrap().map(|file| file.unwrap().path());
    for file in files.filter(|file| file.extension().is_some_and(|kind| kind == "pos")) {
        let mut bytes = fs::read(&file).unwrap();
        bytes[0] ^= 0xFF;
        fs::write(&file, bytes).unwrap();
    }
    for arguments in [
        &["collocates", "care", "--min-count", "1"][..],
        &["ngrams", "--words", "2"],
        &["kwic", "care", "--all"],
        &["search", "\"care leavers\""],
    ] {
        let ran = sandbox.run(arguments);
        assert!(
            ran.code == 2 && ran.err.contains("the index in SANDBOX/corpus/.quotable is damaged"),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("quotable index rebuild"), "{}", ran.err);
    }
}

#[test]
fn an_index_elsewhere_whose_record_is_damaged_asks_for_its_folder() {
    let sandbox = Sandbox::with_reports();
    let index = sandbox.path("elsewhere");
    let at = index.to_str().unwrap();
    let corpus = sandbox.corpus();
    let named = corpus.to_str().unwrap();
    sandbox.run(&["index", named, "--index", at]);
    let before = sandbox.run(&["index", "status", "--index", at]);
    assert_eq!(before.code, 0, "{}", before.err);
    let record = index.join("corpus");
    let mut bytes = fs::read(&record).unwrap();
    bytes[1] ^= 1;
    fs::write(&record, bytes).unwrap();
    for arguments in [&["index", "status"][..], &["search", "unallocated"], &["index", "rebuild"]] {
        let ran = sandbox.run(&[arguments, &["--index", at]].concat());
        assert!(ran.code == 2 && ran.err.contains("was cut short or overwritten"), "{}", ran.err);
        assert!(
            ran.err
                .ends_with("name the folder of the reports beside --index; that writes the record again\n"),
            "{}",
            ran.err
        );
    }
    let ran = sandbox.run(&["search", "unallocated", named, "--index", at]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(sandbox.run(&["index", "status", "--index", at]).out, before.out);
}

#[test]
fn a_copy_answers_without_the_reports() {
    let sandbox = Sandbox::with_reports();
    let to = sandbox.path("taken along");
    let to = to.to_str().unwrap();
    let ran = sandbox.run(&["index", "--to", to]);
    assert_eq!((ran.out.lines().last(), ran.code), (Some("copied to SANDBOX/taken along"), 0), "{}", ran.err);
    let here = sandbox.run(&["search", "unallocated", "--all", "--format", "jsonl"]).out;
    fs::rename(sandbox.corpus(), sandbox.path("gone")).unwrap();
    let files = || {
        let files = fs::read_dir(to).unwrap().map(|file| file.unwrap());
        let mut files: Vec<_> =
            files.map(|file| (file.path(), file.metadata().unwrap().modified().unwrap())).collect();
        files.sort();
        files
    };
    let before = files();
    let query = ["search", "unallocated", "--all", "--format", "jsonl", "--index", to];
    for arguments in [&query[..], &[&query[..], &["--no-refresh"]].concat()] {
        let there = sandbox.run_in(&sandbox.home(), arguments);
        assert_eq!((there.out.as_str(), there.code), (here.as_str(), 0), "{}", there.err);
    }
    assert_eq!(files(), before, "nothing is written in it");
    let ran = sandbox.run_in(&sandbox.home(), &["index", "rebuild", "--index", to]);
    assert!(
        ran.code == 2 && ran.err.contains("reports of this index are not on this machine"),
        "{}",
        ran.err
    );
    assert_eq!(files(), before, "the only text there is, is kept");
}
