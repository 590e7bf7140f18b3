//! The words of the vocabulary that a part of the query stands for.

use quotable_query::Leaf;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentReader, Term};

use crate::error::{Error, ErrorKind, Result};
use crate::interrupt::Interrupt;
use crate::store::state::State;
use crate::store::vocabulary::each_word;

/// Where the postings of words of a segment are, those of one field side by side.
type TermPostings = Vec<(Field, TermInfo)>;

/// The words that a leaf stands for in this state of the index.
#[derive(Debug)]
pub(crate) struct Expansion {
    pub(crate) leaf: Leaf,
    /// In the order of their bytes. All of them: nothing is cut.
    pub(crate) terms: Vec<String>,
    /// In how many live paragraphs they stand, summed over the terms.
    pub(crate) frequency: u64,
    /// Where their postings are, of each segment, if they were looked for in the vocabulary.
    known: Option<Vec<TermPostings>>,
}

impl Expansion {
    /// Finds the words that the leaf matches. More than `most` are an error.
    pub(crate) fn new(
        state: &State,
        fields: &[Field],
        leaf: &Leaf,
        most: usize,
        interrupt: &mut Interrupt,
    ) -> Result<Self> {
        let (terms, known) = match leaf.exact() {
            Some(word) => (vec![word.to_owned()], None),
            None => {
                let (terms, known) = find(state, fields, leaf, interrupt)?;
                (terms, Some(known))
            }
        };
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
        let is_live = state.searcher().segment_readers().iter().all(|reader| !reader.has_deletes());
        let frequency = match &known {
            Some(known) if is_live => known.iter().flatten().map(|(_, info)| u64::from(info.doc_freq)).sum(),
            _ => {
                let mut frequency = 0;
                for term in &terms {
                    interrupt.step()?;
                    frequency += live_frequency(state, fields, term)?;
                }
                frequency
            }
        };
        Ok(Self { leaf: leaf.clone(), terms, frequency, known })
    }

    /// Where the postings of its words are in a segment, by its number, if that is known.
    pub(crate) fn known(&self, segment: usize) -> Option<&[(Field, TermInfo)]> {
        self.known.as_ref()?.get(segment).map(Vec::as_slice)
    }
}

/// The words of the vocabulary that the leaf matches, in the order of their bytes. Words of paragraphs that were
/// removed and not yet cleared away may be among them.
pub(crate) fn vocabulary(
    state: &State,
    fields: &[Field],
    leaf: &Leaf,
    interrupt: &mut Interrupt,
) -> Result<Vec<String>> {
    Ok(find(state, fields, leaf, interrupt)?.0)
}

/// The same, with where their postings are in each segment.
fn find(
    state: &State,
    fields: &[Field],
    leaf: &Leaf,
    interrupt: &mut Interrupt,
) -> Result<(Vec<String>, Vec<TermPostings>)> {
    let (mut terms, mut known) = (Vec::new(), Vec::new());
    for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
        let mut here = Vec::new();
        for &field in fields {
            each_word(
                state.vocabularies(),
                segment,
                reader,
                field,
                leaf.literal_prefix(),
                interrupt,
                |word, info| {
                    if leaf.matches(word) {
                        terms.push(word.to_owned());
                        here.push((field, info.clone()));
                    }
                },
            )?;
        }
        known.push(here);
    }
    terms.sort_unstable();
    terms.dedup();
    Ok((terms, known))
}

fn pairs<'a>(state: &'a State, fields: &'a [Field]) -> impl Iterator<Item = (&'a SegmentReader, Field)> + 'a {
    let readers = state.searcher().segment_readers();
    readers.iter().flat_map(move |reader| fields.iter().map(move |&field| (reader, field)))
}

/// In how many paragraphs the term stands, those that were removed and not yet cleared away left out.
pub(crate) fn live_frequency(state: &State, fields: &[Field], term: &str) -> Result<u64> {
    let mut frequency = 0;
    for (reader, field) in pairs(state, fields) {
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
