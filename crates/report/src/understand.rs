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

use quotable_profile::{Framework, Profile, Profiles};
use quotable_read::{Block, Budget, Document, ReadError, ReadErrorKind, Warning};

use crate::article::{self, Head};
use crate::element::{Element, ElementKind, elements};
use crate::furniture;
use crate::join::Vocabulary;
use crate::judgement::find::judgements;
use crate::metadata::declared::Declared;
use crate::metadata::recognise::recognise;
use crate::metadata::title_page::{Metadata, metadata};
use crate::outline;
use crate::printed_date::date_in_file_name;
use crate::report::{Report, ReportKind};

/// Numbered paragraphs; press articles have fewer.
const NUMBERED_REPORT: usize = 5;
/// Characters; longer text is no title.
const LONGEST_TITLE: usize = 200;
/// A title is larger than running text by this factor.
const TITLE_SIZE: f32 = 1.2;
/// Blocks from the front by which the profile is chosen.
const FRONT: usize = 100;

/// How documents are understood: by which profiles, and within which budget.
///
/// ```
/// use quotable_read::Document;
/// use quotable_report::{Profiles, Understand};
///
/// let report = Understand::new(Profiles::built_in()).document(&Document::new("text"), "empty.txt")?;
/// assert!(report.paragraphs.is_empty());
/// # Ok::<(), quotable_read::ReadError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Understand<'a> {
    profiles: &'a Profiles,
    budget: Option<&'a Budget>,
    kind: Option<ReportKind>,
    framework: Option<&'a Framework>,
}

impl<'a> Understand<'a> {
    /// Understands documents by these profiles, without a limit of time.
    #[must_use]
    pub fn new(profiles: &'a Profiles) -> Self {
        Self { profiles, budget: None, kind: None, framework: None }
    }

    /// The same, within the time of a budget whose clock is running. The clock is read between steps that each take time
    /// in proportion to the document.
    #[must_use]
    pub fn within(self, budget: &'a Budget) -> Self {
        Self { budget: Some(budget), ..self }
    }

    /// The same, for documents of this kind, whatever they look like. `None` leaves the kind to be found.
    #[must_use]
    pub fn kind(self, kind: Option<ReportKind>) -> Self {
        Self { kind, ..self }
    }

    /// The same, for documents of this framework: the profile of that name, if there is one. `None` leaves the profile to
    /// be found.
    #[must_use]
    pub fn framework(self, framework: Option<&'a Framework>) -> Self {
        Self { framework, ..self }
    }

    /// Understands a document. What could not be understood is left out, and [`warnings`](Report::warnings) say so.
    ///
    /// `path` is the path of the source relative to the corpus, with `/`. It also gives the date of publication and the
    /// authority with its number where the text has none.
    ///
    /// # Errors
    /// [`ReadErrorKind::OverBudget`] if the time of the budget is used up.
    pub fn document(&self, document: &Document, path: &str) -> Result<Report, ReadError> {
        understand(document, path, self, &|| match self.budget {
            Some(budget) if budget.is_over() => {
                let message = "the file was read, but holds too much text to be understood in the time allowed; raise the time limit, or split the file";
                Err(ReadError::new(ReadErrorKind::OverBudget, message))
            }
            _ => Ok(()),
        })
    }
}

impl Report {
    /// Understands a document by the built-in profiles. Never fails: see [`Understand::document`].
    pub fn from_document(document: &Document, path: &str) -> Self {
        let Ok(report) =
            understand::<Infallible>(document, path, &Understand::new(Profiles::built_in()), &|| Ok(()));
        report
    }

    /// Understands a document by the built-in profiles within the time of a budget: see [`Understand::within`].
    ///
    /// # Errors
    /// [`ReadErrorKind::OverBudget`] if the time is used up.
    pub fn from_document_within(document: &Document, path: &str, budget: &Budget) -> Result<Self, ReadError> {
        Understand::new(Profiles::built_in()).within(budget).document(document, path)
    }
}

/// Runs the pipeline. `check` is called between its steps, and an error from it ends the run.
fn understand<E>(
    document: &Document,
    path: &str,
    settings: &Understand<'_>,
    check: &dyn Fn() -> Result<(), E>,
) -> Result<Report, E> {
    check()?;
    let profiles = settings.profiles;
    let blocks = furniture::strip(document);
    let vocabulary = vocabulary_of(&blocks);
    check()?;
    let named = settings.framework.and_then(|name| profiles.named(name.as_str()));
    let (profile, doubt) = match named {
        Some(profile) => (&**profile, None),
        None => profile(document, &blocks, &vocabulary, profiles),
    };
    check()?;
    let mut elements = read_elements(&blocks, &vocabulary, profile, check)?;

    let known = profile.recognise.is_some();
    let metadata = metadata(document, &elements, path, profile, profiles);
    let judgements =
        if known || !metadata.inspected.is_empty() { judgements(&elements, profile) } else { Vec::new() };
    check()?;
    let mut report = Report::new(path);
    let is_dated = metadata.authority.is_some() && !metadata.inspected.is_empty();
    let found = || kind(document, &elements, &metadata, known || is_dated || !judgements.is_empty());
    report.kind = settings.kind.unwrap_or_else(found);
    report.pages = document.pages;
    report.page_labels = document.page_labels.clone();
    report.ocr_pages.clone_from(&document.ocr_pages);
    report.warnings = document.warnings.clone();
    report.warnings.extend(doubt);
    if report.kind == ReportKind::Article {
        let words = |elements: &[Element]| -> usize {
            elements.iter().map(|element| element.text().split_whitespace().count()).sum()
        };
        let before = words(&elements);
        let Head { title, byline, published } = article::trim(&mut elements, document);
        let left_out = before.saturating_sub(words(&elements));
        if left_out > 0 {
            let message = format!(
                "read as an article of the press: {left_out} of {before} words, in menus and boxes, were left out; if it is \
                 no article, set its kind to report"
            );
            report.warnings.push(Warning::new("read-as-article", message));
        }
        report.title = title;
        report.byline = byline;
        report.published = published.or_else(|| date_in_file_name(path));
    } else {
        let Metadata { title, authority, inspected, published, lead_inspector, fields } = metadata;
        report.title = title.or_else(|| fallback_title(&elements, known));
        report.authority = authority;
        if known {
            report.framework = Some(profile.name.clone());
            report.series.clone_from(&profile.title);
            report.inspectorate.clone_from(&profile.inspectorate);
        }
        report.inspected = inspected;
        report.published = published;
        report.lead_inspector = lead_inspector;
        report.fields = fields;
        report.judgements = judgements;
    }
    long_text::shorten_facts(&mut report);
    let outline = if report.kind == ReportKind::Report { profile } else { profiles.general() };
    outline_builder::add_paragraphs(&mut report, elements, outline, check)?;
    warnings::add(&mut report, profile);
    Ok(report)
}

