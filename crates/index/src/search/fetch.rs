//! Found paragraphs as they are shown.

use std::cell::OnceCell;
use std::ops::Range;

use quotable_query::matcher::Condition;
use quotable_query::{Span, Text};
use quotable_report::{Citation, Report, Section};

use crate::error::{Error, Result};
use crate::id::Id;
use crate::search::compiled::CompiledQuery;
use crate::search::found::FoundParagraph;
use crate::search::hit::{Cursor, Hit};
use crate::search::order::cursor;
use crate::search::score::Bm25;
use crate::store::entry::Entry;
use crate::store::keyword::keywords;
use crate::store::record::{HeadingContext, Record};
use crate::store::state::State;

/// A hit, and its words.
pub(crate) struct MarkedHit {
    pub(crate) hit: Hit,
    pub(crate) text: Text,
    /// The occurrences, in words and bytes of the text.
    pub(crate) occurrences: Vec<Span>,
    pub(crate) pages: quotable_report::Pages,
}

/// Makes a hit of what was found.
pub(crate) fn fetch(compiled: &CompiledQuery, found: &FoundParagraph) -> Result<Hit> {
    mark(compiled, found).map(|marked| marked.hit)
}

/// Makes a hit of what was found. What is marked comes of the words of the stored text, by the matcher that is the
/// measure of the index.
pub(crate) fn mark(compiled: &CompiledQuery, found: &FoundParagraph) -> Result<MarkedHit> {
    let record: Option<Record> = compiled.state.record(found.source, found.ordinal)?;
    let record = record.ok_or_else(|| Error::damaged("a paragraph found is not there"))?;
    let place = compiled.state.sources().address(found.source, found.ordinal);
    // Few queries ask for them.
    let known = OnceCell::new();
    let facets = || known.get_or_init(|| keywords(&record.paragraph, &record.context));
    let text = Text::with_sentences(&record.paragraph.text, &record.paragraph.sentences);
    let marked = compiled.plan.matcher.find_if(&text, |condition| match condition {
        Condition::Filter(filter) => compiled.plan.passes(filter, found.source, facets(), &text),
        Condition::Within { scope, query } => {
            place.is_some_and(|place| compiled.plan.holds_in(scope, query, place))
        }
        _ => false,
    });
    let matches = marked.marks.into_iter().map(|span| span.bytes).collect();
    let pages = record.paragraph.pages.clone();
    let mut hit = hit(&compiled.state, found.source, found.ordinal, record, matches)?;
    hit.score = Bm25::round(found.score);
    hit.occurrences = marked.occurrences.iter().map(|span| span.bytes.clone()).collect();
    hit.cursor = cursor(compiled, found);
    Ok(MarkedHit { hit, text, occurrences: marked.occurrences, pages })
}

/// Makes a hit of a stored paragraph. `matches` are byte ranges of its text; the pages of the citation are those of
/// the matches, or of the whole paragraph without any.
pub(crate) fn hit(
    state: &State,
    source: u32,
    ordinal: u32,
    record: Record,
    matches: Vec<Range<usize>>,
) -> Result<Hit> {
    let Record { mut paragraph, context } = record;
    let mut report = state.sources().entry(source).map(cited).unwrap_or_default();
    paragraph.section = lay_out(&mut report, &context);
    report.paragraphs.push(paragraph);
    let whole = 0..report.paragraphs.first().map_or(0, |paragraph| paragraph.text.len());
    let bytes = match (matches.first(), matches.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => whole,
    };
    let citation = Citation::of(&report, 0, bytes);
    let (Some(citation), Some(paragraph)) = (citation, report.paragraphs.pop()) else {
        return Err(Error::damaged("a paragraph has no place to cite"));
    };
    Ok(Hit {
        id: Id::of_report(&report.path).paragraph(ordinal),
        score: 0.0,
        occurrences: Vec::new(),
        text: paragraph.text,
        matches,
        sentences: paragraph.sentences,
        role: paragraph.role,
        theme: context.theme,
        boilerplate: state.boilerplate_reports(source, ordinal)?,
        citation,
        cursor: Cursor(String::new()),
    })
}

/// What a citation says of a report.
fn cited(entry: &Entry) -> Report {
    let mut report = Report::default();
    report.path.clone_from(&entry.path);
    report.kind = entry.kind;
    report.title.clone_from(&entry.title);
    report.authority.clone_from(&entry.authority);
    report.framework = entry.framework;
    report.inspected.clone_from(&entry.inspected);
    report.published = entry.published;
    report
}

/// Lays out the headings above a paragraph as sections; gives the innermost.
fn lay_out(report: &mut Report, context: &HeadingContext) -> Option<u32> {
    let mut last = None;
    for (number, heading) in (0..).zip(&context.headings) {
        let mut section = Section::new(heading.as_str(), u8::try_from(number + 1).unwrap_or(u8::MAX));
        section.parent = last.replace(number);
        report.sections.push(section);
    }
    if let Some(innermost) = report.sections.last_mut() {
        innermost.grade = context.grade;
    }
    last
}
