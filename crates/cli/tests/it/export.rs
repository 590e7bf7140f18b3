//! `quotable export` and `quotable translate`.

use std::fs;

use crate::sandbox::Sandbox;

#[test]
fn a_corpus_is_exported_and_then_only_what_has_changed() {
    for format in ["jsonl", "parquet", "quickwit", "Elasticsearch"] {
        let sandbox = Sandbox::with_reports();
        let out = sandbox.path("out");
        let export = || sandbox.run(&["export", ".", "--to", format, "--out", out.to_str().unwrap()]);
        let first = export();
        assert_eq!(first.code, 0, "{format}: {}", first.err);
        assert!(
            first.out.contains("holds 3 reports, ") && first.out.contains("3 new or changed"),
            "{}",
            first.out
        );
        assert!(export().out.contains("nothing has changed since the last export"), "{format}");
        fs::remove_file(sandbox.corpus().join("orrery/visit.txt")).unwrap();
        sandbox.put("fenwick/visit 2021.txt", "Second visit to Fenwick\n\n1. Caseloads are high.\n");
        let second = export();
        assert!(
            second.out.contains("holds 2 reports") && second.out.contains("1 new or changed, 1 gone"),
            "{}",
            second.out
        );
    }
}

#[test]
fn an_export_into_the_folder_of_reports_is_refused() {
    let sandbox = Sandbox::with_reports();
    let ran = sandbox.run(&["export", ".", "--to", "jsonl", "--out", "tables/new"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("inside the folder of reports") && ran.err.contains("help: "), "{}", ran.err);
    assert!(!sandbox.corpus().join("tables").exists());
    let ran = sandbox.run(&["export", ".", "--to", "solr", "--out", "../out"]);
    assert!(ran.code == 2 && ran.err.contains("opensearch"), "{}", ran.err);
    fs::create_dir(sandbox.path("mine")).unwrap();
    fs::write(sandbox.path("mine/notes.txt"), "mine").unwrap();
    let ran = sandbox.run(&["export", ".", "--to", "jsonl", "--out", "../mine"]);
    assert!(ran.code == 2 && ran.err.contains("notes.txt") && ran.err.contains("--out"), "{}", ran.err);
}

#[test]
fn a_query_is_translated_or_refused_with_its_place() {
    let sandbox = Sandbox::with_reports();
    let ran = sandbox.run(&["translate", "caseloads -leaders", ".", "--to", "quickwit"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out, "+searched:true +words:\"caseloads\" -words:\"leaders\"\n");
    let ran = sandbox.run(&["translate", "caseloads w/s leaders", ".", "--to", "elasticsearch"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains("^^^") && ran.err.contains("OpenSearch cannot look for words in one sentence"),
        "{}",
        ran.err
    );
    // What a search refuses is refused here too.
    let ran = sandbox.run(&["translate", "grade:goood", ".", "--to", "duckdb"]);
    assert!(ran.code == 2 && ran.err.contains("did you mean good"), "{}", ran.err);
}

#[test]
fn what_people_call_it_elsewhere_is_understood() {
    let sandbox = Sandbox::new();
    assert!(sandbox.run(&["exprot"]).err.contains("export"));
    assert!(sandbox.run(&["csv"]).err.contains("--format csv"));
}
