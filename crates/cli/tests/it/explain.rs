//! `--explain`, and the notes where nothing is found.

use crate::sandbox::Sandbox;

#[test]
fn the_explanation_goes_to_stderr() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    let ran = sandbox.run(&["search", "unalloc* (\"care leavers\" OR cases)", "--explain"]);
    // The last lines hold a hash, which changes with the corpus.
    let said = ran.err.split("  quotable ").next().unwrap();
    insta::assert_snapshot!(said);
    assert_eq!(ran.code, 0);
    assert!(ran.out.starts_with("  Social workers"), "{}", ran.out);
}

#[test]
fn the_part_that_finds_nothing_is_named() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    insta::assert_snapshot!(sandbox.run(&["search", "boats levaers"]).err, @r"
    note: nothing found in 9 paragraphs of 3 reports
    note: nothing is found by levaers alone; the nearest: leavers, leaders
    ");
    insta::assert_snapshot!(sandbox.run(&["search", "boats minutes"]).err, @r"
    note: nothing found in 9 paragraphs of 3 reports
    note: each part of the query finds something by itself, but not together
    ");
}

#[test]
fn a_theme_that_finds_nothing_is_named() {
    let sandbox = Sandbox::with_reports();
    sandbox.run(&["index"]);
    let ran = sandbox.run(&["kwic", "minutes", "--theme", "care-leavers"]);
    assert!(ran.err.ends_with("finds something by itself, but not together\n"), "{}", ran.err);
}

#[test]
fn count_takes_explain_too() {
    let sandbox = Sandbox::with_reports();
    let err = sandbox.run(&["count", "levaers"]).err;
    assert!(
        err.ends_with("note: nothing is found by levaers alone; the nearest: leavers, leaders\n"),
        "{err}"
    );
    let ran = Sandbox::with_reports().run(&["count", "care", "--explain"]);
    assert!(ran.err.contains("The query as read\n  care (word)\n"), "{}", ran.err);
    assert!(!ran.out.contains("as read"), "{}", ran.out);
}
