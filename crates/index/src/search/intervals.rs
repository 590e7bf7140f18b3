//! Intervals of words, and what windows make of them.
//!
//! The semantics are those of minimal intervals: Clarke, Cormack and Burkowski, "Shortest-substring retrieval and
//! ranking" (ACM TOIS 18:1, 2000).

use std::collections::VecDeque;

/// A run of words in a paragraph: from `start` to before `end`, both counted from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Interval {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Interval {
    pub(crate) fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Every interval there can be.
    pub(crate) const WHOLE: Self = Self { start: 0, end: u32::MAX };

    pub(crate) fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Brings intervals in order and drops doubles.
pub(crate) fn distinct(intervals: &mut Vec<Interval>) {
    intervals.sort_unstable();
    intervals.dedup();
}

/// Drops intervals that hold another, and brings the rest in order.
pub(crate) fn minimal(intervals: &mut Vec<Interval>) {
    distinct(intervals);
    // Later starts first; of one start, the shorter first: whatever holds another comes after it.
    let mut least = u32::MAX;
    let mut kept = Vec::with_capacity(intervals.len());
    let mut group_end = intervals.len();
    while group_end > 0 {
        let start = intervals[group_end - 1].start;
        let group_start = intervals[..group_end].partition_point(|interval| interval.start < start);
        if let Some(shortest) = intervals.get(group_start).filter(|shortest| shortest.end < least) {
            least = shortest.end;
            kept.push(*shortest);
        }
        group_end = group_start;
    }
    kept.reverse();
    *intervals = kept;
}

/// The minimal intervals of a left and a right operand that do not overlap and stand at most `distance` apart. Both
/// operands are in order. The work is that of merging them.
pub(crate) fn near(
    left: &[Interval],
    right: &[Interval],
    distance: u32,
    ordered: bool,
    out: &mut Vec<Interval>,
) {
    follow(left, right, distance, out);
    if !ordered {
        follow(right, left, distance, out);
    }
    minimal(out);
}

/// The same where both operands are words, given by their positions, in order; `false` if a position is that of both,
/// and nothing was found out.
pub(crate) fn near_words(
    left: &[u32],
    right: &[u32],
    distance: u32,
    ordered: bool,
    out: &mut Vec<Interval>,
) -> bool {
    let begin = out.len();
    // Of words in order, a shortest run begins and ends with two that follow one another.
    let (mut lefts, mut rights) = (left.iter().peekable(), right.iter().peekable());
    let mut last = None;
    loop {
        let (position, is_left) = match (lefts.peek(), rights.peek()) {
            (Some(left), Some(right)) if left == right => {
                out.truncate(begin);
                return false;
            }
            (Some(&&left), right) if right.is_none_or(|&&right| left < right) => {
                lefts.next();
                (left, true)
            }
            (_, Some(&&right)) => {
                rights.next();
                (right, false)
            }
            _ => return true,
        };
        if let Some((before, was_left)) = last
            && was_left != is_left
            && (was_left || !ordered)
            && position.saturating_sub(before) <= distance
        {
            out.push(Interval::new(before, position + 1));
        }
        last = Some((position, is_left));
    }
}

/// For each of the first operand that of the second which begins behind it, at most `distance` apart, and ends
/// soonest: any other makes a longer run of words from the same start.
fn follow(first: &[Interval], second: &[Interval], distance: u32, out: &mut Vec<Interval>) {
    // In the order of their ends, so that what each may reach moves forward only.
    let mut by_end: Vec<Interval> = first.to_vec();
    by_end.sort_by_key(|interval| interval.end);
    // Those within reach that end sooner than all that begin before them: the soonest stands first.
    let mut reach: VecDeque<Interval> = VecDeque::new();
    let mut coming = second.iter().peekable();
    for one in by_end {
        let end = one.end.saturating_add(distance);
        while let Some(other) = coming.next_if(|other| other.start < end) {
            while reach.back().is_some_and(|last| last.end >= other.end) {
                reach.pop_back();
            }
            reach.push_back(*other);
        }
        while reach.front().is_some_and(|other| other.start < one.end) {
            reach.pop_front();
        }
        out.extend(reach.front().map(|other| Interval::new(one.start, other.end)));
    }
}

