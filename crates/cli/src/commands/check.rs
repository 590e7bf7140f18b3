//! `quotable check`.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use quotable::prelude::*;
use quotable::query::Query;
use quotable::read::{Budget, ReadError, Readers};
use quotable::report::{Date, Report};
use quotable::{CheckOptions, Quotation, quotations, quotations_in, worker};
use quotable_export::check::CheckedQuotation;
use quotable_export::number::counted;

use crate::args::{CheckArgs, LimitArgs};
use crate::commands::query_args;
use crate::console::Console;
use crate::error::{Error, Result};
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::render::checks::CheckPrinter;

/// The most quotations checked of one article: more than any real one has, and few enough to end on any file.
const MOST_QUOTATIONS: usize = 2_000;
/// The name of standard input on the command line.
const STDIN: &str = "-";

pub(super) fn run(args: &CheckArgs, console: &mut Console) -> Result<Outcome> {
    let article = Article::read(&args.article, console)?;
    let corpus = open_corpus::open_named(&args.location, &args.refresh, console)?;
    corpus.note_unread(console);
    let snapshot = corpus.index.snapshot();
    let about = snapshot.about_quoting(&article.text, article.published, &article.quotations)?;
    if let Some(about) = &about {
        console.note(format!("the article names {} most: places in its reports come first", about.name));
    }
    let mut options = CheckOptions::default().about(about);
    // Exclude the article where it is in the corpus: every quotation would match itself.
    let others = article.file.as_deref().and_then(|file| corpus.location.filter_without(file));
    let filters = query_args::filter(&args.filters);
    options.codebook = Some(query_args::code_book(&args.filters)?);
    options.filter = filters.into_iter().chain(others).reduce(Query::and);
    options.within = corpus.location.within.as_ref().map(|within| within.path.clone());

    let mut printer = CheckPrinter::new(console.page(), args.output, args.citing.cite)?;
    for (number, quotation) in (1..).zip(article.quotations.iter().take(MOST_QUOTATIONS)) {
        let check = corpus.index.check_with(quotation, &options)?;
        printer.quotation(&CheckedQuotation { number, quotation, check: &check })?;
    }
    let unchecked = article.quotations.len().saturating_sub(MOST_QUOTATIONS) as u64;
    let summary = printer.end(unchecked)?;
    if article.quotations.is_empty() {
        let size = counted(article.text.split_whitespace().count() as u64, "words");
        console.note(format!("no quotation was found in the article, which has {size}"));
    } else if let Some(summary) = summary {
        console.note(summary);
    }
    Ok(Outcome::of(article.quotations.len() as u64))
}

/// An article to check.
struct Article {
    text: String,
    published: Option<Date>,
    quotations: Vec<Quotation>,
    /// Its file; `None` for standard input.
    file: Option<PathBuf>,
}

impl Article {
    /// Reads an article as reports are read. Where that gives no paragraphs, takes the file for plain text.
    fn read(path: &Path, console: &Console) -> Result<Self> {
        let budget = Budget::default();
        let is_stdin = path == Path::new(STDIN);
        let (bytes, label) = if is_stdin {
            (read_stdin(&budget)?, "standard input".to_owned())
        } else {
            (read_file(path, &budget)?, path.display().to_string())
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let file = (!is_stdin).then(|| path.to_owned());
        let read = match open_corpus::worker(&LimitArgs::default()) {
            // In a worker, as reports are: an article that crashes its reader must not end the command.
            Some(worker) if is_stdin => worker::read_bytes(&worker, &bytes, stdin_name(&bytes), &budget)?,
            Some(worker) => worker::read(&worker, path, &name, &budget)?,
            None if is_stdin => read_in_process(Path::new(stdin_name(&bytes)), &bytes, &budget),
            None => read_in_process(path, &bytes, &budget),
        };
        let reason = match read {
            Ok(report) if !report.paragraphs.is_empty() => {
                return Ok(Self { file, ..Self::from_report(&report) });
            }
            Ok(_) => "no paragraph was found in it".to_owned(),
            Err(error) => error.to_string(),
        };
        let text = String::from_utf8(bytes).ok().filter(|text| !text.is_empty() && !text.contains('\0'));
        let Some(text) = text else {
            return Err(Error::new(format!("the article cannot be read ({label}): {reason}")));
        };
        console.note(format!("the article is read as plain text: {reason}"));
        let quotations = quotations_in(&text);
        Ok(Self { text, published: None, quotations, file })
    }

    fn from_report(report: &Report) -> Self {
        let texts = report.title.iter().chain(report.paragraphs.iter().map(|paragraph| &paragraph.text));
        let text = texts.map(String::as_str).collect::<Vec<_>>().join("\n\n");
        Self { text, published: report.published, quotations: quotations(report), file: None }
    }
}

/// A file name for standard input: a reader is chosen by content where one recognises it, else as for plain text.
fn stdin_name(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(Readers::HEAD)];
    if Readers::default().find(Path::new(STDIN), head).is_none() { "article.txt" } else { STDIN }
}

/// Reads an article in this process, on systems where no worker can be started.
fn read_in_process(path: &Path, bytes: &[u8], budget: &Budget) -> std::result::Result<Report, ReadError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Readers::default().read(path, bytes, budget).map(|document| Report::from_document(&document, &name))
}

fn read_stdin(budget: &Budget) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than allowed, so that a longer input is noticed.
    let most = budget.input.saturating_add(1);
    let read = std::io::stdin().lock().take(most).read_to_end(&mut bytes);
    read.map_err(|error| Error::new(format!("the article cannot be read (standard input): {error}")))?;
    check_size(bytes.len() as u64, budget)?;
    if bytes.is_empty() {
        return Err(Error::new("the article cannot be read (standard input): it is empty"));
    }
    Ok(bytes)
}

fn read_file(path: &Path, budget: &Budget) -> Result<Vec<u8>> {
    let cannot_read = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::new(format!("there is no article {}", path.display())),
        _ => Error::new(format!("the article cannot be read ({}): {error}", path.display())),
    };
    let metadata = fs::metadata(path).map_err(cannot_read)?;
    if !metadata.is_file() {
        return Err(Error::new(format!("{} is not a file", path.display()))
            .cure("give the article first, then the folder of the reports; - reads standard input"));
    }
    check_size(metadata.len(), budget)?;
    fs::read(path).map_err(cannot_read)
}

fn check_size(bytes: u64, budget: &Budget) -> Result<()> {
    if bytes <= budget.input {
        return Ok(());
    }
    let what = format!("the article has more than {} bytes", budget.input);
    Err(Error::new(what).cure("give only the part of it that has the quotations"))
}
