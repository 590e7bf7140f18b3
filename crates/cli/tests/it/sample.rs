//! Runs over the sample corpus.

use std::path::Path;

use crate::sandbox::Sandbox;

pub(crate) fn run(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/reports");
    let index = sandbox.path("index");
    let mut all = arguments.to_vec();
    all.extend(["--index", index.to_str().unwrap(), corpus.to_str().unwrap()]);
    let ran = sandbox.run(&all);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

#[test]
fn quotations_with_their_citations() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!(run(&sandbox, &["search", "\"care leavers\" homes", "-n", "3"]));
}

#[test]
fn structure_of_a_report() {
    let sandbox = Sandbox::new();
    let name = "9900079_kelderby/children's services inspection - 13 april 2017.txt";
    let shown = run(&sandbox, &["show", name, "--structure"]);
    let head: Vec<_> = shown.lines().take(40).collect();
    insta::assert_snapshot!(head.join("\n"));
}

#[test]
fn every_hit_has_a_citation_in_parts() {
    let sandbox = Sandbox::new();
    let lines = run(&sandbox, &["search", "caseloads OR supervision", "--all", "--format", "jsonl"]);
    let hits: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(hits.len() > 10, "{}", hits.len());
    for hit in hits {
        let citation = &hit["citation"];
        assert!(citation["authority"].is_string() && citation["published"].is_string(), "{citation}");
    }
}
