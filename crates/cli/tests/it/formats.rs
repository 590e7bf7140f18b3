//! What is written is what `FORMATS.md` says, field by field and column by column.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::desk::Desk;
use crate::sample;

const PAGE: &str = include_str!("../../FORMATS.md");

/// The rows of the table under a heading: what is in the first cell, and the line.
fn documented(part: &str, heading: &str) -> Vec<(String, &'static str)> {
    let part = PAGE.split("\n## ").find(|text| text.starts_with(part)).unwrap();
    let text = if heading.is_empty() {
        part
    } else {
        let mut sections = part.split("\n### ");
        sections.find(|text| text.starts_with(&format!("{heading}\n"))).expect(heading)
    };
    let rows = text.lines().filter_map(|line| {
        let name = line.strip_prefix("| `")?.split('`').next()?;
        Some((name.to_owned(), line))
    });
    rows.collect()
}

/// Every field under a heading, those of the objects it refers to too.
fn fields(heading: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (name, line) in documented("Lines of JSON", heading) {
        let referred = line.split("](#").nth(1).and_then(|rest| rest.split(')').next());
        match referred {
            None => assert!(all.insert(name.clone()), "{heading}: {name} twice"),
            Some(anchor) => {
                let title = anchor.replace('-', " ");
                let title = format!("{}{}", title[..1].to_uppercase(), &title[1..]);
                all.extend(fields(&title).into_iter().map(|inner| format!("{name}.{inner}")));
                if line.contains("or `null`") {
                    all.insert(name);
                }
            }
        }
    }
    all
}

/// The paths of all values that hold no others, without the brackets of innermost lists.
fn written(value: &Value, path: &str, all: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (name, inner) in map {
                let dot = if path.is_empty() { "" } else { "." };
                written(inner, &format!("{path}{dot}{name}"), all);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().for_each(|item| written(item, &format!("{path}[]"), all));
        }
        _ => {
            all.insert(path.trim_end_matches("[]").to_owned());
        }
    }
}

fn same(heading: &str, documented: &BTreeSet<String>, lines: &str) {
    let mut seen = BTreeSet::new();
    for line in lines.lines() {
        written(&serde_json::from_str(line).unwrap(), "", &mut seen);
    }
    let plain: BTreeSet<String> =
        documented.iter().map(|name| name.trim_end_matches("[]").to_owned()).collect();
    // A list that is empty once is documented by what it holds at other times.
    let known = |name: &String| {
        plain.contains(name) || plain.iter().any(|other| other.starts_with(&format!("{name}[]")))
    };
    let unknown: Vec<_> = seen.iter().filter(|name| !known(name)).collect();
    assert!(unknown.is_empty(), "{heading}: written and not documented: {unknown:?}");
    let shown = |name: &String| {
        let inside = [format!("{name}."), format!("{name}[]")];
        seen.contains(name) || seen.iter().any(|other| inside.iter().any(|start| other.starts_with(start)))
    };
    let missing: Vec<_> = plain.iter().filter(|name| !shown(name)).collect();
    assert!(missing.is_empty(), "{heading}: documented and not written: {missing:?}");
}

/// The runs whose lines together show every field.
fn lines(heading: &str) -> String {
    let desk = Desk::new();
    let run = |arguments: &[&str]| sample::run(&desk, &[arguments, &["--format", "jsonl"]].concat());
    match heading {
        "Hit" => {
            let all = run(&["search", "unallocated", "--group", "theme", "--context", "1", "--sentences"]);
            all + &run(&["search", "supervision", "--all"])
        }
        "Theme chunk" => run(&["search", "unallocated", "--unit", "theme"]),
        "Occurrence" => run(&["kwic", "unallocated"]),
        "Count table" => run(&["count", "unallocated date:2014..", "--by", "year,authority"]),
        "Source" => {
            let broken = Desk::new();
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
            std::fs::write(desk.path("book.toml"), book).unwrap();
            run(&["run", desk.path("book.toml").to_str().unwrap()])
        }
        "Checked quotation" => articles().iter().map(|article| run(&["check", article])).collect(),
        "Status" => {
            run(&["reports"]);
            let index = desk.path("index");
            desk.run(&["index", "status", "--format", "jsonl", "--index", index.to_str().unwrap()]).out
        }
        // Nothing is written, so nothing is found to be documented.
        _ => String::new(),
    }
}

