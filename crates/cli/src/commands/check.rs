//! `quotable check`.

mod inputs;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use quotable::prelude::*;
use quotable::query::Query;
use quotable::read::{Budget, ReadError, ReadErrorKind, Readers};
use quotable::report::{Date, Paragraph, Report, Role};
use quotable::{About, ArticleCheck, CheckOptions, SearchOptions, Snapshot, used_paragraphs, worker};
use quotable_export::check::{CheckFormat, CheckedArticle, TextGroup};
use quotable_export::number::counted;

use self::inputs::{Input, inputs};
use crate::args::{CheckArgs, LimitArgs};
use crate::commands::query_args;
use crate::console::Console;
use crate::error::{Error, Result};
use crate::open_corpus;
use crate::outcome::Outcome;
use crate::render::checks::{CheckPrinter, print_used};

/// The most quotations checked of one article: more than any real one has, and few enough to end on any file.
const MOST_QUOTATIONS: usize = 2_000;
/// The most text of an article, in bytes: some five hundred times a long one. The reader answers with all of it at once.
const MOST_TEXT: usize = 8 << 20;
/// The most bytes of standard input, which this process holds. A larger file can be named instead.
const MOST_STDIN: u64 = 32 << 20;
/// The most bytes of a file that is taken for plain text in this process, because its reader found no paragraph in it.
const MOST_PLAIN: u64 = 1 << 20;

/// The warnings of a reader that words of an article may be missing or wrong. Those on what kind of report it is do not
/// concern an article.
const UNREAD: [&str; 5] = ["attachments", "damaged", "encoding-guessed", "encoding-mixed", "zero-bytes"];

pub(super) fn run(args: &CheckArgs, console: &mut Console) -> Result<Outcome> {
    if args.reverse && args.output.export_format() == Some(CheckFormat::Page) {
        let error = Error::new("--reverse writes no page");
        return Err(error.cure("give --format markdown, or leave --format out"));
    }
    let (inputs, location) = inputs(&args.articles, &args.place, &console.environment)?;
    let articles = inputs.iter().map(|input| Article::read(input, console)).collect::<Result<Vec<_>>>()?;
    let corpus = open_corpus::open_named(&location, &args.refresh, console)?;
    let snapshot = corpus.index.snapshot();
    let mut options = CheckOptions::default().quotations(MOST_QUOTATIONS);
    let book = query_args::code_book(&args.filters)?;
    options.codebook = Some(book.clone());
    options.within = corpus.location.within.as_ref().map(|within| within.path.clone());

    let duplicates = args.filters.copies.duplicates();
    options.duplicates = duplicates;
    let scope = corpus.location.restrict(SearchOptions::default()).duplicates(duplicates).codebook(book);
    let looked_in = query_args::filter(&args.filters).unwrap_or(Query::All);
    let looked_in = corpus.index.search_with(&looked_in, &scope)?;
    corpus.require_reports(&looked_in)?;
    query_args::note_unjudged(&looked_in, console)?;
    corpus.note_missing(duplicates, console);

    let mut checks = Vec::with_capacity(articles.len());
    for article in &articles {
        // Exclude the article where it is in the corpus: every quotation would match itself.
        let others = article.file.as_deref().and_then(|file| corpus.location.filter_without(file));
        options.article = article.file.as_deref().and_then(|file| corpus.location.path_of(file));
        options.filter = query_args::filter(&args.filters).into_iter().chain(others).reduce(Query::and);
        (options.guess, options.about) = match args.about.as_deref() {
            Some("none") => (false, None),
            Some(name) => (true, Some(named(&snapshot, name, article.report.published)?)),
            None => (true, None),
        };
        checks.push(snapshot.check_article(&article.report, &options)?);
    }
    if args.reverse {
        let used = used_paragraphs(
            articles.iter().zip(&checks).map(|(article, check)| (article.name.as_str(), check)),
        );
        print_used(console.page(), args.output, &used)?;
        return Ok(Outcome::of(used.len() as u64));
    }

    let mut printer = CheckPrinter::new(console.page(), args.output, args.citing.cite, &args.only)?;
    let mut faulty = Vec::new();
    let mut notes = Vec::new();
    for (article, check) in articles.iter().zip(&checks) {
        let checked = CheckedArticle { name: &article.name, check };
        if checked.has_fault() {
            faulty.push(article.name.as_str());
        }
        if check.total == 0 {
            notes.push(no_quotation(article, check));
        }
        printer.article(&checked)?;
        let is_shown = TextGroup::ALL.into_iter().any(|group| !checked.group(group, &args.only).is_empty());
        if !args.only.is_empty() && !is_shown && check.all().next().is_some() {
            let wanted: Vec<&str> = args.only.iter().map(|verdict| verdict.as_str()).collect();
            notes.push(format!("nothing in the article is {} ({})", wanted.join(" or "), article.name));
        }
    }
    notes.extend(printer.end()?);
    if args.strict && !faulty.is_empty() {
        notes.push(format!("the report is not quoted, or not described, as it is: {}", faulty.join(", ")));
    }
    for note in notes {
        console.note(note);
    }
    let found = checks.iter().any(|check| check.all().next().is_some());
    Ok(Outcome::of(u64::from(found && (!args.strict || faulty.is_empty()))))
}

