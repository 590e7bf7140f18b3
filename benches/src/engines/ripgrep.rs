//! ripgrep, if its program is there: it counts lines, and so it is given one paragraph a line, in our words with one space
//! before and after each. A word is then looked for between its spaces, and what is counted is the same.
//!
//! What it takes is that of its whole process, whenever it is asked.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use quotable::query::Query;
use quotable::query::analyse::fold;
use quotable::report::Report;

use super::question::{Question, Task};
use super::{Answer, Engine, Outcome};
use crate::clock::Moment;

/// ripgrep.
#[derive(Debug)]
pub struct Ripgrep {
    file: PathBuf,
    patterns: Vec<Option<Vec<String>>>,
}

/// The name of its program.
const PROGRAM: &str = "rg";
/// The name of the file that it reads.
const FILE: &str = "paragraphs.txt";
/// How long it is asked again and again, since the time of a process is only known to ten milliseconds.
const LONG: Duration = Duration::from_millis(100);

/// What it says of its version; `None` where it is not installed.
pub fn version() -> Option<String> {
    let output = Command::new(PROGRAM).arg("--version").output().ok()?;
    String::from_utf8(output.stdout).ok()?.lines().next().map(str::to_owned)
}

/// Writes the lines that it reads; they are no index.
///
/// # Errors
/// If they cannot be written.
pub fn build(folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Outcome<usize> {
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

impl Ripgrep {
    /// Is to be asked these questions of the lines in a folder.
    pub fn open(folder: &Path, questions: &[Question]) -> Self {
        let patterns = questions.iter().map(|question| patterns(&question.query)).collect();
        Self { file: folder.join(FILE), patterns }
    }

    fn count(&self, patterns: &[String]) -> Outcome<u64> {
        let mut command = Command::new(PROGRAM);
        command.args(["--no-config", "--count"]);
        for pattern in patterns {
            command.args(["-e", pattern]);
        }
        let output = command.arg(&self.file).stdin(Stdio::null()).output()?;
        match output.status.code() {
            Some(0) => Ok(String::from_utf8(output.stdout)?.trim().parse()?),
            // Nothing was found.
            Some(1) => Ok(0),
            _ => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
        }
    }
}

impl Engine for Ripgrep {
    fn ask(&self, question: usize, task: Task) -> Outcome<Option<Answer>> {
        match (&self.patterns[question], task) {
            (Some(patterns), Task::Count) => {
                Ok(Some(Answer { paragraphs: Some(self.count(patterns)?), ..Answer::default() }))
            }
            _ => Ok(None),
        }
    }

    fn time(&self, question: usize, task: Task, about: Duration) -> Outcome<Duration> {
        let calls = (LONG.as_nanos() / about.as_nanos().max(1)).clamp(1, 50) as u32;
        let start = Moment::now();
        for _ in 0..calls {
            self.ask(question, task)?;
        }
        Ok(start.spent().children / calls)
    }
}

/// The patterns of which a line must have one; `None` if no such patterns find the same.
fn patterns(query: &Query) -> Option<Vec<String>> {
    match query {
        Query::Or(parts) => parts.iter().map(|part| Some(whole(&words(part)?))).collect(),
        Query::Near { left, right, distance, ordered: false } => {
            let (left, right) = (words(left)?, words(right)?);
            let between = format!(" ([^ ]+ ){{0,{}}}", distance - 1);
            Some(vec![format!(" {left}{between}{right} "), format!(" {right}{between}{left} ")])
        }
        query => Some(vec![whole(&words(query)?)]),
    }
}

/// A pattern between spaces, but where any letters may stand at its edge: that is the same, and found sooner.
fn whole(words: &str) -> String {
    let spaced = format!(" {words} ");
    let pattern = spaced.strip_suffix("[^ ]* ").unwrap_or(&spaced);
    pattern.strip_prefix(" [^ ]*").unwrap_or(pattern).to_owned()
}

fn words(query: &Query) -> Option<String> {
    match query {
        Query::Word(word) => Some(word.clone()),
        Query::Wildcard(pattern) => Some(pattern.replace('*', "[^ ]*").replace('?', "[^ ]")),
        Query::Phrase(parts) => Some(parts.iter().map(words).collect::<Option<Vec<_>>>()?.join(" ")),
        _ => None,
    }
}
