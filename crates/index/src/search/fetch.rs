//! Fetches found paragraphs: their text, what to highlight, and their citation.

use std::cell::OnceCell;
use std::ops::Range;

use quotable_query::Text;
use quotable_query::matcher::{Condition, Found};
use quotable_report::{Citation, CitedFacts, OVERALL_AREA, Pages, url_of};

use crate::error::{Error, Result};
use crate::id::Id;
use crate::search::compiled::CompiledQuery;
use crate::search::found::FoundParagraph;
use crate::search::hit::Hit;
use crate::search::order::write_cursor;
use crate::search::score::Bm25;
use crate::store::entry::Entry;
use crate::store::keyword::keywords;
use crate::store::record::Record;
use crate::store::state::State;
use crate::store::tokens::words_of;

/// Fetches found paragraphs one after another, each into the memory of the one before.
///
/// A hit owns some forty strings and lists, and to allocate them takes a fifth of the time to fetch it. So who fetches many keeps
/// the fetcher, and who needs one hit at a time keeps the hit too: see [`fill`](Self::fill).
#[derive(Debug, Default)]
pub(crate) struct Fetcher {
    /// The paragraph that was read last; once a hit is made of it, memory for the next.
    pub(crate) record: Record,
    /// Its words.
    pub(crate) text: Text,
}

impl Fetcher {
    /// Fetches a found paragraph as a hit.
    pub(crate) fn fetch(&mut self, compiled: &CompiledQuery, found: &FoundParagraph) -> Result<Hit> {
        let mut hit = blank(&compiled.state, found.source, found.ordinal)?;
        self.fill(compiled, found, &mut hit)?;
        Ok(hit)
    }

    /// Fetches a found paragraph into a hit of the same source. After an error the hit has parts of both paragraphs.
    pub(crate) fn fill(
        &mut self,
        compiled: &CompiledQuery,
        found: &FoundParagraph,
        hit: &mut Hit,
    ) -> Result<()> {
        let marked = self.read(compiled, found)?;
        hit.matches.clear();
        hit.matches.extend(marked.marks.into_iter().map(|span| span.bytes));
        hit.occurrences.clear();
        hit.occurrences.extend(marked.occurrences.into_iter().map(|span| span.bytes));
        hit.words = self.text.word_count();
        hit.score = Bm25::round(found.score);
        write_cursor(compiled, found, &mut hit.cursor.0);
        set_paragraph(&compiled.state, found.source, found.ordinal, &mut self.record, hit)
    }

    /// Reads a found paragraph and its words, and finds what to highlight.
    ///
    /// The occurrences come from running the matcher over the stored text, not from postings: the postings have positions
    /// of words, but no bytes. The matcher is also the oracle that tests compare the index with.
    pub(crate) fn read(&mut self, compiled: &CompiledQuery, found: &FoundParagraph) -> Result<Found> {
        if !self.read_at(&compiled.state, found.source, found.ordinal)? {
            return Err(Error::damaged("the text of a paragraph is missing"));
        }
        let Self { record, text } = self;
        let address = compiled.state.sources().address(found.source, found.ordinal);
        // Made only for a query that has a filter.
        let cell = OnceCell::new();
        let keywords = || cell.get_or_init(|| keywords(&record.paragraph, &record.context));
        Ok(compiled.plan.matcher.find_if(text, |condition| match condition {
            Condition::Filter(filter) => compiled.plan.passes(filter, found.source, keywords(), text),
            Condition::Within { scope, query } => {
                address.is_some_and(|address| compiled.plan.matches_in(scope, query, address))
            }
            _ => false,
        }))
    }

    /// Reads a paragraph and its words; false if there is no such paragraph.
    pub(crate) fn read_at(&mut self, state: &State, source: u32, ordinal: u32) -> Result<bool> {
        let found = state.read_record(source, ordinal, &mut self.record)?;
        if found {
            let Record { paragraph, runs, .. } = &self.record;
            self.text.set_runs(&paragraph.text, &paragraph.sentences, runs);
        }
        Ok(found)
    }
}

