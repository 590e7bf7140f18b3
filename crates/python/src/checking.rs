//! Articles checked against the reports: `check`.

use pyo3::prelude::*;
use quotable::prelude::*;
use quotable::query::{Field, Query};
use quotable::{ArticleCheck, CancelFlag, CheckOptions, SearchOptions, Verdict, used_paragraphs};
use quotable_export::completeness::Completeness;

use crate::answer::Answer;
use crate::answers::checks::CheckRows;
use crate::answers::used::UsedRows;
use crate::article::{Article, Given};
use crate::error::fault;
use crate::finding::{lacking, unjudged};
use crate::interrupt::run;
use crate::opening::Opened;
use crate::options::Options;

/// The most quotations checked of one article: more than any real one has, and few enough to end on any file.
const MOST_QUOTATIONS: usize = 2_000;

pub(crate) fn check(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<Answer> {
    let cancel = CancelFlag::new();
    let only = options.all_named::<Verdict>("only")?;
    let given: Vec<Given> = options.need("articles")?;
    let book = options.code_book()?;
    let duplicates = options.duplicates()?;
    let filter = options.filter()?;
    let about = options.text("about")?;
    let reverse = options.flag("reverse")?;
    let mut checked = CheckOptions::default().quotations(MOST_QUOTATIONS).cancel(cancel.clone());
    checked.codebook = Some(book.clone());
    checked.within = opened.place.within.clone();
    checked.duplicates = duplicates;
    let scope = opened.place.restrict(SearchOptions::default()).duplicates(duplicates).codebook(book);
    let scope = scope.cancel(cancel.clone());
    let snapshot = opened.index.snapshot();
    let found = run(py, &cancel, || {
        let looked_in = snapshot.search_with(filter.as_ref().unwrap_or(&Query::All), &scope)?;
        looked_in.require_reports()?;
        let mut notes = unjudged(&looked_in)?;
        let mut checks: Vec<(String, ArticleCheck)> = Vec::with_capacity(given.len());
        for given in given {
            let article = match Article::read(given, opened.worker())? {
                Ok(article) => article,
                Err(what) => return Ok(Err(("unreadable", what))),
            };
            notes.extend(article.notes());
            // Without the article where it is in the corpus: every quotation would match itself.
            let file = article.file.as_deref();
            checked.article = file.and_then(|file| opened.place.path_of(file));
            let others = checked.article.as_deref().map(without);
            checked.filter = filter.clone().into_iter().chain(others).reduce(Query::and);
            match about.as_deref() {
                Some("none") => checked.guess = false,
                Some(named) => match snapshot.about_named(named, article.report.published)? {
                    Some(about) => checked.about = Some(about),
                    None => {
                        let what = format!(
                            "about: no report is called “{named}”; give the path of a report as reports() lists it, or an \
                             authority and a year: “Marlowe 2018”"
                        );
                        return Ok(Err(("not-found", what)));
                    }
                },
                None => {}
            }
            let check = snapshot.check_article(&article.report, &checked)?;
            if check.total == 0 && !reverse {
                notes.push(format!("no quotation was found in {}", article.name));
            }
            checks.push((article.name, check));
        }
        notes.extend(lacking(Completeness::from(&looked_in.provenance())));
        if reverse {
            let used = used_paragraphs(checks.iter().map(|(name, check)| (name.as_str(), check)));
            return Ok(Ok(Answer::new(UsedRows(used), notes)));
        }
        Ok(Ok(Answer::new(CheckRows { checks, only }, notes)))
    })?;
    found.map_err(|(kind, what)| fault(py, kind, &what))
}

/// A filter that leaves out the report with this path.
fn without(path: &str) -> Query {
    Query::Not(Box::new(Query::filter(Field::Path, format!("/{path}"))))
}
