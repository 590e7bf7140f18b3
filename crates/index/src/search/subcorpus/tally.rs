//! Counts how often each paragraph of a subcorpus has each word.
//!
//! What is counted of a word needs its postings in all segments and fields. To read them word by word goes to and fro between the files of
//! the segments: in an index of ten segments that took seven times as long as to read one list after another as they lie there. So some
//! words are taken at once, as many as have a million postings: their lists are read in the order of the index, and gathered by word in
//! memory (a counting sort: the dictionary says how many postings each list has).
//!
//! Of ten million paragraphs, what is kept of each takes more room than the processor's cache has, and every posting of a rare word waits
//! for memory. So all that a posting needs of its document lies together, in a cell of twelve bytes: to look at the list of paragraphs
//! took twice as long, and with what they count for in a list of its own, half as long again.

use tantivy::postings::Postings as _;
use tantivy::schema::IndexRecordOption;

use super::{ListedParagraph, NOT_IN, Subcorpus, WordPostings, read_documents};
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::search::options::SearchOptions;

/// The most postings that are gathered at once; a word that has more is counted alone.
const GATHERED: usize = if cfg!(test) { 12 } else { 1 << 20 };

/// What postings need of their document.
#[derive(Clone, Copy)]
struct Cell<M> {
    /// The index of its paragraph, which is no index if it is not listed.
    paragraph: u32,
    source: u32,
    /// The number of words of the paragraph, or [`LONG`].
    length: u8,
    mark: M,
}

/// The length from which on a cell does not say how long a paragraph is.
const LONG: u8 = if cfg!(test) { 6 } else { u8::MAX };

/// A word in a listed paragraph.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tallied<M> {
    /// The index of the paragraph.
    pub(crate) paragraph: u32,
    /// The number of its source.
    pub(crate) source: u32,
    pub(crate) occurrences: u32,
    /// What the caller says of the paragraph.
    pub(crate) mark: M,
}

/// Takes the occurrences of one word after another.
pub(crate) trait WordTally {
    /// What the caller says of each paragraph: a byte.
    type Mark: Copy + Default + Send + Sync;

    /// Takes the occurrences of the word at hand in a listed paragraph. Paragraphs come in any order.
    fn add(&mut self, tallied: Tallied<Self::Mark>);

    /// Ends the word at hand.
    fn end_word(&mut self, word: u32);
}

/// Some words, with all their lists of postings.
#[derive(Default)]
struct Batch<'s> {
    /// In the order of the index.
    lists: Vec<List<'s>>,
    words: Vec<Gathered>,
    /// The number of postings of all lists, deleted documents included.
    postings: usize,
}

/// A list of postings.
struct List<'s> {
    /// Its place in the order of the index.
    place: usize,
    /// The index of its word among those of the batch.
    word: usize,
    postings: &'s WordPostings,
}

/// The place of the postings of one word among those of its batch.
struct Gathered {
    word: u32,
    start: usize,
    end: usize,
}

impl Subcorpus {
    /// Counts the occurrences of each word in each listed paragraph, from frequencies alone. `marks` says something of each paragraph.
    /// Several threads share the words, each with a tally of its own, made by `new`. Reports progress as `step`.
    ///
    /// # Errors
    /// Those of a search, and damage.
    pub(crate) fn tally<T: WordTally + Send>(
        &self,
        options: &SearchOptions,
        interrupt: &Interrupt,
        step: &'static str,
        marks: &[T::Mark],
        new: impl Fn() -> T + Sync,
    ) -> Result<Vec<T>> {
        let batches = batches(&self.postings);
        let cells: Vec<Vec<Cell<T::Mark>>> =
            self.by_doc.iter().map(|by_doc| self.cells(by_doc, marks)).collect();
        let own = || (Vec::new(), new());
        let tallies =
            self.share(options, interrupt, step, &batches, own, |(buffer, tally), batch, interrupt| {
                match batch.words.as_slice() {
                    [one] => {
                        self.read(batch, &cells, interrupt, |_, tallied| {
                            tally.add(tallied);
                            Ok(())
                        })?;
                        tally.end_word(one.word);
                        Ok(())
                    }
                    _ => self.gather(batch, &cells, buffer, tally, interrupt),
                }
            })?;
        Ok(tallies.into_iter().map(|(_, tally)| tally).collect())
    }

