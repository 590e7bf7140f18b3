//! A forward index: the words of paragraphs in order, by number.
//!
//! The index proper is inverted: for each word, its places. What is counted beside what, and which words follow one
//! another, needs the opposite. It is made on demand from the postings and positions of all words, which takes some ten
//! nanoseconds a word; to read and analyse the stored texts takes many times as long.

use std::ops::Deref;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, TERMINATED, Term};

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::search::compiled::CompiledQuery;
use crate::search::found::FoundParagraph;
use crate::search::options::SearchOptions;
use crate::search::subcorpus::{ListedParagraph, MOST_WORDS, Subcorpus};
use crate::store::engine_panic::catch_engine_panic;
use crate::store::packed_tokens::STOP;

/// The number of a position without a word, which only a damaged index has.
const NO_WORD: u32 = MOST_WORDS;
/// The bit of a token that says that a sentence ends with it.
const LAST_OF_SENTENCE: u32 = NO_WORD + 1;

/// The listed paragraphs of a subcorpus with their words in order.
///
/// A word in order takes four bytes. What stands beside the occurrences of a query needs the order of the paragraphs that
/// have one, and of all others the counts alone.
pub(crate) struct ForwardIndex {
    subcorpus: Subcorpus,
    tokens: Vec<Token>,
    /// By number, the occurrences of each word in all paragraphs, listed or not.
    frequencies: Vec<u64>,
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

impl Deref for ForwardIndex {
    type Target = Subcorpus;

    fn deref(&self) -> &Subcorpus {
        &self.subcorpus
    }
}

impl ForwardIndex {
    /// Makes the forward index of those paragraphs that a query finds for which `wanted` holds, with the frequencies of words in
    /// all that it finds.
    ///
    /// # Errors
    /// Those of [`Subcorpus::of_those`].
    pub(crate) fn of_those_among(
        compiled: &CompiledQuery,
        wanted: impl FnMut(&FoundParagraph) -> bool,
    ) -> Result<Self> {
        Self::of(&compiled.options, Subcorpus::listing_those(compiled, wanted)?)
    }

    /// Makes the forward index of a subcorpus.
    ///
    /// # Errors
    /// Those of a search, and damage.
    pub(crate) fn of(options: &SearchOptions, subcorpus: Subcorpus) -> Result<Self> {
        let mut interrupt = options.interrupt();
        let (mut tokens, frequencies) = fill(options, &subcorpus, &interrupt)?;
        catch_engine_panic(|| mark_sentences(&subcorpus, &mut tokens, &mut interrupt))?;
        Ok(Self { subcorpus, tokens, frequencies })
    }

    /// By number, the occurrences of each word in all paragraphs, listed or not.
    pub(crate) fn frequencies(&self) -> &[u64] {
        &self.frequencies
    }

    /// All tokens, those of the listed paragraphs one after another.
    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The tokens of a listed paragraph.
    pub(crate) fn tokens_of(&self, paragraph: &ListedParagraph) -> &[Token] {
        self.tokens.get(paragraph.start as usize..paragraph.end as usize).unwrap_or_default()
    }
}

/// Writes the number of each word to each of its places, and counts it. Several threads share the words: no two have the
/// same place.
fn fill(
    options: &SearchOptions,
    subcorpus: &Subcorpus,
    interrupt: &Interrupt,
) -> Result<(Vec<Token>, Vec<u64>)> {
    let tokens: Vec<AtomicU32> = (0..subcorpus.listed_words()).map(|_| AtomicU32::new(NO_WORD)).collect();
    let frequencies: Vec<AtomicU64> = (0..subcorpus.word_count()).map(|_| AtomicU64::new(0)).collect();
    let place = |word, start, postings: &mut SegmentPostings, positions: &mut Vec<u32>| {
        postings.positions_with_offset(start, positions);
        for place in positions {
            if let Some(token) = tokens.get(*place as usize) {
                token.store(word, Ordering::Relaxed);
            }
        }
    };
    subcorpus.read_positions(options, interrupt, place, |word, occurrences| {
        // A word has postings in several segments and fields.
        if let Some(frequency) = frequencies.get(word as usize) {
            frequency.fetch_add(occurrences, Ordering::Relaxed);
        }
    })?;
    let tokens = tokens.into_iter().map(|token| Token(token.into_inner())).collect();
    Ok((tokens, frequencies.into_iter().map(AtomicU64::into_inner).collect()))
}

/// Marks the last word of each sentence.
fn mark_sentences(subcorpus: &Subcorpus, tokens: &mut [Token], interrupt: &mut Interrupt) -> Result<()> {
    let state = subcorpus.state();
    let stop = Term::from_field_text(state.fields().stop, STOP);
    let mut positions = Vec::new();
    for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
        let index = reader.inverted_index(stop.field()).map_err(Error::of_engine)?;
        let Some(mut postings) = index
            .read_postings(&stop, IndexRecordOption::WithFreqsAndPositions)
            .map_err(Error::of_index_file)?
        else {
            continue;
        };
        let mut doc = postings.doc();
        while doc != TERMINATED {
            if let Some(paragraph) = subcorpus.listed(segment, doc) {
                postings.positions_with_offset(paragraph.start, &mut positions);
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
    use crate::store::state::State;

    fn forward(index: &Index, query: &str) -> (ForwardIndex, Arc<State>) {
        let state = index.store().state();
        let query = if query.is_empty() { Query::All } else { query.parse().unwrap() };
        let compiled = CompiledQuery::new(&state, &query, &SearchOptions::default()).unwrap();
        (ForwardIndex::of_those_among(&compiled, |_| true).unwrap(), state)
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
