//! Theme chunks, searched and shown as one.

use serde_json::Value;

use crate::sample::run;
use crate::sandbox::Sandbox;

#[test]
fn a_chunk_is_shown_with_its_best_paragraphs() {
    let found = run(&Sandbox::new(), &["search", "supervision caseload*", "--unit", "theme", "-n", "2"]);
    insta::assert_snapshot!(found);
}

#[test]
fn show_gives_the_whole_chunk() {
    let sandbox = Sandbox::new();
    let lines = run(&sandbox, &["search", "unallocated", "--unit", "theme", "--format", "jsonl"]);
    let chunk: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    let paragraphs = chunk["paragraphs"].as_array().unwrap();
    let last = paragraphs.last().unwrap()["id"].as_str().unwrap();
    let shown = run(&sandbox, &["show", last, "--unit", "theme", "--format", "jsonl"]);
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["id"], chunk["id"], "any of its paragraphs names it");
    assert_eq!(shown["paragraphs"].as_array().unwrap().len(), paragraphs.len());
    let text = run(&sandbox, &["show", last, "--unit", "theme"]);
    for paragraph in paragraphs {
        let first = paragraph["text"].as_str().unwrap().split(' ').next().unwrap();
        assert!(text.contains(first), "{first} is not in {text}");
    }
}

#[test]
fn chunks_cannot_be_of_reports_or_in_groups() {
    let sandbox = Sandbox::with_reports();
    let report = sandbox.run(&["show", "a.txt", "--unit", "theme"]);
    assert_eq!(report.code, 2);
    assert!(report.err.contains("is not the id of a paragraph"), "{}", report.err);
    assert_eq!(sandbox.run(&["search", "care", "--unit", "theme", "--group", "report"]).code, 2);
}