/// The left operands with no right operand that overlaps them or stands at most `distance` apart. The very same
/// words are not near themselves. Both operands are in order and without doubles.
pub(crate) fn not_near(left: &[Interval], right: &[Interval], distance: u32, out: &mut Vec<Interval>) {
    // Of the right operands up to each, the two that end last.
    let mut last: [Option<Interval>; 2] = [None; 2];
    let latest: Vec<[Option<Interval>; 2]> = std::iter::once(last)
        .chain(right.iter().map(|&other| {
            let end = |known: Option<Interval>| known.map_or(0, |known| known.end);
            if other.end >= end(last[0]) {
                last = [Some(other), last[0]];
            } else if other.end >= end(last[1]) {
                last[1] = Some(other);
            }
            last
        }))
        .collect();
    out.extend(left.iter().filter(|&&one| {
        let before = right.partition_point(|other| other.start < one.end.saturating_add(distance));
        let [first, second] = latest.get(before).copied().unwrap_or_default();
        let other = if first == Some(one) { second } else { first };
        other.is_none_or(|other| other.end.saturating_add(distance) <= one.start)
    }));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(pairs: &[(u32, u32)]) -> Vec<Interval> {
        pairs.iter().map(|&(start, end)| Interval::new(start, end)).collect()
    }

    fn some() -> impl Strategy<Value = Vec<Interval>> {
        let one = (0_u32..14, 1_u32..5).prop_map(|(start, length)| Interval::new(start, start + length));
        proptest::collection::vec(one, 0..9).prop_map(|mut all| {
            distinct(&mut all);
            all
        })
    }

    /// How many words apart two are, one for side by side; `None` if they overlap.
    fn apart(one: Interval, other: Interval) -> Option<u32> {
        let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
        second.start.checked_sub(first.end).map(|between| between + 1)
    }

    proptest! {
        #[test]
        fn a_window_is_by_definition(left in some(), right in some(), distance in 1_u32..6, ordered: bool) {
            let mut hulls = Vec::new();
            for &one in &left {
                for &other in &right {
                    let close = apart(one, other).is_some_and(|apart| apart <= distance);
                    if close && (!ordered || one.start < other.start) {
                        hulls.push(Interval::new(one.start.min(other.start), one.end.max(other.end)));
                    }
                }
            }
            distinct(&mut hulls);
            let minimal: Vec<_> = hulls
                .iter()
                .filter(|&&hull| !hulls.iter().any(|&other| other != hull && hull.holds(other)))
                .copied()
                .collect();
            let mut out = Vec::new();
            near(&left, &right, distance, ordered, &mut out);
            prop_assert_eq!(out, minimal);
        }

        #[test]
        fn a_window_of_words_is_one_of_any_operands(
            left in proptest::collection::btree_set(0_u32..60, 0..20),
            right in proptest::collection::btree_set(0_u32..60, 0..20),
            distance in 1_u32..6,
            ordered: bool,
        ) {
            let both: Vec<u32> = left.intersection(&right).copied().collect();
            let (left, right): (Vec<u32>, Vec<u32>) = (left.into_iter().collect(), right.into_iter().collect());
            let mut out = Vec::new();
            prop_assert_eq!(near_words(&left, &right, distance, ordered, &mut out), both.is_empty());
            let mut expected = Vec::new();
            if both.is_empty() {
                let words = |all: &[u32]| all.iter().map(|&at| Interval::new(at, at + 1)).collect::<Vec<_>>();
                near(&words(&left), &words(&right), distance, ordered, &mut expected);
            }
            prop_assert_eq!(out, expected);
        }

        #[test]
        fn absence_is_by_definition(left in some(), right in some(), distance in 1_u32..6) {
            let far = |one: Interval| {
                right.iter().all(|&other| one == other || apart(one, other).is_some_and(|apart| apart > distance))
            };
            let expected: Vec<_> = left.iter().copied().filter(|&one| far(one)).collect();
            let mut out = Vec::new();
            not_near(&left, &right, distance, &mut out);
            prop_assert_eq!(out, expected);
        }
    }

    #[test]
    fn what_holds_another_is_not_minimal() {
        let mut intervals = all(&[(0, 9), (1, 3), (1, 4), (2, 5), (6, 7), (1, 3)]);
        minimal(&mut intervals);
        assert_eq!(intervals, all(&[(1, 3), (2, 5), (6, 7)]));
    }

    #[test]
    fn a_window_counts_the_words_between() {
        // a x x x x b: four words between, five apart.
        let (a, b) = (all(&[(0, 1)]), all(&[(5, 6)]));
        let found = |distance, ordered| {
            let mut out = Vec::new();
            near(&b, &a, distance, ordered, &mut out);
            out
        };
        assert_eq!(found(5, false), all(&[(0, 6)]));
        assert_eq!(found(4, false), []);
        assert_eq!(found(5, true), [], "in this order b stands first");
    }

    #[test]
    fn operands_of_a_window_do_not_overlap() {
        let mut out = Vec::new();
        near(&all(&[(0, 2)]), &all(&[(1, 2)]), 5, false, &mut out);
        assert_eq!(out, []);
    }
}
