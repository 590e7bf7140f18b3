//! An article to check, read as reports are read.

use std::fs;
use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use quotable::read::{Budget, ReadError, Readers};
use quotable::report::Report;
use quotable::worker::{self, WorkerCommand};

/// The most text of an article, in bytes: some five hundred times a long one.
const MOST_TEXT: usize = 8 << 20;
/// The warnings of a reader that words of an article may be missing or wrong. Those on what kind of report it is do not
/// concern an article.
const UNREAD: [&str; 5] = ["attachments", "damaged", "encoding-guessed", "encoding-mixed", "zero-bytes"];

/// What was given as an article.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Given {
    /// What it is called in the answer.
    name: String,
    /// Its bytes, if it is no file.
    content: Option<Vec<u8>>,
    /// Its file.
    file: Option<PathBuf>,
}

/// An article that was read.
pub(crate) struct Article {
    pub(crate) name: String,
    pub(crate) report: Report,
    /// Its file; `None` for a text.
    pub(crate) file: Option<PathBuf>,
}

impl Article {
    /// Reads an article, in a process of its own where one can be started. The inner error says in words why it cannot be
    /// read.
    ///
    /// # Errors
    /// If the process cannot be started.
    pub(crate) fn read(
        given: Given,
        worker: Option<&WorkerCommand>,
    ) -> quotable::Result<Result<Self, String>> {
        let Given { name, content, file } = given;
        let bytes = match (content, &file) {
            (Some(content), _) => content,
            (None, Some(file)) => match bytes_of(file) {
                Ok(bytes) => bytes,
                Err(what) => return Ok(Err(what)),
            },
            (None, None) => Vec::new(),
        };
        let mut budget = Budget::default();
        budget.output = MOST_TEXT;
        let title = title(&name, &bytes);
        let read = match worker {
            Some(worker) => worker::read_bytes(worker, &bytes, &title, &budget)?,
            None => read_in_process(&bytes, &title, &budget),
        };
        Ok(match read {
            Ok(report) if report.paragraphs.is_empty() => {
                Err(format!("the article cannot be read ({name}): no paragraph was found in it"))
            }
            Ok(report) => Ok(Self { name, report, file }),
            Err(error) => Err(format!("the article cannot be read ({name}): {error}")),
        })
    }

    /// What its reader could not make sure of.
    pub(crate) fn notes(&self) -> Vec<String> {
        let warnings = self.report.warnings.iter().filter(|warning| UNREAD.contains(&warning.code.as_str()));
        warnings.map(|warning| format!("{}: {}", self.name, warning.message)).collect()
    }
}

/// A file name: its extension chooses the reader. What no reader recognises is plain text.
fn title(name: &str, bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(Readers::HEAD)];
    let file = Path::new(name).file_name().unwrap_or_default();
    match Readers::default().find(Path::new(file), head) {
        Some(_) => file.to_string_lossy().into_owned(),
        None => "article.txt".to_owned(),
    }
}

fn read_in_process(bytes: &[u8], title: &str, budget: &Budget) -> Result<Report, ReadError> {
    let document = Readers::default().read(Path::new(title), bytes, budget)?;
    Ok(Report::from_document(&document, title))
}

fn bytes_of(file: &Path) -> Result<Vec<u8>, String> {
    let shown = file.display();
    let refuse = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("there is no article {shown}"),
        _ => format!("the article cannot be read ({shown}): {error}"),
    };
    let size = fs::metadata(file).map_err(refuse)?.len();
    let most = Budget::default().input;
    if size > most {
        return Err(format!("the article has more than {} MiB ({shown}); give a part of it", most >> 20));
    }
    fs::read(file).map_err(refuse)
}
