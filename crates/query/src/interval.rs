//! The algebra of intervals over word positions.
//!
//! After Clarke, Cormack and Burkowski, "Shortest-substring retrieval and ranking", ACM Transactions on
//! Information Systems 18(1), 2000. The functions work on positions from anywhere, a text or an index.

use serde::{Deserialize, Serialize};

/// A run of words: where it starts, and where it ends, exclusive. Zero-based word positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// The position of the first word.
    pub start: u32,
    /// The position behind the last word.
    pub end: u32,
}

impl Interval {
    /// The words from `start` up to, not with, `end`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The positions of the words.
    #[must_use]
    pub fn positions(self) -> std::ops::Range<u32> {
        self.start..self.end
    }

    /// True if the other stands wholly in this one.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// How many words stand between two, or nothing if they share a word.
    pub(crate) fn gap(self, other: Self) -> Option<u32> {
        let (first, second) = if self.start <= other.start { (self, other) } else { (other, self) };
        second.start.checked_sub(first.end)
    }

    pub(crate) fn hull(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Sorts and removes doubles: the form in which all functions here take and give intervals.
pub(crate) fn distinct(mut intervals: Vec<Interval>) -> Vec<Interval> {
    intervals.sort_unstable();
    intervals.dedup();
    intervals
}

/// Leaves out every interval that holds another.
fn minimal(intervals: Vec<Interval>) -> Vec<Interval> {
    let mut kept: Vec<Interval> = Vec::new();
    for interval in distinct(intervals) {
        // By start, then end: of one start only the first is minimal, and what ended later is not.
        while kept.last().is_some_and(|last| last.end >= interval.end && last.start < interval.start) {
            kept.pop();
        }
        if kept.last().is_none_or(|last| last.start < interval.start) {
            kept.push(interval);
        }
    }
    kept
}

/// Pairs of a left and a right that share no word, with fewer than `distance` words between, as the shortest
/// runs of words that hold such a pair.
pub(crate) fn near(left: &[Interval], right: &[Interval], distance: u32, ordered: bool) -> Vec<Interval> {
    let mut hulls = Vec::new();
    pairs(left, right, distance, &mut hulls);
    if !ordered {
        pairs(right, left, distance, &mut hulls);
    }
    minimal(hulls)
}

/// For each `first` the `second` behind it that ends soonest.
fn pairs(first: &[Interval], second: &[Interval], distance: u32, hulls: &mut Vec<Interval>) {
    for &a in first {
        let from = second.partition_point(|b| b.start < a.end);
        let mut best: Option<Interval> = None;
        for &b in &second[from..] {
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

/// The pairs that a window found as `whole`: the first begins it, the second ends it.
pub(crate) fn pairs_of(
    whole: Interval,
    first: &[Interval],
    second: &[Interval],
    distance: u32,
) -> Vec<(Interval, Interval)> {
    let begins = first.iter().skip(first.partition_point(|a| a.start < whole.start));
    let begins = begins.take_while(|a| a.start == whole.start);
    let mut pairs = Vec::new();
    for &a in begins {
        let behind = second.iter().skip(second.partition_point(|b| b.start < a.end));
        let near = behind.take_while(|b| b.start < whole.end && b.start - a.end < distance);
        pairs.extend(near.filter(|b| b.end == whole.end).map(|&b| (a, b)));
    }
    pairs
}

/// The lefts with no right that shares a word or has fewer than `distance` words between. The very same words
/// are not counted as near themselves, so that `a not w/5 a` is an `a` alone.
pub(crate) fn not_near(left: &[Interval], right: &[Interval], distance: u32) -> Vec<Interval> {
    let longest = right.iter().map(|b| b.end - b.start).max().unwrap_or(0);
    let is_near = |a: Interval| {
        // A right that starts earlier than this ends too early.
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

    fn some() -> impl Strategy<Value = Vec<Interval>> {
        let one = (0_u32..12, 1_u32..4).prop_map(|(start, length)| Interval::new(start, start + length));
        proptest::collection::vec(one, 0..8).prop_map(distinct)
    }

    /// Every pair, every hull, and no hull that holds another: the definition.
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
        fn near_is_by_definition(left in some(), right in some(), distance in 1_u32..6, ordered: bool) {
            prop_assert_eq!(
                near(&left, &right, distance, ordered),
                near_by_definition(&left, &right, distance, ordered)
            );
        }

        #[test]
        fn far_is_by_definition(left in some(), right in some(), distance in 1_u32..6) {
            let want: Vec<_> = left.iter().copied().filter(|&a| {
                right.iter().all(|&b| a == b || a.gap(b).is_some_and(|gap| gap >= distance))
            }).collect();
            prop_assert_eq!(not_near(&left, &right, distance), want);
        }

        #[test]
        fn either_order_is_symmetric(left in some(), right in some(), distance in 1_u32..6) {
            prop_assert_eq!(near(&left, &right, distance, false), near(&right, &left, distance, false));
        }

        #[test]
        fn what_is_minimal_holds_nothing(all in some()) {
            let kept = minimal(all.clone());
            prop_assert!(kept.windows(2).all(|pair| pair[0].start < pair[1].start && pair[0].end < pair[1].end));
            prop_assert!(all.iter().all(|&any| kept.iter().any(|&one| any.holds(one))));
        }
    }
}
