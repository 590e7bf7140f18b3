//! Phrases.

use std::rc::Rc;

use quotable_query::Leaf;
use tantivy::{DocId, TERMINATED};

use super::texts::Texts;
use super::union::Union;
use crate::interrupt::Interrupt;
use crate::search::intervals::Interval;

/// A phrase: words at fixed offsets from its start.
pub(crate) struct Phrase<'a> {
    /// The words with their offsets, rarest first.
    words: Vec<(u32, Union)>,
    /// Pairs of adjacent words that are rarer than any single word, rarest first. They find candidates sooner.
    pairs: Vec<Union>,
    /// Number of words, gaps included.
    len: u32,
    /// The ends of sentences, for a phrase that ends in a gap: the last one is the last word of the paragraph, and the
    /// gap must not reach past it.
    stops: Option<Union>,
    /// The words that must be printed as asked; `None` if there are none.
    printed: Option<PrintedWords<'a>>,
    interrupt: Interrupt,
}

/// Words of a phrase that must be printed as asked: their offsets with the leaves of which one must match, and where the
/// texts are.
pub(super) struct PrintedWords<'a> {
    pub(super) words: Vec<(u32, Vec<&'a Leaf>)>,
    pub(super) texts: Rc<Texts<'a>>,
}

impl<'a> Phrase<'a> {
    pub(super) fn new(
        mut words: Vec<(u32, Union)>,
        mut pairs: Vec<Union>,
        len: u32,
        stops: Option<Union>,
        printed: Option<PrintedWords<'a>>,
        interrupt: Interrupt,
    ) -> Self {
        words.sort_by_key(|(_, union)| union.cost());
        pairs.sort_by_key(Union::cost);
        Self { words, pairs, len, stops, printed, interrupt }
    }

    /// Upper bound of the number of documents that `seek` stops at.
    pub(super) fn cost(&self) -> u64 {
        let rarest_word = self.words.first().map(|(_, union)| union);
        self.pairs.first().or(rarest_word).map_or(0, Union::cost)
    }

    /// The words, rarest first.
    pub(super) fn words_mut(&mut self) -> impl Iterator<Item = &mut Union> {
        self.words.iter_mut().map(|(_, union)| union)
    }

    /// The first document at or after `target` that contains all words, in any order. Targets must not decrease.
    pub(super) fn seek(&mut self, mut target: DocId) -> DocId {
        'restart: loop {
            if self.interrupt.is_over() {
                target = TERMINATED;
            }
            let unions = self.pairs.iter_mut().chain(self.words.iter_mut().map(|(_, union)| union));
            for union in unions {
                let doc = union.seek(target);
                if doc > target {
                    if doc == TERMINATED {
                        // End the rarest word too, so that later calls end soon.
                        if let Some((_, rarest)) = self.words.first_mut() {
                            rarest.seek(TERMINATED);
                        }
                        return TERMINATED;
                    }
                    target = doc;
                    continue 'restart;
                }
            }
            return target;
        }
    }

    /// Appends the occurrences in the current document within an interval of positions, in order.
    ///
    /// The starts that the rarest word allows are the candidates, and each further word removes those that lack it.
    pub(super) fn find_occurrences(&mut self, doc: DocId, within: Interval, out: &mut Vec<Interval>) {
        let paragraph_len = match &mut self.stops {
            None => u32::MAX,
            Some(stops) => {
                let has_stops = stops.seek(doc) == doc;
                stops.positions().last().filter(|_| has_stops).map_or(0, |last| last + 1)
            }
        };
        let Some(((offset, rarest), others)) = self.words.split_first_mut() else { return };
        let begin = out.len();
        let positions = rarest.positions();
        let mut work = positions.len() + 1;
        // This runs once for every sentence of a long paragraph: search for the first position, do not scan.
        let from = positions.partition_point(|&position| position < within.start.saturating_add(*offset));
        for &position in positions[from..].iter().take_while(|&&position| position < within.end) {
            let Some(start) = position.checked_sub(*offset) else { continue };
            let candidate = Interval::new(start, start.saturating_add(self.len));
            if within.contains(candidate) && candidate.end <= paragraph_len {
                out.push(candidate);
            }
        }
        for (offset, union) in others {
            if out.len() == begin || self.interrupt.charge_items(std::mem::take(&mut work)).is_err() {
                out.truncate(begin);
                return;
            }
            // Candidates and positions are both in order: one pass over both.
            let positions = union.positions();
            work += positions.len() + out.len() - begin;
            let mut index = 0;
            let mut kept = begin;
            for candidate in begin..out.len() {
                let expected = out[candidate].start + *offset;
                index += positions[index..].partition_point(|&position| position < expected);
                if positions.get(index) == Some(&expected) {
                    out[kept] = out[candidate];
                    kept += 1;
                }
            }
            out.truncate(kept);
        }
        if let Some(printed) = self.printed.as_ref().filter(|_| out.len() > begin) {
            printed.texts.retain(doc, out, begin, |candidate| candidate.start, &printed.words);
        }
    }
}