fn articles() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/articles");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.map(|file| file.to_str().unwrap().to_owned()).collect()
}

#[test]
fn every_field_is_documented_and_every_documented_field_is_written() {
    const LINES: [&str; 10] = [
        "Hit",
        "Theme chunk",
        "Occurrence",
        "Count table",
        "Source",
        "Report",
        "Theme",
        "Named query",
        "Checked quotation",
        "Status",
    ];
    for heading in LINES {
        same(heading, &fields(heading), &lines(heading));
    }
    // Whatever else has a heading is a part of one of these.
    let part = PAGE.split("\n## ").find(|text| text.starts_with("Lines of JSON")).unwrap();
    for heading in part.split("\n### ").skip(1).filter_map(|text| text.lines().next()) {
        let anchor = format!("](#{})", heading.to_lowercase().replace(' ', "-"));
        assert!(LINES.contains(&heading) || part.contains(&anchor), "{heading} is tested by nothing");
    }
}

#[test]
fn every_column_is_documented_in_its_place() {
    let desk = Desk::new();
    std::fs::write(desk.path("book.toml"), "[[query]]\nname = \"w\"\ntitle = \"W\"\nquery = \"wait*\"\n")
        .unwrap();
    let book = desk.path("book.toml");
    let article = articles().remove(0);
    let runs: [(&str, &[&str]); 10] = [
        ("search --unit theme", &["search", "unallocated", "--unit", "theme"]),
        ("search", &["search", "unallocated", "--group", "theme", "--context", "1"]),
        ("kwic", &["kwic", "unallocated"]),
        ("count", &["count", "unallocated", "--by", "year"]),
        ("reports", &["reports"]),
        ("themes", &["themes"]),
        ("themes", &["themes", "--by", "year"]),
        ("run", &["run", book.to_str().unwrap(), "--by", "year"]),
        ("run", &["run", book.to_str().unwrap()]),
        ("check", &["check", &article]),
    ];
    for (command, arguments) in runs {
        let table = sample::run(&desk, &[arguments, &["--format", "csv"]].concat());
        let by = arguments.contains(&"--by");
        let shown =
            |line: &str| !(by && line.contains("without `--by`") || !by && line.contains("with `--by"));
        let names = documented("CSV", command).into_iter().filter(|(_, line)| shown(line));
        let names: Vec<_> = names.map(|(name, _)| name.replace("FACET", "year")).collect();
        assert_eq!(table.lines().next().unwrap(), names.join(","), "{arguments:?}");
    }
    let plain = sample::run(&desk, &["search", "unallocated", "--format", "csv"]);
    let own = |line: &str| !line.contains("with `--group`") && !line.contains("with `--context`");
    let names: Vec<_> =
        documented("CSV", "search").into_iter().filter(|(_, line)| own(line)).map(|(name, _)| name).collect();
    assert_eq!(plain.lines().next().unwrap(), names.join(","));
    let index = desk.path("index");
    let status = desk.run(&["index", "status", "--format", "csv", "--index", index.to_str().unwrap()]).out;
    let names: Vec<_> = documented("CSV", "status").into_iter().map(|(name, _)| name).collect();
    assert_eq!(status.lines().next().unwrap(), names.join(","));
}

#[test]
fn citations_are_csl_data() {
    let desk = Desk::new();
    let mut items: Vec<Value> =
        serde_json::from_str(&sample::run(&desk, &["search", "unallocated", "--all", "--cite", "csl"]))
            .unwrap();
    assert_eq!(items.len(), 15);
    let undated = Desk::furnished().run(&["search", "minutes", "--cite", "csl"]).out;
    items.extend(serde_json::from_str::<Vec<Value>>(&undated).unwrap());
    let ids: BTreeSet<_> = items.iter().map(|item| item["id"].to_string()).collect();
    assert_eq!(ids.len(), items.len());
    let lines: String = items.iter().map(|item| format!("{item}\n")).collect();
    let names = documented("Citations", "").into_iter().map(|(name, _)| name).collect();
    same("Citations", &names, &lines);
    for item in items {
        let label = item["custom"]["label"].as_str();
        assert_eq!(item["locator"].is_string(), label.is_some(), "{item}");
        assert!(label.is_none_or(|label| ["paragraph", "page"].contains(&label)), "{item}");
    }
}
