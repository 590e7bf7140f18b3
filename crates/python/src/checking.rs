//! Articles and reports compared: `check`, `follow`, `similar`.

use std::path::Path;

use pyo3::prelude::*;
use quotable::follow::{Concepts, Model, PairsError, follow as follow_pair, pairs, similar as similar_to};
use quotable::prelude::*;
use quotable::query::Query;
use quotable::read::{Budget, Readers};
use quotable::report::Report;
use quotable::{CancelFlag, CheckOptions, CodeBook, SearchOptions, Verdict};
use quotable_export::completeness::Completeness;

use crate::answer::Answer;
use crate::answers::checks::CheckRows;
use crate::answers::followed::{FollowRows, SimilarRows};
use crate::error::{fault, raise};
use crate::finding::lacking;
use crate::interrupt::run;
use crate::opening::Opened;
use crate::options::Options;

/// The most quotations checked of one article: more than any real one has, and few enough to end on any file.
const MOST_QUOTATIONS: usize = 2_000;
/// The most text of an article, in bytes: some five hundred times a long one.
const MOST_TEXT: usize = 8 << 20;

pub(crate) fn check(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let cancel = CancelFlag::new();
    let only = options.all_named::<Verdict>("only")?;
    let (name, bytes) = (options.need::<String>("name")?, options.need::<Vec<u8>>("article")?);
    let book = options.code_book()?;
    let duplicates = options.duplicates()?;
    let filter = options.filter()?;
    let about = options.text("about")?;
    let mut checked = CheckOptions::default().quotations(MOST_QUOTATIONS).cancel(cancel.clone());
    checked.codebook = Some(book.clone());
    checked.within = opened.place.within.clone();
    checked.duplicates = duplicates;
    checked.filter = filter.clone();
    let scope = opened.place.restrict(SearchOptions::default()).duplicates(duplicates).codebook(book);
    let scope = scope.cancel(cancel.clone());
    let snapshot = opened.index.snapshot();
    let found = run(py, &cancel, || {
        let looked_in = snapshot.search_with(&filter.unwrap_or(Query::All), &scope)?;
        looked_in.require_reports()?;
        let article = match article(&name, bytes) {
            Ok(article) => article,
            Err(what) => return Ok(Err(what)),
        };
        match about.as_deref() {
            Some("none") => checked.guess = false,
            Some(named) => match snapshot.about_named(named, article.published)? {
                Some(about) => checked.about = Some(about),
                None => {
                    return Ok(Err(format!(
                        "about: no report is called “{named}”; give the path of a report as reports() lists it, or an \
                         authority and a year: “Marlowe 2018”"
                    )));
                }
            },
            None => {}
        }
        let check = snapshot.check_article(&article, &checked)?;
        let notes = lacking(Completeness::from(&looked_in.provenance()));
        Ok(Ok((CheckRows { name, check, only }, notes)))
    })?;
    let (rows, notes) = found.map_err(|what| fault(py, "unreadable", &what))?;
    Ok(Answer::new(rows, notes))
}

/// The article in some bytes: a reader is chosen by the name where that has an extension, and by content; else it is plain
/// text.
fn article(name: &str, bytes: Vec<u8>) -> Result<Report, String> {
    let readers = Readers::default();
    let head = &bytes[..bytes.len().min(Readers::HEAD)];
    let path = if readers.find(Path::new(name), head).is_some() {
        Path::new(name)
    } else {
        Path::new("article.txt")
    };
    let mut budget = Budget::default();
    budget.output = MOST_TEXT;
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let document = readers
        .read(path, &bytes, &budget)
        .map_err(|error| format!("the article cannot be read: {error}"))?;
    let report = Report::from_document(&document, &file);
    if report.paragraphs.is_empty() {
        return Err("the article cannot be read: no paragraph was found in it".to_owned());
    }
    Ok(report)
}

pub(crate) fn follow(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let cancel = CancelFlag::new();
    let target: String = options.need("target")?;
    let snapshot = opened.index.snapshot();
    let whole = SearchOptions::default().cancel(cancel.clone());
    let found = run(py, &cancel, || {
        let pairs = match pairs(&snapshot, &target, &opened.place.restrict(whole.clone())) {
            Ok(pairs) => pairs,
            Err(PairsError::Index(error)) => return Err(error),
            Err(error) => return Ok(Err(error.to_string())),
        };
        let mut model = Model::learn(&snapshot, &whole)?;
        let concepts = Concepts::learn(&CodeBook::builtin(), &snapshot, &whole)?;
        let mut answers = Vec::new();
        let mut notes = Vec::new();
        for pair in pairs {
            let paths = (pair.earlier.path.as_str(), pair.later.path.as_str());
            let answer = follow_pair(&snapshot, &mut model, &concepts, paths, None, &whole)?;
            if answer.followed.is_empty() {
                notes.push(format!("{} asks for nothing under a heading that is known", pair.earlier.path));
            } else {
                answers.push((pair, answer));
            }
        }
        Ok(Ok((FollowRows::new(answers), notes)))
    })?;
    let (rows, mut notes) = found.map_err(|what| fault(py, "not-found", &what))?;
    notes.extend(lacking((&opened.index.status()).into()));
    Ok(Answer::new(rows, notes))
}

pub(crate) fn similar(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let cancel = CancelFlag::new();
    let target: String = options.need("target")?;
    let limit = options.get::<usize>("limit")?.unwrap_or(10);
    let snapshot = opened.index.snapshot();
    let paragraph = snapshot.paragraph(&target).map_err(|error| raise(py, &error))?;
    if paragraph.is_none() && !target.trim().contains(char::is_whitespace) {
        let what = format!("“{target}” is not the id of a paragraph, and too short for a text");
        return Err(fault(py, "not-found", &what));
    }
    let all = SearchOptions::default().cancel(cancel.clone());
    let searched = opened.place.restrict(all.clone());
    let rows = run(py, &cancel, || {
        snapshot.search_with(&Query::All, &searched)?.require_reports()?;
        let mut model = Model::learn(&snapshot, &all)?;
        let (words, without) = match &paragraph {
            Some(hit) => (hit.text.as_str(), Some(&hit.id)),
            None => (target.as_str(), None),
        };
        similar_to(&snapshot, &mut model, words, without, limit, &searched).map(SimilarRows)
    })?;
    Ok(Answer::new(rows, lacking((&opened.index.status()).into())))
}
