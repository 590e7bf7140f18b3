//! How a query was read, and why nothing was found.

use crate::desk::Desk;

#[test]
fn a_query_is_explained_beside_its_results() {
    let desk = Desk::furnished();
    desk.run(&["index"]);
    let ran = desk.run(&["search", "unalloc* (\"care leavers\" OR cases)", "--explain"]);
    // The last lines hold a hash.
    let said = ran.err.split("  quotable ").next().unwrap();
    insta::assert_snapshot!(said);
    assert_eq!(ran.code, 0);
    assert!(ran.out.starts_with("  Social workers"), "{}", ran.out);
}

#[test]
fn where_nothing_is_found_the_empty_part_is_named() {
    let desk = Desk::furnished();
    desk.run(&["index"]);
    insta::assert_snapshot!(desk.run(&["search", "boats levaers"]).err, @r"
    note: nothing found in 9 paragraphs of 3 reports
    note: nothing is found by levaers alone; the nearest: leavers, leaders
    ");
    insta::assert_snapshot!(desk.run(&["search", "boats minutes"]).err, @r"
    note: nothing found in 9 paragraphs of 3 reports
    note: each part of the query finds something by itself, but not together
    ");
}

#[test]
fn a_theme_is_a_part_like_any_other() {
    let desk = Desk::furnished();
    desk.run(&["index"]);
    let ran = desk.run(&["kwic", "minutes", "--theme", "care-leavers"]);
    assert!(ran.err.ends_with("finds something by itself, but not together\n"), "{}", ran.err);
}

#[test]
fn counts_are_explained_too() {
    let desk = Desk::furnished();
    let err = desk.run(&["count", "levaers"]).err;
    assert!(
        err.ends_with("note: nothing is found by levaers alone; the nearest: leavers, leaders\n"),
        "{err}"
    );
    let ran = Desk::furnished().run(&["count", "care", "--explain"]);
    assert!(ran.err.contains("The query as read\n  care (word)\n"), "{}", ran.err);
    assert!(!ran.out.contains("as read"), "{}", ran.out);
}
