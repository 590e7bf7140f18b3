//! Where the corpus and its index are found.

use std::fs;

use crate::sandbox::Sandbox;

const ALL: &str = "2 paragraphs (2 occurrences in 2 reports)\n";
const ONE: &str = "1 paragraph (1 occurrence in 1 report)\n";

#[test]
fn the_nearest_indexed_folder_is_the_corpus() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    let inside = sandbox.corpus().join("orrery");
    let ran = sandbox.run_in(&inside, &["search", "unallocated"]);
    assert!(ran.out.ends_with(ONE), "{}", ran.out);
    let ran = sandbox.run_in(&inside, &["search", "unallocated", ".."]);
    assert!(ran.out.ends_with(ALL), "{}", ran.out);
    assert!(!sandbox.corpus().join("orrery/.quotable").exists());
}

#[test]
fn a_folder_or_a_file_inside_it_is_a_filter() {
    let sandbox = Sandbox::with_reports();
    sandbox.put("old/orrery/visit.txt", "1. Long ago nothing was unallocated.\n");
    sandbox.run(&["index"]);
    for path in ["orrery", "orrery/", "orrery/visit.txt", "./fenwick/../orrery", "fenwick"] {
        let ran = sandbox.run(&["search", "unallocated", path]);
        assert!(ran.out.ends_with(ONE), "{path}: {}", ran.out);
    }
    assert!(sandbox.run(&["reports", "fenwick"]).out.ends_with("2 reports, 6 paragraphs\n"));
}

#[test]
fn a_new_file_is_indexed_alone_in_the_cache() {
    let sandbox = Sandbox::with_reports();
    let ran = sandbox.run(&["search", "caseloads", "fenwick/visit 2019.txt"]);
    assert!(ran.out.ends_with(ONE), "{}", ran.out);
    assert!(!sandbox.corpus().join("fenwick/.quotable").exists());
    assert_eq!(fs::read_dir(sandbox.cache().join("quotable")).unwrap().count(), 1);
}

#[test]
fn home_and_root_folders_need_index_here() {
    let sandbox = Sandbox::with_reports();
    fs::write(sandbox.home().join("diary.txt"), "1. A heron.\n").unwrap();
    let home = sandbox.home();
    let ran = sandbox.run_in(&home, &["search", "heron"]);
    insta::assert_snapshot!(ran.err, @r"
    error: SANDBOX/home is a home folder, which is not indexed by default
    help: name the folder of the reports, or add --index-here to index all of it
    ");
    assert_eq!(ran.code, 2);
    assert!(!home.join(".quotable").exists());
    for path in ["/", &sandbox.path("").to_string_lossy()] {
        let ran = sandbox.run(&["search", "heron", path]);
        assert!(ran.code == 2 && ran.err.contains("--index-here"), "{path}: {}", ran.err);
    }
    assert!(sandbox.run_in(&home, &["search", "heron", "--index-here"]).out.ends_with(ONE));
    assert!(sandbox.run_in(&home, &["search", "heron"]).out.ends_with(ONE), "--index-here is needed once");
}

#[test]
fn the_index_can_be_kept_elsewhere() {
    let sandbox = Sandbox::with_reports();
    let index = sandbox.path("elsewhere");
    let index = index.to_str().unwrap();
    assert!(sandbox.run(&["search", "unallocated", ".", "--index", index]).out.ends_with(ALL));
    assert!(!sandbox.corpus().join(".quotable").exists());
    let home = sandbox.home();
    assert!(
        sandbox.run_in(&home, &["search", "unallocated", "--index", index]).out.ends_with(ALL),
        "the index records its corpus"
    );
    assert!(sandbox.run(&["search", "unallocated", "orrery", "--index", index]).out.ends_with(ONE));
    let ran = sandbox.run(&["search", "unallocated", sandbox.home().to_str().unwrap(), "--index", index]);
    assert_eq!(ran.code, 2, "another folder's index is left alone: {}", ran.err);
    // On a machine without the sources.
    fs::rename(sandbox.corpus(), sandbox.path("gone")).unwrap();
    let ran = sandbox.run_in(&home, &["search", "unallocated", "--index", index]);
    assert!(ran.out.ends_with(ALL), "{}", ran.err);
    assert!(
        ran.err.starts_with("note: the reports are not on this machine; the answer is as of 20"),
        "{}",
        ran.err
    );
}

#[test]
fn a_read_only_folder_has_its_index_in_the_cache() {
    let sandbox = Sandbox::with_reports();
    let mode = |readonly: bool| {
        let mut permissions = fs::metadata(sandbox.corpus()).unwrap().permissions();
        permissions.set_readonly(readonly);
        fs::set_permissions(sandbox.corpus(), permissions).unwrap();
    };
    mode(true);
    let first = sandbox.run(&["search", "unallocated"]);
    let second = sandbox.run(&["search", "unallocated", "orrery"]);
    mode(false);
    assert!(first.err.contains("its index is kept in SANDBOX/cache/quotable/"), "{}", first.err);
    assert!(first.out.ends_with(ALL) && second.out.ends_with(ONE), "{}{}", first.out, second.out);
    assert!(!second.err.contains("is kept in"), "said once: {}", second.err);
    assert!(!sandbox.corpus().join(".quotable").exists());
}

#[test]
fn a_locked_index_answers_from_the_last_commit() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    sandbox.put("orrery/new.txt", "1. Two cases are unallocated.\n");
    let lock = fs::File::options().write(true).open(sandbox.corpus().join(".quotable/lock")).unwrap();
    lock.lock().unwrap();
    let ran = sandbox.run(&["search", "unallocated"]);
    assert!(ran.out.ends_with(ALL), "{}", ran.out);
    assert!(
        ran.err.contains("is being written by") && ran.err.contains("the answer is as of 20"),
        "{}",
        ran.err
    );
    let ran = sandbox.run(&["search", "unallocated", "--no-refresh"]);
    assert!(ran.out.ends_with(ALL) && ran.err.contains("is being written by"), "{}", ran.err);
    assert_eq!(sandbox.run(&["index"]).code, 2);
    drop(lock);
    let ran = sandbox.run(&["search", "unallocated", "--no-refresh"]);
    assert!(ran.out.ends_with(ALL) && ran.err.is_empty(), "{}", ran.err);
    assert!(
        sandbox.run(&["search", "unallocated"]).out.ends_with("3 paragraphs (3 occurrences in 3 reports)\n")
    );
}
