//! `quotable follow` and `quotable similar`.

use crate::sample;
use crate::sandbox::Sandbox;

/// Two reports of an authority of their own.
fn two_reports() -> Sandbox {
    let sandbox = Sandbox::new();
    let head = "# Inspection of Orrery Isle children\u{2019}s services\n\n";
    let asked = "## What needs to improve\n\n- The regularity of supervision for social workers.\n\n- The clarity of the ferry timetable.\n";
    let found = "## Findings\n\n1. Supervision of social workers is regular, clear and of high quality.\n\n2. Plans are detailed.\n";
    sandbox.put(
        "7001_orrery isle/2018.md",
        format!("{head}Inspection dates: 5 March 2018 to 9 March 2018\n\n{asked}"),
    );
    sandbox.put(
        "7001_orrery isle/2021.md",
        format!("{head}Inspection dates: 1 March 2021 to 5 March 2021\n\n{found}"),
    );
    sandbox
}

/// The words without line ends and indents.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn one_inspection_into_the_next() {
    let sandbox = Sandbox::new();
    let shown = sample::run(&sandbox, &["follow", "Harrowmere"]);
    let joined = in_one_line(&shown);
    assert!(joined.contains("requests") && joined.contains("for the reader to judge"), "{shown}");
    // The newest pair of inspections comes first.
    let places = ["2022", "2014"].map(|year| shown.find(year));
    assert!(places[0].is_some() && places[0] < places[1], "{shown}");
    let page = sample::run(&sandbox, &["follow", "Harrowmere", "--format", "html"]);
    assert!(
        page.starts_with("<!DOCTYPE html>")
            && page.contains("default-src 'none'")
            && !page.contains("<script"),
        "{page}"
    );
}

#[test]
fn a_report_is_followed_by_the_next_of_its_authority() {
    let sandbox = two_reports();
    let ran = sandbox.run(&["follow", "2018.md"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let shown = in_one_line(&ran.out);
    assert!(shown.contains("2 requests") && shown.contains("Not found"), "{shown}");
    assert!(shown.contains("This does not mean that it is solved."), "{shown}");
    let last = sandbox.run(&["follow", "2021.md"]);
    assert!(last.code == 2 && last.err.contains("no later inspection report follows"), "{}", last.err);
    let nobody = sandbox.run(&["follow", "Nowhere"]);
    assert!(nobody.code == 2 && nobody.err.contains("“Nowhere”"), "{}", nobody.err);
}

#[test]
fn similar_paragraphs_of_a_text_and_of_an_id() {
    let sandbox = two_reports();
    let text = "Supervision of social workers is regular and clear.";
    let ran = sandbox.run(&["similar", text, "--format", "jsonl"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("Supervision of social workers is regular, clear"), "{}", ran.out);
    let short = sandbox.run(&["similar", "xyz"]);
    assert!(short.code == 2 && short.err.contains("not the id of a paragraph"), "{}", short.err);
}

const BOOK: &str = "\
[[query]]
name = \"ferries\"
kind = \"concept\"
query = 'ferry OR boat*'

[[query]]
name = \"oversight\"
kind = \"concept\"
query = 'supervis*'
";

#[test]
fn concepts_are_those_of_a_code_book_of_ones_own() {
    let sandbox = two_reports();
    std::fs::write(sandbox.path("mine.toml"), BOOK).unwrap();
    let book = sandbox.path("mine.toml");
    let book = book.to_str().unwrap();
    for option in ["--codebook", "--codes"] {
        let ran = sandbox.run(&["follow", "2018.md", option, book, "--format", "jsonl"]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        let rows: Vec<serde_json::Value> =
            ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let concepts: Vec<_> = rows.iter().filter(|row| row["kind"] == "concept").collect();
        let names: Vec<_> = concepts.iter().map(|row| row["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["ferries", "oversight"]);
        assert_eq!((&concepts[0]["earlier"], &concepts[0]["later"]), (&"1".into(), &"0".into()));
    }
    let wrong = sandbox.run(&["follow", "2018.md", "--codebook", "nowhere.toml"]);
    assert!(wrong.code == 2 && wrong.err.contains("nowhere.toml"), "{}", wrong.err);
}

#[test]
fn sample_reports_followed() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!("follow_text", sample::run(&sandbox, &["follow", "Harrowmere"]));
    insta::assert_snapshot!(
        "follow_markdown",
        sample::run(&sandbox, &["follow", "Harrowmere", "--format", "markdown"])
    );
    insta::assert_snapshot!(
        "follow_csv",
        sample::run(&sandbox, &["follow", "Harrowmere", "--format", "csv"])
    );
}
