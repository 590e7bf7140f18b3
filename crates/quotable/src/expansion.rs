//! The words of the vocabulary that a part of the query stands for.

use std::collections::BTreeSet;
use std::ops::Bound;

use quotable_query::Leaf;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentReader, Term};

use crate::watch::Watch;
use crate::{Error, ErrorKind, Result, Snapshot};

/// The words that a leaf stands for in this state of the index.
#[derive(Debug)]
pub(crate) struct Expansion {
    pub(crate) leaf: Leaf,
    /// In the order of their bytes. All of them: nothing is cut.
    pub(crate) terms: Vec<String>,
    /// In how many live paragraphs they stand, summed over the terms.
    pub(crate) frequency: u64,
}

impl Expansion {
    /// Finds the words that the leaf matches. More than `most` are an error.
    pub(crate) fn new(
        snapshot: &Snapshot,
        fields: &[Field],
        leaf: &Leaf,
        most: usize,
        watch: &mut Watch,
    ) -> Result<Self> {
        let (mut terms, mut stand) = (BTreeSet::new(), 0);
        match leaf.exact() {
            Some(word) => {
                terms.insert(word.to_owned());
            }
            None => each_word(snapshot, fields, leaf, watch, |word, paragraphs| {
                stand += u64::from(paragraphs);
                if !terms.contains(word) {
                    terms.insert(word.to_owned());
                }
            })?,
        }
        let terms: Vec<String> = terms.into_iter().collect();
        if terms.len() > most {
            let message = format!(
                "“{}” stands for {} words of this corpus, and the limit is {most}; write more of its letters, or raise the \
                 limit",
                leaf.query(),
                terms.len()
            );
            return Err(Error::new(ErrorKind::OverLimit, message));
        }
        // What was removed is still counted in the vocabulary.
        let is_live = pairs(snapshot, fields).all(|(reader, _)| !reader.has_deletes());
        let frequency = if is_live && leaf.exact().is_none() {
            stand
        } else {
            let mut frequency = 0;
            for term in &terms {
                watch.step()?;
                frequency += live_frequency(snapshot, fields, term)?;
            }
            frequency
        };
        Ok(Self { leaf: leaf.clone(), terms, frequency })
    }
}

/// The words of the vocabulary that the leaf matches, in the order of their bytes. Words of paragraphs that were
/// removed and not yet cleared away may be among them.
pub(crate) fn vocabulary(
    snapshot: &Snapshot,
    fields: &[Field],
    leaf: &Leaf,
    watch: &mut Watch,
) -> Result<Vec<String>> {
    let mut terms = BTreeSet::new();
    each_word(snapshot, fields, leaf, watch, |word, _| {
        if !terms.contains(word) {
            terms.insert(word.to_owned());
        }
    })?;
    Ok(terms.into_iter().collect())
}

/// Gives the words that the leaf matches of each segment and field, and in how many paragraphs they stand there, removed
/// ones among them.
fn each_word(
    snapshot: &Snapshot,
    fields: &[Field],
    leaf: &Leaf,
    watch: &mut Watch,
    mut each: impl FnMut(&str, u32),
) -> Result<()> {
    for (reader, field) in pairs(snapshot, fields) {
        let index = reader.inverted_index(field).map_err(Error::of_engine)?;
        let prefix = leaf.literal_prefix();
        let mut range = index.terms().range().ge(prefix.as_bytes());
        if let Bound::Excluded(end) = after(prefix) {
            range = range.lt(end);
        }
        let mut stream = range.into_stream()?;
        while stream.advance() {
            watch.step()?;
            let word = std::str::from_utf8(stream.key()).map_err(|_| Error::damaged("a word is not text"))?;
            if leaf.matches(word) {
                each(word, stream.value().doc_freq);
            }
        }
    }
    Ok(())
}

fn pairs<'a>(
    snapshot: &'a Snapshot,
    fields: &'a [Field],
) -> impl Iterator<Item = (&'a SegmentReader, Field)> + 'a {
    let readers = snapshot.searcher().segment_readers();
    readers.iter().flat_map(move |reader| fields.iter().map(move |&field| (reader, field)))
}

/// What comes after every text that begins with the prefix.
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

/// In how many paragraphs the term stands, those that were removed and not yet cleared away left out.
pub(crate) fn live_frequency(snapshot: &Snapshot, fields: &[Field], term: &str) -> Result<u64> {
    let mut frequency = 0;
    for (reader, field) in pairs(snapshot, fields) {
        let index = reader.inverted_index(field).map_err(Error::of_engine)?;
        let term = Term::from_field_text(field, term);
        let Some(info) = index.get_term_info(&term)? else { continue };
        frequency += u64::from(match reader.alive_bitset() {
            None => info.doc_freq,
            Some(alive) => {
                let postings = index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                postings.doc_freq_given_deletes(alive)
            }
        });
    }
    Ok(frequency)
}
