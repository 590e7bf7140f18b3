//! Sequences of words (n-grams), counted in one part of a forward index and in another.
//!
//! Level by level (R. Agrawal and R. Srikant, "Fast algorithms for mining association rules", 1994): a sequence of three
//! words occurs often only if both sequences of two in it do, so only such pairs are counted. A level gives each place in the
//! text the number of the sequence that begins there; the next level counts pairs of these numbers.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use foldhash::fast::FixedState;

use super::gram::{Gram, NONE, Part, Thresholds};
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::parallel::{in_threads, threads_for};
use crate::search::forward::{ForwardIndex, Token};
use crate::search::options::SearchOptions;
use crate::search::subcorpus::{ListedParagraph, Subcorpus};

/// All sequences of one length that pass the thresholds.
struct Level {
    grams: Vec<Gram>,
    /// The number of the sequence that begins at each token.
    at: Vec<AtomicU32>,
}

/// The sequences of a forward index of up to some length, by length.
pub(crate) struct Levels<'f> {
    forward: &'f ForwardIndex,
    parts: &'f [Part],
    levels: Vec<Level>,
}

/// A sequence under count.
struct Candidate {
    key: u64,
    count: u32,
    reports: u32,
    last_source: u32,
}

type Numbers = HashMap<u64, u32, FixedState>;

impl<'f> Levels<'f> {
    /// Counts the sequences of up to `longest` words. `parts` says what each paragraph counts for. A sequence does not go
    /// over the end of a sentence.
    pub(super) fn count(
        forward: &'f ForwardIndex,
        parts: &'f [Part],
        longest: usize,
        thresholds: Thresholds,
        options: &SearchOptions,
        interrupt: &Interrupt,
    ) -> Result<Self> {
        let mut counted = Self { forward, parts, levels: Vec::new() };
        let first = counted.words(thresholds);
        counted.levels.push(first);
        while counted.levels.len() < longest {
            interrupt.clone().look()?;
            options.report("counting sequences of words", counted.levels.len() as u64, longest as u64);
            let next = counted.next_level(thresholds, interrupt)?;
            counted.levels.push(next);
        }
        Ok(counted)
    }

    /// The sequences of `length` words that pass the thresholds, with their numbers.
    pub(super) fn of_length(&self, length: usize) -> impl Iterator<Item = (u32, &Gram)> {
        let level = length.checked_sub(1).and_then(|at| self.levels.get(at));
        let grams = level.map(|level| level.grams.as_slice()).unwrap_or_default();
        // Words below the thresholds keep their numbers.
        (0..).zip(grams).filter(|(_, gram)| gram.count > 0)
    }

    /// The numbers of the words of a sequence.
    pub(super) fn words_of(&self, length: usize, gram: &Gram) -> Vec<u32> {
        let (mut words, mut stem) = (vec![gram.last], gram.stem);
        for length in (1..length).rev() {
            let Some(shorter) = self.levels.get(length - 1).and_then(|level| level.grams.get(stem as usize))
            else {
                break;
            };
            words.push(shorter.last);
            stem = shorter.stem;
        }
        words.reverse();
        words
    }

    /// The first place in a paragraph of the sequence with this length and number, in words from 0.
    pub(super) fn find(&self, paragraph: &ListedParagraph, length: usize, number: u32) -> Option<u32> {
        let level = length.checked_sub(1).and_then(|at| self.levels.get(at))?;
        let place = level.of(paragraph).iter().position(|at| at.load(Ordering::Relaxed) == number)?;
        u32::try_from(place).ok()
    }

    /// Calls `each` with every occurrence in the target of a sequence that passes the thresholds: its paragraph, its
    /// length and its number. In report order.
    ///
    /// # Errors
    /// The search was cancelled, is past its deadline or over its limit of steps.
    pub(super) fn each_in_target(
        &self,
        interrupt: &mut Interrupt,
        mut each: impl FnMut(u32, &ListedParagraph, usize, u32),
    ) -> Result<()> {
        for (number, paragraph) in self.paragraphs_of(Part::Target) {
            interrupt.charge_items(paragraph.len() * self.levels.len())?;
            for (length, level) in (1..).zip(&self.levels) {
                for at in level.of(paragraph) {
                    let gram = at.load(Ordering::Relaxed);
                    if gram != NONE {
                        each(number, paragraph, length, gram);
                    }
                }
            }
        }
        interrupt.look()
    }