/// The elements of a document, with its headings marked.
fn read_elements<E>(
    blocks: &[Block],
    vocabulary: &Vocabulary,
    profile: &Profile,
    check: &dyn Fn() -> Result<(), E>,
) -> Result<Vec<Element>, E> {
    let mut elements = elements(blocks, vocabulary, profile);
    check()?;
    contents::remove(&mut elements);
    page_break::join(&mut elements, vocabulary, profile);
    check()?;
    outline::mark_headings(&mut elements, profile);
    check()?;
    Ok(elements)
}

/// The elements of a document as a profile reads them.
pub(crate) fn elements_of(document: &Document, profile: &Profile) -> Vec<Element> {
    let blocks = furniture::strip(document);
    let Ok(elements) = read_elements::<Infallible>(&blocks, &vocabulary_of(&blocks), profile, &|| Ok(()));
    elements
}

fn vocabulary_of(blocks: &[Block]) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for line in blocks.iter().flat_map(|block| &block.lines) {
        vocabulary.add(&line.text);
    }
    vocabulary
}

/// The profile of a document, chosen by its front, and a doubt about the choice.
fn profile<'p>(
    document: &Document,
    blocks: &[Block],
    vocabulary: &Vocabulary,
    profiles: &'p Profiles,
) -> (&'p Profile, Option<Warning>) {
    let mut front = elements(&blocks[..blocks.len().min(FRONT)], vocabulary, profiles.general());
    contents::remove(&mut front);
    let (profile, doubt) = recognise(document, &front, profiles);
    (profile, doubt)
}

/// Inspection report, press article or other document. `is_report`: a profile recognises it, or it has judgements.
fn kind(document: &Document, elements: &[Element], metadata: &Metadata, is_report: bool) -> ReportKind {
    if let Some(kind) = Declared::of(document).get(&["kind"]).and_then(ReportKind::named) {
        return kind;
    }
    let numbered = elements.iter().filter(|element| element.number.is_some()).count();
    // A headline may be worded like a report's title; then the lack of all else tells the article.
    let bare =
        metadata.inspected.is_empty() && metadata.lead_inspector.is_none() && numbered < NUMBERED_REPORT;
    let press = || article::is_article(document, elements);
    if is_report && !(bare && press()) {
        ReportKind::Report
    } else if press() {
        ReportKind::Article
    } else {
        ReportKind::Other
    }
}

/// The title of a document without a title by its profile: the largest line of the first page, else the first heading, else
/// a first line with text below it.
fn fallback_title(elements: &[Element], known: bool) -> Option<String> {
    let first = elements.first()?;
    let is_title = |element: &&Element| {
        let length = element.text().chars().count();
        (4..=LONGEST_TITLE).contains(&length) && element.text().chars().any(char::is_alphabetic)
    };
    let on_first_page = elements.iter().take_while(|element| element.page() == first.page()).filter(is_title);
    let body = elements
        .iter()
        .filter(|element| element.lines > 2)
        .filter_map(|element| element.look)
        .map(|look| look.size);
    // Larger than running text, or it is no title.
    let usual = body.fold((0.0_f32, 0_u32), |(sum, count), size| (sum + size, count + 1));
    let usual = if usual.1 > 0 { usual.0 / usual.1 as f32 } else { f32::MAX };
    let size = |element: &&Element| element.look.map_or(0.0, |look| look.size);
    let largest = on_first_page.fold(None, |best: Option<&Element>, element| match best {
        Some(best) if size(&best) >= size(&element) => Some(best),
        _ => Some(element),
    });
    let largest = largest.filter(|element| size(element) > usual * TITLE_SIZE);
    let heading = elements.iter().find(|element| matches!(element.kind, ElementKind::Heading(_)));
    let is_line = elements.len() > 1 && !first.text().ends_with(['.', '?', '!', ':']);
    // By its profile a report has no title: what its first heading says may be anything.
    let title = largest.or(heading).or(Some(first).filter(|_| is_line && !known))?;
    (title.text().chars().count() <= LONGEST_TITLE).then(|| title.text().to_owned())
}