    /// The cells of the documents of a segment.
    fn cells<M: Copy + Default>(&self, by_doc: &[u32], marks: &[M]) -> Vec<Cell<M>> {
        let cell = |index: &u32| {
            let listed = self.paragraphs.get(*index as usize);
            let mark = marks.get(*index as usize).copied().unwrap_or_default();
            let (paragraph, source, length) =
                listed.map_or((NOT_IN, 0, 0), |listed| (*index, listed.source, listed.len()));
            Cell { paragraph, source, length: u8::try_from(length.min(LONG.into())).unwrap_or(LONG), mark }
        };
        by_doc.iter().map(cell).collect()
    }

    /// Counts the words of a batch. `buffer` is used again for the next.
    fn gather<T: WordTally>(
        &self,
        batch: &Batch<'_>,
        cells: &[Vec<Cell<T::Mark>>],
        buffer: &mut Vec<Tallied<T::Mark>>,
        tally: &mut T,
        interrupt: &mut Interrupt,
    ) -> Result<()> {
        buffer.clear();
        buffer.resize(batch.postings, Tallied::default());
        let mut free: Vec<usize> = batch.words.iter().map(|word| word.start).collect();
        self.read(batch, cells, interrupt, |word, tallied| {
            let (Some(free), Some(gathered)) = (free.get_mut(word), batch.words.get(word)) else {
                return Err(too_many());
            };
            let place = buffer.get_mut(*free).filter(|_| *free < gathered.end);
            let Some(place) = place else { return Err(too_many()) };
            *place = tallied;
            *free += 1;
            Ok(())
        })?;
        for (gathered, free) in batch.words.iter().zip(free) {
            let of_word = buffer.get(gathered.start..free).unwrap_or_default();
            of_word.iter().for_each(|tallied| tally.add(*tallied));
            tally.end_word(gathered.word);
        }
        Ok(())
    }

    /// Calls `each` with the index of a word of the batch, and its occurrences in a listed paragraph.
    fn read<M: Copy>(
        &self,
        batch: &Batch<'_>,
        cells: &[Vec<Cell<M>>],
        interrupt: &mut Interrupt,
        mut each: impl FnMut(usize, Tallied<M>) -> Result<()>,
    ) -> Result<()> {
        for List { word, postings, .. } in &batch.lists {
            let cells = cells.get(postings.segment).map(Vec::as_slice).unwrap_or_default();
            read_documents(&self.state, postings, IndexRecordOption::WithFreqs, |doc, at| {
                interrupt.charge(1)?;
                let Some(cell) = cells.get(doc as usize).filter(|cell| cell.paragraph != NOT_IN) else {
                    return Ok(());
                };
                let Cell { paragraph, source, mark, .. } = *cell;
                let occurrences = at.term_freq();
                // Sums of frequencies are then at most numbers of words.
                if occurrences >= cell.length.into() && occurrences as usize > self.length(cell) {
                    return Err(too_often());
                }
                if occurrences == 0 {
                    return Err(Error::damaged("a word is listed with a paragraph that does not have it"));
                }
                each(*word, Tallied { paragraph, source, occurrences, mark })
            })?;
        }
        Ok(())
    }

    /// The number of words of the paragraph of a cell.
    fn length<M>(&self, cell: &Cell<M>) -> usize {
        self.paragraphs.get(cell.paragraph as usize).map_or(0, ListedParagraph::len)
    }
}

pub(super) fn too_often() -> Error {
    Error::damaged("a paragraph has a word more often than it has words")
}

fn too_many() -> Error {
    Error::damaged("a word has more postings than its dictionary says")
}

/// Parts the lists of postings into batches, all those of a word in one.
fn batches(postings: &[WordPostings]) -> Vec<Batch<'_>> {
    let mut by_word: Vec<(usize, &WordPostings)> = postings.iter().enumerate().collect();
    by_word.sort_by_key(|(_, postings)| postings.word);
    let mut batches: Vec<Batch<'_>> = Vec::new();
    for lists in by_word.chunk_by(|(_, one), (_, other)| one.word == other.word) {
        let Some((_, first)) = lists.first() else { continue };
        let counts = lists.iter().map(|(_, postings)| postings.info.doc_freq as usize);
        let count = counts.fold(0, usize::saturating_add);
        let fits = batches.pop_if(|batch| batch.postings.saturating_add(count) <= GATHERED);
        let mut batch = fits.unwrap_or_default();
        let (start, end, word) = (batch.postings, batch.postings.saturating_add(count), batch.words.len());
        batch.words.push(Gathered { word: first.word, start, end });
        batch.postings = end;
        batch.lists.extend(lists.iter().map(|&(place, postings)| List { place, word, postings }));
        batches.push(batch);
    }
    for batch in &mut batches {
        batch.lists.sort_unstable_by_key(|list| list.place);
    }
    batches
}
