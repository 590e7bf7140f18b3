//! The vocabulary of a segment: its distinct words, in memory once a search has read them all.

use std::collections::HashMap;
use std::ops::{Bound, Range};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, SegmentReader};

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

/// The most words of a list that is kept. A word takes some 60 bytes.
const MAX_WORDS: usize = 1 << 18;

/// Lists of words, by segment and field. A list is made when a query reads all words, as `*ing` does; later queries
/// read the list, in a tenth of the time that tantivy's compressed dictionary takes.
#[derive(Debug, Default)]
pub(crate) struct Vocabularies(Mutex<HashMap<(usize, Field), Arc<WordList>>>);

/// All words of a field of a segment, in the order of their bytes.
#[derive(Debug, Default)]
struct WordList {
    /// The words, one after another.
    text: String,
    /// The end of each word in `text`, and the address of its postings.
    words: Vec<(usize, TermInfo)>,
}

impl WordList {
    fn push(&mut self, word: &str, info: &TermInfo) {
        self.text.push_str(word);
        self.words.push((self.text.len(), info.clone()));
    }

    fn get(&self, number: usize) -> Option<(&str, &TermInfo)> {
        let start = number.checked_sub(1).map_or(Some(0), |before| Some(self.words.get(before)?.0))?;
        let (end, info) = self.words.get(number)?;
        Some((self.text.get(start..*end)?, info))
    }

    /// The indexes of the words with a prefix, found by two binary searches.
    fn range(&self, prefix: &str) -> Range<usize> {
        let partition_point = |is_before: &dyn Fn(&str) -> bool| {
            let (mut from, mut to) = (0, self.words.len());
            while from < to {
                let middle = from.midpoint(to);
                match self.get(middle) {
                    Some((word, _)) if is_before(word) => from = middle + 1,
                    _ => to = middle,
                }
            }
            from
        };
        let start = partition_point(&|word| word < prefix);
        start..partition_point(&|word| word < prefix || word.starts_with(prefix))
    }
}

/// Calls `each` with the words of a segment that have a prefix, and the addresses of their postings. Words of deleted
/// paragraphs are among them until the segment is merged.
pub(crate) fn each_word(
    vocabularies: &Vocabularies,
    segment: usize,
    reader: &SegmentReader,
    field: Field,
    prefix: &str,
    interrupt: &mut Interrupt,
    mut each: impl FnMut(&str, &TermInfo),
) -> Result<()> {
    let index = reader.inverted_index(field).map_err(Error::of_engine)?;
    let kept = &vocabularies.0;
    let lock = || kept.lock().unwrap_or_else(PoisonError::into_inner);
    let known = lock().get(&(segment, field)).cloned();
    if let Some(known) = known {
        for (word, info) in known.range(prefix).filter_map(|number| known.get(number)) {
            interrupt.step()?;
            each(word, info);
        }
        return Ok(());
    }
    let is_kept = prefix.is_empty() && index.terms().num_terms() <= MAX_WORDS;
    let mut words = WordList::default();
    read(&index, prefix, interrupt, |word, info| {
        if is_kept {
            words.push(word, info);
        }
        each(word, info);
    })?;
    if is_kept {
        lock().insert((segment, field), Arc::new(words));
    }
    Ok(())
}

/// Calls `each` with the words that have a prefix, read from tantivy's dictionary.
fn read(
    index: &InvertedIndexReader,
    prefix: &str,
    interrupt: &mut Interrupt,
    mut each: impl FnMut(&str, &TermInfo),
) -> Result<()> {
    let mut range = index.terms().range().ge(prefix.as_bytes());
    if let Bound::Excluded(end) = after(prefix) {
        range = range.lt(end);
    }
    let mut stream = range.into_stream().map_err(Error::of_index_file)?;
    while stream.advance() {
        interrupt.step()?;
        let word = std::str::from_utf8(stream.key());
        let word = word.map_err(|_| Error::damaged("a word of its dictionary is not text"))?;
        each(word, stream.value());
    }
    Ok(())
}

/// The least byte string greater than all that begin with the prefix; unbounded for the empty prefix.
fn after(prefix: &str) -> Bound<Vec<u8>> {
    let mut end = prefix.as_bytes().to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Bound::Excluded(end);
        }
    }
    Bound::Unbounded
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_with_a_prefix_are_a_range(
            words in proptest::collection::btree_set("[aäb]{0,4}", 0..40),
            prefix in "[aäb]{0,3}",
        ) {
            let mut all = WordList::default();
            let info = TermInfo { doc_freq: 1, postings_range: 0..0, positions_range: 0..0 };
            words.iter().for_each(|word| all.push(word, &info));
            let found: BTreeSet<String> =
                all.range(&prefix).filter_map(|number| Some(all.get(number)?.0.to_owned())).collect();
            let expected = words.into_iter().filter(|word| word.starts_with(&prefix)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
