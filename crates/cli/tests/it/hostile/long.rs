//! Files and queries that ask for more than any answer needs.

use crate::sandbox::Sandbox;

#[test]
fn a_paragraph_and_a_heading_without_end_fill_no_answer() {
    let sandbox = Sandbox::new();
    let heading = "The heron and its river. ".repeat(4_000);
    let text = "The heron waits in the reeds. ".repeat(20_000);
    sandbox.put("long.html", format!("<html><body><h2>{heading}</h2><p>{text}</p></body></html>"));
    let ran = sandbox.run(&["search", "reeds", "-n", "1", "--format", "jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    // The text, and places of its words.
    assert!(ran.out.len() < 1 << 20, "{}", ran.out.len());
    let ran = sandbox.run(&["kwic", "reeds", "-n", "3", "--sort", "left", "--format", "jsonl"]);
    assert!(ran.code == 0 && ran.out.len() < 10_000, "{} {}", ran.out.len(), ran.err);
    let ran = sandbox.run(&["count", "reeds", "--format", "jsonl"]);
    assert!(ran.out.contains("20000"), "no occurrence is lost: {}", ran.out);
}

#[test]
fn an_article_without_end_is_refused_and_its_quotations_are_counted() {
    let sandbox = Sandbox::with_reports();
    let file = |name: &str, text: String| {
        let path = sandbox.home().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    };
    let endless = file("endless.txt", "“a” ".repeat(1_300_000));
    let ran = sandbox.run(&["check", &endless]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("too long to be checked") && ran.err.contains("only the part"), "{}", ran.err);
    let many = file("many.txt", (0..2_100).map(|number| format!("He said “heron {number}”.\n\n")).collect());
    let ran = sandbox.run(&["check", &many, "--format", "csv"]);
    assert!(ran.err.contains("the last 100 quotations"), "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 2_001);
}

#[test]
fn a_query_beyond_a_limit_is_refused_and_the_limit_can_be_raised() {
    let sandbox = Sandbox::with_reports();
    let ran = sandbox.run(&["count", "*e* w/5 *a*", "--query-words", "3"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("stands for more than 3 words") && ran.err.contains("^"), "{}", ran.err);
    let ran = sandbox.run(&["count", "*e* w/5 *a*", "--query-words", "100000", "--query-steps", "50"]);
    assert!(ran.code <= 1, "{}", ran.err);
}
