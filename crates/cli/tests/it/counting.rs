//! What is counted, and with what it is to be divided.

use serde_json::Value;

use crate::desk::Desk;
use crate::sample::run;

#[test]
fn totals_alone() {
    let ran = Desk::furnished().run(&["count", "care"]);
    insta::assert_snapshot!(ran.out);
    assert_eq!(ran.code, 0);
}

#[test]
fn a_row_for_each_value() {
    insta::assert_snapshot!(run(&Desk::new(), &["count", "caseload*", "--by", "year"]));
}

#[test]
fn csv_has_the_denominators_and_where_they_come_from() {
    let table = run(&Desk::new(), &["count", "caseload*", "--by", "year,kind", "--format", "csv"]);
    let head = table.lines().next().unwrap();
    assert_eq!(
        head,
        "year,kind,occurrences,paragraphs,reports,all_reports,all_paragraphs,all_words,per_10000_words,query,\
         corpus_hash,corpus_reports,version,complete"
    );
    assert!(table.lines().count() > 2, "{table}");
    assert!(table.lines().all(|line| line.split(',').count() == 14), "{table}");
}

#[test]
fn the_rows_of_json_add_up() {
    let line = run(&Desk::new(), &["count", "care", "--by", "year", "--format", "jsonl"]);
    let table: Value = serde_json::from_str(&line).unwrap();
    let rows = table["rows"].as_array().unwrap();
    let sum: u64 = rows.iter().map(|row| row["occurrences"].as_u64().unwrap()).sum();
    assert!(sum > 0);
    assert_eq!(Some(sum), table["total"]["occurrences"].as_u64());
    assert_eq!(table["schema"], 1);
}

#[test]
fn boilerplate_is_counted_apart_and_left_out_when_asked() {
    let desk = Desk::new();
    for place in ["a", "b", "c", "d", "e"] {
        let same = "Every heron on the lower pond is counted twice a year by the two wardens";
        desk.put(&format!("{place}.txt"), format!("1. {same}.\n\n2. One heron lives in {place}.\n"));
    }
    let ran = desk.run(&["count", "heron"]);
    assert!(ran.out.contains("of which boilerplate: 5 occurrences in 5 paragraphs\n"), "{}", ran.out);
    let ran = desk.run(&["count", "heron", "--no-boilerplate", "--format", "jsonl"]);
    let table: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&table["total"]["occurrences"], &table["boilerplate"]["occurrences"]),
        (&5.into(), &5.into())
    );
}

#[test]
fn a_wider_scope_finds_more() {
    let desk = Desk::furnished();
    assert_eq!(desk.run(&["count", "boats minutes"]).code, 1);
    assert_eq!(desk.run(&["count", "boats minutes", "--scope", "report"]).code, 0);
}

#[test]
fn an_unknown_facet_is_an_error_that_names_the_known() {
    let ran = Desk::furnished().run(&["count", "care", "--by", "yaer"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("choose of year, authority"), "{}", ran.err);
}
