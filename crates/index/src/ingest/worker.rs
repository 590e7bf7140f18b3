//! Files read in processes of their own.
//!
//! A refresh with a [`WorkerCommand`] starts one child process for each of its threads and gives it one file
//! after another: a line of JSON on its standard input, answered by a line of JSON on its standard output. A child
//! that crashes, answers nonsense or takes longer than the budget is killed and another started; the file it had
//! is on record as failed. The program that the command names calls [`serve`], after setting what limits it likes
//! on itself.

mod child;

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, Read as _, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use quotable_read::{Budget, ReadError, ReadErrorKind, Readers};
use quotable_report::Report;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::ingest::reading;
use crate::path;

pub(crate) use child::Worker;

/// The program that reads files for a refresh, and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerCommand {
    program: PathBuf,
    arguments: Vec<OsString>,
}

impl WorkerCommand {
    /// A program, by its path or its name on the search path.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), arguments: Vec::new() }
    }

    /// The same command with one more argument.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }
}

/// Reads one file in a process of its own, as a refresh does; the report bears `path`. Whatever the file does to that
/// process is the inner error.
///
/// # Errors
/// If no process could be started, or the folder of the file is not there.
pub fn read(
    command: &WorkerCommand,
    file: &Path,
    path: &str,
    budget: &Budget,
) -> Result<Result<Report, ReadError>> {
    // Paths are sent without steps back. The name stays, though it be a link's: it says what the file is.
    let folder =
        fs::canonicalize(file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new(".")))?;
    let file = file.file_name().map_or_else(|| folder.clone(), |name| folder.join(name));
    let answer = Worker::new(command, *budget).read(&file, path).map_err(not_started)?;
    Ok(answer.read)
}

/// Reads what is no file in a process of its own; the report bears `name`, by which the format is told where the bytes
/// do not tell it. Whatever the bytes do to that process is the inner error.
///
/// # Errors
/// If no process could be started.
pub fn read_bytes(
    command: &WorkerCommand,
    bytes: &[u8],
    name: &str,
    budget: &Budget,
) -> Result<Result<Report, ReadError>> {
    let answer = Worker::new(command, *budget).read_bytes(bytes, name).map_err(not_started)?;
    Ok(answer.read)
}

fn not_started(error: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, "the process that reads files could not be started").because(error)
}

/// One file to read.
#[derive(Debug, Serialize, Deserialize)]
struct Request {
    /// The file's absolute path, without its root, as [`path::encode`] writes it; empty if there is none.
    file: String,
    /// How many bytes to read follow this line, where there is no file.
    bytes: Option<u64>,
    /// The path that the report bears.
    path: String,
    time: Duration,
    input: u64,
    output: usize,
    nesting: usize,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    /// The hash of the bytes that were read; zeros if they could not be had.
    pub(crate) hash: [u8; 32],
    pub(crate) read: Result<Report, ReadError>,
}

impl From<ReadError> for Answer {
    fn from(error: ReadError) -> Self {
        Self { hash: [0; 32], read: Err(error) }
    }
}

impl Request {
    fn new(file: &Path, path: &str, budget: &Budget) -> Self {
        let Budget { time, input, output, nesting, .. } = *budget;
        Self { file: path::encode(file), bytes: None, path: path.to_owned(), time, input, output, nesting }
    }

    fn budget(&self) -> Budget {
        let mut budget = Budget::default();
        budget.time = self.time;
        budget.input = self.input;
        budget.output = self.output;
        budget.nesting = self.nesting;
        budget
    }

    fn answer(&self, bytes: std::io::Result<Vec<u8>>, readers: &Readers) -> Answer {
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => return unreadable(&error.to_string()).into(),
        };
        let file = path::decode(&self.file).unwrap_or_else(|| PathBuf::from(&self.path));
        let read = reading::read_bytes(readers, &file, &self.path, &bytes, &self.budget());
        Answer { hash: blake3::hash(&bytes).into(), read }
    }

    /// The bytes of the file, or those that follow the request.
    fn bytes(&self, input: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
        if let Some(count) = self.bytes {
            let mut bytes = Vec::new();
            input.take(count).read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
        let file = path::decode(&self.file).ok_or_else(|| std::io::Error::other("the path is none"))?;
        fs::read(Path::new(std::path::MAIN_SEPARATOR_STR).join(file))
    }
}

fn unreadable(why: &str) -> ReadError {
    ReadError::new(ReadErrorKind::Unreadable, format!("the file cannot be read: {why}"))
}

/// Serves a refresh as its worker: reads files as asked on `input` and answers on `output`, until `input` ends.
///
/// Nothing else may be written to `output`. Formats nest: call it on a thread with 16 MiB of stack or more.
///
/// # Errors
/// If `input` or `output` fails, or `input` holds what is no request. A file that cannot be read is no error: it is
/// the answer.
pub fn serve(mut input: impl BufRead, mut output: impl Write, readers: &Readers) -> Result<()> {
    let mut line = String::new();
    while input.read_line(&mut line)? > 0 {
        let request: Request = serde_json::from_str(&line).map_err(|error| {
            Error::new(ErrorKind::Invalid, "the worker was asked nonsense").because(error)
        })?;
        line.clear();
        let bytes = request.bytes(&mut input);
        let mut answer = serde_json::to_vec(&request.answer(bytes, readers)).map_err(std::io::Error::from)?;
        answer.push(b'\n');
        output.write_all(&answer)?;
        output.flush()?;
    }
    Ok(())
}
