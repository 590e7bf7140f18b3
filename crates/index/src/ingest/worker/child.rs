//! The refresh's side: a child process and the conversation with it.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use quotable_read::{Budget, ReadError, ReadErrorKind};

use super::{Answer, Request, WorkerCommand};

/// A child that reads files, started when first needed and anew after every failure.
pub(crate) struct Worker {
    command: WorkerCommand,
    budget: Budget,
    running: Option<Running>,
}

struct Running {
    child: Child,
    input: ChildStdin,
    /// Lines that the child wrote; ends when the child does.
    answers: Receiver<io::Result<Vec<u8>>>,
}

/// How much longer than the reader's own budget the parent waits: for a reader that looks at the clock between
/// pages, and for understanding.
const GRACE: Duration = Duration::from_secs(5);

impl Worker {
    pub(crate) fn new(command: &WorkerCommand, budget: Budget) -> Self {
        Self { command: command.clone(), budget, running: None }
    }

    /// Reads a file. Whatever becomes of the child, there is an answer.
    ///
    /// # Errors
    /// The outer error: no child could be started, which no file is to blame for.
    pub(crate) fn read(&mut self, file: &Path, path: &str) -> io::Result<Answer> {
        let file = std::path::absolute(file)?;
        self.answer(&Request::new(&file, path, &self.budget), &[])
    }

    /// The same of bytes that stand in no file.
    pub(crate) fn read_bytes(&mut self, bytes: &[u8], name: &str) -> io::Result<Answer> {
        let mut request = Request::new(Path::new(""), name, &self.budget);
        request.bytes = Some(bytes.len() as u64);
        self.answer(&request, bytes)
    }

    fn answer(&mut self, request: &Request, bytes: &[u8]) -> io::Result<Answer> {
        // A child that ended after its last answer is not this file's fault: another gets one try.
        let asked = match self.ask(request, bytes) {
            Err(_) if self.running.is_none() => self.ask(request, bytes),
            asked => asked,
        };
        asked.or_else(|trouble| self.fail(trouble).map(Answer::from))
    }

    /// The outer error is of the conversation.
    fn ask(&mut self, request: &Request, bytes: &[u8]) -> Result<Answer, Trouble> {
        let mut line = serde_json::to_vec(request).map_err(|error| Trouble::Start(error.into()))?;
        line.push(b'\n');
        let limit = self.budget.output.saturating_mul(8).saturating_add(16 << 20);
        let running = match self.running.take() {
            Some(running) => self.running.insert(running),
            None => self.running.insert(Running::start(&self.command, limit).map_err(Trouble::Start)?),
        };
        let sent = running.input.write_all(&line).and_then(|()| running.input.write_all(bytes));
        if sent.and_then(|()| running.input.flush()).is_err() {
            // It ended before it could take the file.
            self.stop();
            return Err(Trouble::Ended);
        }
        match running.answers.recv_timeout(self.budget.time.saturating_add(GRACE)) {
            Ok(Ok(line)) => serde_json::from_slice(&line).map_err(|_| Trouble::Nonsense),
            Ok(Err(error)) => Err(Trouble::Lost(error)),
            Err(RecvTimeoutError::Timeout) => Err(Trouble::Late),
            Err(RecvTimeoutError::Disconnected) => Err(Trouble::Crashed),
        }
    }

    /// What the trouble means for the file; the error is that of a child that could not be started.
    fn fail(&mut self, trouble: Trouble) -> io::Result<ReadError> {
        let ended = self.stop();
        let (kind, message) = match trouble {
            Trouble::Start(error) => return Err(error),
            Trouble::Late => (
                ReadErrorKind::OverBudget,
                format!(
                    "reading took longer than {} s; print the file to a new one",
                    self.budget.time.as_secs()
                ),
            ),
            Trouble::Ended | Trouble::Crashed => {
                let how = ended.unwrap_or_else(|| "no reason known".to_owned());
                let message =
                    format!("the worker ended while it read this file ({how}); please report the file");
                (ReadErrorKind::Crashed, message)
            }
            Trouble::Nonsense => (ReadErrorKind::Crashed, "the worker answered nonsense".to_owned()),
            Trouble::Lost(error) => {
                (ReadErrorKind::Crashed, format!("the worker's answer was lost: {error}"))
            }
        };
        Ok(ReadError::new(kind, message))
    }

    /// Ends the child, if one runs; says how it ended if it had by itself.
    fn stop(&mut self) -> Option<String> {
        let mut running = self.running.take()?;
        drop(running.input);
        // Its output has ended, or it is to be killed: if it is ending by itself it needs but a moment.
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

enum Trouble {
    Start(io::Error),
    /// The child was gone before it was asked.
    Ended,
    Crashed,
    Late,
    Nonsense,
    Lost(io::Error),
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
        // Ends when the child does: killed or not, its output ends with it.
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

/// The next line; `None` at the end. A line longer than the limit is an error, not a flood of memory.
fn next_line(output: &mut BufReader<ChildStdout>, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    output.take(limit as u64).read_until(b'\n', &mut line)?;
    match line.pop() {
        None => Ok(None),
        Some(b'\n') => Ok(Some(line)),
        Some(_) if line.len() + 1 >= limit => Err(io::Error::other("too long")),
        // It ended in the middle of a line.
        Some(_) => Ok(None),
    }
}
