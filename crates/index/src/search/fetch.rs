//! Fetches found paragraphs: their text, what to highlight, and their citation.

use std::cell::OnceCell;
use std::ops::Range;

use quotable_query::matcher::Condition;
use quotable_query::{Span, Text};
use quotable_report::{Citation, Judgement, PageLabels, Report, Section, URL_FIELD};

use crate::error::{Error, Result};
use crate::id::Id;
use crate::search::compiled::CompiledQuery;
use crate::search::found::FoundParagraph;
use crate::search::hit::{Cursor, Hit};
use crate::search::order::cursor_of;
use crate::search::score::Bm25;
use crate::store::entry::Entry;
use crate::store::keyword::keywords;
use crate::store::record::{HeadingContext, Record};
use crate::store::state::State;
use crate::store::tokens::words_of;

/// A hit, with the words of its text and the word positions of its occurrences.
pub(crate) struct MarkedHit {
    pub(crate) hit: Hit,
    pub(crate) text: Text,
    /// The occurrences, as ranges of words and of bytes of the text.
    pub(crate) occurrences: Vec<Span>,
    /// The pages of the whole paragraph.
    pub(crate) pages: quotable_report::Pages,
    /// The labels of the pages of its report.
    pub(crate) page_labels: PageLabels,
    /// Those of its pages whose text was recognised in pictures.
    pub(crate) ocr_pages: Vec<u32>,
}

/// Fetches a found paragraph as a hit.
pub(crate) fn fetch(compiled: &CompiledQuery, found: &FoundParagraph) -> Result<Hit> {
    mark(compiled, found).map(|marked| marked.hit)
}

/// Fetches a found paragraph as a hit, with its words.
///
/// The occurrences come from running the matcher over the stored text, not from postings: the postings have positions
/// of words, but no bytes. The matcher is also the oracle that tests compare the index with.
pub(crate) fn mark(compiled: &CompiledQuery, found: &FoundParagraph) -> Result<MarkedHit> {
    let record: Option<Record> = compiled.state.record(found.source, found.ordinal)?;
    let record = record.ok_or_else(|| Error::damaged("the text of a paragraph is missing"))?;
    let address = compiled.state.sources().address(found.source, found.ordinal);
    // Made only for a query that has a filter.
    let cell = OnceCell::new();
    let keywords = || cell.get_or_init(|| keywords(&record.paragraph, &record.context));
    let text = Text::with_sentences(&record.paragraph.text, &record.paragraph.sentences);
    let marked = compiled.plan.matcher.find_if(&text, |condition| match condition {
        Condition::Filter(filter) => compiled.plan.passes(filter, found.source, keywords(), &text),
        Condition::Within { scope, query } => {
            address.is_some_and(|address| compiled.plan.matches_in(scope, query, address))
        }
        _ => false,
    });
    let matches = marked.marks.into_iter().map(|span| span.bytes).collect();
    let pages = record.paragraph.pages.clone();
    let words = text.word_count();
    let mut hit = cited(&compiled.state, found.source, found.ordinal, record, matches, words)?;
    hit.score = Bm25::round(found.score);
    hit.occurrences = marked.occurrences.iter().map(|span| span.bytes.clone()).collect();
    hit.cursor = cursor_of(compiled, found);
    let entry = compiled.state.sources().entry(found.source);
    let page_labels = entry.map(|entry| entry.page_labels.clone()).unwrap_or_default();
    let ocr_pages = entry.map(|entry| entry.ocr_pages.clone()).unwrap_or_default();
    Ok(MarkedHit { hit, text, occurrences: marked.occurrences, pages, page_labels, ocr_pages })
}

/// Makes a hit from a stored paragraph, without score, occurrences and cursor. `matches` are byte ranges of its text;
/// the pages of the citation are those of the matches, or of the whole paragraph if there are none.
pub(crate) fn hit(
    state: &State,
    source: u32,
    ordinal: u32,
    record: Record,
    matches: Vec<Range<usize>>,
) -> Result<Hit> {
    let words = words_of(&record.paragraph);
    cited(state, source, ordinal, record, matches, words)
}

/// The same as [`hit`], of a paragraph whose words are counted.
fn cited(
    state: &State,
    source: u32,
    ordinal: u32,
    record: Record,
    matches: Vec<Range<usize>>,
    words: u32,
) -> Result<Hit> {
    let Record { mut paragraph, context } = record;
    // The citation is made by the same code as for a whole report: rebuild as much of the report as it reads.
    let mut report = state.sources().entry(source).map(cited_report).unwrap_or_default();
    paragraph.section = push_sections(&mut report, &context);
    report.paragraphs.push(paragraph);
    let whole = 0..report.paragraphs.first().map_or(0, |paragraph| paragraph.text.len());
    let bytes = match (matches.first(), matches.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => whole,
    };
    let citation = Citation::of(&report, 0, bytes);
    let (Some(citation), Some(paragraph)) = (citation, report.paragraphs.pop()) else {
        return Err(Error::damaged("a paragraph cannot be cited"));
    };
    Ok(Hit {
        id: Id::of_report(&report.path).paragraph(ordinal),
        score: 0.0,
        occurrences: Vec::new(),
        text: paragraph.text,
        matches,
        words,
        sentences: paragraph.sentences,
        role: paragraph.role,
        theme: context.theme,
        boilerplate: state.boilerplate_reports(source, ordinal)?,
        citation,
        cursor: Cursor(String::new()),
    })
}

/// A report with the facts that a citation names, without text.
fn cited_report(entry: &Entry) -> Report {
    let mut report = Report::default();
    report.path.clone_from(&entry.path);
    report.kind = entry.kind;
    report.title.clone_from(&entry.title);
    report.authority.clone_from(&entry.authority);
    report.framework.clone_from(&entry.framework);
    report.series.clone_from(&entry.series);
    report.inspectorate.clone_from(&entry.inspectorate);
    if let Some((name, url)) = entry.fields.get_key_value(URL_FIELD) {
        report.fields.insert(name.clone(), url.clone());
    }
    report.inspected.clone_from(&entry.inspected);
    report.published = entry.published;
    report.page_labels.clone_from(&entry.page_labels);
    report.ocr_pages.clone_from(&entry.ocr_pages);
    let overall = entry.grades.iter().find(|given| given.area == "overall");
    report
        .judgements
        .extend(overall.map(|given| Judgement::new(given.area.clone(), "", given.grade.clone(), "")));
    report
}

/// Adds the headings above a paragraph to the report as sections, each nested in the one before. Returns the number of
/// the innermost.
fn push_sections(report: &mut Report, context: &HeadingContext) -> Option<u32> {
    let mut last = None;
    for (number, heading) in (0..).zip(&context.headings) {
        let mut section = Section::new(heading.as_str(), u8::try_from(number + 1).unwrap_or(u8::MAX));
        section.parent = last.replace(number);
        report.sections.push(section);
    }
    if let Some(innermost) = report.sections.last_mut() {
        innermost.grade.clone_from(&context.grade);
    }
    last
}
