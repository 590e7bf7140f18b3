//! Recognises text (OCR) on the pages of PDFs that are pictures, with a program that is installed beside this one.
//!
//! A reader, in a worker process where there is one, draws the pictures of a page; `tesseract` reads them here, outside of
//! the worker, which may start no process; and the reader then puts the text where the pictures are.

mod tsv;

use std::ffi::OsString;
use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use quotable_read::RecognisedPage;

use crate::cancel::CancelFlag;
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::page_picture::PagePicture;

/// A program that recognises text in pictures of pages: Tesseract (Smith, "An Overview of the Tesseract OCR Engine", ICDAR
/// 2007), version 4 or later.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ocr {
    program: PathBuf,
    /// The languages of the pages, as Tesseract names them, joined by `+`: `eng`, `eng+cym`.
    languages: String,
    /// The longest that one page may take.
    page_time: Duration,
}

/// The resolution at which pages are drawn, in dots per inch: that which Tesseract's documentation asks for at least.
pub(super) const DOTS_PER_INCH: u32 = 300;
/// Bytes that the program may write for one page.
const MOST_OUTPUT: u64 = 16 << 20;
/// The length of one wait.
const SLICE: Duration = Duration::from_millis(50);

impl Ocr {
    /// English.
    pub const DEFAULT_LANGUAGES: &str = "eng";

    /// Finds `tesseract` in the folders of `PATH`, with its data for some languages: `eng`, `eng+cym`.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] if it is not installed, or lacks a language.
    pub fn tesseract(languages: &str) -> Result<Self> {
        Self::program("tesseract", languages)
    }

    /// The same with the path of the program.
    ///
    /// # Errors
    /// Those of [`tesseract`](Self::tesseract).
    pub fn program(program: impl Into<PathBuf>, languages: &str) -> Result<Self> {
        let program = program.into();
        let listed = Command::new(&program).arg("--list-langs").stdin(Stdio::null()).output();
        let listed = listed.map_err(|error| {
            let message = format!(
                "{} is not installed, which recognises the text of scanned pages (OCR); install Tesseract \
                 (Debian and Ubuntu: apt install tesseract-ocr; macOS: brew install tesseract; Windows: winget install \
                 UB-Mannheim.TesseractOCR)",
                program.display()
            );
            Error::new(ErrorKind::Unsupported, message).because(error)
        })?;
        // The first versions listed them on standard error.
        let text = [listed.stdout, listed.stderr].concat();
        let text = String::from_utf8_lossy(&text);
        let known: Vec<&str> = text.lines().skip(1).map(str::trim).filter(|line| !line.is_empty()).collect();
        if let Some(missing) = languages.split('+').find(|language| !known.contains(language)) {
            let message = format!(
                "Tesseract has no data for the language {missing:?}; it has {} (Debian and Ubuntu: apt install \
                 tesseract-ocr-{missing})",
                known.join(", ")
            );
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        Ok(Self { program, languages: languages.to_owned(), page_time: Duration::from_secs(180) })
    }

    /// Recognises the text of a page. A page without text gives no paragraphs; `None` if the work was cancelled.
    ///
    /// # Errors
    /// If the program cannot be started, fails, or takes too long.
    pub(super) fn read(&self, page: &PagePicture, cancel: &CancelFlag) -> io::Result<Option<RecognisedPage>> {
        let dots = (page.scale * 72.0).round().max(70.0);
        let arguments = ["stdin", "stdout", "--dpi", &format!("{dots:.0}"), "-l", &self.languages, "tsv"];
        let mut child = Command::new(&self.program)
            .args(arguments.map(OsString::from))
            // Several pages are recognised at once, each on one core.
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = exchange(&mut child, &page.portable_graymap(), self.page_time, cancel);
        if !matches!(output, Ok(Some(_))) {
            let _ = child.kill();
        }
        let status = child.wait()?;
        let Some(output) = output? else { return Ok(None) };
        if !status.success() {
            return Err(io::Error::other(format!("it ended with {status}")));
        }
        let paragraphs = tsv::paragraphs(&String::from_utf8_lossy(&output), page.scale);
        Ok(Some(RecognisedPage::new(page.number, paragraphs)))
    }
}

/// Writes to a child and reads all that it writes; `None` if the work was cancelled.
fn exchange(
    child: &mut Child,
    bytes: &[u8],
    time: Duration,
    cancel: &CancelFlag,
) -> io::Result<Option<Vec<u8>>> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("it has no pipes"));
    };
    let (sender, receiver) = sync_channel(1);
    thread::scope(|scope| {
        // Both block, and end with the child.
        scope.spawn(move || input.write_all(bytes));
        scope.spawn(move || {
            let mut read = Vec::new();
            let done = output.take(MOST_OUTPUT).read_to_end(&mut read).map(|_| read);
            // The receiver is gone if the work was given up.
            let _ = sender.send(done);
        });
        let began = Instant::now();
        let failed = loop {
            match receiver.recv_timeout(SLICE) {
                Ok(read) => return read.map(Some),
                Err(RecvTimeoutError::Disconnected) => break Some("it wrote nothing"),
                Err(RecvTimeoutError::Timeout) if cancel.is_cancelled() => break None,
                Err(RecvTimeoutError::Timeout) if began.elapsed() > time => break Some("it took too long"),
                Err(RecvTimeoutError::Timeout) => {}
            }
        };
        // The threads of this scope end with the child.
        let _ = child.kill();
        failed.map_or(Ok(None), |why| Err(io::Error::other(why)))
    })
}
