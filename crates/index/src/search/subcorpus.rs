//! Subcorpora: some paragraphs of the corpus, with the postings of all words.

mod tally;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::postings::{Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, TERMINATED};

pub(crate) use self::tally::{Tallied, WordTally};
use crate::error::{Error, ErrorKind, Result};
use crate::interrupt::Interrupt;
use crate::parallel::{in_threads, threads_for};
use crate::search::compiled::CompiledQuery;
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::search::options::SearchOptions;
use crate::store::engine_panic::catch_engine_panic;
use crate::store::state::State;
use crate::store::vocabulary::each_word;
use crate::store::word_counts::WordCounts;

/// The step of work that is reported while postings are read.
pub(crate) const READING_WORDS: &str = "reading the words";
/// The most different words, and the most words of all listed paragraphs: a forward index uses the bit above for itself.
pub(super) const MOST_WORDS: u32 = (1 << 31) - 1;
/// Marks a document that is not in the subcorpus.
const NOT_IN: u32 = u32::MAX;
/// Marks a paragraph that is in the subcorpus and not listed.
const UNLISTED: u32 = u32::MAX - 1;
/// So many occurrences of a word in a paragraph are believed without a look at the paragraph.
const FEW_OCCURRENCES: usize = if cfg!(test) { 2 } else { 255 };
/// Lists of postings that a thread takes at once. Tests share a few among threads.
const LISTS_AT_ONCE: usize = if cfg!(test) { 2 } else { 64 };

/// Some paragraphs of the corpus, and the postings of all its words.
///
/// Takes 24 bytes for each listed paragraph, four for each document of the index (sixteen while words are counted), and some hundred for
/// each word in each of the fields and segments that have it; nothing for the text.
pub(crate) struct Subcorpus {
    /// The state that the postings are of.
    state: Arc<State>,
    /// The folded words, by number.
    words: Vec<Box<str>>,
    /// As they lie in the index: by segment and field, and by word in each.
    postings: Vec<WordPostings>,
    /// In report order.
    paragraphs: Vec<ListedParagraph>,
    /// By segment and document, the index of a paragraph in `paragraphs`.
    by_doc: Vec<Vec<u32>>,
    /// The number of words of all paragraphs, listed or not.
    size: u64,
}

/// A paragraph of a [`Subcorpus`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListedParagraph {
    /// The number of its source.
    pub(crate) source: u32,
    /// Its number among the paragraphs of the source, one-based.
    pub(crate) ordinal: u32,
    /// Number of reports that contain it word for word, if it is boilerplate; else zero.
    pub(crate) boilerplate: u32,
    /// The number of words of the paragraphs listed before it.
    pub(crate) start: u32,
    /// The same with its own words.
    pub(crate) end: u32,
}

impl ListedParagraph {
    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// Where the postings of a word are, in one field of one segment.
struct WordPostings {
    word: u32,
    segment: usize,
    field: Field,
    info: TermInfo,
}

impl Subcorpus {
    /// Lists those paragraphs that a query finds for which `wanted` holds.
    ///
    /// # Errors
    /// [`OverLimit`](ErrorKind::OverLimit) if they have more than two thousand million words; those of a search.
    pub(crate) fn of_those(
        compiled: &CompiledQuery,
        wanted: impl FnMut(&FoundParagraph) -> bool,
    ) -> Result<Self> {
        Self::make(compiled, wanted, false)
    }

    /// The same of all paragraphs that the query finds, of which only those are listed for which `wanted` holds.
    pub(super) fn listing_those(
        compiled: &CompiledQuery,
        wanted: impl FnMut(&FoundParagraph) -> bool,
    ) -> Result<Self> {
        Self::make(compiled, wanted, true)
    }

    fn make(
        compiled: &CompiledQuery,
        mut wanted: impl FnMut(&FoundParagraph) -> bool,
        with_others: bool,
    ) -> Result<Self> {
        let state = &compiled.state;
        let lengths = WordCounts::open(state)?;
        let readers = state.searcher().segment_readers().iter();
        let mut by_doc: Vec<Vec<u32>> =
            readers.map(|reader| vec![NOT_IN; reader.max_doc() as usize]).collect();
        let (mut listed, mut size) = (Vec::new(), 0);
        compiled.each(false, |paragraph, place| {
            let is_listed = wanted(&paragraph);
            if is_listed || with_others {
                size = lengths.get(place.segment, place.doc).saturating_add(size);
            }
            if is_listed {
                listed.push(Listed::new(&paragraph, place));
            } else if with_others && let Some(slot) = slot(&mut by_doc, place) {
                *slot = UNLISTED;
            }
        })?;
        listed.sort_unstable_by_key(|listed| (listed.source, listed.ordinal));
        let paragraphs = list(&listed, &lengths, &mut by_doc)?;
        drop(listed);
        let mut interrupt = compiled.options.interrupt();
        let (words, postings) =
            catch_engine_panic(|| vocabulary(state, &compiled.plan.fields, &mut interrupt))?;
        Ok(Self { state: Arc::clone(state), words, postings, paragraphs, by_doc, size })
    }

