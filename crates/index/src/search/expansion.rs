//! The words of the vocabulary that a leaf of the query matches.

use quotable_query::{Leaf, Query, QueryError};
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentReader, Term};

use crate::error::{Error, ErrorKind, Result};
use crate::interrupt::Interrupt;
use crate::store::state::State;
use crate::store::vocabulary::each_word;

/// The terms of one segment that match, with the location of their postings, grouped by field.
type TermPostings = Vec<(Field, TermInfo)>;

/// How many words a leaf may match.
#[derive(Debug, Clone, Copy)]
pub(super) struct ExpansionLimits {
    /// Words of one pattern.
    pub(super) pattern: usize,
    /// Words of the whole query.
    pub(super) query: usize,
    /// Of those, what the leaves before have left.
    pub(super) left: usize,
}

/// Steps that it takes to look whether a pattern matches a word. A fuzzy word takes most.
const WORD_STEPS: u64 = 16;

/// A leaf of the query, and the words that it matches in this state of the index.
#[derive(Debug)]
pub(crate) struct Expansion {
    pub(crate) leaf: Leaf,
    /// The words, in byte order. All of them: none is ever left out.
    pub(crate) terms: Vec<String>,
    /// Document frequency: number of live paragraphs that contain each term, summed over the terms. A paragraph with
    /// two of the terms counts twice.
    pub(super) frequency: u64,
    /// For each segment, the postings found while the vocabulary was scanned; `None` for an exact word, which needs no
    /// scan.
    postings: Option<Vec<TermPostings>>,
}

impl Expansion {
    /// Finds the words that the leaf matches.
    ///
    /// # Errors
    /// [`OverLimit`](ErrorKind::OverLimit) if they are more than the limits allow.
    pub(super) fn new(
        state: &State,
        fields: &[Field],
        leaf: &Leaf,
        limits: ExpansionLimits,
        interrupt: &mut Interrupt,
    ) -> Result<Self> {
        let (terms, postings) = match leaf.exact() {
            Some(word) => (vec![word.to_owned()], None),
            None => {
                let most = limits.pattern.min(limits.left);
                let (terms, postings) = scan(state, fields, leaf, most, interrupt)?;
                (terms, Some(postings))
            }
        };
        if terms.len() > limits.pattern {
            let message = format!(
                "“{}” matches more than {} different words of this corpus, which is the limit",
                leaf.query(),
                limits.pattern
            );
            return Err(over_limit(leaf.query(), message, "write more of its letters, or raise the limit"));
        }
        if terms.len() > limits.left {
            return Err(too_many_lists(limits.query, leaf.query()));
        }
        // The document frequencies of the vocabulary include removed paragraphs, so they hold only without removals.
        let has_removals = state.searcher().segment_readers().iter().any(|reader| reader.has_deletes());
        let frequency = match &postings {
            Some(postings) if !has_removals => {
                postings.iter().flatten().map(|(_, info)| u64::from(info.doc_freq)).sum()
            }
            _ => {
                let mut frequency = 0;
                for term in &terms {
                    interrupt.step()?;
                    let own = live_frequency(state, fields, term)?;
                    frequency += own;
                    // With removals, its postings were read.
                    interrupt.charge(if has_removals { own } else { 0 })?;
                }
                frequency
            }
        };
        Ok(Self { leaf: leaf.clone(), terms, frequency, postings })
    }

    /// The location of the postings of its terms in a segment, by number; `None` if the vocabulary was not scanned.
    pub(super) fn known(&self, segment: usize) -> Option<&[(Field, TermInfo)]> {
        self.postings.as_ref()?.get(segment).map(Vec::as_slice)
    }
}

/// The words of the vocabulary that the leaf matches, in byte order. May include words that only removed paragraphs
/// contain, until the segment is merged.
pub(crate) fn vocabulary(
    state: &State,
    fields: &[Field],
    leaf: &Leaf,
    interrupt: &mut Interrupt,
) -> Result<Vec<String>> {
    Ok(scan(state, fields, leaf, usize::MAX, interrupt)?.0)
}

/// Scans the vocabulary for the words that the leaf matches; also returns the location of their postings in each
/// segment. Stops once it has found more than `most` words.
fn scan(
    state: &State,
    fields: &[Field],
    leaf: &Leaf,
    most: usize,
    interrupt: &mut Interrupt,
) -> Result<(Vec<String>, Vec<TermPostings>)> {
    let (mut terms, mut postings) = (Vec::new(), Vec::new());
    for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
        let mut in_segment = Vec::new();
        for &field in fields {
            let before = terms.len();
            let mut looked_at = 0;
            each_word(
                state.vocabularies(),
                segment,
                reader,
                field,
                leaf.literal_prefix(),
                interrupt,
                |word, info| {
                    looked_at += 1;
                    // The words of one field of a segment differ.
                    if terms.len() - before <= most && leaf.matches(word) {
                        terms.push(word.to_owned());
                        in_segment.push((field, info.clone()));
                    }
                },
            )?;
            interrupt.charge(WORD_STEPS * looked_at)?;
            // Another segment or field may have the same words. Those of one come in order, and differ.
            if before > 0 {
                terms.sort_unstable();
                terms.dedup();
            }
            if terms.len() > most {
                return Ok((terms, postings));
            }
        }
        postings.push(in_segment);
    }
    Ok((terms, postings))
}

/// The error of a query that opens too many posting lists. `part` is the part that opens most.
pub(super) fn too_many_lists(most: usize, part: &Query) -> Error {
    let message = format!(
        "the query stands for more than {most} words of this corpus, each counted again wherever it is used, and that \
         is the limit"
    );
    let cure = "write more letters of its patterns, use fewer of them, split the query, or raise the limit";
    over_limit(part, message, cure)
}

fn over_limit(part: &Query, message: String, cure: &str) -> Error {
    let written = part.to_string();
    let end = written.len();
    let error = QueryError::new(written, 0..end, message, cure);
    Error::from(error).of_kind(ErrorKind::OverLimit).about(part)
}

/// Number of live paragraphs that contain the term in the given fields. A paragraph has words in one field alone, so
/// none is counted twice.
pub(crate) fn live_frequency(state: &State, fields: &[Field], term: &str) -> Result<u64> {
    let mut frequency = 0;
    for (reader, field) in readers_and_fields(state, fields) {
        let index = reader.inverted_index(field).map_err(Error::of_engine)?;
        let term = Term::from_field_text(field, term);
        let Some(info) = index.get_term_info(&term).map_err(Error::of_index_file)? else { continue };
        frequency += u64::from(match reader.alive_bitset() {
            None => info.doc_freq,
            // With removals, the postings must be read to leave them out.
            Some(alive) => {
                let postings = index
                    .read_postings_from_terminfo(&info, IndexRecordOption::Basic)
                    .map_err(Error::of_index_file)?;
                postings.doc_freq_given_deletes(alive)
            }
        });
    }
    Ok(frequency)
}

fn readers_and_fields<'a>(
    state: &'a State,
    fields: &'a [Field],
) -> impl Iterator<Item = (&'a SegmentReader, Field)> + 'a {
    let readers = state.searcher().segment_readers();
    readers.iter().flat_map(move |reader| fields.iter().map(move |&field| (reader, field)))
}
