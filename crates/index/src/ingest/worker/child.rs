//! The parent's side of a worker: starts the child process, sends requests and receives answers.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use quotable_read::{Budget, ReadError, ReadErrorKind, open_regular};
use quotable_report::profile::Profiles;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::processor_time::{ended_by_processor_limit, processor_time_of};
use super::{Answer, Request, Task, WorkerCommand, unreadable};
use crate::ingest::hints::Hints;
use crate::ingest::page_picture::{PagePicture, TextlessPages};

/// A worker process. Started for the first request, and again after every failure.
pub(crate) struct Worker {
    command: WorkerCommand,
    budget: Budget,
    /// `None` for the built-in ones, which the child has too.
    profiles: Option<Arc<Profiles>>,
    running: Option<Running>,
}

struct Running {
    child: Child,
    /// `None` once a request could not be sent.
    input: Option<ChildStdin>,
    /// The lines that the child writes. Ends with the child.
    answers: Receiver<io::Result<Vec<u8>>>,
    /// True once the profiles were sent.
    has_profiles: bool,
}

/// A line of the child, an error of its output, or the reason why none came.
type Received = Result<io::Result<Vec<u8>>, RecvTimeoutError>;

/// How many times its budget a child may take by the clock: the budget counts processor time, and a busy machine or a
/// slow disk leaves a process little of that.
const WALL_TIMES: u32 = 4;
/// How much longer than that to wait for an answer. Readers check the clock between pages, and the report is made after
/// reading. A child that uses no processor time meanwhile stands still.
const GRACE: Duration = Duration::from_secs(5);
/// How many times both to wait for a child that is known to work, however slowly.
const MAX_WAITS: u32 = 4;
/// The length of one wait. Between two waits, this process notices that it was stopped.
const SLICE: Duration = Duration::from_millis(100);
/// How long a child whose output has ended may take to exit.
const EXIT: Duration = Duration::from_millis(500);

impl Worker {
    pub(crate) fn new(command: &WorkerCommand, budget: Budget, profiles: Option<Arc<Profiles>>) -> Self {
        Self { command: command.clone(), budget, profiles, running: None }
    }

    /// Reads a file, which this process opens: the child opens none. If the file cannot be opened or the child fails, the
    /// answer is an error of the file.
    ///
    /// # Errors
    /// If no child could be started, which is no fault of the file.
    pub(crate) fn read(&mut self, file: &Path, path: &str, hints: Hints) -> io::Result<Answer> {
        self.answer_about(file, |request| {
            path.clone_into(&mut request.path);
            request.hints.clone_from(&hints);
        })
    }

    /// Finds the pages of a file that hold no text.
    ///
    /// # Errors
    /// If no child could be started. The inner error is one of the file.
    pub(crate) fn textless_pages(&mut self, file: &Path) -> io::Result<Result<TextlessPages, ReadError>> {
        let found: Drawn<TextlessPages> =
            self.answer_about(file, |request| request.task = Task::FindTextlessPages)?;
        Ok(found.0)
    }

    /// Draws the pictures of a page, one-based; `None` if it has none.
    ///
    /// # Errors
    /// As those of [`textless_pages`](Self::textless_pages).
    pub(crate) fn draw_page(
        &mut self,
        file: &Path,
        number: u32,
        dots_per_inch: u32,
    ) -> io::Result<Result<Option<PagePicture>, ReadError>> {
        let drawn: Drawn<Option<PagePicture>> =
            self.answer_about(file, |request| request.task = Task::DrawPage { number, dots_per_inch })?;
        Ok(drawn.0)
    }

    /// Has a request about a file answered; `complete` says what is asked.
    fn answer_about<A: DeserializeOwned + From<ReadError>>(
        &mut self,
        file: &Path,
        complete: impl Fn(&mut Request),
    ) -> io::Result<A> {
        let file = std::path::absolute(file)?;
        let budget = self.budget;
        self.answer(|| {
            let content = open_regular(&file)?;
            // Of a file that is too long, one byte more than the limit, which tells the reader.
            let length = content.metadata()?.len().min(budget.input.saturating_add(1));
            let mut request = Request::new(&file, length, "", &budget);
            complete(&mut request);
            if length > AT_ONCE {
                return Ok((request, Content::File(content)));
            }
            let mut bytes = Vec::new();
            content.take(length).read_to_end(&mut bytes)?;
            request.bytes = bytes.len() as u64;
            Ok((request, Content::Bytes(Cow::Owned(bytes))))
        })
    }