/// Fetches some found paragraphs as hits.
pub(crate) fn fetch_all<'f>(
    compiled: &CompiledQuery,
    found: impl IntoIterator<Item = &'f FoundParagraph>,
) -> Result<Vec<Hit>> {
    let mut fetcher = Fetcher::default();
    found.into_iter().map(|found| fetcher.fetch(compiled, found)).collect()
}

/// Makes a hit from a stored paragraph, without score, occurrences and cursor. `matches` are byte ranges of its text;
/// the pages of the citation are those of the matches, or of the whole paragraph if there are none.
pub(crate) fn hit(
    state: &State,
    source: u32,
    ordinal: u32,
    mut record: Record,
    matches: Vec<Range<usize>>,
) -> Result<Hit> {
    let mut hit = blank(state, source, ordinal)?;
    (hit.matches, hit.words) = (matches, words_of(&record.paragraph));
    set_paragraph(state, source, ordinal, &mut record, &mut hit)?;
    Ok(hit)
}

/// A hit that cites its source, and has nothing else as yet.
fn blank(state: &State, source: u32, ordinal: u32) -> Result<Hit> {
    let mut hit = Hit::blank(cited_source(state, source)?.1.paragraph(ordinal));
    cite_source(state, source, &mut hit.citation)?;
    Ok(hit)
}

/// Cites a source, in the memory of another citation.
pub(crate) fn cite_source(state: &State, source: u32, citation: &mut Citation) -> Result<()> {
    let (entry, _) = cited_source(state, source)?;
    let overall = entry.grades.iter().find(|given| given.area == OVERALL_AREA);
    citation.set_facts(&CitedFacts {
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
    });
    Ok(())
}

/// Cites the pages of some bytes of a paragraph.
pub(crate) fn cite_bytes(entry: &Entry, pages: &Pages, bytes: Range<usize>, citation: &mut Citation) {
    // An empty range ends on the page where it begins.
    let last = bytes.end.saturating_sub(1).max(bytes.start);
    citation.set_pages(pages.at(bytes.start), pages.at(last), &entry.page_labels);
    citation.set_ocr(&entry.ocr_pages);
}

/// Cites the headings above a paragraph, and its number.
pub(crate) fn cite_section(record: &Record, citation: &mut Citation) {
    citation.headings.clone_from(&record.context.headings);
    citation.grade.clone_from(&record.context.grade);
    citation.paragraph.clone_from(&record.paragraph.number);
}

/// Fills a hit with a paragraph that was read; the text that the hit had goes to the record. The pages of the citation are those of the
/// matches, which the hit has already, or of the whole paragraph if there are none.
fn set_paragraph(state: &State, source: u32, ordinal: u32, record: &mut Record, hit: &mut Hit) -> Result<()> {
    let (entry, id) = cited_source(state, source)?;
    debug_assert_eq!(hit.citation.path, entry.path, "a hit cites another source");
    let bytes = match (hit.matches.first(), hit.matches.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..record.paragraph.text.len(),
    };
    cite_bytes(entry, &record.paragraph.pages, bytes, &mut hit.citation);
    cite_section(record, &mut hit.citation);
    hit.id = id.paragraph(ordinal);
    std::mem::swap(&mut hit.text, &mut record.paragraph.text);
    std::mem::swap(&mut hit.sentences, &mut record.paragraph.sentences);
    std::mem::swap(&mut hit.theme, &mut record.context.theme);
    hit.role = record.paragraph.role;
    hit.boilerplate = state.boilerplate_reports(source, ordinal)?;
    Ok(())
}

/// The entry of a source that is cited, and its id.
pub(crate) fn cited_source(state: &State, source: u32) -> Result<(&Entry, &Id)> {
    let (entry, id) = (state.sources().entry(source), state.sources().id(source));
    entry.zip(id).ok_or_else(|| Error::damaged("a paragraph cannot be cited"))
}
