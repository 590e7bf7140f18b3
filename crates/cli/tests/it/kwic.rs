//! Concordances.

use serde_json::Value;

use crate::sample::run;
use crate::sandbox::Sandbox;

#[test]
fn lines_are_aligned_on_the_keyword() {
    let ran = Sandbox::with_reports().run(&["kwic", "care", "--words", "4", "--sort", "right"]);
    insta::assert_snapshot!(ran.out);
    let before = |line: &str| line.split('«').next().map(|text| text.chars().count());
    let lines: Vec<_> = ran.out.lines().filter(|line| line.contains('«')).collect();
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| before(line) == before(lines[0])), "{}", ran.out);
}

#[test]
fn csv_has_the_columns_of_quanteda_and_the_citation() {
    let table = run(&Sandbox::new(), &["kwic", "caseload*", "--words", "3", "--format", "csv"]);
    let (head, first) = table.split_once('\n').unwrap();
    insta::assert_snapshot!(format!("{head}\n{}", first.lines().next().unwrap()));
}

#[test]
fn a_line_of_json_is_an_occurrence() {
    let ran = Sandbox::with_reports().run(&["kwic", "unallocated", "--words", "2", "--format", "jsonl"]);
    let lines: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line["keyword"] == "unallocated" && line["schema"] == 1));
}

#[test]
fn nothing_found_is_noted() {
    let ran = Sandbox::with_reports().run(&["kwic", "heron"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.ends_with("note: nothing found in 9 paragraphs of 3 reports\n"), "{}", ran.err);
}

#[test]
fn a_filter_alone_has_no_words_to_list() {
    let ran = Sandbox::with_reports().run(&["kwic", "path:fenwick*"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains(" paragraphs found, but the query has no words"), "{}", ran.err);
}
