//! Answers the questions of truth files over a corpus, for scorers to judge.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin evaluate -- CORPUS_DIR TRUTH_DIR OUT_DIR
//! ```
//!
//! It uses the public API alone, and takes only the questions from the truth files.

#![allow(clippy::print_stderr, reason = "a program of measurement says how it goes")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use quotable::prelude::*;
use quotable::query::Scope;
use quotable::report::{Area, Judgement, Report};
use quotable::{CheckOptions, Index, Place, Quotation, SearchOptions, Verdict};
use quotable_benches::themes::themes;
use quotable_benches::truth;
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [corpus, truths, out] = arguments.as_slice() else {
        eprintln!("usage: evaluate CORPUS_DIR TRUTH_DIR OUT_DIR");
        return ExitCode::from(2);
    };
    match evaluate(corpus, truths, out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn evaluate(corpus: &Path, truths: &Path, out: &Path) -> Outcome<()> {
    std::fs::create_dir_all(out)?;
    let questions = truth::lines(&truths.join("themes.jsonl"))?;
    truth::write(&out.join("themes.jsonl"), &themes(&questions))?;
    let index = Index::in_memory()?;
    eprintln!("{}", index.refresh(corpus)?);
    truth::write(&out.join("grades.jsonl"), &grades(&index)?)?;
    let wanted = truth::lines(&truths.join("paragraph_reports.jsonl"))?;
    truth::write(&out.join("paragraphs.jsonl"), &paragraphs(&index, &wanted)?)?;
    let questions = truth::lines(&truths.join("search.jsonl"))?;
    truth::write(&out.join("search.jsonl"), &searches(&index, &questions)?)?;
    let quoted = truth::lines(&truths.join("quotes.jsonl"))?;
    truth::write(&out.join("quotes.jsonl"), &quotes(&index, &quoted)?)?;
    Ok(())
}

/// What was understood of each report's title page.
fn grades(index: &Index) -> Outcome<Vec<Value>> {
    let sources = index.reports()?;
    let read = sources.iter().filter(|source| source.failure.is_none());
    let row = |source: &quotable::Source| {
        let grade = |area: Area| {
            let found = source.judgements.iter().find(|judgement: &&Judgement| judgement.area == area);
            let grade = found.map(|judgement| judgement.grade.as_str().replace('-', " "));
            (area.as_str().replace('-', "_"), json!(grade))
        };
        json!({
            "path": source.path,
            "framework": source.framework.map(|framework| framework.as_str().replace('-', "_")),
            "publication_date": source.published,
            "inspection_start": source.inspected.first().map(|period| period.start),
            "inspection_end": source.inspected.last().map(|period| period.end),
            "grades": Value::Object(Area::ALL.into_iter().map(grade).collect()),
        })
    };
    Ok(read.map(row).collect())
}

/// The paragraphs of the reports that the truth file names, in reading order.
fn paragraphs(index: &Index, wanted: &[Value]) -> Outcome<Vec<Value>> {
    let mut rows = Vec::new();
    for path in wanted.iter().filter_map(|line| line["path"].as_str()) {
        let Some(report) = index.report(path)? else {
            eprintln!("not in the corpus: {path}");
            continue;
        };
        let body = report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body());
        rows.extend(body.map(|paragraph| {
            json!({
                "path": path,
                "number": paragraph.number.as_deref().and_then(|number| number.parse::<u32>().ok()),
                "page": paragraph.pages.first(),
                "heading": heading(&report, paragraph.section),
                "text": paragraph.text,
            })
        }));
    }
    Ok(rows)
}

fn heading(report: &Report, section: Option<u32>) -> Option<&str> {
    let section = report.sections.get(section? as usize)?;
    Some(&section.title)
}

/// The reports and the number of occurrences for each query. Boolean queries hold over the whole report.
fn searches(index: &Index, questions: &[Value]) -> Outcome<Vec<Value>> {
    let mut rows = Vec::new();
    for question in questions {
        let query = truth::query(&question["spec"])?;
        let boolean = question["type"] == "boolean";
        let scope = if boolean { Scope::Report } else { Scope::Paragraph };
        let search = match index.search_with(&query, &SearchOptions::default().scope(scope)) {
            Ok(search) => search,
            Err(error) => {
                eprintln!("{}: {error}", question["query_id"]);
                continue;
            }
        };
        let reports = search.count_by_report()?;
        let docs: Vec<&str> = reports.iter().map(|report| report.path.as_str()).collect();
        let count = search.count()?.occurrences;
        rows.push(json!({"query_id": question["query_id"], "docs": docs, "count": count}));
    }
    Ok(rows)
}

/// The verdict on each quotation, in the scorer's three classes, and where it stands.
fn quotes(index: &Index, quoted: &[Value]) -> Outcome<Vec<Value>> {
    let mut rows = Vec::new();
    for line in quoted {
        let quotation = Quotation::new(line["text"].as_str().unwrap_or_default());
        let check = index.check_with(&quotation, &CheckOptions::default().places(2_000))?;
        let verdict = match check.verdict {
            verdict if verdict.is_exact() => "exact",
            Verdict::Absent => "absent",
            _ => "altered",
        };
        let location = |place: &Place| {
            let number = place.citation.paragraph.as_deref();
            let para = number.and_then(|number| number.parse::<u32>().ok());
            json!({"path": place.citation.path, "para": para, "page": place.citation.page})
        };
        let locations: Vec<Value> = check.places.iter().map(location).collect();
        rows.push(json!({"quote_id": line["quote_id"], "verdict": verdict, "locations": locations}));
    }
    Ok(rows)
}
