//! `quotable check`.

use std::fs;
use std::path::Path;

use quotable::query::{Field, Query};
use quotable::read::{Budget, Readers};
use quotable::report::{Date, Report};
use quotable::{CheckOptions, Quotation, quotations, quotations_in};

use crate::args::{self, check::CheckFormat};
use crate::error::{Error, Result};
use crate::render::checks::{self, Checked, Tally};
use crate::render::number::counted;
use crate::render::page::Page;
use crate::session::{Outcome, Session};
use crate::shelf;

/// How many quotations are checked at most: more than any article has, few enough that any file is done with.
const MOST: usize = 2_000;

pub(crate) fn run(args: &args::Check, session: &mut Session) -> Result<Outcome> {
    let article = Article::read(&args.article, session)?;
    let shelf = shelf::find(&args.place, &args.refreshing, session)?;
    let snapshot = shelf.index.snapshot();
    let about = snapshot.about(&article.text, article.published);
    if let Some(about) = &about {
        session.note(format!("the article names {} most: places in its reports come first", about.name));
    }
    let authority = args.authority.as_ref().map(|name| Query::filter(Field::Authority, name));
    let mut options = CheckOptions::default().about(about);
    // An article that lies among the reports would prove itself.
    let others = shelf.place.filter_without(&args.article);
    options.filter = shelf.place.filter().into_iter().chain(authority).chain(others).reduce(Query::and);

    let mut tally = Tally::default();
    if args.format == CheckFormat::Csv {
        checks::csv_head(&mut session.out, args.raw)?;
    }
    for (number, quotation) in (1..).zip(article.quotations.iter().take(MOST)) {
        let check = shelf.index.check_with(quotation, &options)?;
        let one = Checked { number, quotation, check: &check };
        tally.add(&one);
        let out = &mut session.out;
        match args.format {
            CheckFormat::Text => checks::text(&mut Page::new(out, &session.environment), &one)?,
            CheckFormat::Jsonl => checks::json(out, &one)?,
            CheckFormat::Csv => checks::csv(out, &one, args.raw)?,
            CheckFormat::Markdown => checks::markdown(out, &one)?,
        }
    }
    tally.left = article.quotations.len().saturating_sub(MOST) as u64;
    match args.format {
        _ if article.quotations.is_empty() => {
            let size = counted(article.text.split_whitespace().count() as u64, "words");
            session.note(format!("no quotation was found in the article, which has {size}"));
        }
        CheckFormat::Text => {
            Page::new(&mut session.out, &session.environment).text("", 0, &tally.summary(), &[])?;
        }
        CheckFormat::Markdown => {
            use std::io::Write as _;
            writeln!(session.out, "{}", tally.summary())?;
        }
        CheckFormat::Jsonl | CheckFormat::Csv => session.note(tally.summary()),
    }
    Ok(Outcome::of(article.quotations.len() as u64))
}

/// What is to be checked.
struct Article {
    text: String,
    published: Option<Date>,
    quotations: Vec<Quotation>,
}

impl Article {
    /// Reads an article as reports are read; text of which that makes nothing, as it stands.
    fn read(path: &Path, session: &Session) -> Result<Self> {
        let unusable = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::new(format!("there is no article {}", path.display())),
            _ => Error::new(format!("the article cannot be read ({}): {error}", path.display())),
        };
        let budget = Budget::default();
        let about = fs::metadata(path).map_err(unusable)?;
        if !about.is_file() {
            return Err(Error::new(format!("{} is not a file", path.display()))
                .cure("give the article first, then the folder of the reports"));
        }
        if about.len() > budget.input {
            let what = format!("the article has {} bytes; the limit is {}", about.len(), budget.input);
            return Err(Error::new(what).cure("give the part of it that quotes"));
        }
        let bytes = fs::read(path).map_err(unusable)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let refusal = match Readers::default().read(path, &bytes, &budget) {
            Ok(document) => {
                let report = Report::from_document(&document, &name);
                if !report.paragraphs.is_empty() {
                    return Ok(Self::of(&report));
                }
                "no paragraph was found in it".to_owned()
            }
            Err(error) => error.to_string(),
        };
        let text = String::from_utf8(bytes).ok().filter(|text| !text.is_empty() && !text.contains('\0'));
        let Some(text) = text else {
            return Err(Error::new(format!("the article cannot be read ({}): {refusal}", path.display())));
        };
        session.note(format!("the article is read as plain text: {refusal}"));
        let quotations = quotations_in(&text);
        Ok(Self { text, published: None, quotations })
    }

    fn of(report: &Report) -> Self {
        let texts = report.title.iter().chain(report.paragraphs.iter().map(|paragraph| &paragraph.text));
        let text = texts.map(String::as_str).collect::<Vec<_>>().join("\n\n");
        Self { text, published: report.published, quotations: quotations(report) }
    }
}