    /// Reads bytes that are in no file.
    pub(crate) fn read_bytes(&mut self, bytes: &[u8], name: &str) -> io::Result<Answer> {
        let budget = self.budget;
        self.answer(|| {
            let request = Request::new(Path::new(""), bytes.len() as u64, name, &budget);
            Ok((request, Content::Bytes(Cow::Borrowed(bytes))))
        })
    }

    /// Has a request answered. `prepare` makes it, and opens the content.
    fn answer<'a, A: DeserializeOwned + From<ReadError>>(
        &mut self,
        prepare: impl Fn() -> io::Result<(Request, Content<'a>)>,
    ) -> io::Result<A> {
        // A child that ended before it got the request did not fail on this file. A new child tries once more.
        for again in [true, false] {
            let (request, content) = match prepare() {
                Ok(prepared) => prepared,
                Err(error) => return Ok(A::from(unreadable(&error.to_string()))),
            };
            match self.ask(request, content) {
                Err(WorkerFailure::EndedBefore) if again => _ = self.stop(EXIT),
                Err(failure) => return self.fail(failure).map(A::from),
                Ok(answer) => return Ok(answer),
            }
        }
        self.fail(WorkerFailure::EndedBefore).map(A::from)
    }

    /// Sends a request and waits for its answer.
    fn ask<A: DeserializeOwned>(
        &mut self,
        mut request: Request,
        content: Content<'_>,
    ) -> Result<A, WorkerFailure> {
        // JSON may escape every byte of a text, and adds places and headings.
        let limit = self.budget.output.saturating_mul(8).saturating_add(16 << 20);
        let running = match self.running.take() {
            Some(running) => self.running.insert(running),
            None => {
                self.running.insert(Running::start(&self.command, limit).map_err(WorkerFailure::NotStarted)?)
            }
        };
        if !running.has_profiles {
            request.profiles = self.profiles.as_ref().map(|profiles| profiles.texts());
            running.has_profiles = true;
        }
        let mut line =
            serde_json::to_vec(&request).map_err(|error| WorkerFailure::NotStarted(error.into()))?;
        line.push(b'\n');
        let before = running.processor_time();
        match running.exchange(&line, content, request.bytes, self.budget.time)? {
            Ok(Ok(line)) => serde_json::from_slice(&line).map_err(|_| WorkerFailure::InvalidAnswer),
            Ok(Err(error)) => Err(WorkerFailure::NoAnswer(error)),
            Err(RecvTimeoutError::Timeout) => {
                let used =
                    running.processor_time().zip(before).map(|(now, before)| now.saturating_sub(before));
                Err(WorkerFailure::TimedOut { used })
            }
            Err(RecvTimeoutError::Disconnected) => Err(WorkerFailure::Crashed),
        }
    }

