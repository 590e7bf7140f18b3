//! Counts how often each paragraph of a subcorpus has each word.
//!
//! What is counted of a word needs its postings in all segments and fields. To read them word by word goes to and fro between the files of
//! the segments: in an index of ten segments that took seven times as long as to read one list after another as they lie there. So some
//! words are taken at once, as many as have a million postings: their lists are read in the order of the index, and gathered by word in
//! memory (a counting sort: the dictionary says how many postings each list has).
//!
//! Of ten million paragraphs, what is kept of each takes more room than the processor's cache has, and every posting of a rare word waits
//! for memory. So a posting looks at one byte of its paragraph, and not at the twenty of the list, which took more than half of all the time.

use tantivy::postings::Postings as _;
use tantivy::schema::IndexRecordOption;

use super::{ListedParagraph, Subcorpus, WordPostings, read_documents};
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::search::options::SearchOptions;

/// The most postings that are gathered at once; a word that has more is counted alone.
const GATHERED: usize = if cfg!(test) { 12 } else { 1 << 20 };

/// The numbers of words of the listed paragraphs in a byte each.
struct Lengths<'s> {
    /// [`LONG`] for so many or more.
    short: Vec<u8>,
    paragraphs: &'s [ListedParagraph],
}

/// The length from which on a byte does not say how long a paragraph is.
const LONG: u8 = if cfg!(test) { 6 } else { u8::MAX };

impl<'s> Lengths<'s> {
    fn of(paragraphs: &'s [ListedParagraph]) -> Self {
        let short =
            |paragraph: &ListedParagraph| u8::try_from(paragraph.len()).map_or(LONG, |len| len.min(LONG));
        Self { short: paragraphs.iter().map(short).collect(), paragraphs }
    }

    /// The number of words of a paragraph, by its index; `None` if it is not listed.
    #[inline]
    fn get(&self, index: u32) -> Option<usize> {
        let short = *self.short.get(index as usize)?;
        if short < LONG {
            Some(short.into())
        } else {
            self.paragraphs.get(index as usize).map(ListedParagraph::len)
        }
    }
}

/// Takes the occurrences of one word after another.
pub(crate) trait WordTally {
    /// Takes the occurrences of the word at hand in a listed paragraph, by its index. Paragraphs come in any order.
    fn add(&mut self, paragraph: u32, occurrences: u32);

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
        let batches = batches(&self.postings);
        let lengths = Lengths::of(&self.paragraphs);
        let own = || (Vec::new(), new());
        let tallies =
            self.share(options, interrupt, step, &batches, own, |(buffer, tally), batch, interrupt| {
                match batch.words.as_slice() {
                    [one] => {
                        self.read(batch, &lengths, interrupt, |_, paragraph, occurrences| {
                            tally.add(paragraph, occurrences);
                            Ok(())
                        })?;
                        tally.end_word(one.word);
                        Ok(())
                    }
                    _ => self.gather(batch, &lengths, buffer, tally, interrupt),
                }
            })?;
        Ok(tallies.into_iter().map(|(_, tally)| tally).collect())
    }

    /// Counts the words of a batch. `buffer` is used again for the next.
    fn gather(
        &self,
        batch: &Batch<'_>,
        lengths: &Lengths<'_>,
        buffer: &mut Vec<(u32, u32)>,
        tally: &mut impl WordTally,
        interrupt: &mut Interrupt,
    ) -> Result<()> {
        buffer.clear();
        buffer.resize(batch.postings, (0, 0));
        let mut free: Vec<usize> = batch.words.iter().map(|word| word.start).collect();
        self.read(batch, lengths, interrupt, |word, paragraph, occurrences| {
            let (Some(free), Some(gathered)) = (free.get_mut(word), batch.words.get(word)) else {
                return Err(too_many());
            };
            let place = buffer.get_mut(*free).filter(|_| *free < gathered.end);
            let Some(place) = place else { return Err(too_many()) };
            *place = (paragraph, occurrences);
            *free += 1;
            Ok(())
        })?;
        for (gathered, free) in batch.words.iter().zip(free) {
            let occurrences = buffer.get(gathered.start..free).unwrap_or_default();
            occurrences.iter().for_each(|(paragraph, occurrences)| tally.add(*paragraph, *occurrences));
            tally.end_word(gathered.word);
        }
        Ok(())
    }

    /// Calls `each` with the index of a word of the batch, the index of a listed paragraph that has it, and its occurrences there.
    fn read(
        &self,
        batch: &Batch<'_>,
        lengths: &Lengths<'_>,
        interrupt: &mut Interrupt,
        mut each: impl FnMut(usize, u32, u32) -> Result<()>,
    ) -> Result<()> {
        for List { word, postings, .. } in &batch.lists {
            read_documents(&self.state, postings, IndexRecordOption::WithFreqs, |doc, at| {
                interrupt.charge(1)?;
                let index = self.index_of(postings.segment, doc);
                let Some(length) = lengths.get(index) else { return Ok(()) };
                // All sums of frequencies are then at most numbers of words.
                if at.term_freq() as usize > length {
                    return Err(Error::damaged("a paragraph has a word more often than it has words"));
                }
                each(*word, index, at.term_freq())
            })?;
        }
        Ok(())
    }
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
