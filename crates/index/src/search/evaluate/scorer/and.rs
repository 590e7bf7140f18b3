//! Conjunctions.

use tantivy::{DocId, TERMINATED};

use super::{MANY, Match, Scorer, merge_if_many};
use crate::interrupt::Interrupt;
use crate::search::intervals::Interval;

/// Parts that must match, and parts that must not.
pub(crate) struct And<'a> {
    /// Cheapest first.
    pub(super) required: Vec<Scorer<'a>>,
    pub(super) excluded: Vec<Scorer<'a>>,
    /// True if no occurrence of one required part can also be one of another, so that their numbers add up.
    pub(super) disjoint: bool,
    /// Reused buffer: the counts before a call, restored if one part matches and another does not.
    saved_counts: Vec<u32>,
    interrupt: Interrupt,
}

impl<'a> And<'a> {
    pub(crate) fn new(
        mut required: Vec<Scorer<'a>>,
        excluded: Vec<Scorer<'a>>,
        disjoint: bool,
        interrupt: Interrupt,
    ) -> Self {
        required.sort_by_key(Scorer::cost);
        Self { required, excluded, disjoint, saved_counts: Vec::new(), interrupt }
    }

    pub(super) fn cost(&self) -> u64 {
        self.required.iter().map(Scorer::cost).min().unwrap_or(0)
    }

    /// The first document at or after `target` that all required parts may match: a leapfrog join, led by the cheapest
    /// part.
    pub(super) fn seek(&mut self, mut target: DocId) -> DocId {
        'restart: loop {
            // Restarts end early, so that a step for each part is an upper bound; most have two or three.
            if self.interrupt.is_over() || self.interrupt.charge_items(self.required.len()).is_err() {
                return TERMINATED;
            }
            for part in &mut self.required {
                let doc = part.seek(target);
                if doc > target {
                    if doc == TERMINATED {
                        return TERMINATED;
                    }
                    target = doc;
                    continue 'restart;
                }
            }
            return target;
        }
    }

    /// See [`Scorer::count_occurrences`]; `None` if positions are needed.
    pub(super) fn count_occurrences(&mut self, doc: DocId, counts: &mut [u32]) -> Option<(Match, u32)> {
        if !self.disjoint {
            return None;
        }
        self.saved_counts.clear();
        self.saved_counts.extend_from_slice(counts);
        let (mut matched, mut sum) = (Match::Unscored, 0);
        for part in &mut self.required {
            let (part_matched, occurrences) = part.count_occurrences(doc, counts);
            matched = matched.and(part_matched);
            sum += occurrences;
            if matched == Match::No {
                break;
            }
        }
        let _ = self.interrupt.charge_items(self.required.len() + self.excluded.len());
        if matched != Match::No && self.excluded.iter_mut().any(|part| part.holds(doc)) {
            matched = Match::No;
        }
        if matched == Match::No {
            counts.copy_from_slice(&self.saved_counts);
            sum = 0;
        }
        Some((matched, sum))
    }

    /// See [`Scorer::find_occurrences`]; the occurrences of different parts are not yet merged.
    pub(super) fn find_occurrences(
        &mut self,
        doc: DocId,
        within: Interval,
        out: &mut Vec<Interval>,
        counts: &mut [u32],
    ) -> Match {
        let (begin, mut many) = (out.len(), MANY);
        self.saved_counts.clear();
        self.saved_counts.extend_from_slice(counts);
        let mut matched = Match::Unscored;
        for part in &mut self.required {
            matched = matched.and(part.find_occurrences(doc, within, out, counts));
            merge_if_many(out, begin, &mut many);
            if matched == Match::No {
                break;
            }
        }
        let mut ignored = Vec::new();
        for part in &mut self.excluded {
            if matched == Match::No {
                break;
            }
            ignored.clear();
            if part.find_occurrences(doc, within, &mut ignored, &mut []) != Match::No {
                matched = Match::No;
            }
        }
        let parts = self.required.len() + self.excluded.len();
        let _ = self.interrupt.charge_items(8 * parts + 4 * (out.len() - begin));
        if matched == Match::No {
            counts.copy_from_slice(&self.saved_counts);
            out.truncate(begin);
        }
        matched
    }
}
