//! ripgrep, if installed.
//!
//! It counts lines, so it is given one paragraph a line: the folded words of our analyser, with one space before and
//! after each. A word is then a pattern between spaces, and the counts are comparable. Its time is that of the whole
//! process.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use quotable::query::Query;
use quotable::query::analyse::fold;
use quotable::report::Report;

use super::{Answer, Engine};
use crate::clock::Stopwatch;
use crate::error::Result;
use crate::queries::{BenchQuery, Task};

/// ripgrep over a file of paragraphs.
#[derive(Debug)]
pub struct RipgrepEngine {
    file: PathBuf,
    /// The patterns of each query; `None` if the query has no equivalent.
    patterns: Vec<Option<Vec<String>>>,
}

const PROGRAM: &str = "rg";
const FILE: &str = "paragraphs.txt";
/// How long a query is repeated: the CPU time of a process has a resolution of ten milliseconds.
const BATCH: Duration = Duration::from_millis(100);

/// Name and version; `None` if ripgrep is not installed.
pub fn version() -> Option<String> {
    let output = Command::new(PROGRAM).arg("--version").output().ok()?;
    String::from_utf8(output.stdout).ok()?.lines().next().map(str::to_owned)
}

/// Writes the file of paragraphs. There are no segments.
///
/// # Errors
/// If the file cannot be written.
pub fn build(folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Result<usize> {
    std::fs::create_dir_all(folder)?;
    let mut file = BufWriter::new(File::create(folder.join(FILE))?);
    for report in reports {
        for paragraph in &report.paragraphs {
            writeln!(file, " {} ", fold(&paragraph.text))?;
        }
    }
    file.flush()?;
    Ok(0)
}

impl RipgrepEngine {
    /// Translates the queries for the file in a folder.
    pub fn open(folder: &Path, queries: &[BenchQuery]) -> Self {
        let patterns = queries.iter().map(|query| line_patterns(&query.query)).collect();
        Self { file: folder.join(FILE), patterns }
    }

    fn count_lines(&self, patterns: &[String]) -> Result<u64> {
        let mut command = Command::new(PROGRAM);
        command.args(["--no-config", "--count"]);
        for pattern in patterns {
            command.args(["-e", pattern]);
        }
        let output = command.arg(&self.file).stdin(Stdio::null()).output()?;
        match output.status.code() {
            Some(0) => Ok(String::from_utf8(output.stdout)?.trim().parse()?),
            // No line matches.
            Some(1) => Ok(0),
            _ => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
        }
    }
}

impl Engine for RipgrepEngine {
    fn run(&self, query: usize, task: Task) -> Result<Option<Answer>> {
        match (&self.patterns[query], task) {
            (Some(patterns), Task::Count) => {
                Ok(Some(Answer { paragraphs: Some(self.count_lines(patterns)?), ..Answer::default() }))
            }
            _ => Ok(None),
        }
    }

    fn time(&self, query: usize, task: Task, estimate: Duration) -> Result<Duration> {
        let calls = (BATCH.as_nanos() / estimate.as_nanos().max(1)).clamp(1, 50) as u32;
        let stopwatch = Stopwatch::start();
        for _ in 0..calls {
            self.run(query, task)?;
        }
        Ok(stopwatch.elapsed().children_cpu / calls)
    }
}

/// Patterns one of which a matching line must contain; `None` if the query has no equivalent.
fn line_patterns(query: &Query) -> Option<Vec<String>> {
    match query {
        Query::Or(operands) => {
            operands.iter().map(|operand| Some(between_spaces(&word_pattern(operand)?))).collect()
        }
        Query::Near { left, right, distance, ordered: false } => {
            let (left, right) = (word_pattern(left)?, word_pattern(right)?);
            let gap = format!(" ([^ ]+ ){{0,{}}}", distance - 1);
            Some(vec![format!(" {left}{gap}{right} "), format!(" {right}{gap}{left} ")])
        }
        query => Some(vec![between_spaces(&word_pattern(query)?)]),
    }
}

/// Anchors a pattern at spaces, except where it begins or ends with `[^ ]*`: the anchor would change no match there, and
/// without it the search is faster.
fn between_spaces(words: &str) -> String {
    let spaced = format!(" {words} ");
    let pattern = spaced.strip_suffix("[^ ]* ").unwrap_or(&spaced);
    pattern.strip_prefix(" [^ ]*").unwrap_or(pattern).to_owned()
}

fn word_pattern(query: &Query) -> Option<String> {
    match query {
        Query::Word(word) => Some(word.clone()),
        Query::Wildcard(pattern) => Some(pattern.replace('*', "[^ ]*").replace('?', "[^ ]")),
        Query::Phrase(words) => Some(words.iter().map(word_pattern).collect::<Option<Vec<_>>>()?.join(" ")),
        _ => None,
    }
}
