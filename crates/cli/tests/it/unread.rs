//! Files that could not be read are said to be missing from every answer, not only by the run that tried to read them.

use std::fs;

use crate::sandbox::{Ran, Sandbox};

/// A corpus with one file that cannot be read in each of two folders, read once.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with_reports();
    sandbox.put("fenwick/important.pdf", "not a PDF");
    sandbox.put("orrery/empty.txt", "");
    let first = sandbox.run(&["count", "caseloads"]);
    assert!(first.err.contains("not read: fenwick/important.pdf"), "{}", first.err);
    assert!(first.err.lines().last().unwrap().contains("could not be read and"), "{}", first.err);
    sandbox
}

/// The value of a column in the last row of CSV, which may hold commas in front of the last columns only.
fn last_cell<'r>(ran: &'r Ran, column: &str) -> &'r str {
    let mut lines = ran.out.lines();
    let at = lines.next().unwrap().split(',').rev().position(|name| name == column).unwrap();
    lines.last().unwrap().split(',').rev().nth(at).unwrap()
}

const ARTICLE: &str = "The report said: “Nobody has ever seen a whale in the harbour office.”\n";
const NOTE: &str = "2 files could not be read and are not in this answer: fenwick/important.pdf, orrery/empty.txt; see quotable reports --problems";

/// Every command that answers from the reports, without its format.
fn answers(sandbox: &Sandbox) -> Vec<Vec<String>> {
    fs::write(sandbox.path("article.txt"), ARTICLE).unwrap();
    fs::write(
        sandbox.path("book.toml"),
        "[[query]]\nname = \"load\"\nkind = \"topic\"\nquery = \"caseloads\"\n",
    )
    .unwrap();
    let (article, book) = (sandbox.path("article.txt"), sandbox.path("book.toml"));
    let (article, book) = (article.to_string_lossy(), book.to_string_lossy());
    let all: [&[&str]; 10] = [
        &["search", "caseloads"],
        &["search", "caseloads", "--sort", "authority", "--all"],
        &["search", "caseloads", "--group", "year"],
        &["search", "caseloads", "--unit", "theme"],
        &["count", "caseloads"],
        &["count", "caseloads", "--by", "year"],
        &["kwic", "caseloads"],
        &["themes"],
        &["run", &book],
        &["check", &article],
    ];
    all.iter().map(|words| words.iter().map(|word| (*word).to_owned()).collect()).collect()
}

#[test]
fn what_to_do_about_a_file_without_text_depends_on_its_format() {
    let sandbox = Sandbox::with_reports();
    for file in ["empty.txt", "empty.md", "empty.pdf"] {
        sandbox.put(file, "");
    }
    let problems = sandbox.run(&["reports", "--problems", "--format", "csv"]).out;
    for (file, said, not) in [
        ("empty.txt", "the file is empty; save its text in it", "download"),
        ("empty.pdf", "the file is empty; download it again", "save"),
        ("empty.md", "save its text in it", "download"),
    ] {
        let line =
            problems.lines().find(|line| line.contains(file)).unwrap_or_else(|| panic!("{file}: {problems}"));
        assert!(line.contains(said) && !line.contains(not), "{line}");
    }
}

