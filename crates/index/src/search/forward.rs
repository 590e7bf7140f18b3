//! A forward index: the words of paragraphs in order, by number.
//!
//! The index proper is inverted: for each word, its places. What is counted beside what, and which words follow one
//! another, needs the opposite. It is made on demand from the postings and positions of all words, which takes some ten
//! nanoseconds a word; to read and analyse the stored texts takes many times as long.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};

use tantivy::postings::{Postings as _, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, TERMINATED, Term};

use crate::error::{Error, ErrorKind, Result};
use crate::interrupt::Interrupt;
use crate::parallel::{in_threads, threads_for};
use crate::search::compiled::CompiledQuery;
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::store::engine_panic::catch_engine_panic;
use crate::store::packed_tokens::STOP;
use crate::store::state::State;
use crate::store::vocabulary::each_word;
use crate::store::word_counts::WordCounts;

/// The bit of a token that says that a sentence ends with it.
const LAST_OF_SENTENCE: u32 = 1 << 31;
/// The number of a position without a word, which only a damaged index has.
const NO_WORD: u32 = LAST_OF_SENTENCE - 1;
/// Marks a document that is not among the paragraphs.
const NOT_WANTED: u32 = u32::MAX;
/// Marks a paragraph whose words are counted, and not kept in order.
const COUNTED: u32 = u32::MAX - 1;
/// Terms that a thread takes at once.
const TERMS_AT_ONCE: usize = 64;
/// The words of some paragraphs in order, and how often each word stands in these and in others.
///
/// A word in order takes four bytes. What stands beside the occurrences of a query needs the order of the paragraphs that
/// have one, and of all others the counts alone.
pub(crate) struct ForwardIndex {
    words: Vec<Box<str>>,
    /// In report order.
    paragraphs: Vec<ForwardParagraph>,
    tokens: Vec<Token>,
    /// By number, the occurrences of each word in the paragraphs and in those that are counted with them.
    frequencies: Vec<u64>,
    /// The number of words of all of these.
    size: u64,
    starts: Starts,
}

/// A paragraph of a [`ForwardIndex`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct ForwardParagraph {
    /// The number of its source.
    pub(crate) source: u32,
    /// Its number among the paragraphs of the source, one-based.
    pub(crate) ordinal: u32,
    /// Number of reports that contain it word for word, if it is boilerplate; else zero.
    pub(crate) boilerplate: u32,
    /// The number of its first token.
    pub(crate) start: u32,
    /// The number after its last token.
    pub(crate) end: u32,
}

impl ForwardParagraph {
    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// A word at its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token(u32);

impl Token {
    /// The number of the word.
    #[inline]
    pub(crate) fn word(self) -> u32 {
        self.0 & NO_WORD
    }

    /// True for the last word of a sentence.
    #[inline]
    pub(crate) fn ends_sentence(self) -> bool {
        self.0 & LAST_OF_SENTENCE != 0
    }
}

/// The postings of a word in one field of one segment.
struct WordPostings {
    word: u32,
    segment: usize,
    field: Field,
    info: TermInfo,
}

/// By segment and document, the number of the first token of a paragraph.
type Starts = Vec<Vec<u32>>;

impl ForwardIndex {
    /// Makes the forward index of those paragraphs that a query finds for which `wanted` holds.
    ///
    /// # Errors
    /// [`OverLimit`](ErrorKind::OverLimit) if they have more than two thousand million words; those of a search.
    pub(crate) fn of_those(
        compiled: &CompiledQuery,
        wanted: impl FnMut(&FoundParagraph) -> bool,
    ) -> Result<Self> {
        Self::make(compiled, wanted, false)
    }

    /// The same, with the frequencies of words in all paragraphs that the query finds.
    pub(crate) fn of_those_among(
        compiled: &CompiledQuery,
        wanted: impl FnMut(&FoundParagraph) -> bool,
    ) -> Result<Self> {
        Self::make(compiled, wanted, true)
    }

