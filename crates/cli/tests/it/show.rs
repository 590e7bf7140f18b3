//! A paragraph in its context, and reports.

use serde_json::Value;

use crate::desk::Desk;

fn id_of(desk: &Desk, query: &str) -> String {
    let ran = desk.run(&["search", query, "-n", "1", "--format", "jsonl"]);
    let hit: Value = serde_json::from_str(&ran.out).unwrap();
    hit["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_hit_is_shown_in_its_context() {
    let desk = Desk::furnished();
    let ran = desk.run(&["show", &id_of(&desk, "caseloads high"), "--context", "1"]);
    insta::assert_snapshot!(ran.out);
    let ran = desk.run(&["show", &id_of(&desk, "caseloads high"), "--context", "0"]);
    assert!(!ran.out.contains("Thursdays"), "{}", ran.out);
}

#[test]
fn an_id_is_that_of_the_index_as_it_was_searched() {
    let desk = Desk::furnished();
    let id = id_of(&desk, "caseloads high");
    desk.put("fenwick/visit 2019.txt", "1. Nothing at all.\n");
    assert!(desk.run(&["show", &id]).out.contains("caseloads are too high"));
}

#[test]
fn a_report_by_any_of_its_names() {
    let desk = Desk::furnished();
    let id = id_of(&desk, "orrery");
    let report = id.split_once('.').unwrap().0;
    let by_path = desk.run(&["show", "orrery/visit.txt"]).out;
    assert!(by_path.contains("orrery/visit.txt") && by_path.contains("3 paragraphs"), "{by_path}");
    for name in ["ORRERY", "orr", report] {
        assert_eq!(desk.run(&["show", name]).out, by_path, "{name}");
    }
    let elsewhere = desk.run_in(&desk.corpus().join("orrery"), &["show", "visit.txt"]);
    assert_eq!(elsewhere.out, by_path, "{}", elsewhere.err);
}

#[test]
fn a_name_of_several_reports_is_refused() {
    let ran = Desk::furnished().run(&["show", "visit"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("part of the paths of 3 reports"), "{}", ran.err);
}

#[test]
fn a_file_that_could_not_be_read_says_why() {
    let desk = Desk::furnished();
    desk.put("empty.pdf", "");
    let ran = desk.run(&["show", "empty.pdf"]);
    assert!(ran.code == 2 && ran.err.contains("error: empty.pdf: the file is empty"), "{}", ran.err);
}

#[test]
fn the_whole_text_and_its_structure() {
    let desk = Desk::furnished();
    let text = desk.run(&["show", "orrery", "--text"]).out;
    assert!(text.contains("  1     In Orrery, care leavers speak well"), "{text}");
    let structure = desk.run(&["show", "orrery", "--structure"]).out;
    let paragraphs = structure.lines().filter(|line| !line.starts_with(' ')).count();
    assert_eq!(paragraphs, 3, "{structure}");
}

#[test]
fn a_report_as_json_is_the_librarys_own() {
    let ran = Desk::furnished().run(&["show", "orrery", "--format", "jsonl"]);
    let report: quotable::report::Report = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((report.path.as_str(), report.paragraphs.len()), ("orrery/visit.txt", 3));
}

#[test]
fn a_report_in_markdown() {
    let name = "9900067_thornmere/children's services inspection,  pdf - 19 july 2013.pdf";
    let shown = crate::sample::run(&Desk::new(), &["show", name, "--format", "markdown"]);
    insta::assert_snapshot!(shown);
}
