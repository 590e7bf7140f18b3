//! Indexes that belong to other users, or that others can write to.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::path::Path;
use std::time::SystemTime;

use crate::sandbox::Sandbox;

/// A number that no system gives a name.
const OTHER: u32 = 54321;

/// Gives a folder and all in it to another user; false, and said, if the tests may not.
#[allow(clippy::print_stderr, reason = "a test that cannot run says so")]
fn give_away(folder: &Path) -> bool {
    if chown(folder, Some(OTHER), None).is_err() {
        eprintln!("SKIPPED: only an administrator can give files to another user");
        return false;
    }
    for file in fs::read_dir(folder).unwrap() {
        chown(file.unwrap().path(), Some(OTHER), None).unwrap();
    }
    true
}

fn set_mode(folder: &Path, mode: u32) {
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
}

/// The files of an index with their sizes and times: equal if nothing was written.
fn files(index: &Path) -> Vec<(String, u64, SystemTime)> {
    let mut files: Vec<_> = fs::read_dir(index)
        .unwrap()
        .map(|file| {
            let file = file.unwrap();
            let metadata = file.metadata().unwrap();
            (file.file_name().into_string().unwrap(), metadata.len(), metadata.modified().unwrap())
        })
        .collect();
    files.sort();
    files
}

/// A corpus that is indexed as a whole, with a file added since to the folder that holds it.
fn indexed() -> Sandbox {
    let sandbox = Sandbox::with_reports();
    assert_eq!(sandbox.run(&["index"]).code, 0);
    sandbox.put("diary.txt", "1. A private heron is unallocated.\n");
    sandbox
}

