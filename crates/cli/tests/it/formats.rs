//! What the command writes is what `FORMATS.md` documents: fields and columns of every command.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::formats_page::{assert_fields, documented, fields};
use crate::sample;
use crate::sandbox::Sandbox;

fn parse(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Runs whose records together have every field of a heading.
fn records(heading: &str) -> Vec<Value> {
    let sandbox = Sandbox::new();
    let run = |arguments: &[&str]| sample::run(&sandbox, &[arguments, &["--format", "jsonl"]].concat());
    let lines = match heading {
        "Hit" => {
            let all = run(&["search", "unallocated", "--group", "theme", "--context", "1", "--sentences"]);
            all + &run(&["search", "supervision", "--all"])
        }
        "Theme chunk" => run(&["search", "unallocated", "--unit", "theme"]),
        "Occurrence" => run(&["kwic", "unallocated"]),
        "Count table" => run(&["count", "unallocated date:2014.. in-care:good", "--by", "year,authority"]),
        "Source" => {
            let broken = Sandbox::new();
            broken.put("broken.pdf", "<html>");
            run(&["reports"]) + &broken.run(&["reports", "--format", "jsonl"]).out
        }
        "Report" => {
            let every = run(&["reports"]);
            let all = every.lines().map(|line| {
                let source: Value = serde_json::from_str(line).unwrap();
                run(&["show", source["path"].as_str().unwrap()])
            });
            all.collect()
        }
        "Theme" => run(&["themes"]),
        "Named query" => {
            let book = "[[query]]\nname = \"waiting\"\ntitle = \"Waiting\"\nquery = \"wait*\"\n";
            std::fs::write(sandbox.path("book.toml"), book).unwrap();
            run(&["run", sandbox.path("book.toml").to_str().unwrap()])
        }
        "Checked quotation" => articles().iter().map(|article| run(&["check", article])).collect(),
        "Used paragraph" => articles().iter().map(|article| run(&["check", article, "--reverse"])).collect(),
        "Status" => {
            run(&["reports"]);
            let index = sandbox.path("index");
            sandbox.run(&["index", "status", "--format", "jsonl", "--index", index.to_str().unwrap()]).out
        }
        _ => unreachable!("no command writes {heading}"),
    };
    parse(&lines)
}

fn articles() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/articles");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.map(|file| file.to_str().unwrap().to_owned()).collect()
}

#[test]
fn json_fields_are_those_documented() {
    const HEADINGS: [&str; 11] = [
        "Hit",
        "Theme chunk",
        "Occurrence",
        "Count table",
        "Source",
        "Report",
        "Theme",
        "Named query",
        "Checked quotation",
        "Used paragraph",
        "Status",
    ];
    for heading in HEADINGS {
        assert_fields(heading, &fields(heading), &records(heading));
    }
}

/// That the columns themselves are those documented is tested in `quotable-export`.
#[test]
fn every_command_writes_its_own_table() {
    let sandbox = Sandbox::new();
    std::fs::write(sandbox.path("book.toml"), "[[query]]\nname = \"w\"\ntitle = \"W\"\nquery = \"wait*\"\n")
        .unwrap();
    let book = sandbox.path("book.toml");
    let article = articles().remove(0);
    let runs: [(&str, &[&str]); 7] = [
        ("search --unit theme", &["search", "unallocated", "--unit", "theme"]),
        ("search", &["search", "unallocated", "--group", "theme", "--context", "1"]),
        ("kwic", &["kwic", "unallocated"]),
        ("count", &["count", "unallocated", "--by", "year"]),
        ("reports", &["reports"]),
        ("run", &["run", book.to_str().unwrap(), "--by", "year"]),
        ("check", &["check", &article]),
    ];
    for (heading, arguments) in runs {
        let table = sample::run(&sandbox, &[arguments, &["--format", "csv"]].concat());
        let names: Vec<_> =
            documented("CSV", heading).into_iter().map(|(name, _)| name.replace("FACET", "year")).collect();
        assert_eq!(table.lines().next().unwrap(), names.join(","), "{arguments:?}");
    }
    let index = sandbox.path("index");
    let status = ["index", "status", "--format", "csv", "--index", index.to_str().unwrap()];
    let names: Vec<_> = documented("CSV", "status").into_iter().map(|(name, _)| name).collect();
    assert_eq!(sandbox.run(&status).out.lines().next().unwrap(), names.join(","));
}

#[test]
fn csl_fields_are_those_documented() {
    let sandbox = Sandbox::new();
    let mut items: Vec<Value> =
        serde_json::from_str(&sample::run(&sandbox, &["search", "unallocated", "--all", "--cite", "csl"]))
            .unwrap();
    assert_eq!(items.len(), 15);
    let undated = Sandbox::with_reports().run(&["search", "minutes", "--cite", "csl"]).out;
    items.extend(serde_json::from_str::<Vec<Value>>(&undated).unwrap());
    let ids: BTreeSet<_> = items.iter().map(|item| item["id"].to_string()).collect();
    assert_eq!(ids.len(), items.len());
    let names = documented("Citations", "").into_iter().map(|(name, _)| name).collect();
    assert_fields("Citations", &names, &items);
    for item in items {
        let label = item["custom"]["label"].as_str();
        assert_eq!(item["locator"].is_string(), label.is_some(), "{item}");
        assert!(label.is_none_or(|label| ["paragraph", "page"].contains(&label)), "{item}");
    }
}
