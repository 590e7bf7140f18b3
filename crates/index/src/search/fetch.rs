//! Fetches found paragraphs: their text, what to highlight, and their citation.

use std::cell::OnceCell;
use std::ops::Range;

use quotable_query::matcher::Condition;
use quotable_query::{Span, Text};
use quotable_report::{Citation, CitedFacts, OVERALL_AREA, Pages, url_of};

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

/// A hit with the words of its text, before it has a score, occurrences in bytes and a cursor.
pub(crate) struct MarkedHit {
    /// The number of its source.
    pub(crate) source: u32,
    pub(crate) hit: Hit,
    pub(crate) text: Text,
    /// The occurrences, as ranges of words and of bytes of the text.
    pub(crate) occurrences: Vec<Span>,
    /// The pages of the whole paragraph.
    pub(crate) pages: Pages,
}

/// Fetches a found paragraph as a hit.
pub(crate) fn fetch(compiled: &CompiledQuery, found: &FoundParagraph) -> Result<Hit> {
    let MarkedHit { mut hit, occurrences, .. } = mark(compiled, found)?;
    hit.score = Bm25::round(found.score);
    hit.occurrences = occurrences.into_iter().map(|span| span.bytes).collect();
    hit.cursor = cursor_of(compiled, found);
    Ok(hit)
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
    let words = text.word_count();
    let (hit, pages) = cited(&compiled.state, found.source, found.ordinal, record, matches, words)?;
    Ok(MarkedHit { source: found.source, hit, text, occurrences: marked.occurrences, pages })
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
    cited(state, source, ordinal, record, matches, words).map(|(hit, _)| hit)
}

/// The entry of a source that is cited, and its id.
pub(crate) fn cited_source(state: &State, source: u32) -> Result<(&Entry, &Id)> {
    let (entry, id) = (state.sources().entry(source), state.sources().id(source));
    entry.zip(id).ok_or_else(|| Error::damaged("a paragraph cannot be cited"))
}

/// The same as [`hit`], of a paragraph whose words are counted, with the pages of the whole paragraph.
pub(crate) fn cited(
    state: &State,
    source: u32,
    ordinal: u32,
    record: Record,
    matches: Vec<Range<usize>>,
    words: u32,
) -> Result<(Hit, Pages)> {
    let Record { paragraph, context } = record;
    let (entry, id) = cited_source(state, source)?;
    let bytes = match (matches.first(), matches.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..paragraph.text.len(),
    };
    let HeadingContext { headings, theme, grade } = context;
    let citation = Citation::from_facts(&cited_facts(entry), headings, grade, &paragraph, bytes);
    let hit = Hit {
        id: id.paragraph(ordinal),
        score: 0.0,
        occurrences: Vec::new(),
        text: paragraph.text,
        matches,
        words,
        sentences: paragraph.sentences,
        role: paragraph.role,
        theme,
        boilerplate: state.boilerplate_reports(source, ordinal)?,
        citation,
        cursor: Cursor(String::new()),
    };
    Ok((hit, paragraph.pages))
}

/// What citations name of a source.
fn cited_facts(entry: &Entry) -> CitedFacts<'_> {
    let overall = entry.grades.iter().find(|given| given.area == OVERALL_AREA);
    CitedFacts {
        path: &entry.path,
        authority: entry.authority.as_ref(),
        title: entry.title.as_deref(),
        framework: entry.framework.as_ref(),
        series: entry.series.as_deref(),
        inspectorate: entry.inspectorate.as_deref(),
        url: url_of(&entry.fields),
        inspected: &entry.inspected,
        published: entry.published,
        overall: overall.map(|given| &given.grade),
        page_labels: &entry.page_labels,
        ocr_pages: &entry.ocr_pages,
    }
}
