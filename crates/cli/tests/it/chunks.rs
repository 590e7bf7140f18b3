//! Theme chunks, searched and shown as one.

use serde_json::Value;

use crate::desk::Desk;
use crate::sample::run;

#[test]
fn chunks_are_found_with_the_best_of_what_they_hold() {
    let found = run(&Desk::new(), &["search", "supervision caseload*", "--unit", "theme", "-n", "2"]);
    insta::assert_snapshot!(found);
}

#[test]
fn a_chunk_is_shown_whole_and_as_it_was_found() {
    let desk = Desk::new();
    let lines = run(&desk, &["search", "unallocated", "--unit", "theme", "--format", "jsonl"]);
    let chunk: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    let paragraphs = chunk["paragraphs"].as_array().unwrap();
    let last = paragraphs.last().unwrap()["id"].as_str().unwrap();
    let shown = run(&desk, &["show", last, "--unit", "theme", "--format", "jsonl"]);
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["id"], chunk["id"], "any of its paragraphs names it");
    assert_eq!(shown["paragraphs"].as_array().unwrap().len(), paragraphs.len());
    let text = run(&desk, &["show", last, "--unit", "theme"]);
    for paragraph in paragraphs {
        let first = paragraph["text"].as_str().unwrap().split(' ').next().unwrap();
        assert!(text.contains(first), "{first} is not in {text}");
    }
}

#[test]
fn a_report_is_no_chunk_and_a_chunk_no_group() {
    let desk = Desk::furnished();
    let report = desk.run(&["show", "a.txt", "--unit", "theme"]);
    assert_eq!(report.code, 2);
    assert!(report.err.contains("stands in no theme chunk"), "{}", report.err);
    assert_eq!(desk.run(&["search", "care", "--unit", "theme", "--group", "report"]).code, 2);
}