    /// The state that it is of.
    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// The number of different words: word numbers are less. Some may not occur in these paragraphs.
    pub(crate) fn word_count(&self) -> usize {
        self.words.len()
    }

    /// The folded word with this number.
    pub(crate) fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", |word| word)
    }

    /// The listed paragraphs, in report order.
    pub(crate) fn paragraphs(&self) -> &[ListedParagraph] {
        &self.paragraphs
    }

    /// The number of words of the listed paragraphs.
    pub(crate) fn listed_words(&self) -> usize {
        self.paragraphs.last().map_or(0, |last| last.end as usize)
    }

    /// The number of words of all paragraphs, listed or not.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// True if the document is in the subcorpus.
    pub(crate) fn contains(&self, place: SegmentDoc) -> bool {
        self.index_of(place.segment, place.doc) != NOT_IN
    }

    /// The index of the paragraph of a document, which is no index if it is not listed.
    fn index_of(&self, segment: usize, doc: u32) -> u32 {
        let index = self.by_doc.get(segment).and_then(|by_doc| by_doc.get(doc as usize));
        index.copied().unwrap_or(NOT_IN)
    }

    /// The index of a paragraph in [`paragraphs`](Self::paragraphs); `None` if it is not listed.
    pub(crate) fn find(&self, source: u32, ordinal: u32) -> Option<usize> {
        self.paragraphs
            .binary_search_by_key(&(source, ordinal), |paragraph| (paragraph.source, paragraph.ordinal))
            .ok()
    }

    /// The listed paragraph of a document of a segment.
    pub(super) fn listed(&self, segment: usize, doc: u32) -> Option<&ListedParagraph> {
        self.paragraphs.get(self.index_of(segment, doc) as usize)
    }

    /// Reads the positions of all words: calls `place` with a word, the [start](ListedParagraph::start) of a listed paragraph that
    /// has it, the postings at that paragraph, and a buffer; and `count` with a word and some of its occurrences in all paragraphs,
    /// listed or not. Several threads share the words. Reports progress.
    ///
    /// # Errors
    /// Those of a search, and damage.
    pub(super) fn read_positions(
        &self,
        options: &SearchOptions,
        interrupt: &Interrupt,
        place: impl Fn(u32, u32, &mut SegmentPostings, &mut Vec<u32>) + Sync,
        count: impl Fn(u32, u64) + Sync,
    ) -> Result<()> {
        // One lookup for each of many postings, where the list would take two.
        let starts: Vec<Vec<u32>> = self.by_doc.iter().map(|by_doc| self.starts(by_doc)).collect();
        // In the order in which they lie in the index, for the reason that `tally` gives.
        let shares: Vec<&[WordPostings]> = self.postings.chunks(LISTS_AT_ONCE).collect();
        self.share(options, interrupt, READING_WORDS, &shares, Vec::new, |buffer, lists, interrupt| {
            for postings in *lists {
                let mut occurrences = 0;
                let option = IndexRecordOption::WithFreqsAndPositions;
                read_documents(&self.state, postings, option, |doc, at| {
                    let of_segment = starts.get(postings.segment).and_then(|starts| starts.get(doc as usize));
                    let start = of_segment.copied().unwrap_or(NOT_IN);
                    if start != NOT_IN {
                        occurrences += u64::from(at.term_freq());
                    }
                    if start >= UNLISTED {
                        return interrupt.charge(1);
                    }
                    let occurrences = at.term_freq() as usize;
                    // Room is made for all positions before they are read.
                    if occurrences > FEW_OCCURRENCES
                        && self.listed(postings.segment, doc).is_none_or(|listed| occurrences > listed.len())
                    {
                        return Err(tally::too_often());
                    }
                    interrupt.charge_items(occurrences)?;
                    place(postings.word, start, at, buffer);
                    Ok(())
                })?;
                count(postings.word, occurrences);
            }
            Ok(())
        })?;
        Ok(())
    }

    /// By document, the start of its listed paragraph.
    fn starts(&self, by_doc: &[u32]) -> Vec<u32> {
        let start = |index: &u32| self.paragraphs.get(*index as usize).map_or(*index, |listed| listed.start);
        by_doc.iter().map(start).collect()
    }

