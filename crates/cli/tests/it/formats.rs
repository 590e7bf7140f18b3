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
    // An answer over reports of which a filter cannot judge one.
    let unjudged = |arguments: &[&str]| {
        let undated = Sandbox::new();
        undated.put("a.txt", "The minutes were kept.\n");
        undated.put("b.txt", "No minutes were taken.\n");
        undated.put("quotable.csv", "path,published\na.txt,2018-01-02\n");
        undated.run(&[arguments, &["--format", "jsonl"]].concat()).out
    };
    let sandbox = Sandbox::new();
    let run = |arguments: &[&str]| sample::run(&sandbox, &[arguments, &["--format", "jsonl"]].concat());
    let lines = match heading {
        "Hit" => {
            let all = run(&["search", "unallocated", "--group", "theme", "--context", "1", "--sentences"]);
            all + &run(&["search", "supervision", "--all"])
        }
        "Theme chunk" => run(&["search", "unallocated", "--unit", "theme"]),
        "Occurrence" => run(&["kwic", "unallocated"]),
        "Collocate" => {
            run(&["collocates", "unallocated OR \"care leavers\"", "--min-count", "1"])
                + &run(&["collocates", "unallocated", "--concepts", "--min-count", "1"])
                + &unjudged(&[
                    "collocates",
                    "minutes date:2014..",
                    "--window",
                    "1",
                    "--min-count",
                    "1",
                    "--function-words",
                ])
        }
        "Keyword" => {
            run(&["keywords", "--in", "care", "--min-reports", "1", "--max-p", "1"])
                + &run(&[
                    "keywords", "--in", "care", "--against", "housing", "--min-reports", "1", "--max-p", "1",
                ])
                + &unjudged(&[
                    "keywords",
                    "--in",
                    "minutes date:2014..",
                    "--min-count",
                    "1",
                    "--max-p",
                    "1",
                    "--function-words",
                ])
        }
        "Ngram" => {
            run(&["ngrams", "-n", "3", "--min-count", "2"])
                + &unjudged(&["words", "--in", "minutes date:2014..", "--function-words"])
        }
        "Trend" => {
            run(&["trend", "unallocated", "care date:2014.."]) + &unjudged(&["trend", "minutes date:2014.."])
        }
        "Count table" => {
            run(&["count", "unallocated date:2014.. in-care:good", "--by", "year,authority"])
                + &unjudged(&["count", "minutes date:2014.."])
        }
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
            run(&["run", sandbox.path("book.toml").to_str().unwrap(), "--by", "kind,year"])
        }
        "Checked quotation" => {
            // Words that stand in another report than the one that the article is about.
            let two = Sandbox::new();
            two.put(
                "a.txt",
                "Inspection dates: 3 March 2018\n\nPlans for care leavers are still not all good enough.\n",
            );
            two.put("b.txt", "Plans for care leavers are still not good enough.\n");
            let article = "The report said: “Plans for care leavers are still not good enough.”";
            let elsewhere = two.run(&["check", article, ".", "--about", "a.txt", "--format", "jsonl"]).out;
            // Words that stand in a report which the filter leaves out.
            let quoted = "The report said: “Visits to children at greatest risk did not stop.”";
            let outside = run(&["check", quoted, "--authority", "harrowmere"]);
            articles().iter().map(|article| run(&["check", article])).collect::<String>()
                + &elsewhere
                + &outside
        }
        "Used paragraph" => articles().iter().map(|article| run(&["check", article, "--reverse"])).collect(),
        "Followed request" => {
            ["Harrowmere", "Kelderby", "Tarnbeck"].map(|name| run(&["follow", name])).concat()
        }
        "Compared" => {
            let words = run(&["compare", "date:..2017", "date:2018.."]);
            words + &run(&["compare", "authority:Harrowmere", "authority:Tarnbeck"])
        }
        "Similar paragraph" => {
            run(&["similar", "Care leavers wait too long for homes, and caseloads are too high."])
        }
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
    const HEADINGS: [&str; 18] = [
        "Hit", "Theme chunk", "Occurrence", "Collocate", "Keyword", "Ngram", "Trend", "Count table",
        "Source", "Report", "Theme", "Named query", "Checked quotation", "Used paragraph",
        "Followed request", "Similar paragraph", "Compared", "Status",
    ];
    for heading in HEADINGS {
        let mut documented = fields(heading);
        // Without a filter, nothing is left unjudged.
        if ["Theme", "Named query"].contains(&heading) {
            documented.retain(|name| !name.starts_with("provenance.unjudged"));
            documented.insert("provenance.unjudged".to_owned());
        }
        assert_fields(heading, &documented, &records(heading));
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
    let runs: [(&str, &[&str]); 15] = [
        ("compare", &["compare", "date:..2017", "date:2018.."]),
        ("follow", &["follow", "Harrowmere"]),
        ("similar", &["similar", "Care leavers wait too long for homes."]),
        ("search --unit theme", &["search", "unallocated", "--unit", "theme"]),
        ("search", &["search", "unallocated", "--group", "theme", "--context", "1"]),
        ("kwic", &["kwic", "unallocated"]),
        ("collocates", &["collocates", "unallocated"]),
        ("keywords", &["keywords", "--in", "care", "--max-p", "1"]),
        ("ngrams", &["ngrams"]),
        ("ngrams", &["words"]),
        ("trend", &["trend", "unallocated"]),
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
    let places = |item: &Value| item["custom"]["places"].as_array().unwrap().len();
    assert_eq!(items.iter().map(places).sum::<usize>(), 15);
    let other = Sandbox::new();
    other.put("minutes.txt", "Minutes of the committee\n\nThe minutes were agreed.\n");
    other.put("quotable.csv", "path,url\nminutes.txt,https://example.org/minutes\n");
    let undated = other.run(&["search", "minutes", "--cite", "csl"]).out;
    items.extend(serde_json::from_str::<Vec<Value>>(&undated).unwrap());
    let ids: BTreeSet<_> = items.iter().map(|item| item["id"].to_string()).collect();
    assert_eq!(ids.len(), items.len());
    let names = documented("Citations", "").into_iter().map(|(name, _)| name).collect();
    assert_fields("Citations", &names, &items);
    for item in &items {
        assert!(item["note"].as_str().is_none_or(|note| note.starts_with("Cited: p")), "{item}");
        for place in item["custom"]["places"].as_array().unwrap() {
            let label = place["label"].as_str();
            assert_eq!(place["locator"].is_string(), label.is_some(), "{item}");
            assert!(label.is_none_or(|label| ["paragraph", "page"].contains(&label)), "{item}");
        }
    }
    for item in items.iter().filter(|item| item["event-place"].is_string()) {
        let (title, authority) = (item["title"].as_str().unwrap(), item["event-place"].as_str().unwrap());
        assert!(title.contains(authority), "{item}");
        assert!(item["author"][0]["literal"].is_string(), "{item}");
    }
}

#[test]
fn a_bibliography_has_one_entry_a_report_in_every_form() {
    let sandbox = Sandbox::new();
    let run = |form: &str| sample::run(&sandbox, &["search", "unallocated", "--all", "--cite", form]);
    let reports = serde_json::from_str::<Vec<Value>>(&run("csl")).unwrap().len();
    let ris = run("ris").replace("\r\n", "\n");
    assert_eq!(ris.matches("TY  - RPRT\n").count(), reports);
    assert_eq!(ris.matches("ER  - \n").count(), reports);
    assert_eq!(ris.matches("AU  - Ofsted\n").count(), reports);
    assert!(ris.lines().all(|line| line.is_empty() || line.get(2..6) == Some("  - ")), "{ris}");
    let bibtex = run("bibtex");
    assert_eq!(bibtex.matches("@report{").count(), reports);
    assert_eq!(bibtex.matches("author = {{Ofsted}},").count(), reports);
    let keys: BTreeSet<_> = bibtex.lines().filter(|line| line.starts_with('@')).collect();
    assert_eq!(keys.len(), reports);
}

#[test]
fn a_workbook_is_a_file_and_never_half_of_one() {
    let sandbox = Sandbox::with_reports();
    let file = sandbox.path("care.xlsx");
    let path = file.to_str().unwrap();
    let ran = sandbox.run(&["search", "care", "--format", "xlsx", "-o", path]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert!(std::fs::read(&file).unwrap().starts_with(b"PK"));
    // A command that fails leaves what was there.
    std::fs::write(&file, "kept").unwrap();
    let ran = sandbox.run(&["search", "care AND (", "--format", "xlsx", "-o", path]);
    assert_eq!(ran.code, 2);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "kept");
    let ran = sandbox.run(&[
        "count",
        "care",
        "--json",
        "-o",
        sandbox.path("no/such/folder.json").to_str().unwrap(),
    ]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("could not be written") && ran.err.contains("help:"), "{}", ran.err);
}

#[test]
fn csv_begins_with_a_byte_order_mark_when_asked() {
    let sandbox = Sandbox::with_reports();
    let marked = sandbox.run(&["count", "care", "--format", "csv", "--bom"]).out;
    let plain = sandbox.run(&["count", "care", "--format", "csv"]).out;
    assert_eq!(marked.strip_prefix('\u{feff}'), Some(plain.as_str()));
    assert_eq!(sandbox.run(&["count", "care", "--bom"]).code, 2);
    assert_eq!(
        sandbox.run(&["count", "care", "--json"]).out,
        sandbox.run(&["count", "care", "--format", "jsonl"]).out
    );
}
