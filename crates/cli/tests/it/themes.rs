//! `quotable themes` and `quotable run`.

use serde_json::Value;

use crate::sample;
use crate::sandbox::Sandbox;

const BOOK: &str = r#"
title = "Waiting"

[[query]]
name = "waiting"
title = "Words of waiting"
query = 'wait* OR unallocated'

[[query]]
name = "homes"
title = "Homes that are waited for"
kind = "topic"
query = '"care leavers" @waiting'
"#;

#[test]
fn how_much_of_the_corpus_each_theme_covers() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!("themes", sample::run(&sandbox, &["themes"]));
    insta::assert_snapshot!("themes_by_grade", sample::run(&sandbox, &["themes", "--by", "grade"]));
    insta::assert_snapshot!("themes_by_year", sample::run(&sandbox, &["themes", "--by", "year"]));
}

#[test]
fn themes_in_every_format() {
    let sandbox = Sandbox::with_reports();
    let table = sandbox.run(&["themes", "--format", "csv"]).out;
    let width = |line: &str| line.split(',').count();
    assert!(table.lines().all(|line| width(line) == 19), "{table}");
    assert_eq!(table.lines().count(), 21, "18 themes, what has none, all, and the head: {table}");
    let by_year = sandbox.run(&["themes", "--format", "csv", "--by", "year"]).out;
    assert!(by_year.starts_with("theme,kind,title,year,paragraphs,words,share,reports,corpus"), "{by_year}");
    let lines = sandbox.run(&["themes", "--format", "jsonl"]).out;
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!((last["kind"].as_str(), last["share"].as_f64()), (Some("all"), Some(1.0)));
    assert_eq!(last["all"]["reports"], 3);
}

#[test]
fn themes_of_a_given_code_book() {
    let sandbox = Sandbox::new();
    std::fs::write(sandbox.path("mine.toml"), BOOK).unwrap();
    let book = sandbox.path("mine.toml");
    let book = book.to_str().unwrap();
    insta::assert_snapshot!("themes_of_a_file", sample::run(&sandbox, &["themes", "--codebook", book]));
    insta::assert_snapshot!("run", sample::run(&sandbox, &["run", book]));
    insta::assert_snapshot!("run_by_year", sample::run(&sandbox, &["run", book, "--by", "year"]));
    let csv = sample::run(&sandbox, &["run", book, "--by", "year", "--format", "csv"]);
    assert!(csv.starts_with("name,kind,title,year,occurrences,"), "{csv}");
    let lines = sample::run(&sandbox, &["run", book, "--format", "jsonl"]);
    let row: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((row["schema"].as_u64(), row["name"].as_str()), (Some(1), Some("waiting")));
}

#[test]
fn an_error_in_a_code_book_is_underlined() {
    let sandbox = Sandbox::with_reports();
    sandbox.put("../mine.toml", "[[query]]\nname = \"a\"\nquery = '\"open'\n");
    let ran = sandbox.run(&["run", "../mine.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("line 3, column") && ran.err.contains('^'), "{}", ran.err);
}

#[test]
fn themes_of_one_folder() {
    let sandbox = Sandbox::with_reports();
    sandbox.put("../mine.toml", "[[query]]\nname = \"a\"\nquery = 'unallocated'\n");
    sandbox.run(&["index"]);
    for (command, found) in [(["run", "../mine.toml", "orrery"], 1), (["run", "../mine.toml", "."], 2)] {
        let ran = sandbox.run(&[&command[..], &["--format", "jsonl"]].concat());
        let row: serde_json::Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
        assert_eq!(row["counts"]["occurrences"], found, "{}", ran.out);
    }
    let (part, whole) = (sandbox.run(&["themes", "orrery"]), sandbox.run(&["themes"]));
    assert!(part.code == 0 && part.out != whole.out, "{}", part.out);
}
