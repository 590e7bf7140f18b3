//! Indexes looked after: interrupted, checked, made anew, taken along.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use quotable::{CancelFlag, Index, RefreshOptions};

use crate::desk::Desk;

/// A corpus whose first indexing was stopped after a few files.
fn interrupted() -> Desk {
    let desk = Desk::furnished();
    // More than may be read before the first of them is taken.
    for number in 0..20 {
        desk.put(&format!("more/{number}.txt"), format!("1. Case {number} in Fenwick.\n"));
    }
    let flag = CancelFlag::new();
    let raised = flag.clone();
    let options = RefreshOptions::default().cancel(flag).progress(move |_| raised.cancel());
    let index = Index::builder().threads(1).open_or_create(desk.corpus().join(".quotable")).unwrap();
    assert!(index.refresh_with(desk.corpus(), &options).unwrap().cancelled);
    desk
}

#[test]
fn an_incomplete_index_says_so_with_every_answer() {
    let desk = interrupted();
    let asked: [&[&str]; 6] = [
        &["search", "fenwick OR orrery"],
        &["search", "fenwick OR orrery", "--format", "jsonl"],
        &["kwic", "fenwick OR orrery", "--format", "csv"],
        &["kwic", "fenwick OR orrery", "--format", "jsonl"],
        &["count", "fenwick OR orrery", "--format", "csv"],
        &["count", "fenwick OR orrery", "--format", "jsonl"],
    ];
    for arguments in asked {
        let ran = desk.run(&[arguments, &["--no-refresh"]].concat());
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
        let whole = desk.run(&["count", "fenwick", "--no-refresh"]);
        assert!(whole.out.contains("not all read"), "{}", whole.out);
    }
    let ran = desk.run(&["search", "fenwick OR orrery", "--format", "jsonl"]);
    assert!(!ran.out.contains("incomplete") && !ran.err.contains("is incomplete"), "{}", ran.err);
}

#[test]
fn an_index_that_was_never_written_says_so() {
    let desk = Desk::furnished();
    Index::open_or_create(desk.corpus().join(".quotable")).unwrap();
    let ran = desk.run(&["search", "fenwick", "--no-refresh"]);
    assert!(ran.code == 1 && ran.err.contains("none of its files has been read yet"), "{}", ran.err);
}

#[test]
fn a_first_search_waits_for_another_that_reads_the_files() {
    let desk = Desk::furnished();
    let index = Index::open_or_create(desk.corpus().join(".quotable")).unwrap();
    let writer = index.writer().unwrap();
    let mut command = desk.command(&["search", "unallocated"]);
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
fn first_searches_side_by_side_all_answer() {
    let desk = Desk::furnished();
    for number in 0..40 {
        desk.put(&format!("more/{number}.txt"), format!("1. Case {number} was unallocated.\n"));
    }
    let start = || {
        let mut command = desk.command(&["search", "unallocated", "--all", "--format", "jsonl"]);
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
fn verify_says_what_is_sound_and_what_has_changed() {
    let desk = Desk::furnished();
    desk.run(&["index"]);
    let ran = desk.run(&["index", "verify"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("sound") && ran.out.contains("3 files as they were read"), "{}", ran.out);
    desk.put("orrery/visit.txt", "1. In Orrery all is new.\n");
    let ran = desk.run(&["index", "verify"]);
    assert!(ran.code == 1 && ran.out.contains("orrery/visit.txt"), "{}{}", ran.out, ran.err);
    assert!(
        desk.run(&["index", "verify", "--format", "jsonl"])
            .out
            .contains("\"changed\":[\"orrery/visit.txt\"]")
    );
}

#[test]
fn a_damaged_index_is_found_out_and_rebuilt() {
    let desk = Desk::furnished();
    desk.run(&["index"]);
    let before = desk.run(&["search", "unallocated", "--format", "jsonl"]).out;
    let is_store = |file: &fs::DirEntry| file.path().extension().is_some_and(|kind| kind == "store");
    let files = fs::read_dir(desk.corpus().join(".quotable")).unwrap().map(|file| file.unwrap());
    let store = files.into_iter().find(is_store).unwrap().path();
    let mut bytes = fs::read(&store).unwrap();
    bytes[10] ^= 0xFF;
    fs::write(&store, bytes).unwrap();
    let ran = desk.run(&["index", "verify"]);
    assert!(ran.code == 2 && ran.out.contains("its checksum is wrong"), "{}{}", ran.out, ran.err);
    assert!(
        ran.err.ends_with("help: quotable index rebuild makes it anew from its sources\n"),
        "{}",
        ran.err
    );
    fs::write(desk.corpus().join(".quotable/meta.json"), "nonsense").unwrap();
    let ran = desk.run(&["search", "unallocated"]);
    assert!(ran.code == 2 && ran.err.contains("quotable index rebuild"), "{}", ran.err);
    let ran = desk.run(&["index", "rebuild"]);
    assert!(ran.code == 0 && ran.err.contains("made anew"), "{}", ran.err);
    assert_eq!(desk.run(&["search", "unallocated", "--format", "jsonl"]).out, before);
    let ran = desk.run(&["index", "rebuild"]);
    assert_eq!((ran.out.as_str(), ran.code), ("3 files changed\n", 0), "a sound one is read again too");
}

#[test]
fn a_copy_is_taken_along() {
    let desk = Desk::furnished();
    let to = desk.path("taken along");
    let to = to.to_str().unwrap();
    let ran = desk.run(&["index", "--to", to]);
    assert_eq!((ran.out.lines().last(), ran.code), (Some("copied to DESK/taken along"), 0), "{}", ran.err);
    let here = desk.run(&["search", "unallocated", "--all", "--format", "jsonl"]).out;
    fs::rename(desk.corpus(), desk.path("gone")).unwrap();
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
        let there = desk.run_in(&desk.home(), arguments);
        assert_eq!((there.out.as_str(), there.code), (here.as_str(), 0), "{}", there.err);
    }
    assert_eq!(files(), before, "nothing is written in it");
    let ran = desk.run_in(&desk.home(), &["index", "rebuild", "--index", to]);
    assert!(ran.code == 2 && ran.err.contains("sources of this index are not here"), "{}", ran.err);
    assert_eq!(files(), before, "the only text there is, is kept");
}
