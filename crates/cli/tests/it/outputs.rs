//! Every output format.

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

fn ok(sandbox: &Sandbox, arguments: &[&str]) -> Ran {
    let ran = sandbox.run(arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
    ran
}

fn json(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Parses CSV (RFC 4180) into rows of cells.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut inside) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if inside && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => inside = !inside,
            ',' if !inside => row.push(std::mem::take(&mut cell)),
            '\n' if !inside => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !inside => {}
            letter => cell.push(letter),
        }
    }
    assert!(!inside && row.is_empty() && cell.is_empty(), "{text}");
    rows
}

#[test]
fn hits_as_markdown() {
    let ran = ok(
        &Sandbox::with_reports(),
        &["search", "unallocated march", "--format", "markdown", "--context", "1"],
    );
    insta::assert_snapshot!(ran.out);
}

#[test]
fn signs_tell_hits_from_context() {
    let ran = ok(&Sandbox::with_reports(), &["search", "unallocated march", "--context", "1"]);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn context_stays_in_the_report() {
    let sandbox = Sandbox::with_reports();
    let hit = &json(&ok(&sandbox, &["search", "minutes", "--context", "9", "--format", "jsonl"]).out)[0];
    assert_eq!(hit["context"]["after"], Value::Array(Vec::new()));
    let before = hit["context"]["before"].as_array().unwrap();
    assert_eq!(before.len(), 3, "the title and two paragraphs: {before:?}");
    let (report, _) = hit["id"].as_str().unwrap().split_once('.').unwrap();
    assert!(before.iter().all(|beside| beside["id"].as_str().unwrap().starts_with(report)));
}

#[test]
fn sentences_are_slices_of_the_paragraph() {
    let sandbox = Sandbox::with_reports();
    let ran = ok(&sandbox, &["search", "boats", "--sentences"]);
    assert!(
        ran.out.starts_with("  … The council has bought two «boats», and calls them flats.\n"),
        "{}",
        ran.out
    );
    let hit = &json(&ok(&sandbox, &["search", "care", "--sentences", "--format", "jsonl", "--all"]).out)[0];
    let text = hit["text"].as_str().unwrap();
    let byte = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let bytes = hit["sentences"].as_array().unwrap().iter();
    let slices: Vec<_> = bytes.map(|at| &text[byte(&at[0])..byte(&at[1])]).collect();
    assert_eq!(hit["quotes"], Value::from(slices));
    let table = rows(&ok(&sandbox, &["search", "care", "--sentences", "--format", "csv", "--all"]).out);
    let whole = rows(&ok(&sandbox, &["search", "care", "--format", "csv", "--all"]).out);
    let sum = |rows: &[Vec<String>]| rows[1..].iter().map(|row| row[5].parse::<u32>().unwrap()).sum::<u32>();
    assert_eq!((sum(&table), sum(&whole), table.len(), whole.len()), (3, 3, 4, 3));
    for row in &table[1..] {
        let paragraph = &whole.iter().find(|other| other[0] == row[0]).unwrap()[1];
        assert_eq!(paragraph[row[2].parse().unwrap()..row[3].parse().unwrap()], row[1]);
    }
}

#[test]
fn groups_with_their_counts() {
    let sandbox = Sandbox::with_reports();
    let ran = ok(&sandbox, &["search", "care OR caseloads OR minutes", "--group", "report", "--each", "1"]);
    insta::assert_snapshot!(ran.out);
    let lines = json(&ok(&sandbox, &["search", "care", "--group", "report", "--format", "jsonl"]).out);
    assert_eq!(lines[0]["group"]["by"], "report");
    let rows = rows(&ok(&sandbox, &["search", "care", "--group", "report", "--all", "--format", "csv"]).out);
    assert_eq!(rows[1][..4], ["report", "orrery/visit.txt", "2", "1"]);
    let ran = ok(&sandbox, &["search", "care", "-n", "1", "--group", "report", "--format", "csv"]);
    let said = "note: showing 1 of 2 groups with 1 of 2 paragraphs (3 occurrences in 2 reports)\n";
    assert_eq!(ran.err, said);
    assert!(sandbox.run(&["search", "care", "--group", "colour"]).err.contains("choose one of year"));
}

#[test]
fn every_command_writes_every_format() {
    let sandbox = Sandbox::with_reports();
    std::fs::write(sandbox.path("book.toml"), "[[query]]\nname = \"w\"\ntitle = \"W\"\nquery = \"wait*\"\n")
        .unwrap();
    std::fs::write(sandbox.path("article.txt"), "It says: “No case was unallocated.”\n").unwrap();
    ok(&sandbox, &["index"]);
    let id = json(&ok(&sandbox, &["search", "boats", "--format", "jsonl"]).out)[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let commands: [&[&str]; 11] = [
        &["search", "care"],
        &[
            "search", "care", "--group", "year", "--all", "--sentences", "--context", "2", "--sort",
            "authority",
        ],
        &["count", "care"],
        &["kwic", "care", "--sort", "left", "-n", "2"],
        &["show", &id],
        &["show", "orrery"],
        &["check", "../article.txt"],
        &["reports"],
        &["themes", "--by", "year"],
        &["run", "../book.toml"],
        &["index", "status"],
    ];
    for command in commands {
        let form = |form: &str| ok(&sandbox, &[command, &["--format", form]].concat()).out;
        assert!(!json(&form("jsonl")).is_empty());
        let table = rows(&form("csv"));
        assert!(table.len() > 1, "{command:?}");
        assert!(table.iter().all(|row| row.len() == table[0].len()), "{command:?}: {table:?}");
        assert!(form("csv").ends_with("\n") && !form("markdown").is_empty() && !form("text").is_empty());
    }
}

#[test]
fn cite_writes_citations_only() {
    let sandbox = Sandbox::with_reports();
    for arguments in [["--format", "jsonl"], ["--context", "1"]] {
        let ran = sandbox.run(&[&["search", "care", "--cite", "csl"] as &[&str], &arguments].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains("cannot be used together"), "{}", ran.err);
    }
    let ran = sandbox.run(&["search", "zeppelin", "--cite", "csl"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, "[]\n"));
    let ran = ok(&sandbox, &["search", "care", "--cite", "csl", "--group", "report", "-n", "1"]);
    assert_eq!(serde_json::from_str::<Vec<Value>>(&ran.out).unwrap().len(), 1);
}

#[test]
fn kwic_notes_how_many_lines_are_left_out() {
    let sandbox = Sandbox::with_reports();
    let ran = ok(&sandbox, &["kwic", "care", "-n", "2", "--sort", "left"]);
    assert!(ran.out.ends_with("showing 2 of 3 occurrences in 2 paragraphs of 2 reports\n"), "{}", ran.out);
    let all = ok(&sandbox, &["kwic", "care", "--all", "--sort", "left"]).out;
    let head = |text: &str| text.lines().take(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(head(&ran.out), head(&all));
    let ran = ok(&sandbox, &["kwic", "care", "-n", "2", "--format", "csv"]);
    assert_eq!(ran.err, "note: showing 2 of 3 occurrences in 2 paragraphs of 2 reports\n");
    assert_eq!(rows(&ran.out).len(), 3);
}

#[test]
fn check_reads_standard_input() {
    use std::io::Write as _;
    use std::process::Stdio;
    let sandbox = Sandbox::with_reports();
    let piped = |text: &str, more: &[&str]| {
        let mut command = sandbox.command(&[&["check", "-", "--format", "jsonl"], more].concat());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let ran = child.wait_with_output().unwrap();
        (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap())
    };
    let quoted = "It says: “No case was unallocated.”";
    let verdict = |text: &str, more: &[&str]| {
        let (out, err) = piped(text, more);
        let line: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}"));
        line["check"]["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict(quoted, &[]), "exact");
    assert_eq!(verdict(&format!("<!doctype html><html><body><p>{quoted}</p></body></html>"), &[]), "exact");
    let undated = piped(quoted, &["--from", "1999"]).1;
    assert!(undated.contains("no report passes --from 1999; of none is it known"), "{undated}");
    assert!(piped("", &[]).1.contains("error: the article cannot be read (standard input)"));
}

#[test]
fn all_sorted_gives_every_hit_once() {
    let sandbox = Sandbox::new();
    // More hits than are held at once.
    let text: String = (1..=40_000).map(|number| format!("{number}. Heron.\n\n")).collect();
    sandbox.put("herons.txt", text);
    ok(&sandbox, &["index"]);
    let ids = |more: &[&str]| {
        let table = rows(&ok(&sandbox, &[&["search", "heron", "--format", "csv"], more].concat()).out);
        table.into_iter().skip(1).map(|mut row| row.swap_remove(0)).collect::<Vec<_>>()
    };
    let all = ids(&["--all", "--sort", "authority"]);
    assert_eq!(all, ids(&["--all"]));
    assert_eq!(ids(&["-n", "39999", "--sort", "authority"]), all[..39_999]);
    assert_eq!(all.len(), 40_000);
}

#[test]
fn the_format_follows_the_name_of_the_file() {
    let sandbox = Sandbox::with_reports();
    let written = |name: &str, more: &[&str]| {
        let file = sandbox.path(name);
        let path = file.to_string_lossy();
        let ran = sandbox.run(&[&["count", "care", "-o", &path], more].concat());
        (ran, std::fs::read(&file).unwrap_or_default())
    };
    for (name, begins) in [
        ("a.csv", "occurrences,"),
        ("a.CSV", "occurrences,"),
        ("a.jsonl", "{\"schema\""),
        ("a.json", "{\"schema\""),
        ("a.md", "|"),
        ("a.xlsx", "PK"),
        ("a.txt", "  "),
        ("a", "  "),
    ] {
        let (ran, bytes) = written(name, &[]);
        assert_eq!((ran.code, ran.err.contains("written as")), (0, false), "{name}: {}", ran.err);
        assert!(bytes.starts_with(begins.as_bytes()), "{name}: {}", String::from_utf8_lossy(&bytes));
    }
    let (ran, bytes) = written("b.csv", &["--format", "jsonl"]);
    assert!(ran.err.contains("b.csv is written as jsonl") && bytes.starts_with(b"{"), "{}", ran.err);
    let (ran, _) = written("b.out", &[]);
    assert!(ran.err.contains("b.out is written as text"), "{}", ran.err);
    for (name, more, said) in [
        ("c.xlsx", &["--format", "csv"][..], "c.xlsx is the name of a file of xlsx"),
        ("c.xls", &[], "name it .xlsx"),
        ("c.docx", &[], "text, jsonl, csv, xlsx, markdown"),
        ("none/c.csv", &[], "there is no folder"),
        ("corpus", &[], "it is a folder"),
    ] {
        let (ran, _) = written(name, more);
        assert!(ran.code == 2 && ran.err.contains(said), "{name}: {}", ran.err);
        assert!(!ran.err.contains(".quotable-"), "no temporary file is named: {}", ran.err);
    }
    let page = sandbox.path("check.html");
    sandbox.run(&[
        "check",
        "The report said \"care leavers in Fenwick wait\".",
        "-o",
        &page.to_string_lossy(),
    ]);
    assert!(std::fs::read_to_string(page).unwrap().starts_with("<!"));
    for (alias, begins) in [("json", "{"), ("md", "|"), ("txt", "  ")] {
        let ran = ok(&sandbox, &["count", "care", "--format", alias]);
        assert!(ran.out.starts_with(begins), "{alias}: {}", ran.out);
    }
}