    fn make(
        compiled: &CompiledQuery,
        mut wanted: impl FnMut(&FoundParagraph) -> bool,
        counts_others: bool,
    ) -> Result<Self> {
        let mut interrupt = compiled.options.interrupt();
        let state = &compiled.state;
        let lengths = WordCounts::open(state)?;
        let readers = state.searcher().segment_readers().iter();
        let mut starts: Starts = readers.map(|reader| vec![NOT_WANTED; reader.max_doc() as usize]).collect();
        let (mut kept, mut size) = (Vec::new(), 0);
        compiled.each(false, |paragraph, place| {
            let is_wanted = wanted(&paragraph);
            if is_wanted || counts_others {
                size = lengths.get(place.segment, place.doc).saturating_add(size);
            }
            if is_wanted {
                kept.push(Kept::new(&paragraph, place));
            } else if counts_others && let Some(start) = slot(&mut starts, place) {
                *start = COUNTED;
            }
        })?;
        kept.sort_unstable_by_key(|kept| (kept.source, kept.ordinal));
        catch_engine_panic(|| {
            let paragraphs = place(&kept, &lengths, &mut starts)?;
            drop(kept);
            let (words, postings) = vocabulary(state, &compiled.plan.fields, &mut interrupt)?;
            let length = paragraphs.last().map_or(0, |last| last.end as usize);
            let (mut tokens, frequencies) =
                fill(compiled, &postings, &starts, [length, words.len()], &interrupt)?;
            mark_sentences(state, &starts, &mut tokens, &mut interrupt)?;
            Ok(Self { words, paragraphs, tokens, frequencies, size, starts })
        })
    }

    /// The number of different words: word numbers are less. Some may not occur in these paragraphs.
    pub(crate) fn word_count(&self) -> usize {
        self.words.len()
    }

    /// The folded word with this number.
    pub(crate) fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", |word| word)
    }

    /// The paragraphs, in report order.
    pub(crate) fn paragraphs(&self) -> &[ForwardParagraph] {
        &self.paragraphs
    }

    /// By number, the occurrences of each word in the paragraphs and in those that are counted with them.
    pub(crate) fn frequencies(&self) -> &[u64] {
        &self.frequencies
    }

    /// The number of words of all of these.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// True if the document is one of these.
    pub(crate) fn counts(&self, place: SegmentDoc) -> bool {
        self.starts
            .get(place.segment)
            .and_then(|starts| starts.get(place.doc as usize))
            .is_some_and(|start| *start != NOT_WANTED)
    }

    /// All tokens, those of the paragraphs one after another.
    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The tokens of a paragraph.
    pub(crate) fn tokens_of(&self, paragraph: &ForwardParagraph) -> &[Token] {
        self.tokens.get(paragraph.start as usize..paragraph.end as usize).unwrap_or_default()
    }

    /// The index of a paragraph in [`paragraphs`](Self::paragraphs); `None` if it is not among them.
    pub(crate) fn find(&self, source: u32, ordinal: u32) -> Option<usize> {
        self.paragraphs
            .binary_search_by_key(&(source, ordinal), |paragraph| (paragraph.source, paragraph.ordinal))
            .ok()
    }
}

/// A paragraph whose words are kept in order, and its document.
struct Kept {
    source: u32,
    ordinal: u32,
    boilerplate: u32,
    doc: u32,
    segment: u32,
}

impl Kept {
    fn new(paragraph: &FoundParagraph, place: SegmentDoc) -> Self {
        let FoundParagraph { source, ordinal, boilerplate, .. } = *paragraph;
        let segment = u32::try_from(place.segment).unwrap_or(u32::MAX);
        Self { source, ordinal, boilerplate, doc: place.doc, segment }
    }

    fn place(&self) -> SegmentDoc {
        SegmentDoc { segment: self.segment as usize, doc: self.doc }
    }
}

fn slot(starts: &mut Starts, place: SegmentDoc) -> Option<&mut u32> {
    starts.get_mut(place.segment).and_then(|starts| starts.get_mut(place.doc as usize))
}

