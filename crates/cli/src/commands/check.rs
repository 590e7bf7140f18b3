//! `quotable check`.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use quotable::prelude::*;
use quotable::query::Query;
use quotable::read::{Budget, ReadError, Readers};
use quotable::report::{Date, Report};
use quotable::{CheckOptions, Quotation, quotations, quotations_in, worker};

use crate::args::{self, Limits};
use crate::commands::asking;
use crate::error::{Error, Result};
use crate::render::checks::{self, Checked};
use crate::render::number::counted;
use crate::session::{Outcome, Session};
use crate::shelf;

/// How many quotations are checked at most: more than any article has, few enough that any file is done with.
const MOST: usize = 2_000;

pub(crate) fn run(args: &args::Check, session: &mut Session) -> Result<Outcome> {
    let article = Article::read(&args.article, session)?;
    let shelf = shelf::find(&args.place, &args.refreshing, session)?;
    let snapshot = shelf.index.snapshot();
    let about = snapshot.about_quoting(&article.text, article.published, &article.quotations)?;
    if let Some(about) = &about {
        session.note(format!("the article names {} most: places in its reports come first", about.name));
    }
    let mut options = CheckOptions::default().about(about);
    // An article that lies among the reports would prove itself.
    let others = article.file.as_deref().and_then(|file| shelf.place.filter_without(file));
    let asked = asking::filter(&args.filters);
    options.codebook = Some(asking::book(&args.filters)?);
    options.filter = asked.into_iter().chain(others).reduce(Query::and);
    options.within = shelf.place.within.as_ref().map(|within| within.path.clone());

    let mut writer = checks::Writer::begin(session, args.output, args.citing.cite)?;
    for (number, quotation) in (1..).zip(article.quotations.iter().take(MOST)) {
        let check = shelf.index.check_with(quotation, &options)?;
        writer.add(&Checked { number, quotation, check: &check })?;
    }
    let left = article.quotations.len().saturating_sub(MOST) as u64;
    let summary = writer.end(left)?;
    if article.quotations.is_empty() {
        let size = counted(article.text.split_whitespace().count() as u64, "words");
        session.note(format!("no quotation was found in the article, which has {size}"));
    } else if let Some(summary) = summary {
        session.note(summary);
    }
    Ok(Outcome::of(article.quotations.len() as u64))
}

/// What is to be checked.
struct Article {
    text: String,
    published: Option<Date>,
    quotations: Vec<Quotation>,
    /// Where it stands, if it is a file.
    file: Option<PathBuf>,
}

impl Article {
    /// Reads an article as reports are read; text of which that makes nothing, as it stands.
    fn read(path: &Path, session: &Session) -> Result<Self> {
        let budget = Budget::default();
        let piped = path == Path::new(PIPED);
        let (bytes, said) = if piped {
            (piped_in(&budget)?, "standard input".to_owned())
        } else {
            (file(path, &budget)?, path.display().to_string())
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let file = (!piped).then(|| path.to_owned());
        let read = match shelf::worker(&Limits::default()) {
            // Apart, as reports are: whatever an article does, the command goes on.
            Some(worker) if piped => worker::read_bytes(&worker, &bytes, named(&bytes), &budget)?,
            Some(worker) => worker::read(&worker, path, &name, &budget)?,
            None if piped => understood(Path::new(named(&bytes)), &bytes, &budget),
            None => understood(path, &bytes, &budget),
        };
        let refusal = match read {
            Ok(report) if !report.paragraphs.is_empty() => {
                return Ok(Self { file, ..Self::of(&report) });
            }
            Ok(_) => "no paragraph was found in it".to_owned(),
            Err(error) => error.to_string(),
        };
        let text = String::from_utf8(bytes).ok().filter(|text| !text.is_empty() && !text.contains('\0'));
        let Some(text) = text else {
            return Err(Error::new(format!("the article cannot be read ({said}): {refusal}")));
        };
        session.note(format!("the article is read as plain text: {refusal}"));
        let quotations = quotations_in(&text);
        Ok(Self { text, published: None, quotations, file })
    }

    fn of(report: &Report) -> Self {
        let texts = report.title.iter().chain(report.paragraphs.iter().map(|paragraph| &paragraph.text));
        let text = texts.map(String::as_str).collect::<Vec<_>>().join("\n\n");
        Self { text, published: report.published, quotations: quotations(report), file: None }
    }
}

/// The name of what was piped in. It is a web page, a PDF or the like if it says so, and text if not.
fn named(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(Readers::HEAD)];
    if Readers::default().find(Path::new(PIPED), head).is_none() { "article.txt" } else { PIPED }
}

/// Reads an article in this process, where there can be no other.
fn understood(path: &Path, bytes: &[u8], budget: &Budget) -> std::result::Result<Report, ReadError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Readers::default().read(path, bytes, budget).map(|document| Report::from_document(&document, &name))
}

/// What is said in place of a file for the standard input.
const PIPED: &str = "-";

fn piped_in(budget: &Budget) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = budget.input.saturating_add(1);
    let read = std::io::stdin().lock().take(most).read_to_end(&mut bytes);
    read.map_err(|error| Error::new(format!("the article cannot be read (standard input): {error}")))?;
    within(bytes.len() as u64, budget)?;
    if bytes.is_empty() {
        return Err(Error::new("the article cannot be read (standard input): nothing was there"));
    }
    Ok(bytes)
}

fn file(path: &Path, budget: &Budget) -> Result<Vec<u8>> {
    let unusable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::new(format!("there is no article {}", path.display())),
        _ => Error::new(format!("the article cannot be read ({}): {error}", path.display())),
    };
    let about = fs::metadata(path).map_err(unusable)?;
    if !about.is_file() {
        return Err(Error::new(format!("{} is not a file", path.display()))
            .cure("give the article first, then the folder of the reports; - is the standard input"));
    }
    within(about.len(), budget)?;
    fs::read(path).map_err(unusable)
}

fn within(bytes: u64, budget: &Budget) -> Result<()> {
    if bytes <= budget.input {
        return Ok(());
    }
    let what = format!("the article has more than {} bytes", budget.input);
    Err(Error::new(what).cure("give the part of it that quotes"))
}
