//! Interval algebra over word positions.
//!
//! After Clarke, Cormack and Burkowski, "Shortest-substring retrieval and ranking", ACM Transactions on
//! Information Systems 18(1), 2000. All lists of intervals are distinct and sorted by start, then end.
//!
//! A window has words of its own and, between them, words that are not. Two windows that have no word of their own in
//! common may interlock, as in the unordered intervals of Lucene and the "both of" of Clarke, Cormack and Burkowski
//! ("An algebra for structured text search and a framework for its implementation", The Computer Journal 38(1), 1995);
//! unlike there, one word never serves both. So intervals of windows inside windows carry their words: see `Run`.

use serde::{Deserialize, Serialize};

use crate::query::Side;

/// A half-open interval of zero-based word positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// The position of the first word.
    pub start: u32,
    /// The position after the last word.
    pub end: u32,
}

impl Interval {
    /// The interval of the words from `start` to before `end`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The positions of the words in the interval.
    #[must_use]
    pub fn positions(self) -> std::ops::Range<u32> {
        self.start..self.end
    }

    /// True if the other interval lies inside this one.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The number of words between two intervals; none if they share a word.
    pub(crate) fn gap(self, other: Self) -> Option<u32> {
        let (first, second) = if self.start <= other.start { (self, other) } else { (other, self) };
        second.start.checked_sub(first.end)
    }

    /// The smallest interval that contains both.
    pub(crate) fn hull(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// An interval with the words that are its own: all of them for a word or phrase, those of both parts for a window.
///
/// Of the ways to choose the words of an interval, one is kept: the one with the fewest words, and of these the one that
/// comes first in order of positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) whole: Interval,
    /// The positions of its own words, ascending.
    pub(crate) words: Vec<u32>,
}

impl Run {
    /// A run without words that are not its own.
    pub(crate) fn solid(whole: Interval) -> Self {
        Self { whole, words: whole.positions().collect() }
    }

    /// True if a window with that distance may join the two.
    fn joins(&self, other: &Self, distance: u32, ordered: bool) -> bool {
        match self.whole.gap(other.whole) {
            Some(gap) => gap < distance && (!ordered || self.whole.start < other.whole.start),
            // They interlock, or one lies in the other.
            None => !ordered && !self.words.iter().any(|word| other.words.binary_search(word).is_ok()),
        }
    }