    /// Turns a failure of the child into an error of the file; a child that could not be started is an error of its
    /// own.
    fn fail(&mut self, failure: WorkerFailure) -> io::Result<ReadError> {
        let patience = match failure {
            // A child whose output has ended is about to exit, with a status to report. Killing it at once would hide
            // that.
            WorkerFailure::EndedBefore | WorkerFailure::Crashed => EXIT,
            _ => Duration::ZERO,
        };
        let ended = self.stop(patience);
        let seconds = self.budget.time.as_secs_f64();
        let (kind, message) = match failure {
            WorkerFailure::NotStarted(error) => return Err(error),
            WorkerFailure::Unreadable(error) => return Ok(unreadable(&error.to_string())),
            // Stopped, or blocked. It would have had the time, so the file is tried again by the next refresh.
            WorkerFailure::TimedOut { used: Some(used) } if used < self.budget.time => (
                ReadErrorKind::Unreadable,
                format!(
                    "the process that reads the file did not go on: it was stopped, or the disk did not answer \
                     (it worked for {:.1} s); the file is tried again next time",
                    used.as_secs_f64()
                ),
            ),
            WorkerFailure::TimedOut { .. } => (
                ReadErrorKind::OverBudget,
                format!("reading took longer than {seconds} s; print the file to a new one"),
            ),
            WorkerFailure::EndedBefore | WorkerFailure::Crashed
                if ended.is_some_and(ended_by_processor_limit) =>
            {
                let message = format!(
                    "reading took more than {seconds} s of processor time; print the file to a new one"
                );
                (ReadErrorKind::OverBudget, message)
            }
            WorkerFailure::EndedBefore | WorkerFailure::Crashed => {
                let how = ended.map_or_else(|| "no reason known".to_owned(), |status| status.to_string());
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

    /// Ends the child, if one runs. Returns how it ended, if it ended by itself within the time `patience`.
    fn stop(&mut self, patience: Duration) -> Option<ExitStatus> {
        let mut running = self.running.take()?;
        drop(running.input);
        let ended = ended_within(&mut running.child, patience);
        if ended.is_none() {
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
        ended
    }
}

/// How a child ended; `None` if it still runs after the time `patience`.
fn ended_within(child: &mut Child, patience: Duration) -> Option<ExitStatus> {
    let began = Instant::now();
    loop {
        match child.try_wait() {
            Ok(None) if began.elapsed() < patience => thread::sleep(Duration::from_millis(2)),
            ended => return ended.ok().flatten(),
        }
    }
}

/// Waits for an answer of a child that may work on it for the time `budget`.
fn receive_from(child: u32, answers: &Receiver<io::Result<Vec<u8>>>, budget: Duration) -> Received {
    let before = processor_time_of(child);
    for _ in 0..MAX_WAITS {
        match receive(answers, budget.saturating_mul(WALL_TIMES)) {
            Err(RecvTimeoutError::Timeout) => {}
            received => return received,
        }
        let by_then = processor_time_of(child);
        match receive(answers, GRACE) {
            Err(RecvTimeoutError::Timeout) => {}
            received => return received,
        }
        let now = processor_time_of(child);
        let used = now.zip(before).map(|(now, before)| now.saturating_sub(before));
        let stands_still = now <= by_then;
        if stands_still || used.is_none_or(|used| used >= budget) {
            break;
        }
    }
    Err(RecvTimeoutError::Timeout)
}

/// Waits for a message for the time `limit`, and counts only time during which this process runs. A wait that took much
/// longer than it was asked to is a sign that the process was stopped or the machine slept, and with it the sender.
fn receive<T>(messages: &Receiver<T>, limit: Duration) -> Result<T, RecvTimeoutError> {
    let mut waited = Duration::ZERO;
    loop {
        let began = Instant::now();
        match messages.recv_timeout(SLICE) {
            Err(RecvTimeoutError::Timeout) => waited += began.elapsed().min(SLICE * 2),
            received => return received,
        }
        if waited >= limit {
            return Err(RecvTimeoutError::Timeout);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop(Duration::from_millis(5));
    }
}

/// The answer to a request that makes no report.
#[derive(Deserialize)]
#[serde(transparent)]
struct Drawn<T>(Result<T, ReadError>);

impl<T> From<ReadError> for Drawn<T> {
    fn from(error: ReadError) -> Self {
        Self(Err(error))
    }
}

/// What a request is about.
enum Content<'a> {
    Bytes(Cow<'a, [u8]>),
    File(File),
}

/// Bytes that are read at once and sent with the line of a request: a pipe holds both, so that sending them does not
/// wait for the child.
const AT_ONCE: u64 = 16 << 10;

/// The ways in which a worker process can fail.
enum WorkerFailure {
    NotStarted(io::Error),
    /// The file could not be read to its end.
    Unreadable(io::Error),
    /// The child ended before it read the request.
    EndedBefore,
    /// The child ended before it answered.
    Crashed,
    /// The child did not answer in time. It used this much processor time, if the system tells.
    TimedOut {
        used: Option<Duration>,
    },
    /// The answer is not valid.
    InvalidAnswer,
    /// The answer could not be received.
    NoAnswer(io::Error),
}

impl Running {
    fn start(command: &WorkerCommand, limit: usize) -> io::Result<Self> {
        let mut child =
            command.process().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
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
        Ok(Self { child, input: Some(input), answers, has_profiles: false })
    }

    /// Sends a request with the `length` bytes that follow it, and waits for the answer.
    fn exchange(
        &mut self,
        line: &[u8],
        content: Content<'_>,
        length: u64,
        budget: Duration,
    ) -> Result<Received, WorkerFailure> {
        let Some(mut input) = self.input.take() else {
            return Err(WorkerFailure::EndedBefore);
        };
        // A line of two paths fits into a pipe, so that writing it does not wait for the child.
        if input.write_all(line).and_then(|()| input.flush()).is_err() {
            return Err(WorkerFailure::EndedBefore);
        }
        match content {
            Content::Bytes(bytes) if length <= AT_ONCE => {
                if input.write_all(&bytes).and_then(|()| input.flush()).is_err() {
                    return Err(WorkerFailure::EndedBefore);
                }
                self.input = Some(input);
                Ok(receive_from(self.child.id(), &self.answers, budget))
            }
            Content::Bytes(bytes) => self.exchange_bytes(input, &bytes, budget),
            Content::File(file) => self.exchange_file(input, file, length, budget),
        }
    }

    /// Sends bytes and waits for the answer. They do not fit into a pipe, and a child that is stopped would never take them.
    fn exchange_bytes(
        &mut self,
        mut input: ChildStdin,
        bytes: &[u8],
        budget: Duration,
    ) -> Result<Received, WorkerFailure> {
        let Self { child, answers, .. } = self;
        let (received, sent) = thread::scope(|scope| {
            let sender =
                scope.spawn(move || input.write_all(bytes).and_then(|()| input.flush()).map(|()| input));
            let received = receive_from(child.id(), answers, budget);
            // The sender ends with the child.
            let patience = match received {
                Ok(_) => None,
                Err(RecvTimeoutError::Disconnected) => Some(EXIT),
                Err(RecvTimeoutError::Timeout) => Some(Duration::ZERO),
            };
            if patience.is_some_and(|patience| ended_within(child, patience).is_none()) {
                let _ = child.kill();
            }
            (received, sender.join().ok().and_then(io::Result::ok))
        });
        self.input = sent;
        match received {
            Err(RecvTimeoutError::Disconnected) if self.input.is_none() => Err(WorkerFailure::EndedBefore),
            received => Ok(received),
        }
    }

    /// Sends the bytes of a file and waits for the answer.
    fn exchange_file(
        &mut self,
        mut input: ChildStdin,
        file: File,
        length: u64,
        budget: Duration,
    ) -> Result<Received, WorkerFailure> {
        let (sender, sent) = sync_channel(1);
        // Not waited for: a disk that does not answer holds the sender up, and nothing else.
        let send = move || {
            let delivered = io::copy(&mut file.take(length), &mut input)
                .and_then(|count| input.flush().map(|()| count))
                .and_then(|count| if count == length { Ok(()) } else { Err(became_shorter()) });
            // A child that misses bytes ends with its input. The reason has been sent by then.
            let _ = match delivered {
                Ok(()) => sender.send(Ok(input)),
                Err(error) => sender.send(Err(error)),
            };
        };
        let sending = thread::Builder::new().name("quotable-sender".to_owned()).spawn(send);
        sending.map_err(WorkerFailure::NotStarted)?;
        let received = receive_from(self.child.id(), &self.answers, budget);
        if matches!(received, Err(RecvTimeoutError::Timeout)) {
            return Ok(received);
        }
        match (sent.recv_timeout(EXIT), &received) {
            (Ok(Ok(input)), _) => self.input = Some(input),
            (Ok(Err(error)), _) if error.kind() != io::ErrorKind::BrokenPipe => {
                return Err(WorkerFailure::Unreadable(error));
            }
            (_, Err(_)) => return Err(WorkerFailure::EndedBefore),
            // Answered without the whole of it; the next file is for another child.
            (_, Ok(_)) => {}
        }
        Ok(received)
    }

    fn processor_time(&self) -> Option<Duration> {
        processor_time_of(self.child.id())
    }
}

fn became_shorter() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "it became shorter meanwhile")
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
