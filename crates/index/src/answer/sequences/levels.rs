//! Sequences of words (n-grams), counted in one part of a forward index and in another.
//!
//! Level by level (R. Agrawal and R. Srikant, "Fast algorithms for mining association rules", 1994): a sequence of three
//! words occurs often only if both sequences of two in it do, so only such pairs are counted. A level gives each place in the
//! text the number of the sequence that begins there; the next level counts pairs of these numbers, and puts its own in their place.
//!
//! Most pairs are rare and are thrown away, but all of them are under count at once. So pairs are parted by a hash, and a pass over the
//! text counts those of some parts alone, as many passes as the amount of text needs. This takes eight bytes for each word of the text,
//! some hundred megabytes for the pairs of a pass, and up to a hundred bytes for each sequence that passes the thresholds. To find how
//! sequences are spread takes some two hundred more for each that is asked for, and sixteen for each report that has it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use foldhash::fast::FixedState;

use super::gram::{Gram, NONE, Part};
use super::side::Side;
use super::spread::{Spread, Spreading};
use super::trie::Trie;
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::parallel::{in_threads, threads_for};
use crate::search::forward::{ForwardIndex, Token};
use crate::search::options::SearchOptions;
use crate::search::subcorpus::{ListedParagraph, Subcorpus};

/// Pairs of the target for each pass that counts them. In prose a third of them or less are different.
const PAIRS_OF_A_PASS: u64 = if cfg!(test) { 8 } else { 1 << 24 };
/// Words that a pass goes over in a step, where it counts no pair.
const WORDS_OF_A_STEP: usize = 8;

/// The sequences of a forward index of up to some length, by length.
pub(crate) struct Levels<'f> {
    forward: &'f ForwardIndex,
    parts: &'f [Part],
    side: &'f Side,
    /// By length, those that pass the thresholds; of single words, all.
    levels: Vec<Vec<Gram>>,
}

/// A sequence under count.
struct Candidate {
    count: u32,
    reports: u32,
    last_source: u32,
}

/// The shares of threads and of passes in the pairs.
#[derive(Clone, Copy)]
struct Slots {
    threads: usize,
    passes: usize,
}

impl Slots {
    /// Those for at most so many pairs, in so many words.
    fn for_pairs(pairs: u64, words: usize) -> Self {
        let threads = if cfg!(test) { 3 } else { threads_for(words) };
        // Of more than two thousand million words there is no forward index.
        let passes = usize::try_from(pairs.div_ceil(PAIRS_OF_A_PASS)).unwrap_or(1);
        Self { threads, passes }
    }

    /// The slot that counts a pair: those of the threads in the first pass come first.
    #[inline]
    fn of(self, pair: u64) -> usize {
        let slots = self.threads * self.passes;
        if slots == 1 {
            return 0;
        }
        // Fibonacci hashing: the high bits depend on all of the pair.
        (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize % slots
    }
}

type ByPair<T> = HashMap<u64, T, FixedState>;

impl<'f> Levels<'f> {
    /// Counts the sequences of up to `longest` words. `parts` says what each paragraph counts for. A sequence does not go
    /// over the end of a sentence.
    pub(super) fn count(
        forward: &'f ForwardIndex,
        parts: &'f [Part],
        side: &'f Side,
        longest: usize,
        options: &SearchOptions,
        interrupt: &Interrupt,
    ) -> Result<Self> {
        let mut counted = Self { forward, parts, side, levels: Vec::new() };
        counted.levels.push(counted.words(&mut interrupt.clone())?);
        // Only sequences of three words and more look back at where pairs begin.
        let words = if longest > 2 { forward.tokens().len() } else { 0 };
        let at: Vec<AtomicU32> = (0..words).map(|_| AtomicU32::new(NONE)).collect();
        while counted.levels.len() < longest {
            options.report("counting sequences of words", counted.levels.len() as u64, longest as u64);
            let is_last = counted.levels.len() + 1 == longest;
            let next = counted.next_level(&at, is_last, interrupt)?;
            counted.levels.push(next);
        }
        Ok(counted)
    }

