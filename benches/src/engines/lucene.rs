//! Lucene, run by a Java program under `benches/lucene/`. It is given paragraphs and queries, and returns times and
//! answers for the oracle to judge.
//!
//! It splits our folded words at spaces, as SQLite does. Query times are CPU times of its thread after a warm-up; the
//! time to build the index is that of the whole process, just-in-time compilation included.

use std::fmt::Write as _;
use std::io::BufWriter;
use std::path::Path;
use std::process::{Command, Stdio};

use quotable::query::Query;
use quotable::query::analyse::fold;
use quotable::report::Report;
use serde::Deserialize;

use super::Answer;
use super::oracle::Oracle;
use crate::corpus::CorpusFile;
use crate::error::Result;
use crate::files::folder_size;
use crate::queries::{BenchQuery, QueryClass, Task, grade_of, years_of};
use crate::results::{IndexResult, QueryResult, Timing};
use crate::stats::Spread;

/// Runs the Java program.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/lucene/run.sh");
/// Exit status of the script where Lucene is not installed.
const NOT_INSTALLED: i32 = 77;

/// The output of the Java program.
#[derive(Debug, Deserialize)]
struct Output {
    version: String,
    /// CPU time to build the index.
    seconds: f64,
    /// Peak memory in MiB.
    peak: u64,
    /// CPU times to open the index, in microseconds.
    open: Vec<f64>,
    segments: usize,
    answers: Vec<TaskOutput>,
}

/// One task of one query.
#[derive(Debug, Deserialize)]
struct TaskOutput {
    query: usize,
    task: String,
    /// CPU times in microseconds.
    times: Vec<f64>,
    paragraphs: Option<u64>,
    top: Vec<String>,
}

/// Measures Lucene in a folder and adds its times to `rows`. Returns its index, or why Lucene was left out.
///
/// # Errors
/// If Lucene fails.
pub fn measure(
    work: &Path,
    corpus: &CorpusFile,
    queries: &[BenchQuery],
    oracle: &Oracle,
    rows: &mut [QueryResult],
) -> Result<std::result::Result<IndexResult, String>> {
    let (index, query_file, out) = (work.join("lucene"), work.join("lucene.tsv"), work.join("lucene.json"));
    std::fs::write(&query_file, query_lines(queries))?;
    let mut command = Command::new("sh");
    command.arg(SCRIPT).arg(&index).arg(&query_file).arg(&out);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let Ok(mut running) = piped else { return Ok(Err("sh is not installed".to_owned())) };
    // If the program has died, writing to it fails; its own message says more, and comes first below.
    let written = running.stdin.take().map(|stdin| write_paragraphs(&mut BufWriter::new(stdin), corpus));
    let output = running.wait_with_output()?;
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if output.status.code() == Some(NOT_INSTALLED) {
        return Ok(Err(message));
    }
    if !output.status.success() {
        return Err(message.into());
    }
    written.transpose()?;
    let output: Output = serde_json::from_slice(&std::fs::read(&out)?)?;
    for row in &mut *rows {
        row.timings.push(Timing::default());
    }
    for task in output.answers {
        add_timing(task, queries, oracle, rows);
    }
    Ok(Ok(IndexResult {
        engine: "lucene".to_owned(),
        version: output.version,
        seconds: Some(output.seconds),
        size: folder_size(&index)?,
        segments: output.segments,
        peak: output.peak,
        open: Spread::of(output.open),
    }))
}

/// Adds a timing to the row of its query and task.
fn add_timing(output: TaskOutput, queries: &[BenchQuery], oracle: &Oracle, rows: &mut [QueryResult]) {
    let (Some(query), task) = (queries.get(output.query), task_named(&output.task)) else { return };
    let text = query.query.to_string();
    let row = rows.iter_mut().find(|row| row.class == query.class && row.task == task && row.query == text);
    let answer = Answer { paragraphs: output.paragraphs, top: output.top, ..Answer::default() };
    let fault = oracle.fault(output.query, task, &answer);
    if let Some(timing) = row.and_then(|row| row.timings.last_mut()) {
        *timing = Timing { micros: Spread::of(output.times), fault };
    }
}

fn task_named(name: &str) -> Task {
    match name {
        "top" => Task::Top,
        "count" => Task::Count,
        "both" => Task::TopAndCount,
        _ => Task::All,
    }
}

/// Writes one paragraph a line: year, grade, words, text.
fn write_paragraphs(to: &mut impl std::io::Write, corpus: &CorpusFile) -> Result {
    for report in corpus.reports()? {
        let year = report.published.map_or_else(String::new, |day| day.year().to_string());
        for paragraph in &report.paragraphs {
            let grade = section_grade(&report, paragraph.section);
            let text = paragraph.text.replace(['\t', '\n', '\r'], " ");
            writeln!(to, "{year}\t{grade}\t{}\t{text}", fold(&paragraph.text))?;
        }
    }
    Ok(to.flush()?)
}

fn section_grade(report: &Report, section: Option<u32>) -> &str {
    report.above(section).find_map(|(_, section)| section.grade.as_ref()).map_or("", |grade| grade.as_str())
}

/// One query a line: number, tasks, query. Queries without an equivalent are left out.
fn query_lines(queries: &[BenchQuery]) -> String {
    let mut lines = String::new();
    for (number, bench_query) in queries.iter().enumerate() {
        let Some(query) = translate(&bench_query.query) else { continue };
        let tasks = match bench_query.class {
            QueryClass::CountBy => "years",
            QueryClass::Kwic | QueryClass::Every => "texts",
            _ => "top,count,both",
        };
        let _ = writeln!(lines, "{number}\t{tasks}\t{query}");
    }
    lines
}

/// A query in the bracket notation of the Java program; `None` if there is no equivalent.
fn translate(query: &Query) -> Option<String> {
    let all = |parts: &[Query]| Some(parts.iter().map(translate).collect::<Option<Vec<_>>>()?.join(" "));
    let word = |part: &Query| match part {
        Query::Word(word) => Some(word.clone()),
        _ => None,
    };
    Some(match query {
        Query::Word(word) => format!("(word {word})"),
        Query::Wildcard(pattern) => format!("(pattern {pattern})"),
        Query::Phrase(parts) => {
            format!("(phrase {})", parts.iter().map(word).collect::<Option<Vec<_>>>()?.join(" "))
        }
        Query::And(parts) => format!("(and {})", all(parts)?),
        Query::Or(parts) => format!("(or {})", all(parts)?),
        Query::Not(part) => format!("(not {})", translate(part)?),
        Query::Near { left, right, distance, ordered: false } => {
            format!("(near {distance} {} {})", word(left)?, word(right)?)
        }
        Query::Filter(filter) => match (grade_of(filter), years_of(filter)) {
            (Some(grade), _) => format!("(grade {grade})"),
            (_, Some(years)) => format!("(years {} {})", years.start(), years.end()),
            _ => return None,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_translated_to_brackets() {
        let translated = |query: &str| translate(&query.parse().unwrap());
        assert_eq!(translated("care NOT \"in need\"").unwrap(), "(and (word care) (not (phrase in need)))");
        assert_eq!(translated("a w/5 b OR lea*").unwrap(), "(or (near 5 a b) (pattern lea*))");
        assert_eq!(translated("care date:2018..2020").unwrap(), "(and (word care) (years 2018 2020))");
        assert_eq!(translated("@name"), None);
    }
}