/// The note on an article without a quotation.
fn no_quotation(article: &Article, check: &ArticleCheck) -> String {
    let words = article.report.paragraphs.iter().flat_map(|paragraph| paragraph.text.split_whitespace());
    let size = counted(words.count() as u64, "words");
    let passages =
        if check.passages.is_empty() { "" } else { ", but words of the report without quotation marks were" };
    format!("no quotation was found in the article, which has {size} ({}){passages}", article.name)
}

/// The reports that `--about` names.
fn named(snapshot: &Snapshot, name: &str, published: Option<Date>) -> Result<About> {
    let found = snapshot.about_named(name, published)?;
    found.ok_or_else(|| {
        Error::new(format!("--about {name}: no report is called so"))
            .cure("give the path of a report as quotable reports lists it, or an authority and a year: --about \"Marlowe 2018\"")
    })
}

/// An article to check.
struct Article {
    name: String,
    report: Report,
    /// Its file; `None` for standard input and for a text.
    file: Option<PathBuf>,
}

impl Article {
    /// Reads an article as reports are read. Where that gives no paragraphs, takes a small file for plain text.
    fn read(input: &Input, console: &Console) -> Result<Self> {
        let mut budget = Budget::default();
        budget.output = MOST_TEXT;
        let name = input.name();
        let path = match input {
            Input::File(path) => path,
            Input::Stdin => return Self::from_bytes(name, read_stdin()?, &budget, console),
            Input::Text(text) => return Self::from_bytes(name, quoted(text).into_bytes(), &budget, console),
        };
        let size = size_of(path, &budget)?;
        let bytes = || fs::read(path).map_err(|error| cannot_read(path, &error));
        let read = match open_corpus::worker(&LimitArgs::default()) {
            Some(worker) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                worker::read(&worker, path, &name, &budget)?
            }
            None => read_in_process(path, &bytes()?, &budget),
        };
        let article = Self::understand(read, name, size, bytes, console)?;
        Ok(Self { file: Some(path.to_owned()), ..article })
    }

    /// Reads what is no file. A reader is chosen by content where one recognises it, else that of plain text.
    fn from_bytes(name: String, bytes: Vec<u8>, budget: &Budget, console: &Console) -> Result<Self> {
        let file = stdin_name(&bytes);
        let read = match open_corpus::worker(&LimitArgs::default()) {
            // In a worker, as reports are: an article that crashes its reader must not end the command.
            Some(worker) => worker::read_bytes(&worker, &bytes, file, budget)?,
            None => read_in_process(Path::new(file), &bytes, budget),
        };
        let size = bytes.len() as u64;
        Self::understand(read, name, size, || Ok(bytes), console)
    }

    /// The article that a reader made of a file, or the plain text of a file from which it could make none.
    fn understand(
        read: std::result::Result<Report, ReadError>,
        name: String,
        size: u64,
        bytes: impl FnOnce() -> Result<Vec<u8>>,
        console: &Console,
    ) -> Result<Self> {
        let reason = match read {
            Ok(report) if !report.paragraphs.is_empty() => {
                for warning in
                    report.warnings.iter().filter(|warning| UNREAD.contains(&warning.code.as_str()))
                {
                    console.note(format!("{name}: {}", warning.message));
                }
                return Ok(Self { name, report, file: None });
            }
            Ok(_) => "no paragraph was found in it".to_owned(),
            // What is too much for a reader that can be ended is too much for this process.
            Err(error) if error.kind() == ReadErrorKind::OverBudget => {
                let what = format!("the article is too long to be checked ({name}): {error}");
                return Err(Error::new(what).cure("give only the part of it that has the quotations"));
            }
            Err(error) => error.to_string(),
        };
        let text = if size <= MOST_PLAIN { String::from_utf8(bytes()?).ok() } else { None };
        // The text of these formats is not what a reader sees of them.
        let is_code = |text: &str| text.trim_start().starts_with(['<', '{']) || text.starts_with("%PDF");
        let Some(text) = text.filter(|text| !text.is_empty() && !text.contains('\0') && !is_code(text))
        else {
            return Err(Error::new(format!("the article cannot be read ({name}): {reason}")));
        };
        console.note(format!("the article is read as plain text ({name}): {reason}"));
        Ok(Self { name, report: plain(&text), file: None })
    }
}

