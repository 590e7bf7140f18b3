//! Proximity.

use quotable_query::Side;
use tantivy::{DocId, TERMINATED};

use super::{Match, Scorer};
use crate::interrupt::Interrupt;
use crate::search::intervals::{Interval, Run, near, near_runs, near_words, not_near};

/// Two operands near each other, or one that is not near the other.
///
/// The occurrences are the minimal intervals that contain one occurrence of each operand; see
/// [`intervals`](crate::search::intervals).
pub(crate) struct Near<'a> {
    pub(super) left: Scorer<'a>,
    pub(super) right: Scorer<'a>,
    /// Greatest distance in words; adjacent words are one apart.
    distance: u32,
    pub(super) kind: NearKind,
    pub(super) unit: Option<usize>,
    /// True if an operand may have words between its own, where the other may lie.
    pub(super) may_interlock: bool,
    /// Reused buffers.
    lefts: Vec<Interval>,
    rights: Vec<Interval>,
    found: Vec<Interval>,
    interrupt: Interrupt,
}

/// The kind of proximity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NearKind {
    /// Near each other, in either order.
    EitherOrder,
    /// Near each other, the left one first.
    Ordered,
    /// The left one occurs without the right one near it, on one side if there is one.
    Absent(Option<Side>),
}

impl<'a> Near<'a> {
    pub(crate) fn new(
        [left, right]: [Scorer<'a>; 2],
        distance: u32,
        kind: NearKind,
        unit: Option<usize>,
        interrupt: Interrupt,
    ) -> Self {
        let (lefts, rights, found) = (Vec::new(), Vec::new(), Vec::new());
        let may_interlock = !matches!(kind, NearKind::Absent(_)) && (left.has_holes() || right.has_holes());
        Self { left, right, distance, kind, unit, may_interlock, lefts, rights, found, interrupt }
    }

    pub(super) fn cost(&self) -> u64 {
        match self.kind {
            NearKind::Absent(_) => self.left.cost(),
            NearKind::EitherOrder | NearKind::Ordered => self.left.cost().min(self.right.cost()),
        }
    }

    /// The first document at or after `target` that contains the operands, near or not.
    pub(super) fn seek(&mut self, mut target: DocId) -> DocId {
        if matches!(self.kind, NearKind::Absent(_)) {
            return self.left.seek(target);
        }
        loop {
            if self.interrupt.is_over() {
                return TERMINATED;
            }
            let doc = self.left.seek(target);
            target = self.right.seek(doc);
            if target == doc {
                return doc;
            }
        }
    }

    /// Adds the occurrences within an interval of positions; true if there are any.
    pub(super) fn find_occurrences(&mut self, doc: DocId, within: Interval, out: &mut Vec<Interval>) -> bool {
        let begin = out.len();
        if let Some(found) = self.find_words(doc, within, out) {
            return found;
        }
        if self.may_interlock {
            let mut runs = Vec::new();
            self.find_runs(doc, within, &mut runs);
            out.extend(runs.iter().map(|run| run.whole));
            return out.len() > begin;
        }
        self.lefts.clear();
        self.rights.clear();
        let left = self.left.find_occurrences(doc, within, &mut self.lefts, &mut []);
        if left == Match::No {
            return false;
        }
        let right = self.right.find_occurrences(doc, within, &mut self.rights, &mut []);
        // These are sorted and copied several times over. Once the work is too much, a chain of windows ends at each.
        if self.interrupt.charge_items(32 + 8 * (self.lefts.len() + self.rights.len())).is_err() {
            return false;
        }
        let mut found = Vec::new();
        match self.kind {
            NearKind::Absent(side) => not_near(&self.lefts, &self.rights, self.distance, side, &mut found),
            _ if right == Match::No => return false,
            kind => {
                let ordered = kind == NearKind::Ordered;
                near(&self.lefts, &self.rights, self.distance, ordered, &mut found);
            }
        }
        out.append(&mut found);
        out.len() > begin
    }

    /// Adds the occurrences within an interval of positions, with their own words.
    pub(super) fn find_runs(&mut self, doc: DocId, within: Interval, out: &mut Vec<Run>) {
        let (mut lefts, mut rights) = (Vec::new(), Vec::new());
        self.left.find_runs(doc, within, &mut lefts);
        if lefts.is_empty() {
            return;
        }
        self.right.find_runs(doc, within, &mut rights);
        let work = 32 + 16 * (lefts.len() + rights.len());
        if self.interrupt.charge_items(work).is_err() {
            return;
        }
        match self.kind {
            NearKind::Absent(side) => {
                let whole = |runs: &[Run]| runs.iter().map(|run| run.whole).collect::<Vec<_>>();
                let mut far = Vec::new();
                not_near(&whole(&lefts), &whole(&rights), self.distance, side, &mut far);
                lefts.retain(|run| far.binary_search(&run.whole).is_ok());
                out.append(&mut lefts);
            }
            kind => {
                let ordered = kind == NearKind::Ordered;
                let pairs = near_runs(&lefts, &rights, self.distance, ordered, out);
                // Who stops looks for itself.
                let _ = self.interrupt.charge_items(pairs);
            }
        }
    }

    /// A faster [`find_occurrences`](Self::find_occurrences) by one merge of positions; `None` unless both operands are
    /// words without a position in common.
    fn find_words(&mut self, doc: DocId, within: Interval, out: &mut Vec<Interval>) -> Option<bool> {
        let (Scorer::Words { union: left, .. }, Scorer::Words { union: right, .. }) =
            (&mut self.left, &mut self.right)
        else {
            return None;
        };
        let ordered = match self.kind {
            NearKind::EitherOrder => false,
            NearKind::Ordered => true,
            NearKind::Absent(_) => return None,
        };
        if left.seek(doc) != doc || right.seek(doc) != doc {
            return Some(false);
        }
        let clip = |positions: &'_ [u32]| {
            let first_at = |bound| positions.partition_point(|&position| position < bound);
            first_at(within.start)..first_at(within.end)
        };
        let (left, right) = (left.positions(), right.positions());
        let (left, right) = (&left[clip(left)], &right[clip(right)]);
        if self.interrupt.charge_items(8 + left.len() + right.len()).is_err() {
            return Some(false);
        }
        let begin = out.len();
        near_words(left, right, self.distance, ordered, out).then_some(out.len() > begin)
    }

    /// How the whole document matches, and the number of occurrences. Adds that number to the count of the unit.
    pub(super) fn count_occurrences(&mut self, doc: DocId, counts: &mut [u32]) -> (Match, u32) {
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        let matched = Match::occurs(self.find_occurrences(doc, Interval::WHOLE, &mut found));
        let occurrences = u32::try_from(found.len()).unwrap_or(u32::MAX);
        self.found = found;
        if let Some(count) = self.unit.and_then(|unit| counts.get_mut(unit)) {
            *count += occurrences;
        }
        (matched, occurrences)
    }
}
