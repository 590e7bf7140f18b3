//! How often words occur in the text that is searched: one, or all of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tantivy::postings::Postings as _;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, TERMINATED};

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::search::evaluate::{SourceDocs, Union};
use crate::search::expansion::live_frequency;
use crate::store::engine_panic::catch_engine_panic;
use crate::store::state::State;

/// Occurrences of a word, and paragraphs that contain it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Frequency {
    pub(crate) occurrences: u64,
    pub(crate) paragraphs: u64,
}

/// Counts a folded word in the given fields, in live paragraphs alone, of one of each set of copies.
pub(crate) fn count(
    state: &State,
    fields: &[Field],
    word: &str,
    interrupt: &mut Interrupt,
) -> Result<Frequency> {
    let mut frequency = Frequency::default();
    let distinct = state.sources().distinct();
    for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
        let mut live = SourceDocs::new(state.sources().ranges(segment), distinct.as_deref());
        let mut union = Union::of_term(reader, fields, word, IndexRecordOption::WithFreqs)?;
        let mut doc = union.seek(0);
        while doc != TERMINATED {
            interrupt.step()?;
            if live.seek(doc) == doc {
                frequency.occurrences += u64::from(union.frequency());
                frequency.paragraphs += 1;
            }
            doc = union.seek(doc + 1);
        }
    }
    Ok(frequency)
}

/// Number of live paragraphs, tables and notes included, that contain a folded word.
pub(crate) fn frequency(state: &State, word: &str) -> Result<u64> {
    let fields = state.fields();
    catch_engine_panic(|| live_frequency(state, &[fields.text, fields.table, fields.note], word))
}

/// A word of the vocabulary, and how often the body text has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WordCount {
    /// The folded word.
    pub word: String,
    /// Occurrences.
    pub occurrences: u64,
    /// Paragraphs that contain it.
    pub paragraphs: u64,
}

/// Every word of live body text, of one of each set of copies, in byte order.
pub(crate) fn vocabulary(state: &State) -> Result<Vec<WordCount>> {
    catch_engine_panic(|| {
        let field = state.fields().text;
        let mut counts: BTreeMap<String, Frequency> = BTreeMap::new();
        let distinct = state.sources().distinct();
        for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
            let index = reader.inverted_index(field).map_err(Error::of_engine)?;
            let mut terms = index.terms().stream().map_err(Error::of_index_file)?;
            while terms.advance() {
                // Tantivy keeps no total of occurrences, and its number of documents includes removed ones.
                let mut postings = index
                    .read_postings_from_terminfo(terms.value(), IndexRecordOption::WithFreqs)
                    .map_err(Error::of_index_file)?;
                let mut here = Frequency::default();
                let mut kept = distinct.as_ref().map(|distinct| {
                    SourceDocs::new(state.sources().ranges(segment), Some(distinct.as_slice()))
                });
                let mut doc = postings.doc();
                while doc != TERMINATED {
                    let is_copy = kept.as_mut().is_some_and(|kept| kept.seek(doc) != doc);
                    if !reader.is_deleted(doc) && !is_copy {
                        here.occurrences += u64::from(postings.term_freq());
                        here.paragraphs += 1;
                    }
                    doc = postings.advance();
                }
                // A word of removed paragraphs alone stays in its segment until that is merged.
                if here.paragraphs == 0 {
                    continue;
                }
                let word = std::str::from_utf8(terms.key());
                let word = word.map_err(|_| Error::damaged("a word of its dictionary is not text"))?;
                let count = counts.entry(word.to_owned()).or_default();
                count.occurrences += here.occurrences;
                count.paragraphs += here.paragraphs;
            }
        }
        let count =
            |(word, Frequency { occurrences, paragraphs })| WordCount { word, occurrences, paragraphs };
        Ok(counts.into_iter().map(count).collect())
    })
}
