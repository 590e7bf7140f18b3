//! `quotable check`.

use std::path::Path;

use serde_json::Value;

use crate::sample;
use crate::sandbox::Sandbox;

const ARTICLE: &str = "\
Fenwick buys boats

12 May 2019

The report says: “Too many care leavers in Fenwick wait for a home.” It adds that “in March, 14 cases were \
unallocated” and that “case was unallocated everywhere in the town of Fenwick”.

“Social workers’ caseloads are high”, inspectors wrote. “The council keeps a goat in the lift of its town hall,” a \
resident said.
";

fn with_article(text: impl AsRef<[u8]>) -> Sandbox {
    let sandbox = Sandbox::with_reports();
    std::fs::write(sandbox.path("article.txt"), text).unwrap();
    sandbox
}

#[test]
fn every_quotation_with_its_verdict() {
    let ran = with_article(ARTICLE).run(&["check", "../article.txt"]);
    insta::assert_snapshot!(ran.out);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn sample_articles() {
    let sandbox = Sandbox::new();
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/articles");
    let article = articles.join("2018-03-13 county matters.txt");
    let article = article.to_str().unwrap();
    insta::assert_snapshot!("sample_article", sample::run(&sandbox, &["check", article]));
    let shown = sample::run(&sandbox, &["check", article, "--format", "markdown"]);
    insta::assert_snapshot!("sample_article_markdown", shown);
}

#[test]
fn checked_quotations_in_tables_and_lines() {
    let sandbox = with_article(ARTICLE);
    let lines = sandbox.run(&["check", "../article.txt", "--format", "jsonl"]).out;
    let all: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(all[0]["check"]["verdict"], "exact");
    assert!(all[0]["cite"].as_str().unwrap().contains("para 1"), "{}", all[0]);
    let table = sandbox.run(&["check", "../article.txt", "--format", "csv"]).out;
    assert_eq!(table.lines().count(), all.len() + 1, "{table}");
}

#[test]
fn only_the_reports_of_one_authority() {
    let ran = with_article(ARTICLE).run(&["check", "../article.txt", "orrery"]);
    assert!(!ran.out.contains("exact"), "nothing of Fenwick stands in what was named: {}", ran.out);
    let ran = with_article(ARTICLE).run(&["check", "../article.txt", "--authority", "nowhere*"]);
    assert!(!ran.out.contains(". exact"), "{}", ran.out);
}

#[test]
fn an_article_in_the_corpus_does_not_match_itself() {
    let sandbox = Sandbox::with_reports();
    sandbox.put("press/article.txt", ARTICLE);
    let ran = sandbox.run(&["check", "press/article.txt"]);
    assert!(ran.out.contains(": 1 exact, 2 altered, 2 absent;"), "{}", ran.out);
}

#[test]
fn an_article_without_quotations_exits_with_1() {
    let ran = with_article("Fenwick has boats.\n").run(&["check", "../article.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("no quotation was found"), "{}", ran.err);
}

#[test]
fn an_unreadable_article_is_an_error() {
    for bytes in [&b""[..], &b"\x00\x01\x02\xff\xfe"[..]] {
        let ran = with_article(bytes).run(&["check", "../article.txt"]);
        assert_eq!(ran.code, 2, "{}", ran.out);
        assert!(ran.err.contains("article"), "{}", ran.err);
    }
    let ran = with_article("").run(&["check", "../nowhere.txt"]);
    assert!(ran.code == 2 && ran.err.contains("there is no article"), "{}", ran.err);
    let ran = with_article("").run(&["check", "orrery"]);
    assert!(ran.code == 2 && ran.err.contains("is not a file"), "{}", ran.err);
}

#[test]
fn articles_are_escaped_for_the_terminal() {
    let sandbox = with_article(
        "The report says: “Too many \u{1b}[31mcare leavers\u{202e} in Fenwick wait for a home.”\n",
    );
    for format in ["text", "jsonl", "csv", "markdown"] {
        let ran = sandbox.run(&["check", "../article.txt", "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(!ran.out.contains(['\u{1b}', '\u{202e}']), "{format}: {}", ran.out);
    }
}
