//! Theme chunks: the run of paragraphs under one theme heading, as the unit of an answer.

use std::collections::{BTreeMap, BinaryHeap};
use std::ops::Range;

use quotable_report::Citation;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::id::Id;
use crate::search::compiled::CompiledQuery;
use crate::search::fetch::{Fetcher, hit};
use crate::search::found::FoundParagraph;
use crate::search::hit::{Counts, Hit};
use crate::search::order::{HitOrder, SortKey};
use crate::search::tally::Tally;
use crate::search::theme_chunk::{chunk_around, theme_starts};
use crate::store::engine_panic::catch_engine_panic;
use crate::store::record::Record;
use crate::store::sources::SourceRange;
use crate::store::state::State;

/// The run of paragraphs under one theme heading, or a run of paragraphs without one.
///
/// The documented record, which only grows, is `export::chunk::ChunkRecord` of the crate `quotable`; the form
/// that serde gives this type is for passing it between programs of one version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Chunk {
    /// The id of the chunk: that of its first paragraph.
    pub id: Id,
    /// The stable name of the theme; `None` if no theme heading is above the paragraphs.
    pub theme: Option<String>,
    /// The matches in the chunk; zeros if it was fetched without a search.
    pub counts: Counts,
    /// All paragraphs of the chunk in order, with headings, rows of tables and notes; those that match have their matches
    /// marked.
    pub paragraphs: Vec<Hit>,
}

impl Chunk {
    fn new(counts: Counts, paragraphs: Vec<Hit>) -> Result<Self> {
        let first = paragraphs.first().ok_or_else(|| Error::damaged("a theme chunk is empty"))?;
        // The first paragraph may be a row or a note, which can lack a section and so a theme.
        let theme = paragraphs.iter().find_map(|hit| hit.theme.clone());
        Ok(Self { id: first.id.clone(), theme, counts, paragraphs })
    }

    /// The citation of the chunk: the headings above its first paragraph, and the pages of all.
    pub fn citation(&self) -> Option<Citation> {
        let mut citation = self.paragraphs.first()?.citation.clone();
        citation.paragraph = None;
        (citation.page, citation.page_end) = self.pages().unzip();
        let of = |page: Option<u32>, one: fn(&Citation) -> (Option<u32>, &Option<String>)| {
            let mut all = self.paragraphs.iter().map(|hit| one(&hit.citation));
            all.find(|(other, _)| page.is_some() && *other == page).and_then(|(_, label)| label.clone())
        };
        citation.page_label = of(citation.page, |one| (one.page, &one.page_label));
        citation.page_label_end = of(citation.page_end, |one| (one.page_end, &one.page_label_end));
        Some(citation)
    }

    /// The first and the last page, one-based; `None` if the source has no pages.
    pub fn pages(&self) -> Option<(u32, u32)> {
        let firsts = self.paragraphs.iter().filter_map(|hit| hit.citation.page);
        let lasts = self.paragraphs.iter().filter_map(|hit| hit.citation.page_end);
        Some((firsts.min()?, lasts.max()?))
    }
}

/// The first chunks of a search, with the counts of the whole search.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Chunks {
    /// The counts of the whole search.
    pub counts: Counts,
    /// The number of chunks with a match.
    pub all: u64,
    /// The first chunks, at most the number asked for.
    pub chunks: Vec<Chunk>,
}

/// The most text of one chunk, in bytes: an answer holds all of it. A long report without any theme heading, which is one
/// chunk, has a tenth of that.
const LONGEST_CHUNK: usize = 16 << 20;

/// A chunk while its matches are collected.
#[derive(Default)]
struct PartialChunk {
    tally: Tally,
    best: Option<SortKey>,
    found: Vec<FoundParagraph>,
}