/// A text given as an argument. One without any quotation mark is a quotation itself: the shell took the marks.
fn quoted(text: &str) -> String {
    let is_quoted =
        text.contains(['“', '”', '"', '«', '»', '‘', '„']) || text.contains(" '") || text.starts_with('\'');
    if is_quoted { text.to_owned() } else { format!("“{}”", text.trim()) }
}

/// A plain text as an article: a paragraph for each run of lines without an empty one.
fn plain(text: &str) -> Report {
    let mut article = Report::default();
    let lines: Vec<&str> = text.lines().collect();
    let runs = lines.split(|line| line.trim().is_empty()).filter(|run| !run.is_empty());
    article.paragraphs.extend(runs.map(|run| {
        let mut paragraph = Paragraph::new(run.join("\n"));
        if run[0].trim_start().starts_with(['•', '*', '-', '–']) {
            paragraph.role = Role::Bullet;
        }
        paragraph
    }));
    article
}

/// A file name for standard input: a reader is chosen by content where one recognises it, else as for plain text.
fn stdin_name(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(Readers::HEAD)];
    if Readers::default().find(Path::new(inputs::STDIN), head).is_none() {
        "article.txt"
    } else {
        inputs::STDIN
    }
}

/// Reads an article in this process, on systems where no worker can be started.
fn read_in_process(path: &Path, bytes: &[u8], budget: &Budget) -> std::result::Result<Report, ReadError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Readers::default().read(path, bytes, budget).map(|document| Report::from_document(&document, &name))
}

fn read_stdin() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than allowed, so that a longer input is noticed.
    let read = std::io::stdin().lock().take(MOST_STDIN + 1).read_to_end(&mut bytes);
    read.map_err(|error| Error::new(format!("the article cannot be read (standard input): {error}")))?;
    if bytes.len() as u64 > MOST_STDIN {
        let what = format!("the article has more than {} MiB (standard input)", MOST_STDIN >> 20);
        return Err(Error::new(what).cure("save it to a file and name the file, or give only a part of it"));
    }
    if bytes.is_empty() {
        return Err(Error::new("the article cannot be read (standard input): it is empty"));
    }
    Ok(bytes)
}

/// The size of the file of an article, in bytes.
fn size_of(path: &Path, budget: &Budget) -> Result<u64> {
    let metadata = fs::metadata(path).map_err(|error| cannot_read(path, &error))?;
    if !metadata.is_file() {
        return Err(Error::new(format!("{} is not a file", path.display()))
            .cure("give the article first, then the folder of the reports; - reads standard input"));
    }
    if metadata.len() > budget.input {
        let what = format!("the article has more than {} MiB ({})", budget.input >> 20, path.display());
        return Err(Error::new(what).cure("give only the part of it that has the quotations"));
    }
    Ok(metadata.len())
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::NotFound => Error::new(format!("there is no article {}", path.display())),
        _ => Error::new(format!("the article cannot be read ({}): {error}", path.display())),
    }
}
