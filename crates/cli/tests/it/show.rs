//! `quotable show`.

use serde_json::Value;

use crate::sandbox::Sandbox;

fn id_of(sandbox: &Sandbox, query: &str) -> String {
    let ran = sandbox.run(&["search", query, "-n", "1", "--format", "jsonl"]);
    let hit: Value = serde_json::from_str(&ran.out).unwrap();
    hit["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_paragraph_in_its_context() {
    let sandbox = Sandbox::with_reports();
    let ran = sandbox.run(&["show", &id_of(&sandbox, "caseloads high"), "--context", "1"]);
    insta::assert_snapshot!(ran.out);
    let ran = sandbox.run(&["show", &id_of(&sandbox, "caseloads high"), "--context", "0"]);
    assert!(!ran.out.contains("Thursdays"), "{}", ran.out);
}

#[test]
fn an_id_is_looked_up_without_a_refresh() {
    let sandbox = Sandbox::with_reports();
    let id = id_of(&sandbox, "caseloads high");
    sandbox.put("fenwick/visit 2019.txt", "1. Nothing at all.\n");
    assert!(sandbox.run(&["show", &id]).out.contains("caseloads are too high"));
}

#[test]
fn a_report_by_any_of_its_names() {
    let sandbox = Sandbox::with_reports();
    let id = id_of(&sandbox, "orrery");
    let report = id.split_once('.').unwrap().0;
    let by_path = sandbox.run(&["show", "orrery/visit.txt"]).out;
    assert!(by_path.contains("orrery/visit.txt") && by_path.contains("3 paragraphs"), "{by_path}");
    for name in ["ORRERY", "orr", report] {
        assert_eq!(sandbox.run(&["show", name]).out, by_path, "{name}");
    }
    let elsewhere = sandbox.run_in(&sandbox.corpus().join("orrery"), &["show", "visit.txt"]);
    assert_eq!(elsewhere.out, by_path, "{}", elsewhere.err);
}

#[test]
fn an_ambiguous_name_is_an_error() {
    let ran = Sandbox::with_reports().run(&["show", "visit"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("part of the paths of 3 reports"), "{}", ran.err);
}

#[test]
fn a_failed_file_is_shown_with_its_reason() {
    let sandbox = Sandbox::with_reports();
    sandbox.put("empty.pdf", "");
    let ran = sandbox.run(&["show", "empty.pdf"]);
    assert!(ran.code == 2 && ran.err.contains("error: empty.pdf: the file is empty"), "{}", ran.err);
}

#[test]
fn the_whole_text_and_its_structure() {
    let sandbox = Sandbox::with_reports();
    let text = sandbox.run(&["show", "orrery", "--text"]).out;
    assert!(text.contains("  1     In Orrery, care leavers speak well"), "{text}");
    let structure = sandbox.run(&["show", "orrery", "--structure"]).out;
    let paragraphs = structure.lines().filter(|line| !line.starts_with(' ')).count();
    assert_eq!(paragraphs, 3, "{structure}");
}

#[test]
fn a_report_as_json_is_the_librarys_own() {
    let ran = Sandbox::with_reports().run(&["show", "orrery", "--format", "jsonl"]);
    let report: quotable::report::Report = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((report.path.as_str(), report.paragraphs.len()), ("orrery/visit.txt", 3));
}

#[test]
fn a_report_in_markdown() {
    let name = "9900067_thornmere/children's services inspection,  pdf - 19 july 2013.pdf";
    let shown = crate::sample::run(&Sandbox::new(), &["show", name, "--format", "markdown"]);
    insta::assert_snapshot!(shown);
}
