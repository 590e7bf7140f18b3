//! `quotable reports` and `quotable index status`.

use serde_json::Value;

use crate::sandbox::Sandbox;

fn with_failures() -> Sandbox {
    let sandbox = Sandbox::with_reports();
    sandbox.put("error page.pdf", "<!DOCTYPE html><html><title>404</title></html>");
    sandbox.put("empty.pdf", "");
    sandbox.put("picture.png", "not for us");
    sandbox
}

#[test]
fn failed_files_are_listed_with_reason_and_cure() {
    let sandbox = with_failures();
    let ran = sandbox.run(&["reports"]);
    insta::assert_snapshot!(ran.out);
    assert!(ran.err.contains("note: not read: empty.pdf: "), "{}", ran.err);
    let again = sandbox.run(&["reports"]);
    assert_eq!(again.out, ran.out, "they stay on record");
    assert_eq!(again.err, "note: 1 file was passed over: picture.png; see quotable reports --problems\n");
}

#[test]
fn only_files_with_problems() {
    let ran = with_failures().run(&["reports", "--problems"]);
    assert!(ran.out.starts_with("Not read\n  empty.pdf\n"), "{}", ran.out);
    assert!(!ran.out.contains("orrery/visit.txt\n    0"), "{}", ran.out);
}

#[test]
fn a_refresh_names_failed_files() {
    let sandbox = with_failures();
    let ran = sandbox.run(&["index"]);
    assert!(ran.out.starts_with("3 files added, 2 failed, 1 of no known format skipped\n"), "{}", ran.out);
    assert_eq!(ran.out.matches("not read: ").count(), 2);
    let ran = sandbox.run(&["index"]);
    assert!(ran.out.contains("2 files failed before and did not change"), "{}", ran.out);
}

#[test]
fn every_format_has_every_file() {
    let sandbox = with_failures();
    let lines = sandbox.run(&["reports", "--format", "jsonl"]).out;
    let sources: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(sources.len(), 5);
    assert_eq!(sources.iter().filter(|source| !source["failure"].is_null()).count(), 2);
    let table = sandbox.run(&["reports", "--format", "csv"]).out;
    assert_eq!(table.lines().count(), 6, "{table}");
    let (head, first) = (table.lines().next().unwrap(), table.lines().nth(1).unwrap());
    assert_eq!((head.split(',').count(), first.split(',').count()), (31, 31), "{table}");
}

#[test]
fn status_of_an_index() {
    let sandbox = with_failures();
    assert_eq!(sandbox.run(&["index", "status"]).code, 2, "there is none yet, and none is made");
    sandbox.run(&["index"]);
    let ran = sandbox.run(&["index", "status"]);
    assert!(ran.out.contains("3 reports, 2 files not read"), "{}", ran.out);
    let status: Value =
        serde_json::from_str(&sandbox.run(&["index", "status", "--format", "jsonl"]).out).unwrap();
    assert_eq!((&status["schema"], &status["reports"]), (&Value::from(1), &Value::from(3)));
}
