//! Theme chunks as the unit of an answer: the run of paragraphs under one theme heading.

use std::collections::{BTreeMap, BinaryHeap};
use std::ops::Range;

use quotable_report::Citation;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::id::Id;
use crate::search::compiled::CompiledQuery;
use crate::search::fetch::{fetch, hit};
use crate::search::found::FoundParagraph;
use crate::search::hit::{Counts, Hit};
use crate::search::order::{HitOrder, SortKey};
use crate::search::tally::Tally;
use crate::search::theme_chunk::{chunk_around, theme_starts};
use crate::store::engine_panic::catch_engine_panic;
use crate::store::record::Record;
use crate::store::sources::SourceRange;
use crate::store::state::State;

/// The run of paragraphs under one theme heading, or of those that stand under none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Chunk {
    /// The stable id of its first paragraph, which names the chunk.
    pub id: Id,
    /// The stable name of its theme; `None` for what stands under no theme's heading.
    pub theme: Option<String>,
    /// What was found in it. Of a chunk that was not searched for, nothing.
    pub counts: Counts,
    /// All its paragraphs in order, headings, rows of tables and notes among them, with what is to be marked.
    pub paragraphs: Vec<Hit>,
}

impl Chunk {
    fn new(counts: Counts, paragraphs: Vec<Hit>) -> Result<Self> {
        let first = paragraphs.first().ok_or_else(|| Error::damaged("a theme chunk is empty"))?;
        // A row or a note before the first heading may stand nowhere.
        let theme = paragraphs.iter().find_map(|hit| hit.theme.clone());
        Ok(Self { id: first.id.clone(), theme, counts, paragraphs })
    }

    /// Where it stands: the headings above its first paragraph, and all its pages.
    pub fn citation(&self) -> Option<Citation> {
        let mut citation = self.paragraphs.first()?.citation.clone();
        citation.paragraph = None;
        (citation.page, citation.page_end) = self.pages().unzip();
        Some(citation)
    }

    /// The first and the last page on which it stands, one-based; `None` if its source has no pages.
    pub fn pages(&self) -> Option<(u32, u32)> {
        let firsts = self.paragraphs.iter().filter_map(|hit| hit.citation.page);
        let lasts = self.paragraphs.iter().filter_map(|hit| hit.citation.page_end);
        Some((firsts.min()?, lasts.max()?))
    }
}

/// The first chunks of a search, and how much there is in all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Chunks {
    /// What was found in all.
    pub counts: Counts,
    /// In how many chunks.
    pub all: u64,
    /// The chunks asked for.
    pub chunks: Vec<Chunk>,
}

/// A chunk while hits in it are gathered.
#[derive(Default)]
struct Gathering {
    tally: Tally,
    best: Option<SortKey>,
    found: Vec<FoundParagraph>,
}

/// The first `n` theme chunks with a match.
pub(crate) fn top(compiled: &CompiledQuery, n: usize) -> Result<Chunks> {
    let order = HitOrder::new(compiled);
    let state = &*compiled.state;
    let theme_starts = ThemeStarts::load(state)?;
    let mut gathered: BTreeMap<(u32, u32), Gathering> = BTreeMap::new();
    let counts = compiled.each(true, |found, place| {
        let first = theme_starts.chunk(state, &found, place.segment).start;
        let chunk = gathered.entry((found.source, first)).or_default();
        chunk.tally.add(&found);
        chunk.found.push(found);
        let key = order.key(&found);
        chunk.best = Some(chunk.best.map_or(key, |best| best.min(key)));
    })?;
    let all = gathered.len() as u64;
    let mut first: BinaryHeap<(Option<SortKey>, (u32, u32))> = BinaryHeap::new();
    for (&place, chunk) in &gathered {
        first.push((chunk.best, place));
        if first.len() > n {
            first.pop();
        }
    }
    let chunks = first.into_sorted_vec().into_iter().map(|(_, place)| {
        let chunk = gathered.remove(&place).unwrap_or_default();
        let paragraphs = chunk_at(state, &theme_starts, place.0, place.1)?;
        // Found one after another, in the order of the chunk.
        let mut found = chunk.found.iter().peekable();
        let marked = paragraphs.into_iter().map(|hit| {
            let found = found.next_if(|found| hit.id.ordinal() == Some(found.ordinal));
            found.map_or(Ok(hit), |found| fetch(compiled, found))
        });
        Chunk::new(chunk.tally.counts(), marked.collect::<Result<_>>()?)
    });
    let chunks = chunks.collect::<Result<_>>()?;
    Ok(Chunks { counts, all, chunks })
}

/// The theme chunk of a paragraph; `None` if there is no such paragraph.
pub(crate) fn of_paragraph(state: &State, id: &Id) -> Result<Option<Chunk>> {
    let Some(ordinal) = id.ordinal() else {
        let message = format!("{id} is the id of a report, not of a paragraph");
        return Err(Error::new(ErrorKind::Invalid, message));
    };
    let Some(source) = state.find_id(&id.report()) else { return Ok(None) };
    if ordinal == 0 || state.sources().address(source, ordinal).is_none() {
        return Ok(None);
    }
    let paragraphs = chunk_at(state, &ThemeStarts::load(state)?, source, ordinal)?;
    Chunk::new(Tally::default().counts(), paragraphs).map(Some)
}

/// The paragraphs of the chunk in which that paragraph stands.
fn chunk_at(state: &State, theme_starts: &ThemeStarts, source: u32, ordinal: u32) -> Result<Vec<Hit>> {
    let Some(place) = state.sources().address(source, ordinal) else { return Ok(Vec::new()) };
    let found = FoundParagraph { source, ordinal, ..FoundParagraph::default() };
    let ordinals = theme_starts.chunk(state, &found, place.segment_ord as usize);
    let hits = ordinals.filter_map(|ordinal| {
        let record = state.record::<Record>(source, ordinal).transpose()?;
        Some(record.and_then(|record| hit(state, source, ordinal, record, Vec::new())))
    });
    hits.collect()
}

/// The documents of each segment with which a theme chunk begins, save the first of each source.
struct ThemeStarts(Vec<Vec<u32>>);

impl ThemeStarts {
    fn load(state: &State) -> Result<Self> {
        let readers = state.searcher().segment_readers().iter();
        catch_engine_panic(|| readers.map(|reader| theme_starts(state, reader)).collect::<Result<_>>())
            .map(Self)
    }

    /// The ordinals of the paragraphs of the chunk in which a paragraph stands.
    fn chunk(&self, state: &State, found: &FoundParagraph, segment: usize) -> Range<u32> {
        let Some(place) = state.sources().address(found.source, 0) else { return 0..0 };
        let len = state.sources().entry(found.source).map_or(0, |entry| entry.documents);
        let run = SourceRange { base: place.doc_id, len, source: found.source };
        let theme_starts = self.0.get(segment).map_or(&[][..], Vec::as_slice);
        let unit = chunk_around(run.base + found.ordinal, &run, theme_starts);
        unit.start - run.base..unit.end - run.base
    }
}