    /// Calls `work` with each of some items, from several threads.
    fn share<I: Sync, T: Send>(
        &self,
        options: &SearchOptions,
        interrupt: &Interrupt,
        step: &'static str,
        items: &[I],
        new: impl Fn() -> T + Sync,
        work: impl Fn(&mut T, &I, &mut Interrupt) -> Result<()> + Sync,
    ) -> Result<Vec<T>> {
        let threads = if cfg!(test) { 3 } else { threads_for(self.listed_words()) };
        let next = AtomicUsize::new(0);
        options.report(step, 0, items.len() as u64);
        in_threads(threads, |thread| {
            let (mut interrupt, mut own) = (interrupt.clone(), new());
            catch_engine_panic(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(number) else { return interrupt.look() };
                    // One thread alone, so that progress never goes back.
                    if thread == 0 {
                        options.report(step, number as u64, items.len() as u64);
                    }
                    work(&mut own, item, &mut interrupt)?;
                }
            })?;
            Ok(own)
        })
    }
}

/// Calls `each` with every document that has a word.
fn read_documents(
    state: &State,
    postings: &WordPostings,
    option: IndexRecordOption,
    mut each: impl FnMut(u32, &mut SegmentPostings) -> Result<()>,
) -> Result<()> {
    let WordPostings { segment, field, info, .. } = postings;
    let Some(reader) = state.searcher().segment_readers().get(*segment) else { return Ok(()) };
    let index = reader.inverted_index(*field).map_err(Error::of_engine)?;
    let mut postings = index.read_postings_from_terminfo(info, option).map_err(Error::of_index_file)?;
    let mut doc = postings.doc();
    while doc != TERMINATED {
        each(doc, &mut postings)?;
        let next = postings.advance();
        if next <= doc {
            return Err(Error::damaged("a word has a paragraph twice"));
        }
        doc = next;
    }
    Ok(())
}

/// A paragraph to list, and its document.
struct Listed {
    source: u32,
    ordinal: u32,
    boilerplate: u32,
    doc: u32,
    segment: u32,
}

impl Listed {
    fn new(paragraph: &FoundParagraph, place: SegmentDoc) -> Self {
        let FoundParagraph { source, ordinal, boilerplate, .. } = *paragraph;
        let segment = u32::try_from(place.segment).unwrap_or(u32::MAX);
        Self { source, ordinal, boilerplate, doc: place.doc, segment }
    }

    fn place(&self) -> SegmentDoc {
        SegmentDoc { segment: self.segment as usize, doc: self.doc }
    }
}

fn slot(by_doc: &mut [Vec<u32>], place: SegmentDoc) -> Option<&mut u32> {
    by_doc.get_mut(place.segment).and_then(|by_doc| by_doc.get_mut(place.doc as usize))
}

/// Makes the list of paragraphs, and gives each document the index of its own.
fn list(listed: &[Listed], lengths: &WordCounts, by_doc: &mut [Vec<u32>]) -> Result<Vec<ListedParagraph>> {
    let mut paragraphs = Vec::with_capacity(listed.len());
    let mut end = 0_u64;
    for (index, paragraph) in (0..).zip(listed) {
        let start = end;
        end = lengths.get(paragraph.place().segment, paragraph.doc).saturating_add(end);
        let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else {
            return Err(too_many_words());
        };
        if end >= MOST_WORDS {
            return Err(too_many_words());
        }
        if let Some(slot) = slot(by_doc, paragraph.place()) {
            *slot = index;
        }
        let Listed { source, ordinal, boilerplate, .. } = *paragraph;
        paragraphs.push(ListedParagraph { source, ordinal, boilerplate, start, end });
    }
    Ok(paragraphs)
}

fn too_many_words() -> Error {
    Error::new(
        ErrorKind::OverLimit,
        "there is too much text to count its words: more than two thousand million; name a folder of the corpus, or narrow it by a \
         filter",
    )
}

/// Numbers the words of some fields, and finds their postings.
fn vocabulary(
    state: &State,
    fields: &[Field],
    interrupt: &mut Interrupt,
) -> Result<(Vec<Box<str>>, Vec<WordPostings>)> {
    let (mut words, mut postings): (Vec<Box<str>>, Vec<WordPostings>) = Default::default();
    let readers = state.searcher().segment_readers();
    // Only words of several dictionaries have to be looked up.
    let mut numbers = (readers.len() * fields.len() > 1).then(HashMap::<Box<str>, u32>::new);
    for (segment, reader) in readers.iter().enumerate() {
        for &field in fields {
            each_word(state.vocabularies(), segment, reader, field, "", interrupt, |word, info| {
                let next = u32::try_from(words.len()).unwrap_or(MOST_WORDS);
                let known = numbers.as_ref().and_then(|numbers| numbers.get(word).copied());
                let number = known.unwrap_or(next);
                if known.is_none() {
                    words.push(word.into());
                    if let Some(numbers) = &mut numbers {
                        numbers.insert(word.into(), next);
                    }
                }
                postings.push(WordPostings { word: number, segment, field, info: info.clone() });
            })?;
        }
    }
    Ok((words, postings))
}
