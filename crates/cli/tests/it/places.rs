//! Where the corpus is, and where its index.

use std::fs;

use crate::desk::Desk;

const ALL: &str = "2 paragraphs (2 occurrences in 2 reports)\n";
const ONE: &str = "1 paragraph (1 occurrence in 1 report)\n";

#[test]
fn the_nearest_indexed_folder_is_the_corpus() {
    let desk = Desk::furnished();
    desk.run(&["index"]);
    let ran = desk.run_in(&desk.corpus().join("orrery"), &["search", "unallocated"]);
    assert!(ran.out.ends_with(ALL), "{}", ran.out);
    assert!(!desk.corpus().join("orrery/.quotable").exists());
}

#[test]
fn a_folder_or_a_file_inside_it_is_a_filter() {
    let desk = Desk::furnished();
    desk.put("old/orrery/visit.txt", "1. Long ago nothing was unallocated.\n");
    desk.run(&["index"]);
    for path in ["orrery", "orrery/", "orrery/visit.txt", "./fenwick/../orrery", "fenwick"] {
        let ran = desk.run(&["search", "unallocated", path]);
        assert!(ran.out.ends_with(ONE), "{path}: {}", ran.out);
    }
    assert!(desk.run(&["reports", "fenwick"]).out.ends_with("2 reports, 6 paragraphs\n"));
}

#[test]
fn a_file_never_seen_before_is_searched_alone() {
    let desk = Desk::furnished();
    let ran = desk.run(&["search", "caseloads", "fenwick/visit 2019.txt"]);
    assert!(ran.out.ends_with(ONE), "{}", ran.out);
    assert!(desk.corpus().join("fenwick/.quotable").exists(), "its folder is indexed");
}

#[test]
fn a_home_or_root_folder_is_not_indexed_unasked() {
    let desk = Desk::furnished();
    fs::write(desk.home().join("diary.txt"), "1. A heron.\n").unwrap();
    let home = desk.home();
    let ran = desk.run_in(&home, &["search", "heron"]);
    insta::assert_snapshot!(ran.err, @r"
    error: DESK/home is a home folder, which is not indexed unasked
    help: name the folder of the reports, or add --index-here if all of it is meant
    ");
    assert_eq!(ran.code, 2);
    assert!(!home.join(".quotable").exists());
    for path in ["/", &desk.path("").to_string_lossy()] {
        let ran = desk.run(&["search", "heron", path]);
        assert!(ran.code == 2 && ran.err.contains("--index-here"), "{path}: {}", ran.err);
    }
    assert!(desk.run_in(&home, &["search", "heron", "--index-here"]).out.ends_with(ONE));
    assert!(desk.run_in(&home, &["search", "heron"]).out.ends_with(ONE), "asked once is asked");
}

#[test]
fn the_index_can_stand_elsewhere() {
    let desk = Desk::furnished();
    let index = desk.path("elsewhere");
    let index = index.to_str().unwrap();
    assert!(desk.run(&["search", "unallocated", ".", "--index", index]).out.ends_with(ALL));
    assert!(!desk.corpus().join(".quotable").exists());
    let home = desk.home();
    assert!(
        desk.run_in(&home, &["search", "unallocated", "--index", index]).out.ends_with(ALL),
        "it knows of what it is"
    );
    assert!(desk.run(&["search", "unallocated", "orrery", "--index", index]).out.ends_with(ONE));
    let ran = desk.run(&["search", "unallocated", desk.home().to_str().unwrap(), "--index", index]);
    assert_eq!(ran.code, 2, "another folder's index is left alone: {}", ran.err);
    // On a machine without the sources.
    fs::rename(desk.corpus(), desk.path("gone")).unwrap();
    let ran = desk.run_in(&home, &["search", "unallocated", "--index", index]);
    assert!(ran.out.ends_with(ALL), "{}", ran.err);
    assert!(ran.err.starts_with("note: the sources are not here; the answer is as of 20"), "{}", ran.err);
}

#[test]
fn a_folder_that_is_not_to_be_written_has_its_index_in_the_cache() {
    let desk = Desk::furnished();
    let mode = |readonly: bool| {
        let mut permissions = fs::metadata(desk.corpus()).unwrap().permissions();
        permissions.set_readonly(readonly);
        fs::set_permissions(desk.corpus(), permissions).unwrap();
    };
    mode(true);
    let first = desk.run(&["search", "unallocated"]);
    let second = desk.run(&["search", "unallocated", "orrery"]);
    mode(false);
    assert!(first.err.contains("its index is kept in DESK/cache/quotable/"), "{}", first.err);
    assert!(first.out.ends_with(ALL) && second.out.ends_with(ONE), "{}{}", first.out, second.out);
    assert!(!second.err.contains("is kept in"), "said once: {}", second.err);
    assert!(!desk.corpus().join(".quotable").exists());
}

#[test]
fn while_another_writes_the_answer_is_that_of_the_last_commit() {
    let desk = Desk::furnished();
    desk.run(&["index"]);
    desk.put("orrery/new.txt", "1. Two cases are unallocated.\n");
    let lock = fs::File::options().write(true).open(desk.corpus().join(".quotable/lock")).unwrap();
    lock.lock().unwrap();
    let ran = desk.run(&["search", "unallocated"]);
    assert!(ran.out.ends_with(ALL), "{}", ran.out);
    assert!(
        ran.err.contains("is being written by") && ran.err.contains("the answer is as of 20"),
        "{}",
        ran.err
    );
    let ran = desk.run(&["search", "unallocated", "--no-refresh"]);
    assert!(ran.out.ends_with(ALL) && ran.err.contains("is being written by"), "{}", ran.err);
    assert_eq!(desk.run(&["index"]).code, 2);
    drop(lock);
    let ran = desk.run(&["search", "unallocated", "--no-refresh"]);
    assert!(ran.out.ends_with(ALL) && ran.err.is_empty(), "{}", ran.err);
    assert!(
        desk.run(&["search", "unallocated"]).out.ends_with("3 paragraphs (3 occurrences in 3 reports)\n")
    );
}
