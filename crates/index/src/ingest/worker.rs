//! Reads files in worker processes, so that a file that crashes its reader does not end the program.
//!
//! A refresh with a [`WorkerCommand`] starts a child process for each of its threads and sends it one file after
//! another: a line of JSON and the bytes of the file on its standard input, which it answers by a line of JSON on its
//! standard output. A child that crashes, sends no valid answer or takes much longer than the budget is killed, and
//! another is started; its file is recorded as failed.
//!
//! The program of the command limits its own memory and processor time, calls [`confine`], and then [`serve`]. A worker
//! needs no file, no network and no other process, and on Linux [`confine`] takes all of them from it: a file that takes
//! over its reader can answer wrongly, and nothing else. On other Unix systems it forbids opening anything, by a limit;
//! on Windows it does nothing.
//!
//! A program can be its own worker:
//!
//! ```no_run
//! use quotable_index::worker::{self, WorkerCommand};
//! use quotable_index::Index;
//! use quotable_read::Readers;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! if std::env::args().nth(1).as_deref() == Some("read-worker") {
//!     // Limit the memory of this process first, with the crate `rlimit` or the like.
//!     worker::confine();
//!     worker::serve(std::io::stdin().lock(), std::io::stdout().lock(), &Readers::default())?;
//!     return Ok(());
//! }
//! let command = WorkerCommand::new(std::env::current_exe()?).arg("read-worker");
//! let index = Index::builder().worker(command).open_or_create(".quotable")?;
//! println!("{}", index.refresh("reports")?);
//! # Ok(())
//! # }
//! ```

mod child;
mod confine;
mod processor_time;

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use quotable_read::{Budget, ReadError, ReadErrorKind, Readers};
use quotable_report::Report;
use quotable_report::profile::{ProfileTexts, Profiles};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::ingest::hints::Hints;
use crate::ingest::page_picture::{PagePicture, TextlessPages};
use crate::ingest::reading;
use crate::path;

pub(crate) use child::Worker;
pub use confine::{Confinement, confine};

/// The environment variables that a program needs to start, on all systems: those that a worker is to have, and nothing that a
/// hostile file could give away. See [`WorkerCommand::environment`].
pub const NEEDED_VARIABLES: [&str; 4] = ["DYLD_LIBRARY_PATH", "LD_LIBRARY_PATH", "LD_PRELOAD", "SystemRoot"];

/// The program that reads files for a refresh, with its arguments. Name the program itself and no shell that runs it:
/// only of the process that is started can be told whether it works or stands still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerCommand {
    program: PathBuf,
    arguments: Vec<OsString>,
    /// `None` for those of this process.
    environment: Option<Vec<(OsString, OsString)>>,
}

impl WorkerCommand {
    /// A program, by its path, or by its name in the folders of `PATH`.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), arguments: Vec::new(), environment: None }
    }

    /// The same command with one more argument.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// The same command with these environment variables alone. Without this call, it has those of this process, which
    /// may hold keys and passwords that a worker has no use for; [`NEEDED_VARIABLES`] are enough.
    #[must_use]
    pub fn environment(mut self, variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        self.environment = Some(variables.into_iter().collect());
        self
    }

    /// The process, which is still to be given its streams and to be started.
    pub fn process(&self) -> Command {
        let mut process = Command::new(&self.program);
        if let Some(environment) = &self.environment {
            process.env_clear().envs(environment.iter().map(|(name, value)| (name, value)));
        }
        process.args(&self.arguments);
        process
    }
}

/// Reads one file in a worker process, as a refresh does. `path` is the path of the report. The inner error says why
/// the file could not be read, also if it crashed the process.
///
/// # Errors
/// If no process could be started, or the folder of the file does not exist.
pub fn read(
    command: &WorkerCommand,
    file: &Path,
    path: &str,
    budget: &Budget,
) -> Result<Result<Report, ReadError>> {
    // The encoded path cannot hold `..`, so the folder is resolved. The name stays even if it is a link's, since its
    // extension tells the format.
    let folder =
        fs::canonicalize(file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new(".")))?;
    let file = file.file_name().map_or_else(|| folder.clone(), |name| folder.join(name));
    let answer =
        Worker::new(command, *budget, None).read(&file, path, Hints::default()).map_err(not_started)?;
    Ok(answer.read)
}

/// Reads bytes that are in no file in a worker process. `name` is the path of the report, and its extension tells the
/// format where the bytes do not. The inner error says why the bytes could not be read, also if they crashed the
/// process.
///
/// # Errors
/// If no process could be started.
pub fn read_bytes(
    command: &WorkerCommand,
    bytes: &[u8],
    name: &str,
    budget: &Budget,
) -> Result<Result<Report, ReadError>> {
    let answer = Worker::new(command, *budget, None).read_bytes(bytes, name).map_err(not_started)?;
    Ok(answer.read)
}

fn not_started(error: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, "the process that reads files could not be started").because(error)
}

/// What to do with a file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum Task {
    /// Read it into a report.
    Read,
    /// Tell which of its pages hold no text.
    FindTextlessPages,
    /// Draw the pictures of a page, one-based.
    DrawPage { number: u32, dots_per_inch: u32 },
}