    /// The paragraphs in which sequences are counted.
    pub(super) fn subcorpus(&self) -> &'f Subcorpus {
        self.forward
    }

    fn paragraphs_of(&self, part: Part) -> impl Iterator<Item = (u32, &'f ListedParagraph)> {
        let paragraphs = (0..).zip(self.forward.paragraphs()).zip(self.parts);
        paragraphs.filter(move |(_, of)| **of == part).map(|(paragraph, _)| paragraph)
    }

    /// The first level, in which the number of a sequence is that of its word.
    fn words(&self, thresholds: Thresholds) -> Level {
        let words = self.forward.word_count();
        let mut grams: Vec<Gram> = (0..).take(words).map(Gram::of_word).collect();
        let mut last_source = vec![NONE; words];
        for (paragraph, part) in self.forward.paragraphs().iter().zip(self.parts) {
            for token in self.forward.tokens_of(paragraph) {
                let word = token.word() as usize;
                let (Some(gram), Some(last)) = (grams.get_mut(word), last_source.get_mut(word)) else {
                    continue;
                };
                gram.add(*part, 1);
                if *part == Part::Target && std::mem::replace(last, paragraph.source) != paragraph.source {
                    gram.reports += 1;
                }
            }
        }
        for gram in &mut grams {
            if !thresholds.pass(gram.count, gram.reports) {
                gram.count = 0;
            }
        }
        let is_kept = |token: &Token| grams.get(token.word() as usize).is_some_and(|gram| gram.count > 0);
        let number = |token: &Token| AtomicU32::new(if is_kept(token) { token.word() } else { NONE });
        let at = self.forward.tokens().iter().map(number).collect();
        Level { grams, at }
    }

    /// The next level.
    fn next_level(&self, thresholds: Thresholds, interrupt: &Interrupt) -> Result<Level> {
        let Some(below) = self.levels.last() else { return Err(Error::damaged("there is no first level")) };
        let is_pairs = self.levels.len() == 1;
        let cores = threads_for(self.forward.tokens().len());
        let at: Vec<AtomicU32> = self.forward.tokens().iter().map(|_| AtomicU32::new(NONE)).collect();
        // Each thread counts the pairs that are its own, by their number: no two threads write to one place.
        let counted: Vec<Vec<Candidate>> = in_threads(cores, |thread| {
            let mut interrupt = interrupt.clone();
            let (mut numbers, mut candidates) = (Numbers::default(), Vec::<Candidate>::new());
            for (_, paragraph) in self.paragraphs_of(Part::Target) {
                interrupt.charge_items(paragraph.len())?;
                self.each_pair(below, is_pairs, paragraph, |key, place| {
                    if thread_of(key, cores) != thread {
                        return;
                    }
                    let next = u32::try_from(candidates.len()).unwrap_or(NONE);
                    let number = *numbers.entry(key).or_insert(next);
                    if number == next {
                        candidates.push(Candidate { key, count: 0, reports: 0, last_source: NONE });
                    }
                    if let Some(candidate) = candidates.get_mut(number as usize) {
                        candidate.count += 1;
                        if std::mem::replace(&mut candidate.last_source, paragraph.source) != paragraph.source
                        {
                            candidate.reports += 1;
                        }
                    }
                    if let Some(at) = at.get(place) {
                        at.store(number, Ordering::Relaxed);
                    }
                });
            }
            interrupt.look()?;
            Ok(candidates)
        })?;
        // Those that pass the thresholds get their numbers.
        let mut grams: Vec<Gram> = Vec::new();
        let (mut renumbered, mut kept): (Vec<Vec<u32>>, Vec<Numbers>) = Default::default();
        for candidates in counted {
            let (mut new, mut numbers) = (vec![NONE; candidates.len()], Numbers::default());
            for (candidate, new) in candidates.iter().zip(&mut new) {
                if !thresholds.pass(candidate.count, candidate.reports) {
                    continue;
                }
                let number = u32::try_from(grams.len()).unwrap_or(NONE);
                let (first, second) =
                    ((candidate.key >> 32) as usize, (candidate.key & u64::from(NONE)) as usize);
                let last = below.grams.get(second).map_or(NONE, |gram| gram.last);
                let stem = u32::try_from(first).unwrap_or(NONE);
                grams.push(Gram {
                    stem,
                    last,
                    count: candidate.count,
                    reports: candidate.reports,
                    ..Gram::default()
                });
                numbers.insert(candidate.key, number);
                *new = number;
            }
            renumbered.push(new);
            kept.push(numbers);
        }
        let share = self.forward.paragraphs().len().div_ceil(cores).max(1);
        let others: Vec<Vec<[u32; 2]>> = in_threads(cores, |thread| {
            let mut interrupt = interrupt.clone();
            let mut counts = vec![[0; 2]; grams.len()];
            let paragraphs = self.forward.paragraphs().iter().zip(self.parts);
            for (paragraph, part) in paragraphs.skip(thread * share).take(share) {
                interrupt.charge_items(paragraph.len())?;
                self.each_pair(below, is_pairs, paragraph, |key, place| {
                    let Some(at) = at.get(place) else { return };
                    let thread = thread_of(key, cores);
                    let number = match part {
                        Part::Target => {
                            let old = at.load(Ordering::Relaxed) as usize;
                            renumbered.get(thread).and_then(|new| new.get(old)).copied()
                        }
                        Part::Neither => None,
                        _ => kept.get(thread).and_then(|numbers| numbers.get(&key)).copied(),
                    };
                    let number = number.unwrap_or(NONE);
                    at.store(number, Ordering::Relaxed);
                    if let Some([boilerplate, reference]) = counts.get_mut(number as usize) {
                        match part {
                            Part::TargetBoilerplate => *boilerplate += 1,
                            Part::Reference => *reference += 1,
                            _ => {}
                        }
                    }
                });
            }
            interrupt.look()?;
            Ok(counts)
        })?;
        for counts in others {
            for (gram, [boilerplate, reference]) in grams.iter_mut().zip(counts) {
                gram.boilerplate += boilerplate;
                gram.reference += reference;
            }
        }
        Ok(Level { grams, at })
    }

    /// Calls `each` with every pair of adjacent sequences of a paragraph, as one number, and the place of the first.
    #[inline]
    fn each_pair(
        &self,
        below: &Level,
        is_pairs: bool,
        paragraph: &ListedParagraph,
        mut each: impl FnMut(u64, usize),
    ) {
        let tokens = self.forward.tokens_of(paragraph);
        let numbers = below.of(paragraph);
        for ((place, pair), token) in (paragraph.start as usize..).zip(numbers.windows(2)).zip(tokens) {
            let [first, second] = pair else { continue };
            let (first, second) = (first.load(Ordering::Relaxed), second.load(Ordering::Relaxed));
            // A longer sequence has its ends of sentences behind it: those that it is made of go over none.
            if first == NONE || second == NONE || (is_pairs && token.ends_sentence()) {
                continue;
            }
            each(u64::from(first) << 32 | u64::from(second), place);
        }
    }
}

impl Level {
    fn of(&self, paragraph: &ListedParagraph) -> &[AtomicU32] {
        self.at.get(paragraph.start as usize..paragraph.end as usize).unwrap_or_default()
    }
}

/// The thread that counts a pair.
#[inline]
fn thread_of(key: u64, threads: usize) -> usize {
    if threads == 1 {
        return 0;
    }
    // Fibonacci hashing: the high bits depend on all of the key.
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize % threads
}
