//! Lucene, by a program of its own under `benches/lucene/`: it is given paragraphs and questions, and what it found comes
//! back to be judged.
//!
//! It parts our words at spaces, as SQLite does. Its times are those of its thread on a processor, after some time to warm
//! up; the time to make its index is that of the whole process, with what Java takes to compile itself.

use std::fmt::Write as _;
use std::io::BufWriter;
use std::path::Path;
use std::process::{Command, Stdio};

use quotable::query::analyse::fold;
use quotable::query::{Field, Filter, Query, Value};
use quotable::report::Report;
use serde::Deserialize;

use super::machine::size;
use super::oracle::{Oracle, years};
use super::question::{Class, Question, Task};
use super::{Answer, Outcome};
use crate::corpus::Corpus;
use crate::run::{Built, Row, Time};

/// The script that runs it.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/lucene/run.sh");
/// What the script exits with where Lucene is not installed.
const LEFT_OUT: i32 = 77;

#[derive(Debug, Deserialize)]
struct Said {
    version: String,
    seconds: f64,
    peak: u64,
    open: f64,
    segments: usize,
    answers: Vec<Told>,
}

#[derive(Debug, Deserialize)]
struct Told {
    question: usize,
    task: String,
    median: f64,
    least: f64,
    most: f64,
    paragraphs: Option<u64>,
    best: Vec<String>,
}

/// Puts Lucene to work in a folder, and adds its times to the rows: gives what its index took, or why it was left out.
///
/// # Errors
/// If it fails.
pub fn measure(
    work: &Path,
    corpus: &Corpus,
    questions: &[Question],
    oracle: &Oracle,
    rows: &mut [Row],
) -> Outcome<Result<Built, String>> {
    let (index, asked, out) = (work.join("lucene"), work.join("lucene.tsv"), work.join("lucene.json"));
    std::fs::write(&asked, lines(questions))?;
    let mut command = Command::new("sh");
    command.arg(SCRIPT).arg(&index).arg(&asked).arg(&out);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let Ok(mut running) = piped else { return Ok(Err("there is no program sh".to_owned())) };
    // A program that has gone no longer reads: what it says of itself is worth more.
    let written = running.stdin.take().map(|stdin| write(&mut BufWriter::new(stdin), corpus));
    let output = running.wait_with_output()?;
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if output.status.code() == Some(LEFT_OUT) {
        return Ok(Err(message));
    }
    if !output.status.success() {
        return Err(message.into());
    }
    written.transpose()?;
    let said: Said = serde_json::from_slice(&std::fs::read(&out)?)?;
    for row in &mut *rows {
        row.times.push(Time::default());
    }
    for told in said.answers {
        add(told, questions, oracle, rows);
    }
    Ok(Ok(Built {
        engine: "lucene".to_owned(),
        version: said.version,
        seconds: Some(said.seconds),
        size: size(&index)?,
        segments: said.segments,
        peak: said.peak,
        open: Some(said.open),
    }))
}

/// Puts one answer into the row of its question and task.
fn add(told: Told, questions: &[Question], oracle: &Oracle, rows: &mut [Row]) {
    let (Some(question), task) = (questions.get(told.question), task(&told.task)) else { return };
    let query = question.query.to_string();
    let mut same = rows.iter_mut();
    let row = same.find(|row| row.class == question.class && row.task == task && row.query == query);
    let answer = Answer { paragraphs: told.paragraphs, best: told.best, ..Answer::default() };
    let fault = oracle.fault(told.question, task, &answer);
    if let Some(time) = row.and_then(|row| row.times.last_mut()) {
        *time = Time { median: Some(told.median), least: told.least, most: told.most, fault };
    }
}

fn task(name: &str) -> Task {
    match name {
        "top" => Task::Top,
        "count" => Task::Count,
        "both" => Task::Both,
        _ => Task::All,
    }
}

/// One paragraph a line: year, grade, words, text.
fn write(to: &mut impl std::io::Write, corpus: &Corpus) -> Outcome<()> {
    for report in corpus.reports()? {
        let year = report.published.map_or_else(String::new, |day| day.year().to_string());
        for paragraph in &report.paragraphs {
            let grade = grade(&report, paragraph.section);
            let text = paragraph.text.replace(['\t', '\n', '\r'], " ");
            writeln!(to, "{year}\t{grade}\t{}\t{text}", fold(&paragraph.text))?;
        }
    }
    Ok(to.flush()?)
}

fn grade(report: &Report, section: Option<u32>) -> &'static str {
    report.above(section).find_map(|(_, section)| section.grade).map_or("", |grade| grade.as_str())
}

/// One question a line: number, tasks, query. Those that it has no way to ask are left out.
fn lines(questions: &[Question]) -> String {
    let mut lines = String::new();
    for (number, question) in questions.iter().enumerate() {
        let Some(query) = translated(&question.query) else { continue };
        let tasks = match question.class {
            Class::CountBy => "years",
            Class::Kwic | Class::Every => "texts",
            _ => "top,count,both",
        };
        let _ = writeln!(lines, "{number}\t{tasks}\t{query}");
    }
    lines
}

fn translated(query: &Query) -> Option<String> {
    let all = |parts: &[Query]| Some(parts.iter().map(translated).collect::<Option<Vec<_>>>()?.join(" "));
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
        Query::Not(part) => format!("(not {})", translated(part)?),
        Query::Near { left, right, distance, ordered: false } => {
            format!("(near {distance} {} {})", word(left)?, word(right)?)
        }
        Query::Filter(Filter { field: Field::Grade, value: Value::Text(grade), .. }) => {
            format!("(grade {grade})")
        }
        Query::Filter(Filter { field: Field::Date, value: Value::Range(from, to), .. }) => {
            let years = years(from.as_deref(), to.as_deref())?;
            format!("(years {} {})", years.start(), years.end())
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_written_in_brackets() {
        let written = |query: &str| translated(&query.parse().unwrap());
        assert_eq!(written("care NOT \"in need\"").unwrap(), "(and (word care) (not (phrase in need)))");
        assert_eq!(written("a w/5 b OR lea*").unwrap(), "(or (near 5 a b) (pattern lea*))");
        assert_eq!(written("care date:2018..2020").unwrap(), "(and (word care) (years 2018 2020))");
        assert_eq!(written("@name"), None);
    }
}