/// A request to read one file.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Request {
    /// The file's absolute path, without its root, as [`path::encode`] writes it; empty if there is no file. Tells the
    /// format by its extension, and is not opened.
    file: String,
    /// The number of bytes to read, which follow the line of the request.
    bytes: u64,
    /// The path of the report.
    path: String,
    // The budget.
    time: Duration,
    input: u64,
    output: usize,
    nesting: usize,
    hints: Hints,
    task: Task,
    /// The profiles to read by from now on, if they are others than before.
    profiles: Option<ProfileTexts>,
}

/// The answer to a request.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    /// BLAKE3 of the bytes that were read; zeros if they could not be read.
    pub(crate) hash: [u8; 32],
    pub(crate) read: Result<Report, ReadError>,
}

impl From<ReadError> for Answer {
    fn from(error: ReadError) -> Self {
        Self { hash: [0; 32], read: Err(error) }
    }
}

impl Request {
    fn new(file: &Path, bytes: u64, path: &str, budget: &Budget) -> Self {
        let Budget { time, input, output, nesting, .. } = *budget;
        Self {
            file: path::encode(file),
            bytes,
            path: path.to_owned(),
            time,
            input,
            output,
            nesting,
            hints: Hints::default(),
            task: Task::Read,
            profiles: None,
        }
    }

    fn budget(&self) -> Budget {
        let mut budget = Budget::default();
        budget.time = self.time;
        budget.input = self.input;
        budget.output = self.output;
        budget.nesting = self.nesting;
        budget
    }

    /// The answer, as a line of JSON without its end.
    fn answer(
        &self,
        bytes: std::io::Result<Vec<u8>>,
        readers: &Readers,
        profiles: &Profiles,
    ) -> serde_json::Result<Vec<u8>> {
        let bytes = bytes.map_err(|error| unreadable(&error.to_string()));
        match self.task {
            Task::Read => serde_json::to_vec(&match bytes {
                Ok(bytes) => self.read(&bytes, readers, profiles),
                Err(error) => error.into(),
            }),
            Task::FindTextlessPages => {
                serde_json::to_vec(&bytes.and_then(|bytes| TextlessPages::find(&bytes, &self.budget())))
            }
            Task::DrawPage { number, dots_per_inch } => {
                let draw = |bytes: Vec<u8>| PagePicture::draw(&bytes, number, dots_per_inch, &self.budget());
                serde_json::to_vec(&bytes.and_then(draw))
            }
        }
    }

    fn read(&self, bytes: &[u8], readers: &Readers, profiles: &Profiles) -> Answer {
        let file = path::decode(&self.file).unwrap_or_else(|| PathBuf::from(&self.path));
        let read =
            reading::read_bytes(readers, profiles, &self.hints, &file, &self.path, bytes, &self.budget());
        Answer { hash: blake3::hash(bytes).into(), read }
    }

    /// The bytes that follow the request. The inner error says why they could not be held.
    ///
    /// # Errors
    /// If there are fewer.
    fn bytes(&self, input: &mut impl BufRead) -> std::io::Result<std::io::Result<Vec<u8>>> {
        let mut content = input.take(self.bytes);
        let mut bytes = Vec::new();
        // Room for all at once: growing would need up to three times as much.
        let room = bytes.try_reserve_exact(usize::try_from(self.bytes).unwrap_or(usize::MAX));
        let read = match room {
            Ok(()) => content.read_to_end(&mut bytes)? as u64,
            Err(_) => std::io::copy(&mut content, &mut std::io::sink())?,
        };
        if read < self.bytes {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(room.map(|()| bytes).map_err(Into::into))
    }
}

fn unreadable(why: &str) -> ReadError {
    ReadError::new(ReadErrorKind::Unreadable, format!("the file cannot be read: {why}"))
}

/// Runs a worker: reads the files that come on `input`, and writes answers to `output`, until `input` ends.
///
/// Write nothing else to `output`. Formats nest, so call this on a thread with a stack of 16 MiB or more. It opens
/// nothing, so [`confine`] the process before.
///
/// # Errors
/// If `input` or `output` fails, or a line of `input` is no request. A file that cannot be read is an answer and no
/// error.
pub fn serve(mut input: impl BufRead, mut output: impl Write, readers: &Readers) -> Result<()> {
    let mut line = String::new();
    let mut profiles = Profiles::built_in().clone();
    while input.read_line(&mut line)? > 0 {
        let mut request: Request = serde_json::from_str(&line).map_err(|error| {
            let message = "the worker got a line that is no request; only a refresh should start a worker";
            Error::new(ErrorKind::Invalid, message).because(error)
        })?;
        line.clear();
        if let Some((texts, registers)) = request.profiles.take() {
            profiles = Profiles::from_texts(texts, &registers);
        }
        let bytes = request.bytes(&mut input)?;
        let mut answer = request.answer(bytes, readers, &profiles).map_err(std::io::Error::from)?;
        answer.push(b'\n');
        output.write_all(&answer)?;
        output.flush()?;
    }
    Ok(())
}
