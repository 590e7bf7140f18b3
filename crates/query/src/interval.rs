//! Interval algebra over word positions.
//!
//! After Clarke, Cormack and Burkowski, "Shortest-substring retrieval and ranking", ACM Transactions on
//! Information Systems 18(1), 2000. All lists of intervals are distinct and sorted by start, then end.

use serde::{Deserialize, Serialize};

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

/// The lefts with no right that shares a word or has fewer than `distance` words between. An interval is not near itself,
/// so `a not w/5 a` is an `a` with no other `a` near.
pub(crate) fn not_near(left: &[Interval], right: &[Interval], distance: u32) -> Vec<Interval> {
    let longest = right.iter().map(|b| b.end - b.start).max().unwrap_or(0);
    let is_near = |a: Interval| {
        // A right that starts before this ends too far before `a`, even if it is the longest.
        let earliest = a.start.saturating_sub(distance.saturating_add(longest));
        let from = right.partition_point(|b| b.start < earliest);
        right[from..]
            .iter()
            .take_while(|b| b.start < a.end.saturating_add(distance))
            .any(|&b| a != b && a.gap(b).is_none_or(|gap| gap < distance))
    };
    left.iter().copied().filter(|&a| !is_near(a)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Interval, distinct, minimal, near, not_near};

    fn intervals() -> impl Strategy<Value = Vec<Interval>> {
        let one = (0_u32..12, 1_u32..4).prop_map(|(start, length)| Interval::new(start, start + length));
        proptest::collection::vec(one, 0..8).prop_map(distinct)
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
            let want: Vec<_> = left.iter().copied().filter(|&a| {
                right.iter().all(|&b| a == b || a.gap(b).is_some_and(|gap| gap >= distance))
            }).collect();
            prop_assert_eq!(not_near(&left, &right, distance), want);
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
