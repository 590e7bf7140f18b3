//! Subcorpora: some paragraphs of the corpus, with the postings of all words.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::postings::{Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, TERMINATED};

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
/// Words that a thread takes at once. Tests share a few words among threads.
const WORDS_AT_ONCE: usize = if cfg!(test) { 2 } else { 64 };

/// Some paragraphs of the corpus, and the postings of all its words.
///
/// Takes 24 bytes for each listed paragraph, four for each document of the index, and some hundred for each word in each of the fields and
/// segments that have it; nothing for the text.
pub(crate) struct Subcorpus {
    /// The state that the postings are of.
    state: Arc<State>,
    /// The folded words, by number.
    words: Vec<Box<str>>,
    /// In the order of the numbers of their words.
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

/// Takes the occurrences of one word after another.
pub(crate) trait WordTally {
    /// Takes the occurrences of the word at hand in a listed paragraph, by its index. Paragraphs come in any order.
    fn add(&mut self, paragraph: u32, occurrences: u32);

    /// Ends the word at hand.
    fn end_word(&mut self, word: u32);
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
        let index = self.by_doc.get(place.segment).and_then(|by_doc| by_doc.get(place.doc as usize));
        index.is_some_and(|index| *index != NOT_IN)
    }

    /// The index of a paragraph in [`paragraphs`](Self::paragraphs); `None` if it is not listed.
    pub(crate) fn find(&self, source: u32, ordinal: u32) -> Option<usize> {
        self.paragraphs
            .binary_search_by_key(&(source, ordinal), |paragraph| (paragraph.source, paragraph.ordinal))
            .ok()
    }

    /// The listed paragraph of a document of a segment.
    pub(super) fn listed(&self, segment: usize, doc: u32) -> Option<&ListedParagraph> {
        let index = self.by_doc.get(segment)?.get(doc as usize)?;
        self.paragraphs.get(*index as usize)
    }

    /// Counts the occurrences of each word in each listed paragraph, from frequencies alone. Several threads share the words, each
    /// with a tally of its own, made by `new`. Reports progress as `step`.
    ///
    /// # Errors
    /// Those of a search, and damage.
    pub(crate) fn tally<T: WordTally + Send>(
        &self,
        options: &SearchOptions,
        interrupt: &Interrupt,
        step: &'static str,
        new: impl Fn() -> T + Sync,
    ) -> Result<Vec<T>> {
        self.in_words(options, interrupt, step, new, |tally, postings, interrupt| {
            let Some(first) = postings.first() else { return Ok(()) };
            for word_postings in postings {
                self.each_document(word_postings, IndexRecordOption::WithFreqs, |index, postings| {
                    interrupt.charge(1)?;
                    let Some(paragraph) = self.paragraphs.get(index as usize) else { return Ok(()) };
                    // All sums of frequencies are then at most numbers of words.
                    if postings.term_freq() as usize > paragraph.len() {
                        return Err(Error::damaged("a paragraph has a word more often than it has words"));
                    }
                    tally.add(index, postings.term_freq());
                    Ok(())
                })?;
            }
            tally.end_word(first.word);
            Ok(())
        })
    }

    /// Calls `each` with the positions of every word in every paragraph: the number of the word, the paragraph if it is listed, and
    /// the postings at it. Several threads share the words, each with a buffer of its own. Reports progress.
    ///
    /// # Errors
    /// Those of a search, and damage.
    pub(super) fn read_positions(
        &self,
        options: &SearchOptions,
        interrupt: &Interrupt,
        each: impl Fn(&mut Vec<u32>, u32, Option<&ListedParagraph>, &mut SegmentPostings) + Sync,
    ) -> Result<()> {
        self.in_words(options, interrupt, READING_WORDS, Vec::new, |buffer, postings, interrupt| {
            for word_postings in postings {
                let option = IndexRecordOption::WithFreqsAndPositions;
                self.each_document(word_postings, option, |index, postings| {
                    let paragraph = self.paragraphs.get(index as usize);
                    interrupt.charge_items(paragraph.map_or(1, |_| postings.term_freq() as usize))?;
                    if index != NOT_IN {
                        each(buffer, word_postings.word, paragraph, postings);
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Calls `work` with all postings of each word, from several threads.
    fn in_words<T: Send>(
        &self,
        options: &SearchOptions,
        interrupt: &Interrupt,
        step: &'static str,
        new: impl Fn() -> T + Sync,
        work: impl Fn(&mut T, &[WordPostings], &mut Interrupt) -> Result<()> + Sync,
    ) -> Result<Vec<T>> {
        let threads = if cfg!(test) { 3 } else { threads_for(self.listed_words()) };
        let next = AtomicUsize::new(0);
        options.report(step, 0, self.words.len() as u64);
        in_threads(threads, |thread| {
            let (mut interrupt, mut tally) = (interrupt.clone(), new());
            catch_engine_panic(|| {
                loop {
                    let from = next.fetch_add(WORDS_AT_ONCE, Ordering::Relaxed);
                    if from >= self.words.len() {
                        return interrupt.look();
                    }
                    // One thread alone, so that progress never goes back.
                    if thread == 0 {
                        options.report(step, from as u64, self.words.len() as u64);
                    }
                    let place = |word: usize| {
                        self.postings.partition_point(|postings| (postings.word as usize) < word)
                    };
                    let postings =
                        self.postings.get(place(from)..place(from + WORDS_AT_ONCE)).unwrap_or_default();
                    for postings in postings.chunk_by(|one, other| one.word == other.word) {
                        work(&mut tally, postings, &mut interrupt)?;
                    }
                }
            })?;
            Ok(tally)
        })
    }

    /// Calls `each` with every document that has a word, by the index of its paragraph, which is no index if it is not listed.
    fn each_document(
        &self,
        postings: &WordPostings,
        option: IndexRecordOption,
        mut each: impl FnMut(u32, &mut SegmentPostings) -> Result<()>,
    ) -> Result<()> {
        let WordPostings { segment, field, info, .. } = postings;
        let (Some(reader), Some(by_doc)) =
            (self.state.searcher().segment_readers().get(*segment), self.by_doc.get(*segment))
        else {
            return Ok(());
        };
        let index = reader.inverted_index(*field).map_err(Error::of_engine)?;
        let mut postings = index.read_postings_from_terminfo(info, option).map_err(Error::of_index_file)?;
        let mut doc = postings.doc();
        while doc != TERMINATED {
            each(by_doc.get(doc as usize).copied().unwrap_or(NOT_IN), &mut postings)?;
            doc = postings.advance();
        }
        Ok(())
    }
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

/// Numbers the words of some fields, and finds their postings, in the order of these numbers.
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
    postings.sort_by_key(|postings| postings.word);
    Ok((words, postings))
}