    /// The sequences of `length` words that pass the thresholds, with their numbers.
    pub(super) fn of_length(&self, length: usize) -> impl Iterator<Item = (u32, &Gram)> {
        let level = length.checked_sub(1).and_then(|at| self.levels.get(at));
        let grams = level.map(Vec::as_slice).unwrap_or_default();
        // Words below the thresholds keep their numbers.
        (0..).zip(grams).filter(|(_, gram)| gram.count > 0)
    }

    /// The numbers of the words of a sequence.
    pub(super) fn words_of(&self, length: usize, gram: &Gram) -> Vec<u32> {
        let (mut words, mut stem) = (vec![gram.last], gram.stem);
        for length in (1..length).rev() {
            let Some(shorter) = self.gram(length, stem) else { break };
            words.push(shorter.last);
            stem = shorter.stem;
        }
        words.reverse();
        words
    }

    /// How the reports of the target have each of some sequences, given by length and number.
    ///
    /// # Errors
    /// The search was cancelled, is past its deadline or over its limit of steps.
    pub(super) fn spread(
        &self,
        sequences: &[(usize, u32)],
        interrupt: &mut Interrupt,
    ) -> Result<Vec<Spread>> {
        let mut trie = Trie::new(self.forward.word_count());
        for (row, (length, number)) in (0..).zip(sequences) {
            interrupt.step()?;
            if let Some(gram) = self.gram(*length, *number) {
                trie.add(&self.words_of(*length, gram), row);
            }
        }
        let sizes = &self.side.sizes;
        // The last report of each row, its occurrences so far, and the first paragraph that has one.
        let mut last: Vec<(u32, u64, u32)> = vec![(NONE, 0, NONE); sequences.len()];
        let mut spread = vec![Spreading::new(sizes); sequences.len()];
        for (at, paragraph) in self.target() {
            interrupt.charge_items(paragraph.len())?;
            trie.each_in(self.forward.tokens_of(paragraph), |row| {
                let (Some(last), Some(spread)) = (last.get_mut(row as usize), spread.get_mut(row as usize))
                else {
                    return;
                };
                if last.0 != paragraph.source {
                    if last.1 > 0 {
                        spread.add_source(sizes, last.0, last.1, last.2);
                    }
                    *last = (paragraph.source, 0, at);
                }
                last.1 += 1;
            });
        }
        interrupt.look()?;
        let mut finished = Vec::with_capacity(spread.len());
        for ((source, count, first), mut spread) in last.into_iter().zip(spread) {
            interrupt.step()?;
            if count > 0 {
                spread.add_source(sizes, source, count, first);
            }
            finished.push(spread.finish(sizes));
        }
        Ok(finished)
    }

    /// The paragraphs in which sequences are counted.
    pub(super) fn subcorpus(&self) -> &'f Subcorpus {
        self.forward
    }

    /// The sequence with this length and number.
    fn gram(&self, length: usize, number: u32) -> Option<&Gram> {
        self.levels.get(length.checked_sub(1)?)?.get(number as usize)
    }

    /// The paragraphs with what they count for.
    fn paragraphs(&self) -> impl Iterator<Item = (&'f ListedParagraph, Part)> {
        let paragraphs = self.forward.paragraphs().iter().zip(self.parts);
        paragraphs.map(|(paragraph, part)| (paragraph, self.side.part(*part)))
    }

    /// The paragraphs of the target, with their indexes.
    fn target(&self) -> impl Iterator<Item = (u32, &'f ListedParagraph)> {
        let paragraphs = (0..).zip(self.paragraphs());
        paragraphs
            .filter(|(_, (_, part))| *part == Part::Target)
            .map(|(index, (paragraph, _))| (index, paragraph))
    }