/// The first `n` theme chunks with a match.
pub(crate) fn top(compiled: &CompiledQuery, n: usize) -> Result<Chunks> {
    let order = HitOrder::new(compiled);
    let state = &*compiled.state;
    let theme_starts = ThemeStarts::load(state)?;
    // By source and the ordinal of the first paragraph.
    let mut gathered: BTreeMap<(u32, u32), PartialChunk> = BTreeMap::new();
    let counts = compiled.each(true, |found, place| {
        let first = theme_starts.chunk(state, &found, place.segment).start;
        let chunk = gathered.entry((found.source, first)).or_default();
        chunk.tally.add(&found);
        chunk.found.push(found);
        let key = order.key(&found);
        chunk.best = Some(chunk.best.map_or(key, |best| best.min(key)));
    })?;
    let all = gathered.len() as u64;
    // The `n` chunks with the least keys: the heap has the last of them on top, to be dropped first.
    let mut first: BinaryHeap<(Option<SortKey>, (u32, u32))> = BinaryHeap::new();
    for (&place, chunk) in &gathered {
        first.push((chunk.best, place));
        if first.len() > n {
            first.pop();
        }
    }
    let chunks = first.into_sorted_vec().into_iter().map(|(_, place)| {
        let chunk = gathered.remove(&place);
        debug_assert!(chunk.is_some(), "the heap holds only keys of the map");
        let chunk = chunk.unwrap_or_default();
        let paragraphs = chunk_at(state, &theme_starts, place.0, place.1)?;
        // Matches were collected in document order, which is the order of the paragraphs of a chunk.
        let mut found = chunk.found.iter().peekable();
        let mut fetcher = Fetcher::default();
        let marked = paragraphs.into_iter().map(|hit| {
            let found = found.next_if(|found| hit.id.ordinal() == Some(found.ordinal));
            found.map_or(Ok(hit), |found| fetcher.fetch(compiled, found))
        });
        Chunk::new(chunk.tally.counts(), marked.collect::<Result<_>>()?)
    });
    let chunks = chunks.collect::<Result<_>>()?;
    Ok(Chunks { counts, all, chunks })
}

/// The theme chunk of the paragraph with this id; `None` if there is no such paragraph.
pub(crate) fn of_paragraph(state: &State, id: &Id) -> Result<Option<Chunk>> {
    let Some(ordinal) = id.ordinal() else {
        let message = format!("{id} is the id of a report; give the id of a paragraph");
        return Err(Error::new(ErrorKind::Invalid, message));
    };
    let Some(source) = state.find_id(&id.report()) else { return Ok(None) };
    if ordinal == 0 || state.sources().address(source, ordinal).is_none() {
        return Ok(None);
    }
    let paragraphs = chunk_at(state, &ThemeStarts::load(state)?, source, ordinal)?;
    Chunk::new(Tally::default().counts(), paragraphs).map(Some)
}

/// The paragraphs of the chunk that holds paragraph `ordinal` of a source.
fn chunk_at(state: &State, theme_starts: &ThemeStarts, source: u32, ordinal: u32) -> Result<Vec<Hit>> {
    let Some(place) = state.sources().address(source, ordinal) else { return Ok(Vec::new()) };
    let found = FoundParagraph { source, ordinal, ..FoundParagraph::default() };
    let ordinals = theme_starts.chunk(state, &found, place.segment_ord as usize);
    let mut bytes = 0;
    let hits = ordinals.filter_map(|ordinal| {
        let record = state.record::<Record>(source, ordinal).transpose()?;
        Some(record.and_then(|record| {
            bytes += record.paragraph.text.len();
            if bytes > LONGEST_CHUNK {
                let path = state.sources().entry(source).map_or("", |entry| entry.path.as_str());
                let most = LONGEST_CHUNK >> 20;
                let message = format!(
                    "the section around a paragraph of {path} has more than {most} MiB of text; ask for paragraphs \
                     instead of theme sections"
                );
                return Err(Error::new(ErrorKind::OverLimit, message));
            }
            hit(state, source, ordinal, record, Vec::new())
        }))
    });
    hits.collect()
}

/// By segment, the documents at which a theme chunk begins, except the first document of each source.
struct ThemeStarts(Vec<Vec<u32>>);

impl ThemeStarts {
    fn load(state: &State) -> Result<Self> {
        let readers = state.searcher().segment_readers().iter();
        catch_engine_panic(|| readers.map(|reader| theme_starts(state, reader)).collect::<Result<_>>())
            .map(Self)
    }

    /// The ordinals of the paragraphs in the chunk of `found`.
    fn chunk(&self, state: &State, found: &FoundParagraph, segment: usize) -> Range<u32> {
        let Some(place) = state.sources().address(found.source, 0) else { return 0..0 };
        let len = state.sources().entry(found.source).map_or(0, |entry| entry.documents);
        let run = SourceRange { base: place.doc_id, len, source: found.source };
        let theme_starts = self.0.get(segment).map_or(&[][..], Vec::as_slice);
        let unit = chunk_around(run.base + found.ordinal, &run, theme_starts);
        unit.start - run.base..unit.end - run.base
    }
}
