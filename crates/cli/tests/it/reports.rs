//! The table of reports, and files with problems.

use serde_json::Value;

use crate::desk::Desk;

fn with_failures() -> Desk {
    let desk = Desk::furnished();
    desk.put("error page.pdf", "<!DOCTYPE html><html><title>404</title></html>");
    desk.put("empty.pdf", "");
    desk.put("picture.png", "not for us");
    desk
}

#[test]
fn files_that_could_not_be_read_are_listed_with_reason_and_cure() {
    let desk = with_failures();
    let ran = desk.run(&["reports"]);
    insta::assert_snapshot!(ran.out);
    assert!(ran.err.contains("note: not read: empty.pdf: "), "{}", ran.err);
    let again = desk.run(&["reports"]);
    assert_eq!(again.out, ran.out, "they stay on record");
    assert_eq!(again.err, "");
}

#[test]
fn problems_alone() {
    let ran = with_failures().run(&["reports", "--problems"]);
    assert!(ran.out.starts_with("Not read\n  empty.pdf\n"), "{}", ran.out);
    assert!(!ran.out.contains("orrery/visit.txt\n    0"), "{}", ran.out);
}

#[test]
fn a_refresh_names_what_failed() {
    let desk = with_failures();
    let ran = desk.run(&["index"]);
    assert!(ran.out.starts_with("3 files added, 2 failed, 1 of no known format skipped\n"), "{}", ran.out);
    assert_eq!(ran.out.matches("not read: ").count(), 2);
    let ran = desk.run(&["index"]);
    assert!(ran.out.contains("2 files failed before and did not change"), "{}", ran.out);
}

#[test]
fn every_format_has_every_file() {
    let desk = with_failures();
    let lines = desk.run(&["reports", "--format", "jsonl"]).out;
    let sources: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(sources.len(), 5);
    assert_eq!(sources.iter().filter(|source| !source["failure"].is_null()).count(), 2);
    let table = desk.run(&["reports", "--format", "csv"]).out;
    assert_eq!(table.lines().count(), 6, "{table}");
    let (head, first) = (table.lines().next().unwrap(), table.lines().nth(1).unwrap());
    assert_eq!((head.split(',').count(), first.split(',').count()), (25, 25), "{table}");
}

#[test]
fn status_says_what_the_index_holds() {
    let desk = with_failures();
    assert_eq!(desk.run(&["index", "status"]).code, 2, "there is none yet, and none is made");
    desk.run(&["index"]);
    let ran = desk.run(&["index", "status"]);
    assert!(ran.out.contains("3 reports, 2 files not read"), "{}", ran.out);
    let status: Value =
        serde_json::from_str(&desk.run(&["index", "status", "--format", "jsonl"]).out).unwrap();
    assert_eq!((&status["schema"], &status["reports"]), (&Value::from(1), &Value::from(3)));
}
