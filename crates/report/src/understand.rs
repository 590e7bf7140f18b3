//! From a document to a report: the pipeline of this crate.
//!
//! Furniture is removed first, because a running head would part the halves of a paragraph that a page break cuts; the
//! halves are joined before headings are told, because half a sentence looks like one. Metadata and judgements decide
//! the kind of the document; only then is an article trimmed and the outline built.

mod contents;
mod long_text;
mod outline_builder;
mod page_break;
mod warnings;

use std::convert::Infallible;

use quotable_read::{Budget, Document, ReadError, ReadErrorKind};

use crate::article::{self, Head};
use crate::element::{Element, ElementKind, elements};
use crate::furniture;
use crate::join::Vocabulary;
use crate::judgement::find::judgements;
use crate::metadata::declared::Declared;
use crate::metadata::printed_date::date_in_file_name;
use crate::metadata::title_page::{Metadata, metadata};
use crate::outline;
use crate::report::{Report, ReportKind};

/// Numbered paragraphs; press articles have fewer.
const NUMBERED_REPORT: usize = 5;
/// Characters; longer text is no title.
const LONGEST_TITLE: usize = 200;

impl Report {
    /// Understands a document. Never fails: what could not be understood is left out, and [`warnings`](Self::warnings)
    /// say so.
    ///
    /// `path` is the path of the source relative to the corpus, with `/`. It also gives the date of publication and the
    /// authority with its number where the text has none.
    pub fn from_document(document: &Document, path: &str) -> Self {
        let Ok(report) = understand::<Infallible>(document, path, &|| Ok(()));
        report
    }

    /// Understands a document within the time of a budget whose clock is running. The clock is read between steps that
    /// each take time in proportion to the document.
    ///
    /// # Errors
    /// [`ReadErrorKind::OverBudget`] if the time is used up.
    pub fn from_document_within(document: &Document, path: &str, budget: &Budget) -> Result<Self, ReadError> {
        understand(document, path, &|| {
            if !budget.is_over() {
                return Ok(());
            }
            let message = "the file was read, but holds too much text to be understood in the time allowed; raise the time limit, or split the file";
            Err(ReadError::new(ReadErrorKind::OverBudget, message))
        })
    }
}

/// Runs the pipeline. `check` is called between its steps, and an error from it ends the run.
fn understand<E>(document: &Document, path: &str, check: &dyn Fn() -> Result<(), E>) -> Result<Report, E> {
    check()?;
    let blocks = furniture::strip(document);
    let mut vocabulary = Vocabulary::default();
    for line in blocks.iter().flat_map(|block| &block.lines) {
        vocabulary.add(&line.text);
    }
    check()?;
    let mut elements = elements(&blocks, &vocabulary);
    check()?;
    contents::remove(&mut elements);
    page_break::join(&mut elements, &vocabulary);
    check()?;
    outline::mark_headings(&mut elements);
    check()?;

    let metadata = metadata(&elements, &Declared::of(document), path);
    let judgements = if metadata.framework.is_some() || !metadata.inspected.is_empty() {
        judgements(&elements, metadata.framework)
    } else {
        Vec::new()
    };
    check()?;
    let mut report = Report::new(path);
    report.kind = kind(document, &elements, &metadata, !judgements.is_empty());
    report.pages = document.pages;
    report.warnings = document.warnings.clone();
    if report.kind == ReportKind::Article {
        let Head { title, byline, published } = article::trim(&mut elements, document);
        report.title = title;
        report.byline = byline;
        report.published = published.or_else(|| date_in_file_name(path));
    } else {
        let Metadata { title, authority, framework, inspected, published, lead_inspector } = metadata;
        report.title = title.or_else(|| fallback_title(&elements));
        report.authority = authority.filter(|_| report.kind == ReportKind::Report);
        report.framework = framework;
        report.inspected = inspected;
        report.published = published;
        report.lead_inspector = lead_inspector;
        report.judgements = judgements;
    }
    long_text::shorten_facts(&mut report);
    outline_builder::add_paragraphs(&mut report, elements, check)?;
    warnings::add(&mut report);
    Ok(report)
}

/// Inspection report, press article or other document. `judged`: judgements were found.
fn kind(document: &Document, elements: &[Element], metadata: &Metadata, judged: bool) -> ReportKind {
    let numbered = elements.iter().filter(|element| element.number.is_some()).count();
    // A headline may be worded like a report's title; then the lack of all else tells the article.
    let bare =
        metadata.inspected.is_empty() && metadata.lead_inspector.is_none() && numbered < NUMBERED_REPORT;
    let press = || article::is_article(document, elements);
    if (metadata.framework.is_some() || judged) && !(bare && press()) {
        ReportKind::Report
    } else if press() {
        ReportKind::Article
    } else {
        ReportKind::Other
    }
}

/// The title of a document that is no report: its first heading, else a first line with text below it.
fn fallback_title(elements: &[Element]) -> Option<String> {
    let first = elements.first()?;
    let heading = elements.iter().find(|element| matches!(element.kind, ElementKind::Heading(_)));
    let is_line = elements.len() > 1 && !first.text().ends_with(['.', '?', '!', ':']);
    let title = heading.or(Some(first).filter(|_| is_line))?;
    (title.text().chars().count() <= LONGEST_TITLE).then(|| title.text().to_owned())
}
