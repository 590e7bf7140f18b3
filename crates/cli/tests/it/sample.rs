//! The sample corpus: reports in the forms that are met in the field.

use std::path::Path;

use crate::desk::Desk;

pub(crate) fn run(desk: &Desk, arguments: &[&str]) -> String {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/reports");
    let index = desk.path("index");
    let mut all = arguments.to_vec();
    all.extend(["--index", index.to_str().unwrap(), corpus.to_str().unwrap()]);
    let ran = desk.run(&all);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

#[test]
fn quotations_with_their_citations() {
    let desk = Desk::new();
    insta::assert_snapshot!(run(&desk, &["search", "\"care leavers\" homes", "-n", "3"]));
}

#[test]
fn a_report_as_it_was_understood() {
    let desk = Desk::new();
    let name = "9900079_kelderby/children's services inspection - 13 april 2017.txt";
    let shown = run(&desk, &["show", name, "--structure"]);
    let head: Vec<_> = shown.lines().take(40).collect();
    insta::assert_snapshot!(head.join("\n"));
}

#[test]
fn every_hit_has_a_citation_in_parts() {
    let desk = Desk::new();
    let lines = run(&desk, &["search", "caseloads OR supervision", "--all", "--format", "jsonl"]);
    let hits: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(hits.len() > 10, "{}", hits.len());
    for hit in hits {
        let citation = &hit["citation"];
        assert!(citation["authority"].is_string() && citation["published"].is_string(), "{citation}");
    }
}
