//! Answers the questions of truth files over a corpus, for external scorers to judge.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin evaluate -- CORPUS_DIR TRUTH_DIR OUT_DIR
//! ```
//!
//! Uses the public API alone, and of the truth files the questions alone.

#![allow(clippy::print_stderr, reason = "a benchmark reports its progress")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use quotable::prelude::*;
use quotable::query::Scope;
use quotable::report::{Judgement, Report};
use quotable::{CheckOptions, Index, Place, Quotation, SearchOptions, Source, Verdict};
use quotable_benches::cli::run;
use quotable_benches::error::Result;
use quotable_benches::follow::followed;
use quotable_benches::themes::label_themes;
use quotable_benches::truth;
use serde_json::{Value, json};

/// Places of a quotation to list. More than any quotation has.
const MAX_PLACES: usize = 2_000;

/// Answers the questions of truth files over a corpus.
#[derive(Parser)]
struct Arguments {
    /// Folder of reports
    corpus: PathBuf,
    /// Folder of truth files
    truth: PathBuf,
    /// Folder for the answers
    out: PathBuf,
}

fn main() -> ExitCode {
    run(|Arguments { corpus, truth, out }| evaluate(&corpus, &truth, &out))
}

fn evaluate(corpus: &Path, truth_folder: &Path, out: &Path) -> Result {
    std::fs::create_dir_all(out)?;
    let questions = truth::read(&truth_folder.join("themes.jsonl"))?;
    truth::write(&out.join("themes.jsonl"), &label_themes(&questions))?;
    let index = Index::in_memory()?;
    eprintln!("{}", index.refresh(corpus)?);
    truth::write(&out.join("grades.jsonl"), &grades(&index)?)?;
    let named = truth::read(&truth_folder.join("paragraph_reports.jsonl"))?;
    truth::write(&out.join("paragraphs.jsonl"), &paragraphs(&index, &named)?)?;
    let questions = truth::read(&truth_folder.join("search.jsonl"))?;
    truth::write(&out.join("search.jsonl"), &search_results(&index, &questions)?)?;
    let quotations = truth::read(&truth_folder.join("quotes.jsonl"))?;
    truth::write(&out.join("quotes.jsonl"), &quotation_verdicts(&index, &quotations)?)?;
    let questions = truth::read(&truth_folder.join("follow.jsonl"))?;
    truth::write(&out.join("follow.jsonl"), &followed(&index, &questions)?)?;
    Ok(())
}

/// The areas that the truth files have.
const AREAS: [&str; 7] =
    ["overall", "leaders", "help-and-protection", "in-care", "care-leavers", "adoption", "lscb"];

/// Grades, dates and framework of every report that could be read.
fn grades(index: &Index) -> Result<Vec<Value>> {
    let sources = index.reports()?;
    let reports = sources.iter().filter(|source| source.failure.is_none());
    let row = |source: &Source| {
        let grade = |area: &str| {
            let found = source.judgements.iter().find(|judgement: &&Judgement| judgement.area == *area);
            let grade = found.map(|judgement| judgement.grade.as_str().replace('-', " "));
            (area.replace('-', "_"), json!(grade))
        };
        json!({
            "path": source.path,
            "framework": source.framework.as_ref().map(|framework| framework.as_str().replace('-', "_")),
            "publication_date": source.published,
            "inspection_start": source.inspected.first().map(|period| period.start),
            "inspection_end": source.inspected.last().map(|period| period.end),
            "grades": Value::Object(AREAS.into_iter().map(grade).collect()),
        })
    };
    Ok(reports.map(row).collect())
}

/// The body paragraphs of the reports that a truth file names, in reading order.
fn paragraphs(index: &Index, named: &[Value]) -> Result<Vec<Value>> {
    let mut rows = Vec::new();
    for path in named.iter().filter_map(|line| line["path"].as_str()) {
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

/// The matching reports and the number of occurrences of each query. Boolean queries match within a whole report.
fn search_results(index: &Index, questions: &[Value]) -> Result<Vec<Value>> {
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

/// The verdict on each quotation, in the three classes of the scorer, and its places.
fn quotation_verdicts(index: &Index, quotations: &[Value]) -> Result<Vec<Value>> {
    let mut rows = Vec::new();
    for line in quotations {
        let quotation = Quotation::new(line["text"].as_str().unwrap_or_default());
        let check = index.check_with(&quotation, &CheckOptions::default().places(MAX_PLACES))?;
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
