//! Single words of two parts, counted from postings.
//!
//! For one word after another, its postings say how often each paragraph has it. What is counted of a word (its occurrences in each part,
//! its reports, how evenly these have it) is known when its postings are read. So nothing is kept of the text: memory grows with the
//! number of paragraphs and of different words.

use super::gram::{Gram, Part, Thresholds};
use super::parts::Parts;
use super::spread::{Sizes, Spread, Spreading};
use crate::error::Result;
use crate::interrupt::Interrupt;
use crate::search::options::SearchOptions;
use crate::search::subcorpus::{ListedParagraph, READING_WORDS, Subcorpus, WordTally};

/// The words of a target that pass the thresholds, with their counts and their spread.
pub(crate) struct Words<'p> {
    /// In the order of their numbers, with the number first.
    counted: Vec<(u32, Gram, Spread)>,
    subcorpus: &'p Subcorpus,
}

impl<'p> Words<'p> {
    /// Counts the words of two parts.
    pub(super) fn count(
        options: &SearchOptions,
        subcorpus: &'p Subcorpus,
        parts: &Parts,
        sizes: &Sizes,
        thresholds: Thresholds,
        interrupt: &Interrupt,
    ) -> Result<Self> {
        let step = if parts.is_turned() { "reading the words of the other part" } else { READING_WORDS };
        let new = || Tally::new(subcorpus, &parts.parts, sizes, thresholds);
        let tallies = subcorpus.tally(options, interrupt, step, new)?;
        let mut counted: Vec<_> = tallies.into_iter().flat_map(|tally| tally.counted).collect();
        counted.sort_unstable_by_key(|(word, _, _)| *word);
        Ok(Self { counted, subcorpus })
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
    paragraphs: &'t [ListedParagraph],
    parts: &'t [Part],
    sizes: &'t Sizes,
    thresholds: Thresholds,
    /// The word at hand.
    gram: Gram,
    /// By source, the occurrences of the word in the target, and the first paragraph that has it.
    by_source: Vec<(u32, u32)>,
    /// The sources that have it.
    sources: Vec<u32>,
    counted: Vec<(u32, Gram, Spread)>,
}

impl<'t> Tally<'t> {
    fn new(subcorpus: &'t Subcorpus, parts: &'t [Part], sizes: &'t Sizes, thresholds: Thresholds) -> Self {
        let paragraphs = subcorpus.paragraphs();
        let sources = paragraphs.last().map_or(0, |last| last.source as usize + 1);
        Self {
            paragraphs,
            parts,
            sizes,
            thresholds,
            gram: Gram::default(),
            by_source: vec![NO_OCCURRENCE; sources],
            sources: Vec::new(),
            counted: Vec::new(),
        }
    }
}

/// No occurrence, and no paragraph.
const NO_OCCURRENCE: (u32, u32) = (0, u32::MAX);

impl WordTally for Tally<'_> {
    #[inline]
    fn add(&mut self, paragraph: u32, occurrences: u32) {
        let at = paragraph as usize;
        let (Some(listed), Some(part)) = (self.paragraphs.get(at), self.parts.get(at)) else { return };
        self.gram.add(*part, occurrences);
        if *part != Part::Target {
            return;
        }
        let Some((count, first)) = self.by_source.get_mut(listed.source as usize) else { return };
        if *count == 0 {
            self.sources.push(listed.source);
        }
        *count += occurrences;
        *first = paragraph.min(*first);
    }

    fn end_word(&mut self, word: u32) {
        let mut gram = std::mem::take(&mut self.gram);
        gram.reports = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        let is_kept = self.thresholds.pass(gram.count, gram.reports);
        // Sums of fractions depend on their order.
        self.sources.sort_unstable();
        let mut spread = Spreading::new(self.sizes);
        for source in self.sources.drain(..) {
            let Some(of_source) = self.by_source.get_mut(source as usize) else { continue };
            let (count, first) = std::mem::replace(of_source, NO_OCCURRENCE);
            if is_kept {
                spread.add_source(self.sizes, source, count.into(), first);
            }
        }
        if is_kept {
            gram.last = word;
            self.counted.push((word, gram, spread.finish(self.sizes)));
        }
    }
}
