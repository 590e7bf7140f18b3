//! The parent's side of a worker: starts the child process, sends requests and receives answers.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use quotable_read::{Budget, ReadError, ReadErrorKind};

use super::{Answer, Request, WorkerCommand};

/// A worker process. Started for the first request, and again after every failure.
pub(crate) struct Worker {
    command: WorkerCommand,
    budget: Budget,
    running: Option<Running>,
}

struct Running {
    child: Child,
    input: ChildStdin,
    /// The lines that the child writes. Ends with the child.
    answers: Receiver<io::Result<Vec<u8>>>,
}

/// How much longer than the budget to wait for an answer. Readers check the clock between pages, and the report is made
/// after reading.
const GRACE: Duration = Duration::from_secs(5);

impl Worker {
    pub(crate) fn new(command: &WorkerCommand, budget: Budget) -> Self {
        Self { command: command.clone(), budget, running: None }
    }

    /// Reads a file. If the child fails, the answer is an error of the file.
    ///
    /// # Errors
    /// If no child could be started, which is no fault of the file.
    pub(crate) fn read(&mut self, file: &Path, path: &str) -> io::Result<Answer> {
        let file = std::path::absolute(file)?;
        self.answer(&Request::new(&file, path, &self.budget), &[])
    }

    /// Reads bytes that are in no file.
    pub(crate) fn read_bytes(&mut self, bytes: &[u8], name: &str) -> io::Result<Answer> {
        let mut request = Request::new(Path::new(""), name, &self.budget);
        request.bytes = Some(bytes.len() as u64);
        self.answer(&request, bytes)
    }

    fn answer(&mut self, request: &Request, bytes: &[u8]) -> io::Result<Answer> {
        // A child that ended before it got this request did not fail on this file. A new child tries once more.
        let asked = match self.ask(request, bytes) {
            Err(_) if self.running.is_none() => self.ask(request, bytes),
            asked => asked,
        };
        asked.or_else(|failure| self.fail(failure).map(Answer::from))
    }

    /// Sends a request and waits for its answer.
    fn ask(&mut self, request: &Request, bytes: &[u8]) -> Result<Answer, WorkerFailure> {
        let mut line =
            serde_json::to_vec(request).map_err(|error| WorkerFailure::NotStarted(error.into()))?;
        line.push(b'\n');
        // JSON may escape every byte of a text, and adds places and headings.
        let limit = self.budget.output.saturating_mul(8).saturating_add(16 << 20);
        let running = match self.running.take() {
            Some(running) => self.running.insert(running),
            None => {
                self.running.insert(Running::start(&self.command, limit).map_err(WorkerFailure::NotStarted)?)
            }
        };
        let sent = running.input.write_all(&line).and_then(|()| running.input.write_all(bytes));
        if sent.and_then(|()| running.input.flush()).is_err() {
            // The child ended before it read the whole request.
            self.stop();
            return Err(WorkerFailure::EndedBefore);
        }
        match running.answers.recv_timeout(self.budget.time.saturating_add(GRACE)) {
            Ok(Ok(line)) => serde_json::from_slice(&line).map_err(|_| WorkerFailure::InvalidAnswer),
            Ok(Err(error)) => Err(WorkerFailure::NoAnswer(error)),
            Err(RecvTimeoutError::Timeout) => Err(WorkerFailure::TimedOut),
            Err(RecvTimeoutError::Disconnected) => Err(WorkerFailure::Crashed),
        }
    }

    /// Turns a failure of the child into an error of the file; a child that could not be started is an error of its
    /// own.
    fn fail(&mut self, failure: WorkerFailure) -> io::Result<ReadError> {
        let ended = self.stop();
        let (kind, message) = match failure {
            WorkerFailure::NotStarted(error) => return Err(error),
            WorkerFailure::TimedOut => (
                ReadErrorKind::OverBudget,
                format!(
                    "reading took longer than {} s; print the file to a new one",
                    self.budget.time.as_secs()
                ),
            ),
            WorkerFailure::EndedBefore | WorkerFailure::Crashed => {
                let how = ended.unwrap_or_else(|| "no reason known".to_owned());
                let message =
                    format!("the worker ended while it read this file ({how}); please report the file");
                (ReadErrorKind::Crashed, message)
            }
            WorkerFailure::InvalidAnswer => {
                let message =
                    "the worker's answer to this file could not be understood; please report the file";
                (ReadErrorKind::Crashed, message.to_owned())
            }
            WorkerFailure::NoAnswer(error) => {
                let message =
                    format!("the worker's answer to this file was lost ({error}); please report the file");
                (ReadErrorKind::Crashed, message)
            }
        };
        Ok(ReadError::new(kind, message))
    }

    /// Ends the child, if one runs. Returns how it ended, if it ended by itself.
    fn stop(&mut self) -> Option<String> {
        let mut running = self.running.take()?;
        drop(running.input);
        // A child whose output has ended is about to exit, with a status to report. Killing it at once would hide that.
        thread::sleep(Duration::from_millis(5));
        let ended = running.child.try_wait().ok().flatten();
        if ended.is_none() {
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
        ended.map(|status| status.to_string())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The ways in which a worker process can fail.
enum WorkerFailure {
    NotStarted(io::Error),
    /// The child ended before it read the request.
    EndedBefore,
    /// The child ended before it answered.
    Crashed,
    /// The child did not answer in time.
    TimedOut,
    /// The answer is not valid.
    InvalidAnswer,
    /// The answer could not be received.
    NoAnswer(io::Error),
}

impl Running {
    fn start(command: &WorkerCommand, limit: usize) -> io::Result<Self> {
        let mut child = Command::new(&command.program)
            .args(&command.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("the worker has no pipes"));
        };
        let (sender, answers) = sync_channel(1);
        // A thread of its own, since a read from a pipe has no timeout. It ends with the child's output, so with the
        // child.
        thread::Builder::new().name("quotable-worker".to_owned()).spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(line) = next_line(&mut output, limit).transpose() {
                let failed = line.is_err();
                if sender.send(line).is_err() || failed {
                    break;
                }
            }
        })?;
        Ok(Self { child, input, answers })
    }
}

/// The next line; `None` at the end. A line longer than `limit` is an error, so that a child cannot exhaust the memory.
fn next_line(output: &mut BufReader<ChildStdout>, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    output.take(limit as u64).read_until(b'\n', &mut line)?;
    match line.pop() {
        None => Ok(None),
        Some(b'\n') => Ok(Some(line)),
        Some(_) if line.len() + 1 >= limit => Err(io::Error::other("it is too long")),
        // The child ended in the middle of a line.
        Some(_) => Ok(None),
    }
}