/// Searches a folder below and expects the index above to be passed over, with a note that has `said`.
fn assert_passed_over(sandbox: &Sandbox, said: &str) {
    let above = sandbox.corpus().join(".quotable");
    let before = files(&above);
    let ran = sandbox.run(&["search", "unallocated", "orrery"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.ends_with("1 paragraph (1 occurrence in 1 report)\n"), "{}", ran.out);
    let note = format!(
        "note: the index in SANDBOX/corpus/.quotable {said}, so it is not used; to use it, name the folder SANDBOX/corpus, or give --index\n"
    );
    assert!(ran.err.contains(&note), "{}", ran.err);
    assert_eq!(files(&above), before, "nothing is written into it");
    assert!(
        sandbox.corpus().join("orrery/.quotable").exists(),
        "the index goes into the folder that was named"
    );
    let again = sandbox.run(&["search", "unallocated", "orrery"]);
    assert!(!again.err.contains("not used"), "said once: {}", again.err);
}

#[test]
fn another_users_index_above_is_passed_over() {
    let sandbox = indexed();
    if give_away(&sandbox.corpus().join(".quotable")) {
        assert_passed_over(&sandbox, "belongs to another user (number 54321)");
    }
}

#[test]
fn an_index_above_that_all_can_write_to_is_passed_over() {
    let sandbox = indexed();
    set_mode(&sandbox.corpus().join(".quotable"), 0o777);
    assert_passed_over(&sandbox, "can be changed by other users");
}

#[test]
fn an_index_in_a_folder_like_tmp_is_passed_over_from_below() {
    let sandbox = indexed();
    set_mode(&sandbox.corpus(), 0o1777);
    assert_passed_over(&sandbox, "can be changed by other users");
    // Named, it is used as ever.
    let ran = sandbox.run(&["search", "heron", "."]);
    assert!(ran.out.ends_with("1 paragraph (1 occurrence in 1 report)\n"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_group_may_write_if_it_is_the_users_own() {
    let sandbox = indexed();
    let index = sandbox.corpus().join(".quotable");
    set_mode(&index, 0o775);
    let own = fs::metadata(&index).unwrap().gid();
    let ran = sandbox.run(&["search", "unallocated", "orrery"]);
    assert_eq!(ran.err, "note: 1 file added, 3 unchanged\n", "the index above is used");
    if chown(&index, None, Some(own + 4321)).is_err() {
        eprintln!("SKIPPED: only an administrator can give a folder to another group");
        return;
    }
    // A refresh leaves the right to write to the owner alone.
    assert_eq!(fs::metadata(&index).unwrap().mode() & 0o777, 0o755);
    set_mode(&index, 0o775);
    assert_passed_over(&sandbox, "can be changed by other users");
}

#[test]
fn a_link_above_is_passed_over() {
    let sandbox = indexed();
    let index = sandbox.corpus().join(".quotable");
    fs::rename(&index, sandbox.path("moved")).unwrap();
    symlink(sandbox.path("moved"), &index).unwrap();
    assert_passed_over(&sandbox, "is a link to another place");
}

#[test]
fn an_own_index_above_is_used_beyond_one_that_is_not() {
    let sandbox = indexed();
    assert_eq!(sandbox.run(&["search", "caseloads", "--index", "fenwick/.quotable", "fenwick"]).code, 0);
    fs::create_dir(sandbox.corpus().join("fenwick/deep")).unwrap();
    sandbox.put("fenwick/deep/a.txt", "1. A stork.\n");
    set_mode(&sandbox.corpus().join("fenwick/.quotable"), 0o777);
    let ran = sandbox.run(&["search", "stork", "fenwick/deep"]);
    assert!(ran.err.contains("the index in SANDBOX/corpus/fenwick/.quotable can be changed"), "{}", ran.err);
    assert!(ran.out.contains("stork") && !sandbox.corpus().join("fenwick/deep/.quotable").exists());
}

#[test]
fn another_users_index_that_is_named_is_only_read() {
    let sandbox = indexed();
    let index = sandbox.corpus().join(".quotable");
    if !give_away(&index) {
        return;
    }
    let before = files(&index);
    for arguments in [&["search", "unallocated"][..], &["search", "unallocated", "--no-refresh"]] {
        let ran = sandbox.run(arguments);
        assert!(ran.out.ends_with("2 paragraphs (2 occurrences in 2 reports)\n"), "{}{}", ran.out, ran.err);
        let said = "note: the index in SANDBOX/corpus/.quotable belongs to another user (number 54321), so it is only read; the answer is as of 20";
        assert!(ran.err.contains(said), "{}", ran.err);
        assert!(ran.err.contains("; for an index of your own, give --index FOLDER\n"), "{}", ran.err);
    }
    let help = "error: the index in SANDBOX/corpus/.quotable belongs to another user (number 54321), so it is not written to\nhelp: keep an index of your own elsewhere with --index FOLDER\n";
    let copy = sandbox.path("copy").to_string_lossy().into_owned();
    for arguments in [&["index"][..], &["index", "rebuild"], &["index", "--to", &copy]] {
        let ran = sandbox.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (2, help), "{arguments:?}");
    }
    for arguments in [&["index", "status"][..], &["index", "verify"]] {
        assert_ne!(sandbox.run(arguments).code, 2, "{arguments:?}");
    }
    assert_eq!(files(&index), before, "nothing is written into it");
}

#[test]
fn an_index_that_all_can_write_to_is_only_read() {
    let sandbox = indexed();
    let index = sandbox.corpus().join(".quotable");
    set_mode(&index, 0o777);
    let before = files(&index);
    let ran = sandbox.run(&["count", "heron"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.err.contains("can be changed by other users, so it is only read"), "{}", ran.err);
    assert_eq!(sandbox.run(&["index", "rebuild"]).code, 2);
    assert_eq!(files(&index), before);
    set_mode(&index, 0o755);
    assert_eq!(sandbox.run(&["count", "heron"]).code, 0, "mended");
}

#[test]
fn an_index_that_is_named_by_the_option_is_used_and_said_to_be_anothers() {
    let sandbox = indexed();
    let index = sandbox.corpus().join(".quotable");
    if !give_away(&index) {
        return;
    }
    let ran = sandbox.run(&["search", "heron", "--index", ".quotable"]);
    let said = "note: the index in SANDBOX/corpus/.quotable belongs to another user (number 54321); it is used because --index names it\n";
    assert!(ran.err.contains(said), "{}", ran.err);
    assert!(ran.out.contains("private «heron»"), "refreshed, as the option says: {}{}", ran.out, ran.err);
    assert_eq!(sandbox.run(&["index", "rebuild", "--index", ".quotable"]).code, 0);
}

#[test]
fn no_index_is_created_in_another_users_folder() {
    let sandbox = Sandbox::with_reports();
    let index = sandbox.corpus().join(".quotable");
    fs::create_dir(&index).unwrap();
    set_mode(&index, 0o777);
    if !give_away(&index) {
        return;
    }
    let ran = sandbox.run(&["search", "unallocated"]);
    assert!(ran.out.ends_with("2 paragraphs (2 occurrences in 2 reports)\n"), "{}{}", ran.out, ran.err);
    let said = "the index folder SANDBOX/corpus/.quotable belongs to another user (number 54321), so its index is kept in SANDBOX/cache/quotable/";
    assert!(ran.err.contains(said), "{}", ran.err);
    assert!(files(&index).is_empty());
}