#[test]
fn every_answer_says_how_many_files_it_lacks() {
    let sandbox = sandbox();
    let run = |answer: &[String], more: &[&str]| {
        let ran =
            sandbox.run(&answer.iter().map(String::as_str).chain(more.iter().copied()).collect::<Vec<_>>());
        assert_eq!(ran.code, 0, "{answer:?} {more:?}: {}", ran.err);
        assert!(ran.err.contains(NOTE), "{answer:?} {more:?}: {}", ran.err);
        assert_eq!(ran.err.matches("could not be read and").count(), 1, "{answer:?} {more:?}: {}", ran.err);
        ran
    };
    for answer in &answers(&sandbox) {
        for refresh in [&[][..], &["--no-refresh"]] {
            let with = |more: &[&'static str]| [refresh, more].concat();
            let json = run(answer, &with(&["--format", "jsonl"]));
            for line in json.out.lines() {
                assert!(line.contains("\"incomplete\":true,\"unread\":2"), "{answer:?}: {line}");
                assert!(!line.contains("\"complete\":true"), "{answer:?}: {line}");
            }
            assert!(!json.out.is_empty());
            let csv = run(answer, &with(&["--format", "csv"]));
            assert_eq!(
                (last_cell(&csv, "complete"), last_cell(&csv, "unread")),
                ("false", "2"),
                "{answer:?}"
            );
            let markdown = run(answer, &with(&["--format", "markdown"]));
            let said = ["2 files not read", "2 files could not be read"]
                .iter()
                .any(|said| markdown.out.contains(said));
            assert!(said, "{answer:?}: {}", markdown.out);
            run(answer, &with(&[]));
        }
    }
}

#[test]
fn an_absent_quotation_may_stand_in_a_file_that_could_not_be_read() {
    let sandbox = sandbox();
    fs::write(sandbox.path("article.txt"), ARTICLE).unwrap();
    let ran = sandbox.run(&["check", &sandbox.path("article.txt").to_string_lossy()]);
    assert!(!ran.out.contains("absent, but"), "said once, not of each quotation: {}", ran.out);
    assert!(ran.out.contains("of the reports, 2 files could not be read"), "{}", ran.out);
}

#[test]
fn only_the_part_that_was_asked_for_counts() {
    let sandbox = sandbox();
    let north = sandbox.run(&["count", "caseloads", "fenwick"]);
    assert!(north.err.contains("1 file could not be read and is not in this answer: fenwick/important.pdf;"));
    assert!(north.out.contains(", 1 file not read"), "{}", north.out);
    let whole = sandbox.run(&["count", "caseloads", "fenwick/visit 2019.txt", "--format", "jsonl"]);
    assert_eq!(whole.err, "", "the file asked for was read");
    assert!(whole.out.contains("\"complete\":true") && !whole.out.contains("incomplete"), "{}", whole.out);
    // A filter does not say whether it would pass a file that was not read.
    let filtered = sandbox.run(&["count", "caseloads date:none", "--format", "csv"]);
    assert_eq!(last_cell(&filtered, "unread"), "2", "{}", filtered.out);
}

#[test]
fn only_files_that_this_run_has_not_named_are_noted() {
    let sandbox = sandbox();
    sandbox.put("fenwick/late.pdf", "not a PDF either");
    let ran = sandbox.run(&["search", "caseloads"]);
    assert!(ran.err.contains("not read: fenwick/late.pdf"), "{}", ran.err);
    assert!(ran.err.contains(
        "3 files could not be read and are not in this answer: fenwick/important.pdf, fenwick/late.pdf, orr"
    ));
    for number in 0..7 {
        sandbox.put(&format!("many/{number}.pdf"), "no");
    }
    sandbox.put("many/minutes.txt", "Caseloads were minuted.\n");
    sandbox.run(&["index"]);
    let ran = sandbox.run(&["search", "caseloads", "many"]);
    assert!(ran.err.contains("7 files could not be read"), "{}", ran.err);
    assert!(ran.err.contains("many/4.pdf and 2 more; see"), "{}", ran.err);
}

#[test]
fn a_copy_of_the_index_says_it_too() {
    let sandbox = sandbox();
    let copy = sandbox.path("copy").to_string_lossy().into_owned();
    assert_eq!(sandbox.run(&["index", "--to", &copy]).code, 0);
    fs::remove_dir_all(sandbox.corpus()).unwrap();
    let ran = sandbox.run_in(&sandbox.home(), &["count", "caseloads", "--index", &copy, "--format", "jsonl"]);
    assert!(ran.err.contains(NOTE), "{}", ran.err);
    assert!(ran.out.contains("\"complete\":false") && ran.out.contains("\"unread\":2"), "{}", ran.out);
}

#[test]
fn the_status_the_list_and_a_report_say_it() {
    let sandbox = sandbox();
    let status = sandbox.run(&["index", "status"]);
    assert!(
        status.out.contains("no: 2 files could not be read; see quotable reports --problems"),
        "{}",
        status.out
    );
    let status = sandbox.run(&["index", "status", "--format", "csv"]);
    assert!(status.out.lines().next().unwrap().starts_with("format,generation,committed,complete,"));
    assert_eq!(status.out.lines().nth(1).unwrap().split(',').nth(3), Some("false"), "{}", status.out);
    assert_eq!(last_cell(&status, "failed"), "2");
    assert_eq!(last_cell(&status, "unfinished"), "false");
    let list = sandbox.run(&["reports"]);
    assert!(list.out.contains("2 files not read"), "{}", list.out);
    let list = sandbox.run(&["reports", "fenwick", "--format", "jsonl"]);
    assert!(list.out.lines().all(|line| line.contains("\"incomplete\":true,\"unread\":1")), "{}", list.out);
    let shown = sandbox.run(&["show", "visit 2021", "--format", "jsonl"]);
    assert!(
        shown.out.contains("\"incomplete\":true,\"unread\":2") && shown.err.contains(NOTE),
        "{}",
        shown.err
    );
}

#[test]
fn a_file_that_is_mended_is_lacking_no_more() {
    let sandbox = sandbox();
    sandbox.put("orrery/empty.txt", "1. Caseloads are fine.\n");
    fs::remove_file(sandbox.corpus().join("fenwick/important.pdf")).unwrap();
    sandbox.run(&["index"]);
    let ran = sandbox.run(&["count", "caseloads", "--format", "jsonl"]);
    assert_eq!(ran.err, "");
    assert!(ran.out.contains("\"complete\":true") && ran.out.contains("\"unread\":0"), "{}", ran.out);
    let status = sandbox.run(&["index", "status"]);
    assert!(status.out.contains("yes"), "{}", status.out);
}

#[test]
fn a_filtered_list_of_reports_names_them_too() {
    let sandbox = sandbox();
    let filtered = sandbox.run(&["reports", "--query", "caseloads"]);
    assert!(filtered.err.contains(NOTE), "{}", filtered.err);
    let whole = sandbox.run(&["reports"]);
    assert!(!whole.err.contains("not in this answer"), "they are in the list: {}", whole.err);
}
