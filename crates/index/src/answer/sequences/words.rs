//! Single words of two parts, counted from postings.
//!
//! For one word after another, its postings say how often each paragraph has it. What is counted of a word (its occurrences in each part,
//! its reports, how evenly these have it) is known when its postings are read. So nothing is kept of the text: memory grows with the
//! number of paragraphs and of different words.

use super::gram::{Gram, Part, add};
use super::side::Side;
use super::spread::{Spread, Spreading};
use crate::error::Result;
use crate::interrupt::Interrupt;
use crate::search::options::SearchOptions;
use crate::search::subcorpus::{READING_WORDS, Subcorpus, Tallied, WordTally};

/// The words of a target that pass the thresholds, with their counts and their spread.
pub(crate) struct Words<'p> {
    /// In the order of their numbers, with the number first.
    counted: Vec<(u32, Gram, Spread)>,
    subcorpus: &'p Subcorpus,
}

impl<'p> Words<'p> {
    /// Counts the words of two parts, once for all sides. Returns the words of each side.
    pub(super) fn count(
        options: &SearchOptions,
        subcorpus: &'p Subcorpus,
        parts: &[Part],
        sides: &[Side],
        interrupt: &Interrupt,
    ) -> Result<Vec<Self>> {
        let new = || Tally { sides: tallies(subcorpus, sides) };
        let mut counted: Vec<Self> = sides.iter().map(|_| Self { counted: Vec::new(), subcorpus }).collect();
        for tally in subcorpus.tally(options, interrupt, READING_WORDS, parts, new)? {
            for (words, side) in counted.iter_mut().zip(tally.sides) {
                words.counted.extend(side.counted);
            }
        }
        for words in &mut counted {
            words.counted.sort_unstable_by_key(|(word, _, _)| *word);
        }
        Ok(counted)
    }

    /// The words, with their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &Gram)> {
        self.counted.iter().map(|(word, gram, _)| (*word, gram))
    }

    /// The spread of a word; `None` if it does not pass the thresholds.
    pub(super) fn spread(&self, word: u32) -> Option<Spread> {
        let at = self.counted.binary_search_by_key(&word, |(word, _, _)| *word).ok()?;
        self.counted.get(at).map(|(_, _, spread)| *spread)
    }

    /// The paragraphs in which it counts.
    pub(super) fn subcorpus(&self) -> &'p Subcorpus {
        self.subcorpus
    }
}

/// Counts one word after another.
struct Tally<'t> {
    sides: Vec<SideTally<'t>>,
}

/// Counts one word after another, as seen from one side.
struct SideTally<'t> {
    side: &'t Side,
    /// The word at hand.
    gram: Gram,
    /// By source, the occurrences of the word in the target, and the first paragraph that has it.
    by_source: Vec<(u32, u32)>,
    /// The sources that have it.
    sources: Vec<u32>,
    counted: Vec<(u32, Gram, Spread)>,
}

fn tallies<'t>(subcorpus: &Subcorpus, sides: &'t [Side]) -> Vec<SideTally<'t>> {
    let sources = subcorpus.paragraphs().last().map_or(0, |last| last.source as usize + 1);
    let tally = |side| SideTally {
        side,
        gram: Gram::default(),
        by_source: vec![NO_OCCURRENCE; sources],
        sources: Vec::new(),
        counted: Vec::new(),
    };
    sides.iter().map(tally).collect()
}

/// No occurrence, and no paragraph.
const NO_OCCURRENCE: (u32, u32) = (0, u32::MAX);

impl WordTally for Tally<'_> {
    type Mark = Part;

    #[inline]
    fn add(&mut self, tallied: Tallied<Part>) {
        for side in &mut self.sides {
            side.add(tallied);
        }
    }

    fn end_word(&mut self, word: u32) {
        for side in &mut self.sides {
            side.end_word(word);
        }
    }
}

impl SideTally<'_> {
    #[inline]
    fn add(&mut self, Tallied { paragraph, source, occurrences, mark }: Tallied<Part>) {
        let part = self.side.part(mark);
        self.gram.add(part, occurrences);
        if part != Part::Target {
            return;
        }
        let Some((count, first)) = self.by_source.get_mut(source as usize) else { return };
        if *count == 0 {
            self.sources.push(source);
        }
        add(count, occurrences);
        *first = paragraph.min(*first);
    }

    fn end_word(&mut self, word: u32) {
        let mut gram = std::mem::take(&mut self.gram);
        gram.reports = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        let sizes = &self.side.sizes;
        let is_kept = self.side.thresholds.pass(gram.count, gram.reports);
        // Sums of fractions depend on their order.
        self.sources.sort_unstable();
        let mut spread = Spreading::new(sizes);
        for source in self.sources.drain(..) {
            let Some(of_source) = self.by_source.get_mut(source as usize) else { continue };
            let (count, first) = std::mem::replace(of_source, NO_OCCURRENCE);
            if is_kept {
                spread.add_source(sizes, source, count.into(), first);
            }
        }
        if is_kept {
            gram.last = word;
            self.counted.push((word, gram, spread.finish(sizes)));
        }
    }
}
