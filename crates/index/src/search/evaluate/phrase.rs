//! Words side by side.

use tantivy::{DocId, TERMINATED};

use super::union::Union;
use crate::interrupt::Interrupt;
use crate::search::intervals::Interval;

/// A phrase: words at fixed distances from its start.
pub(crate) struct Phrase {
    /// The words and their places in the phrase, rarest first.
    slots: Vec<(u32, Union)>,
    /// Pairs of its words that stand in fewer paragraphs than any of them, rarest first.
    pairs: Vec<Union>,
    /// How many words it takes, gaps included.
    len: u32,
    /// The ends of sentences, where the phrase ends in a gap: the last is the last word of the paragraph.
    stops: Option<Union>,
    interrupt: Interrupt,
}

impl Phrase {
    pub(crate) fn new(
        mut slots: Vec<(u32, Union)>,
        mut pairs: Vec<Union>,
        len: u32,
        stops: Option<Union>,
        interrupt: Interrupt,
    ) -> Self {
        slots.sort_by_key(|(_, union)| union.cost());
        pairs.sort_by_key(Union::cost);
        Self { slots, pairs, len, stops, interrupt }
    }

    pub(crate) fn cost(&self) -> u64 {
        let first = self.slots.first().map(|(_, union)| union);
        self.pairs.first().or(first).map_or(0, Union::cost)
    }

    /// Its words.
    pub(super) fn unions(&mut self) -> impl Iterator<Item = &mut Union> {
        self.slots.iter_mut().map(|(_, union)| union)
    }

    /// The first paragraph at or after the target that holds all its words, side by side or not.
    pub(crate) fn seek(&mut self, mut target: DocId) -> DocId {
        'again: loop {
            if self.interrupt.is_over() {
                target = TERMINATED;
            }
            let unions = self.pairs.iter_mut().chain(self.slots.iter_mut().map(|(_, union)| union));
            for union in unions {
                let doc = union.seek(target);
                if doc > target {
                    if doc == TERMINATED {
                        // The first decides where the phrase stands.
                        target = TERMINATED;
                        if let Some((_, first)) = self.slots.first_mut() {
                            first.seek(target);
                        }
                        return TERMINATED;
                    }
                    target = doc;
                    continue 'again;
                }
            }
            return target;
        }
    }

    /// Where the phrase stands in the current paragraph, within the window.
    pub(crate) fn occurrences(&mut self, doc: DocId, window: Interval, out: &mut Vec<Interval>) {
        let words = match &mut self.stops {
            None => u32::MAX,
            Some(stops) => {
                let there = stops.seek(doc) == doc;
                stops.positions().last().filter(|_| there).map_or(0, |last| last + 1)
            }
        };
        let Some(((place, first), others)) = self.slots.split_first_mut() else { return };
        let begin = out.len();
        let positions = first.positions();
        // A paragraph may have many sentences, and each is a window: only what may stand in it is looked at.
        let from = positions.partition_point(|&position| position < window.start.saturating_add(*place));
        for &position in positions[from..].iter().take_while(|&&position| position < window.end) {
            let Some(start) = position.checked_sub(*place) else { continue };
            let found = Interval::new(start, start.saturating_add(self.len));
            if window.contains(found) && found.end <= words {
                out.push(found);
            }
        }
        for (place, union) in others {
            if out.len() == begin {
                return;
            }
            // Both are in order: one pass.
            let positions = union.positions();
            let mut at = 0;
            let mut kept = begin;
            for index in begin..out.len() {
                let wanted = out[index].start + *place;
                at += positions[at..].partition_point(|&position| position < wanted);
                if positions.get(at) == Some(&wanted) {
                    out[kept] = out[index];
                    kept += 1;
                }
            }
            out.truncate(kept);
        }
    }
}