    /// The run of a window of the two.
    fn joined(&self, other: &Self) -> Self {
        let mut words: Vec<u32> = self.words.iter().chain(&other.words).copied().collect();
        words.sort_unstable();
        Self { whole: self.whole.hull(other.whole), words }
    }
}

/// Sorts runs by their intervals, and keeps one for each.
pub(crate) fn distinct_runs(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_unstable_by(|one, other| {
        let key = |run: &Run| (run.whole, run.words.len());
        key(one).cmp(&key(other)).then_with(|| one.words.cmp(&other.words))
    });
    runs.dedup_by_key(|run| run.whole);
    runs
}

/// Keeps the runs whose interval contains no other.
fn minimal_runs(runs: Vec<Run>) -> Vec<Run> {
    let kept = minimal(runs.iter().map(|run| run.whole).collect());
    let mut runs = distinct_runs(runs);
    runs.retain(|run| kept.binary_search(&run.whole).is_ok());
    runs
}

/// [`near`] for runs, which may interlock if not `ordered`.
pub(crate) fn join(left: &[Run], right: &[Run], distance: u32, ordered: bool) -> Vec<Run> {
    let longest = right.iter().map(|b| b.whole.end - b.whole.start).max().unwrap_or(0);
    let mut joined = Vec::new();
    for a in left {
        // A right that starts before this ends too far before `a`, even if it is the longest.
        let earliest = a.whole.start.saturating_sub(distance.saturating_add(longest));
        let from = right.partition_point(|b| b.whole.start < earliest);
        let reach = a.whole.end.saturating_add(distance);
        let mut of_a: Vec<Run> = Vec::new();
        for b in right[from..].iter().take_while(|b| b.whole.start < reach) {
            let whole = a.whole.hull(b.whole);
            let holds_other = of_a.iter().any(|run| run.whole != whole && whole.holds(run.whole));
            if !holds_other && a.joins(b, distance, ordered) {
                of_a.push(a.joined(b));
            }
        }
        joined.extend(minimal_runs(of_a));
    }
    minimal_runs(joined)
}

/// The pairs of intervals that [`join`] joined to `whole`.
pub(crate) fn joined_to(
    whole: Interval,
    left: &[Run],
    right: &[Run],
    distance: u32,
    ordered: bool,
) -> Vec<(Interval, Interval)> {
    let inside = |runs: &[Run]| {
        let from = runs.partition_point(|run| run.whole.start < whole.start);
        let until = runs.partition_point(|run| run.whole.start < whole.end);
        from..until.max(from)
    };
    let mut pairs = Vec::new();
    for a in left[inside(left)].iter().filter(|a| whole.holds(a.whole)) {
        for b in &right[inside(right)] {
            if a.whole.hull(b.whole) == whole && a.joins(b, distance, ordered) {
                pairs.push((a.whole, b.whole));
            }
        }
    }
    pairs
}

/// Sorts intervals and removes duplicates.
pub(crate) fn distinct(mut intervals: Vec<Interval>) -> Vec<Interval> {
    intervals.sort_unstable();
    intervals.dedup();
    intervals
}

/// Removes every interval that contains another.
fn minimal(intervals: Vec<Interval>) -> Vec<Interval> {
    let mut kept: Vec<Interval> = Vec::new();
    for interval in distinct(intervals) {
        // In this order, an interval is inside those kept before it that end at or after its own end, and contains a
        // kept one with the same start.
        while kept.last().is_some_and(|last| last.end >= interval.end && last.start < interval.start) {
            kept.pop();
        }
        if kept.last().is_none_or(|last| last.start < interval.start) {
            kept.push(interval);
        }
    }
    kept
}

/// The minimal intervals that contain a left and a right with no word in common and fewer than `distance` words
/// between; left before right if `ordered`.
pub(crate) fn near(left: &[Interval], right: &[Interval], distance: u32, ordered: bool) -> Vec<Interval> {
    let mut hulls = Vec::new();
    ordered_hulls(left, right, distance, &mut hulls);
    if !ordered {
        ordered_hulls(right, left, distance, &mut hulls);
    }
    minimal(hulls)
}

/// Adds, for each `first`, the hull with the `second` after it that ends soonest: hulls with the others are not minimal.
fn ordered_hulls(first: &[Interval], second: &[Interval], distance: u32, hulls: &mut Vec<Interval>) {
    for &a in first {
        // Those that start before the end of `a` share a word with it or come before it.
        let from = second.partition_point(|b| b.start < a.end);
        let mut best: Option<Interval> = None;
        for &b in &second[from..] {
            // They are sorted by start, so all later ones are as far away, and none that starts at or after the end of the
            // best one can end sooner.
            let too_far = b.start - a.end >= distance;
            if too_far || best.is_some_and(|best| best.end <= b.start) {
                break;
            }
            if best.is_none_or(|best| b.end < best.end) {
                best = Some(b);
            }
        }
        hulls.extend(best.map(|b| a.hull(b)));
    }
}

/// The pairs of intervals that a window joined to `whole`: one of `first` starts it, one of `second` ends it.
pub(crate) fn pairs_of(
    whole: Interval,
    first: &[Interval],
    second: &[Interval],
    distance: u32,
) -> Vec<(Interval, Interval)> {
    let starts = first.iter().skip(first.partition_point(|a| a.start < whole.start));
    let starts = starts.take_while(|a| a.start == whole.start);
    let mut pairs = Vec::new();
    for &a in starts {
        let after = second.iter().skip(second.partition_point(|b| b.start < a.end));
        let near = after.take_while(|b| b.start < whole.end && b.start - a.end < distance);
        pairs.extend(near.filter(|b| b.end == whole.end).map(|&b| (a, b)));
    }
    pairs
}

/// The lefts with no right that shares a word or has fewer than `distance` words between; if a side is given, only
/// rights on that side are too near. An interval is not near itself, so `a not w/5 a` is an `a` with no other `a` near.
pub(crate) fn not_near(
    left: &[Interval],
    right: &[Interval],
    distance: u32,
    side: Option<Side>,
) -> Vec<Interval> {
    let longest = right.iter().map(|b| b.end - b.start).max().unwrap_or(0);
    let is_on_side = |a: Interval, b: Interval| match side {
        None => true,
        Some(Side::Before) => b.start < a.start,
        Some(Side::After) => b.start > a.start,
    };
    let is_near = |a: Interval| {
        // A right that starts before this ends too far before `a`, even if it is the longest.
        let earliest = a.start.saturating_sub(distance.saturating_add(longest));
        let from = right.partition_point(|b| b.start < earliest);
        right[from..].iter().take_while(|b| b.start < a.end.saturating_add(distance)).any(|&b| {
            match a.gap(b) {
                None => a != b,
                Some(gap) => gap < distance && is_on_side(a, b),
            }
        })
    };
    left.iter().copied().filter(|&a| !is_near(a)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Interval, Run, Side, distinct, distinct_runs, join, minimal, near, not_near};

    fn intervals() -> impl Strategy<Value = Vec<Interval>> {
        let one = (0_u32..12, 1_u32..4).prop_map(|(start, length)| Interval::new(start, start + length));
        proptest::collection::vec(one, 0..8).prop_map(distinct)
    }

    /// Intervals with some of their words, always those at both ends.
    fn runs() -> impl Strategy<Value = Vec<Run>> {
        let one = (0_u32..9, 0_u32..5, any::<[bool; 5]>()).prop_map(|(start, last, own)| {
            let word = |at: u32| at == 0 || at == last || own[at as usize];
            let words = (0..=last).filter(|&at| word(at)).map(|at| start + at).collect();
            Run { whole: Interval::new(start, start + last + 1), words }
        });
        proptest::collection::vec(one, 0..7).prop_map(distinct_runs)
    }

    /// The definition: the hulls of all pairs, without those that contain another.
    fn near_by_definition(
        left: &[Interval],
        right: &[Interval],
        distance: u32,
        ordered: bool,
    ) -> Vec<Interval> {
        let mut hulls = Vec::new();
        for &a in left {
            for &b in right {
                let apart = a.gap(b).is_some_and(|gap| gap < distance);
                if apart && (!ordered || a.start < b.start) {
                    hulls.push(a.hull(b));
                }
            }
        }
        let all = distinct(hulls);
        all.iter()
            .copied()
            .filter(|&hull| !all.iter().any(|&other| other != hull && hull.holds(other)))
            .collect()
    }

    proptest! {
        #[test]
        fn near_equals_its_definition(left in intervals(), right in intervals(), distance in 1_u32..6, ordered: bool) {
            prop_assert_eq!(
                near(&left, &right, distance, ordered),
                near_by_definition(&left, &right, distance, ordered)
            );
        }

        #[test]
        fn not_near_equals_its_definition(left in intervals(), right in intervals(), distance in 1_u32..6) {
            let far = |a: Interval, b: Interval| a == b || a.gap(b).is_some_and(|gap| gap >= distance);
            let after = |a: Interval, b: Interval| b.start >= a.end;
            let all = |is_far: &dyn Fn(Interval, Interval) -> bool| -> Vec<_> {
                left.iter().copied().filter(|&a| right.iter().all(|&b| is_far(a, b))).collect()
            };
            prop_assert_eq!(not_near(&left, &right, distance, None), all(&far));
            let before = not_near(&left, &right, distance, Some(Side::Before));
            prop_assert_eq!(before, all(&|a, b| after(a, b) || far(a, b)));
            let after_ones = not_near(&left, &right, distance, Some(Side::After));
            prop_assert_eq!(after_ones, all(&|a, b| after(b, a) || far(a, b)));
        }

        /// For runs without holes, joining is `near`.
        #[test]
        fn joining_solid_runs_is_near(left in intervals(), right in intervals(), distance in 1_u32..6, ordered: bool) {
            let runs = |all: &[Interval]| all.iter().copied().map(Run::solid).collect::<Vec<_>>();
            let joined = join(&runs(&left), &runs(&right), distance, ordered);
            let whole: Vec<_> = joined.iter().map(|run| run.whole).collect();
            prop_assert_eq!(whole, near(&left, &right, distance, ordered));
        }

        /// The definition: of all pairs without a common word that are near, the minimal ones with their first words.
        #[test]
        fn joining_equals_its_definition(left in runs(), right in runs(), distance in 1_u32..6, ordered: bool) {
            let mut all = Vec::new();
            for a in &left {
                for b in &right {
                    let common = a.words.iter().any(|word| b.words.contains(word));
                    let apart = a.whole.end <= b.whole.start || b.whole.end <= a.whole.start;
                    let near = a.whole.gap(b.whole).is_none_or(|gap| gap < distance);
                    let in_order = !ordered || a.whole.end <= b.whole.start;
                    if near && in_order && (apart || !common) {
                        all.push(a.joined(b));
                    }
                }
            }
            let is_minimal = |run: &Run| {
                all.iter().all(|other| other.whole == run.whole || !run.whole.holds(other.whole))
            };
            let minimal = distinct_runs(all.iter().filter(|run| is_minimal(run)).cloned().collect());
            prop_assert_eq!(join(&left, &right, distance, ordered), minimal);
        }

        #[test]
        fn unordered_near_is_symmetric(left in intervals(), right in intervals(), distance in 1_u32..6) {
            prop_assert_eq!(near(&left, &right, distance, false), near(&right, &left, distance, false));
        }

        #[test]
        fn minimal_intervals_contain_no_other(all in intervals()) {
            let kept = minimal(all.clone());
            prop_assert!(kept.windows(2).all(|pair| pair[0].start < pair[1].start && pair[0].end < pair[1].end));
            prop_assert!(all.iter().all(|&any| kept.iter().any(|&one| any.holds(one))));
        }
    }
}
