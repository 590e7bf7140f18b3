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
    let page = sample::run(&sandbox, &["check", article, "--format", "html"]);
    let body = page.split_once("</style>").unwrap().1;
    insta::assert_snapshot!("sample_article_html", body);
}

/// Passages without quotation marks, claims about the report, and words of another authority’s report.
#[test]
fn a_sample_article_with_passages_and_claims() {
    let sandbox = Sandbox::new();
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/articles");
    let article = articles.join("2018-09-10 coast and marsh weekly.txt");
    let article = article.to_str().unwrap();
    insta::assert_snapshot!("sample_article_passages", sample::run(&sandbox, &["check", article]));
    // Named as a person names it, who stands beside it.
    std::fs::copy(article, sandbox.path("weekly.txt")).unwrap();
    let used = sample::run(&sandbox, &["check", "../weekly.txt", "--reverse"]);
    insta::assert_snapshot!("sample_article_reverse", used);
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
    for format in ["text", "html", "jsonl", "csv", "markdown"] {
        let ran = sandbox.run(&["check", "../article.txt", "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(!ran.out.contains(['\u{1b}', '\u{202e}']), "{format}: {}", ran.out);
    }
}

#[test]
fn the_verdicts_come_first_and_the_worst_before_the_others() {
    let out = with_article(ARTICLE).run(&["check", "../article.txt"]).out;
    let at = |text: &str| out.find(text).unwrap_or_else(|| panic!("{text}: {out}"));
    assert!(at("The report’s words: 1 exact, 2 altered") < at("\nThe report’s words\n"), "{out}");
    assert!(at("2. altered") < at("1. exact"), "{out}");
    // What people said and no report has takes a line.
    assert!(
        out.contains("5. “The council keeps a goat in the lift of its town hall,” – in no report"),
        "{out}"
    );
}

#[test]
fn only_some_verdicts_are_shown_and_all_are_counted() {
    let sandbox = with_article(ARTICLE);
    let ran = sandbox.run(&["check", "../article.txt", "--only", "altered,elsewhere"]);
    assert!(ran.out.contains("1 exact, 2 altered") && ran.out.contains("2. altered"), "{}", ran.out);
    assert!(!ran.out.contains("1. exact"), "{}", ran.out);
    let lines = sandbox.run(&["check", "../article.txt", "--only", "exact", "--format", "jsonl"]).out;
    assert!(lines.lines().all(|line| line.contains("\"verdict\":\"exact")), "{lines}");
    let ran = sandbox.run(&["check", "../article.txt", "--only", "wrong"]);
    assert!(ran.code == 2 && ran.err.contains("wrong"), "{}", ran.err);
}

#[test]
fn strict_fails_if_the_report_is_misquoted() {
    let sandbox = with_article(ARTICLE);
    let ran = sandbox.run(&["check", "../article.txt", "--strict"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.err.contains("the report is not quoted"), "{}", ran.err);
    let honest = "The report says: “Too many care leavers in Fenwick wait for a home.” “We keep no goat in the town \
                  hall of Fenwick,” said Ada Vane, the mayor.\n";
    std::fs::write(sandbox.path("article.txt"), honest).unwrap();
    let ran = sandbox.run(&["check", "../article.txt", "--strict"]);
    assert_eq!(ran.code, 0, "words of people are no fault: {}", ran.out);
}

#[test]
fn several_articles_a_text_and_standard_input() {
    let sandbox = with_article(ARTICLE);
    std::fs::write(
        sandbox.path("other.html"),
        "<p>The report says: “Too many care leavers in Fenwick wait.”</p>",
    )
    .unwrap();
    let ran = sandbox.run(&["check", "../article.txt", "../other.html", ".", "--format", "jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let names: std::collections::BTreeSet<String> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["article"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["../article.txt", "../other.html"]);
    for text in [
        "The report said: “Too many care leavers in Fenwick wait for a home.”",
        "Too many care leavers in Fenwick wait for a home",
    ] {
        let ran = sandbox.run(&["check", text, "."]);
        assert!(ran.code == 0 && ran.out.contains("1. exact"), "{text}: {}{}", ran.out, ran.err);
    }
    let ran = sandbox.run(&["check", "https://example.org/article", "."]);
    assert!(ran.code == 2 && ran.err.contains("nothing is fetched"), "{}", ran.err);
}

#[test]
fn articles_come_in_the_formats_of_editors() {
    let sandbox = Sandbox::new();
    let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/inputs");
    let mut shown = String::new();
    for name in
        ["book.epub", "clipboard.txt", "letter.odt", "mail.eml", "note.rtf", "page.html", "page.mhtml"]
    {
        let lines =
            sample::run(&sandbox, &["check", inputs.join(name).to_str().unwrap(), "--format", "jsonl"]);
        shown.push_str(&format!("{name}\n"));
        for line in lines.lines() {
            let text: Value = serde_json::from_str(line).unwrap();
            let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let (group, verdict) = (words(&text["group"]), words(&text["check"]["verdict"]));
            shown.push_str(&format!("  {group}, {verdict}: {}\n", words(&text["quotation"]["text"])));
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_page_stands_alone_and_no_text_is_markup() {
    let sandbox = with_article(
        "The report says: “Too many <script>alert(1)</script> care leavers in Fenwick & wait for a home.”\n\n“<img \
         src=x onerror=alert(1)>,” said Ada <b>Vane</b>, the mayor.\n",
    );
    let ran = sandbox.run(&["check", "../article.txt", "--format", "html"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("<!DOCTYPE html>") && ran.out.ends_with("</html>\n"), "{}", ran.out);
    for told in ["default-src 'none'", "script&gt;", "<mark>", "The report’s words", "@media print"] {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }
    for markup in ["<script", "<img", "<b>Vane", "src=\"", "href=", "@import", "url("] {
        assert!(!ran.out.contains(markup), "{markup}: {}", ran.out);
    }
    let ran = sandbox.run(&["check", "../article.txt", "--format", "html", "--reverse"]);
    assert!(ran.code == 2 && ran.err.contains("markdown"), "{}", ran.err);
}

#[test]
fn an_article_among_the_reports_is_no_place_of_its_own_words() {
    let sandbox = Sandbox::with_reports();
    let text = "Inspection of a harbour\n\nThe report said: “Nobody has ever weighed the lighthouse keeper’s parrot.”\n";
    sandbox.put("notes/own.txt", text);
    sandbox.put(
        "notes/other.txt",
        "Letter on a parrot\n\n1. Somebody weighed the parrot of the harbour master.\n",
    );
    let own = sandbox.corpus().join("notes/own.txt");
    let ran = sandbox.run(&["check", &own.to_string_lossy()]);
    assert!(
        ran.out.to_lowercase().contains("absent") && !ran.out.contains("leave out"),
        "{}{}",
        ran.out,
        ran.err
    );
}