/// Gives each paragraph the place of its tokens.
fn place(kept: &[Kept], lengths: &WordCounts, starts: &mut Starts) -> Result<Vec<ForwardParagraph>> {
    let mut paragraphs = Vec::with_capacity(kept.len());
    let mut end = 0_u64;
    for paragraph in kept {
        let start = end;
        end = lengths.get(paragraph.place().segment, paragraph.doc).saturating_add(end);
        let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else {
            return Err(too_many_words());
        };
        if end >= NO_WORD {
            return Err(too_many_words());
        }
        if let Some(slot) = slot(starts, paragraph.place()) {
            *slot = start;
        }
        let Kept { source, ordinal, boilerplate, .. } = *paragraph;
        paragraphs.push(ForwardParagraph { source, ordinal, boilerplate, start, end });
    }
    Ok(paragraphs)
}

fn too_many_words() -> Error {
    Error::new(
        ErrorKind::OverLimit,
        "there is too much text to count words beside words: more than two thousand million words; name a folder of \
         the corpus, or narrow it by a filter",
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
                let next = u32::try_from(words.len()).unwrap_or(NO_WORD);
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

/// Writes the number of each word to each of its places, and counts it. Several threads share the words: no two have the
/// same place. `lengths` are the numbers of places and of words.
fn fill(
    compiled: &CompiledQuery,
    postings: &[WordPostings],
    starts: &Starts,
    [length, words]: [usize; 2],
    interrupt: &Interrupt,
) -> Result<(Vec<Token>, Vec<u64>)> {
    let tokens: Vec<AtomicU32> = (0..length).map(|_| AtomicU32::new(NO_WORD)).collect();
    let frequencies: Vec<AtomicU64> = (0..words).map(|_| AtomicU64::new(0)).collect();
    let next = AtomicUsize::new(0);
    in_threads(threads_for(length), |thread| -> Result<()> {
        let mut interrupt = interrupt.clone();
        catch_engine_panic(|| {
            loop {
                let from = next.fetch_add(TERMS_AT_ONCE, Ordering::Relaxed);
                let Some(rest) = postings.get(from..).filter(|rest| !rest.is_empty()) else {
                    return interrupt.look();
                };
                // One thread alone, so that progress never goes back.
                if thread == 0 {
                    compiled.options.report("reading the words", from as u64, postings.len() as u64);
                }
                for postings in rest.iter().take(TERMS_AT_ONCE) {
                    let count = fill_word(&compiled.state, postings, starts, &tokens, &mut interrupt)?;
                    // A word has postings in several segments and fields.
                    if let Some(frequency) = frequencies.get(postings.word as usize) {
                        frequency.fetch_add(count, Ordering::Relaxed);
                    }
                }
            }
        })
    })?;
    let tokens = tokens.into_iter().map(|token| Token(token.into_inner())).collect();
    Ok((tokens, frequencies.into_iter().map(AtomicU64::into_inner).collect()))
}

/// Writes the number of one word to its places. Returns its occurrences in all paragraphs that count.
fn fill_word(
    state: &State,
    postings: &WordPostings,
    starts: &Starts,
    tokens: &[AtomicU32],
    interrupt: &mut Interrupt,
) -> Result<u64> {
    let WordPostings { word, segment, field, info } = postings;
    let (Some(reader), Some(starts)) =
        (state.searcher().segment_readers().get(*segment), starts.get(*segment))
    else {
        return Ok(0);
    };
    let index = reader.inverted_index(*field).map_err(Error::of_engine)?;
    let mut count = 0;
    let mut postings = index
        .read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)
        .map_err(Error::of_index_file)?;
    let mut positions = Vec::new();
    let mut doc = postings.doc();
    while doc != TERMINATED {
        let start = starts.get(doc as usize).copied().unwrap_or(NOT_WANTED);
        if start != NOT_WANTED {
            count += u64::from(postings.term_freq());
        }
        if start < COUNTED {
            postings.positions_with_offset(start, &mut positions);
            interrupt.charge_items(positions.len())?;
            for place in &positions {
                if let Some(token) = tokens.get(*place as usize) {
                    token.store(*word, Ordering::Relaxed);
                }
            }
        } else {
            interrupt.charge(1)?;
        }
        doc = postings.advance();
    }
    Ok(count)
}

/// Marks the last word of each sentence.
fn mark_sentences(
    state: &State,
    starts: &Starts,
    tokens: &mut [Token],
    interrupt: &mut Interrupt,
) -> Result<()> {
    let stop = Term::from_field_text(state.fields().stop, STOP);
    let mut positions = Vec::new();
    for (reader, starts) in state.searcher().segment_readers().iter().zip(starts) {
        let index = reader.inverted_index(stop.field()).map_err(Error::of_engine)?;
        let Some(mut postings) = index
            .read_postings(&stop, IndexRecordOption::WithFreqsAndPositions)
            .map_err(Error::of_index_file)?
        else {
            continue;
        };
        let mut doc = postings.doc();
        while doc != TERMINATED {
            let start = starts.get(doc as usize).copied().unwrap_or(NOT_WANTED);
            if start < COUNTED {
                postings.positions_with_offset(start, &mut positions);
                interrupt.charge_items(positions.len())?;
                for place in &positions {
                    if let Some(token) = tokens.get_mut(*place as usize) {
                        token.0 |= LAST_OF_SENTENCE;
                    }
                }
            }
            doc = postings.advance();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use quotable_query::{Query, Text};
    use quotable_report::{Paragraph, Report};

    use super::*;
    use crate::api::index::Index;
    use crate::search::options::SearchOptions;
    use crate::store::record::Record;

    fn forward(index: &Index, query: &str) -> (ForwardIndex, Arc<State>) {
        let state = index.store().state();
        let query = if query.is_empty() { Query::All } else { query.parse().unwrap() };
        let compiled = CompiledQuery::new(&state, &query, &SearchOptions::default()).unwrap();
        (ForwardIndex::of_those(&compiled, |_| true).unwrap(), state)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Words and sentences are those of the stored texts, over several segments and after removals.
        #[test]
        fn tokens_are_those_of_the_texts(
            texts in prop::collection::vec(
                prop::collection::vec("([Ab]é?|the|mill)( (Ab|b’s|the|mill[.]))*[.]?", 0..4), 1..6
            ),
            removed in 0_usize..6,
        ) {
            let index = Index::in_memory().unwrap();
            let mut writer = index.writer().unwrap();
            for (number, paragraphs) in texts.iter().enumerate() {
                let mut report = Report::new(format!("{number}.txt"));
                report.paragraphs = paragraphs.iter().map(|text| Paragraph::new(text.as_str())).collect();
                writer.put(report).unwrap();
                if number % 2 == 1 {
                    writer.commit().unwrap();
                }
            }
            writer.remove(&format!("{removed}.txt")).unwrap();
            writer.finish().unwrap();
            for query in ["", "mill"] {
                let (forward, state) = forward(&index, query);
                for paragraph in forward.paragraphs() {
                    let record: Record = state.record(paragraph.source, paragraph.ordinal).unwrap().unwrap();
                    let record = record.paragraph;
                    let text = Text::with_sentences(&record.text, &record.sentences);
                    let words: Vec<&str> =
                        forward.tokens_of(paragraph).iter().map(|token| forward.word(token.word())).collect();
                    prop_assert_eq!(&words, &text.words().collect::<Vec<_>>());
                    prop_assert!(query.is_empty() || words.contains(&query));
                    let ends: Vec<u32> = (0..)
                        .zip(forward.tokens_of(paragraph))
                        .filter(|(_, token)| token.ends_sentence())
                        .map(|(at, _)| at + 1)
                        .collect();
                    let expected: Vec<u32> = text.sentences().iter().map(|sentence| sentence.end).collect();
                    prop_assert_eq!(ends, expected);
                }
                let sorted = forward.paragraphs().is_sorted_by_key(|paragraph| (paragraph.source, paragraph.ordinal));
                prop_assert!(sorted);
                prop_assert_eq!(forward.tokens().len(), forward.paragraphs().last().map_or(0, |last| last.end as usize));
            }
        }
    }
}