    /// The first level, in which the number of a sequence is that of its word.
    fn words(&self, interrupt: &mut Interrupt) -> Result<Vec<Gram>> {
        let words = self.forward.word_count();
        let mut grams: Vec<Gram> = (0..).take(words).map(Gram::of_word).collect();
        let mut last_source = vec![NONE; words];
        for (paragraph, part) in self.paragraphs() {
            interrupt.charge_items(paragraph.len())?;
            for token in self.forward.tokens_of(paragraph) {
                let word = token.word() as usize;
                let (Some(gram), Some(last)) = (grams.get_mut(word), last_source.get_mut(word)) else {
                    continue;
                };
                gram.add(part, 1);
                if part == Part::Target && std::mem::replace(last, paragraph.source) != paragraph.source {
                    gram.reports += 1;
                }
            }
        }
        for gram in &mut grams {
            if !self.side.thresholds.pass(gram.count, gram.reports) {
                gram.count = 0;
            }
        }
        interrupt.look()?;
        Ok(grams)
    }

    /// The next level. `at` has the number of the sequence of the level below that begins at each token, unless that is the level of
    /// words; afterwards, unless this is the last level, that of this level.
    fn next_level(&self, at: &[AtomicU32], is_last: bool, interrupt: &Interrupt) -> Result<Vec<Gram>> {
        let Some(below) = self.levels.last() else { return Err(Error::damaged("there is no first level")) };
        // A pair begins where a sequence of the level below does.
        let pairs = below.iter().map(|gram| u64::from(gram.count)).sum();
        if pairs == 0 {
            return Ok(Vec::new());
        }
        let slots = Slots::for_pairs(pairs, self.forward.tokens().len());
        let mut grams: Vec<Gram> = Vec::new();
        // By slot, the numbers of the pairs that pass the thresholds.
        let mut numbers: Vec<ByPair<u32>> = Vec::new();
        let mut numbering = interrupt.clone();
        for pass in 0..slots.passes {
            let kept = in_threads(slots.threads, |thread| {
                self.pairs_of(at, (pass, thread), slots, &mut interrupt.clone())
            })?;
            for kept in kept {
                let mut of_slot = ByPair::with_capacity_and_hasher(kept.len(), FixedState::default());
                for (pair, Candidate { count, reports, .. }) in kept {
                    numbering.step()?;
                    let number = u32::try_from(grams.len()).unwrap_or(NONE);
                    let (first, second) = apart(pair);
                    let last = below.get(second as usize).map_or(NONE, |gram| gram.last);
                    grams.push(Gram { stem: first, last, count, reports, ..Gram::default() });
                    of_slot.insert(pair, number);
                }
                numbers.push(of_slot);
            }
        }
        numbering.look()?;
        let number_of = |pair| numbers.get(slots.of(pair))?.get(&pair).copied();
        let share = self.forward.paragraphs().len().div_ceil(slots.threads).max(1);
        let others: Vec<Vec<[u32; 2]>> = in_threads(slots.threads, |thread| {
            let mut interrupt = interrupt.clone();
            let mut counts: Vec<[u32; 2]> = Vec::new();
            for (paragraph, part) in self.paragraphs().skip(thread * share).take(share) {
                let column = match part {
                    Part::Target if is_last => continue,
                    Part::Target => None,
                    Part::TargetBoilerplate => Some(0),
                    Part::Reference => Some(1),
                    Part::Neither => continue,
                };
                interrupt.charge_items(paragraph.len())?;
                if column.is_some() && counts.is_empty() {
                    counts.resize(grams.len(), [0; 2]);
                }
                self.each_place(at, paragraph, |place, pair| {
                    let number = pair.and_then(number_of);
                    if let (Some(number), Some(column)) = (number, column)
                        && let Some(counts) = counts.get_mut(number as usize)
                    {
                        counts[column] += 1;
                    }
                    if !is_last && let Some(at) = at.get(place) {
                        at.store(number.unwrap_or(NONE), Ordering::Relaxed);
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
        Ok(grams)
    }

    /// Counts the pairs of the target that are those of one thread in one pass. Returns those that pass the thresholds, in the order of
    /// the pairs.
    fn pairs_of(
        &self,
        at: &[AtomicU32],
        (pass, thread): (usize, usize),
        slots: Slots,
        interrupt: &mut Interrupt,
    ) -> Result<Vec<(u64, Candidate)>> {
        let slot = pass * slots.threads + thread;
        let mut candidates = ByPair::<Candidate>::default();
        for (_, paragraph) in self.target() {
            interrupt.check()?;
            // All threads go over the text, and all slots together have each pair once: what is charged does not depend on their number.
            if thread == 0 {
                interrupt.charge_items(paragraph.len().div_ceil(WORDS_OF_A_STEP))?;
            }
            let mut own = 0;
            self.each_place(at, paragraph, |_, pair| {
                let Some(pair) = pair.filter(|pair| slots.of(*pair) == slot) else { return };
                own += 1;
                let unseen = || Candidate { count: 0, reports: 0, last_source: NONE };
                let candidate = candidates.entry(pair).or_insert_with(unseen);
                candidate.count += 1;
                if std::mem::replace(&mut candidate.last_source, paragraph.source) != paragraph.source {
                    candidate.reports += 1;
                }
            });
            interrupt.charge_items(own)?;
        }
        interrupt.look()?;
        let passes = |candidate: &Candidate| self.side.thresholds.pass(candidate.count, candidate.reports);
        let mut kept: Vec<_> = candidates.into_iter().filter(|(_, candidate)| passes(candidate)).collect();
        kept.sort_unstable_by_key(|(pair, _)| *pair);
        Ok(kept)
    }

    /// Calls `each` with every place of a paragraph, in order, and the pair of sequences of the last level that begin there and at the
    /// next. `each` may write to the place.
    #[inline]
    fn each_place(
        &self,
        at: &[AtomicU32],
        paragraph: &ListedParagraph,
        each: impl FnMut(usize, Option<u64>),
    ) {
        let tokens = self.forward.tokens_of(paragraph);
        let places = paragraph.start as usize..paragraph.end as usize;
        match self.levels.as_slice() {
            [words] => {
                let is_kept = |word: u32| words.get(word as usize).is_some_and(|gram| gram.count > 0);
                let number =
                    |token: &Token| (Some(token.word()).filter(|word| is_kept(*word)), token.ends_sentence());
                each_adjacent(places, tokens.iter().map(number), each);
            }
            // Only pairs of words can go over the end of a sentence: longer sequences are made of pairs that do not.
            _ => {
                let number = |at: &AtomicU32| {
                    (Some(at.load(Ordering::Relaxed)).filter(|number| *number != NONE), false)
                };
                let at = at.get(places.clone()).unwrap_or_default();
                each_adjacent(places, at.iter().map(number), each);
            }
        }
    }
}

/// Calls `each` with every place and the pair that begins there, given the numbers at the places and whether a sentence ends there. A
/// number is taken before the place before it is given to `each`.
#[inline]
fn each_adjacent(
    places: Range<usize>,
    numbers: impl Iterator<Item = (Option<u32>, bool)>,
    mut each: impl FnMut(usize, Option<u64>),
) {
    let mut before = None;
    for (place, (number, ends_sentence)) in places.clone().zip(numbers) {
        if place > places.start {
            each(place - 1, before.zip(number).map(pair));
        }
        before = number.filter(|_| !ends_sentence);
    }
    if let Some(last) = places.last() {
        each(last, None);
    }
}

/// Two sequences that begin one after the other, as one number.
#[inline]
fn pair((first, second): (u32, u32)) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// The two of a pair.
fn apart(pair: u64) -> (u32, u32) {
    (u32::try_from(pair >> 32).unwrap_or(NONE), u32::try_from(pair & u64::from(u32::MAX)).unwrap_or(NONE))
}
