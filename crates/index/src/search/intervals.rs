//! Intervals of words, and the proximity operators on them.
//!
//! The occurrences of a proximity are *minimal* intervals: those that contain both operands and no other such interval,
//! after Clarke and Cormack, "Shortest-Substring Retrieval and Ranking" (ACM TOIS 18:1, 2000). Minimal intervals never
//! nest, so in order of their starts they are also in order of their ends, and lists of them are merged in linear time.
//!
//! The distance of two operands is one for adjacent words, and one more than the number of words between them.

use std::cmp::Ordering;
use std::collections::VecDeque;

use quotable_query::Side;

/// Consecutive words of a paragraph: zero-based positions, from `start` up to but not including `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Interval {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Interval {
    pub(super) fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The whole paragraph, however long.
    pub(super) const WHOLE: Self = Self { start: 0, end: u32::MAX };

    pub(super) fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// An interval with the positions of the words that are its own, ascending: all for a word or phrase, those of both operands
/// for a proximity, whose operands may interlock.
///
/// Of several choices of words for one interval, the one with the fewest is kept, and of those the first in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) whole: Interval,
    words: Vec<u32>,
}

impl Run {
    pub(super) fn solid(whole: Interval) -> Self {
        Self { whole, words: (whole.start..whole.end).collect() }
    }

    /// The order in which the first of several runs with one interval is kept.
    fn rank(&self) -> (Interval, usize, &[u32]) {
        (self.whole, self.words.len(), &self.words)
    }

    /// The interval of both, if a proximity joins them.
    fn hull(&self, other: &Self, distance: u32, ordered: bool) -> Option<Interval> {
        let (one, two) = (self.whole, other.whole);
        let hull = Interval::new(one.start.min(two.start), one.end.max(two.end));
        let is_near = if one.end <= two.start {
            two.start - one.end < distance
        } else if two.end <= one.start {
            !ordered && one.start - two.end < distance
        } else {
            !ordered && are_disjoint(&self.words, &other.words)
        };
        is_near.then_some(hull)
    }
}

/// True if two ascending lists have no number in common.
fn are_disjoint(one: &[u32], other: &[u32]) -> bool {
    let (mut rest, mut others) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(one), Some(other)) = (rest.peek(), others.peek()) {
        match one.cmp(other) {
            Ordering::Equal => return false,
            Ordering::Less => drop(rest.next()),
            Ordering::Greater => drop(others.next()),
        }
    }
    true
}

/// Sorts runs, and keeps one for each interval.
pub(super) fn distinct_runs(runs: &mut Vec<Run>) {
    runs.sort_unstable_by(|one, other| one.rank().cmp(&other.rank()));
    runs.dedup_by(|later, first| later.whole == first.whole);
}

/// [`near`] for operands that may interlock; appends the minimal intervals with their words. Returns the number of pairs
/// looked at. First finds the intervals, and then the words of each.
pub(super) fn near_runs(
    left: &[Run],
    right: &[Run],
    distance: u32,
    ordered: bool,
    out: &mut Vec<Run>,
) -> usize {
    let longest = right.iter().map(|run| run.whole.end - run.whole.start).max().unwrap_or(0);
    let reach = |one: Interval| {
        let first = one.start.saturating_sub(longest.saturating_add(distance));
        let from = right.partition_point(|run| run.whole.start < first);
        let to = right.partition_point(|run| run.whole.start < one.end.saturating_add(distance));
        from..to.max(from)
    };
    let (mut hulls, mut pairs) = (Vec::new(), 0);
    for one in left {
        let others = &right[reach(one.whole)];
        pairs += others.len();
        let mut own: Vec<_> = others.iter().filter_map(|other| one.hull(other, distance, ordered)).collect();
        minimal(&mut own);
        hulls.append(&mut own);
    }
    minimal(&mut hulls);
    let begin = out.len();
    for one in left {
        // Most operands are in no minimal interval.
        let at = hulls.partition_point(|hull| hull.end < one.whole.end);
        if !hulls.get(at).is_some_and(|hull| hull.contains(one.whole)) {
            continue;
        }
        for other in &right[reach(one.whole)] {
            let hull = one.hull(other, distance, ordered);
            if let Some(hull) = hull.filter(|hull| hulls.binary_search(hull).is_ok()) {
                let mut words = [one.words.as_slice(), &other.words].concat();
                words.sort_unstable();
                out.push(Run { whole: hull, words });
            }
        }
    }
    let mut found = out.split_off(begin);
    distinct_runs(&mut found);
    out.append(&mut found);
    pairs
}

/// Sorts intervals and removes duplicates.
pub(super) fn distinct(intervals: &mut Vec<Interval>) {
    intervals.sort_unstable();
    intervals.dedup();
}

/// Keeps the minimal intervals, which contain no other, and sorts them.
fn minimal(intervals: &mut Vec<Interval>) {
    distinct(intervals);
    // Goes from the last start to the first. An interval contains none of those with a later start if it ends before
    // all of them. Of those with the same start, only the shortest can be minimal; it is sorted first.
    let mut least_end = u32::MAX;
    let mut kept = Vec::with_capacity(intervals.len());
    let mut group_end = intervals.len();
    while group_end > 0 {
        let start = intervals[group_end - 1].start;
        let group_start = intervals[..group_end].partition_point(|interval| interval.start < start);
        if let Some(shortest) = intervals.get(group_start).filter(|shortest| shortest.end < least_end) {
            least_end = shortest.end;
            kept.push(*shortest);
        }
        group_end = group_start;
    }
    kept.reverse();
    *intervals = kept;
}

/// The minimal intervals with a left and a right operand that do not overlap and are at most `distance` apart. If
/// `ordered`, the left operand must come first. Both lists are sorted. Takes little more time than merging the two.
pub(super) fn near(
    left: &[Interval],
    right: &[Interval],
    distance: u32,
    ordered: bool,
    out: &mut Vec<Interval>,
) {
    join_in_order(left, right, distance, out);
    if !ordered {
        join_in_order(right, left, distance, out);
    }
    minimal(out);
}

/// [`near`] for single words, given by their positions, ascending. Much faster, but a word at the same position in both
/// lists (`car* w/3 care`) breaks its assumption: it then adds nothing and returns `false`, and the caller must use
/// [`near`].
pub(super) fn near_words(
    left: &[u32],
    right: &[u32],
    distance: u32,
    ordered: bool,
    out: &mut Vec<Interval>,
) -> bool {
    let begin = out.len();
    // In the merged list of both words, a minimal interval joins two neighbours, one from each side: any word of
    // either side between them would make a shorter interval.
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

/// Joins each interval of `first` with the one of `second` that begins after it, at most `distance` away, and ends
/// first. Any other partner makes a longer interval from the same start, which is not minimal.
///
/// The candidates are kept in a deque with ascending ends, the usual structure for the minimum of a sliding window: a
/// new candidate removes those at the back that end no earlier, and those at the front that begin too early for the
/// current interval are dropped, so that the front is the partner. Each candidate enters and leaves once.
fn join_in_order(first: &[Interval], second: &[Interval], distance: u32, out: &mut Vec<Interval>) {
    // In order of ends, so that the window of reachable starts only moves forward.
    let mut by_end: Vec<Interval> = first.to_vec();
    by_end.sort_by_key(|interval| interval.end);
    let mut candidates: VecDeque<Interval> = VecDeque::new();
    let mut rest = second.iter().peekable();
    for one in by_end {
        let end = one.end.saturating_add(distance);
        while let Some(other) = rest.next_if(|other| other.start < end) {
            while candidates.back().is_some_and(|last| last.end >= other.end) {
                candidates.pop_back();
            }
            candidates.push_back(*other);
        }
        while candidates.front().is_some_and(|other| other.start < one.end) {
            candidates.pop_front();
        }
        out.extend(candidates.front().map(|other| Interval::new(one.start, other.end)));
    }
}

/// The left operands without a right operand that overlaps them or is at most `distance` apart, on one side if a side is
/// given. An operand that occurs in both lists is not near itself. Both lists are sorted and without duplicates.
///
/// An operand has a near one on the right if, of those that begin before the end of its reach, the one with the
/// greatest end reaches back to it. So for each prefix of `right` the greatest end is kept, and the second greatest for
/// the case that the greatest is the left operand itself.
pub(super) fn not_near(
    left: &[Interval],
    right: &[Interval],
    distance: u32,
    side: Option<Side>,
    out: &mut Vec<Interval>,
) {
    // On the other side, only an operand that overlaps is near.
    let before = if side == Some(Side::After) { 0 } else { distance };
    let after = if side == Some(Side::Before) { 0 } else { distance };
    // For each prefix of the right operands, the two that end last.
    let mut last: [Option<Interval>; 2] = [None; 2];
    let last_two: Vec<[Option<Interval>; 2]> = std::iter::once(last)
        .chain(right.iter().map(|&other| {
            let end = |interval: Option<Interval>| interval.map_or(0, |interval| interval.end);
            if other.end >= end(last[0]) {
                last = [Some(other), last[0]];
            } else if other.end >= end(last[1]) {
                last[1] = Some(other);
            }
            last
        }))
        .collect();
    out.extend(left.iter().filter(|&&one| {
        let reached = right.partition_point(|other| other.start < one.end.saturating_add(after));
        let [first, second] = last_two.get(reached).copied().unwrap_or_default();
        let other = if first == Some(one) { second } else { first };
        other.is_none_or(|other| other.end.saturating_add(before) <= one.start)
    }));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(pairs: &[(u32, u32)]) -> Vec<Interval> {
        pairs.iter().map(|&(start, end)| Interval::new(start, end)).collect()
    }

    /// A few intervals close together, sorted and distinct.
    fn intervals() -> impl Strategy<Value = Vec<Interval>> {
        let one = (0_u32..14, 1_u32..5).prop_map(|(start, length)| Interval::new(start, start + length));
        proptest::collection::vec(one, 0..9).prop_map(|mut intervals| {
            distinct(&mut intervals);
            intervals
        })
    }

    /// The distance of two intervals, one if they are adjacent; `None` if they overlap.
    fn distance_of(one: Interval, other: Interval) -> Option<u32> {
        let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
        second.start.checked_sub(first.end).map(|between| between + 1)
    }

    proptest! {
        #[test]
        fn near_gives_the_minimal_intervals_by_definition(
            left in intervals(),
            right in intervals(),
            distance in 1_u32..6,
            ordered: bool,
        ) {
            let mut hulls = Vec::new();
            for &one in &left {
                for &other in &right {
                    let close = distance_of(one, other).is_some_and(|apart| apart <= distance);
                    if close && (!ordered || one.start < other.start) {
                        hulls.push(Interval::new(one.start.min(other.start), one.end.max(other.end)));
                    }
                }
            }
            distinct(&mut hulls);
            let minimal: Vec<_> = hulls
                .iter()
                .filter(|&&hull| !hulls.iter().any(|&other| other != hull && hull.contains(other)))
                .copied()
                .collect();
            let mut out = Vec::new();
            near(&left, &right, distance, ordered, &mut out);
            prop_assert_eq!(out, minimal);
        }

        #[test]
        fn near_words_equals_near(
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
        fn not_near_agrees_with_its_definition(
            left in intervals(),
            right in intervals(),
            distance in 1_u32..6,
        ) {
            let is_far = |one: Interval, other: Interval| {
                one == other || distance_of(one, other).is_some_and(|apart| apart > distance)
            };
            for side in [None, Some(Side::Before), Some(Side::After)] {
                let is_elsewhere = |one: Interval, other: Interval| match side {
                    None => false,
                    Some(Side::Before) => one.end <= other.start,
                    Some(Side::After) => other.end <= one.start,
                };
                let expected: Vec<_> = left
                    .iter()
                    .copied()
                    .filter(|&one| right.iter().all(|&other| is_elsewhere(one, other) || is_far(one, other)))
                    .collect();
                let mut out = Vec::new();
                not_near(&left, &right, distance, side, &mut out);
                prop_assert_eq!(out, expected);
            }
        }

        #[test]
        fn runs_without_holes_are_near_as_intervals_are(
            left in intervals(),
            right in intervals(),
            distance in 1_u32..6,
            ordered: bool,
        ) {
            let solid = |all: &[Interval]| all.iter().copied().map(Run::solid).collect::<Vec<_>>();
            let (mut runs, mut out) = (Vec::new(), Vec::new());
            near_runs(&solid(&left), &solid(&right), distance, ordered, &mut runs);
            near(&left, &right, distance, ordered, &mut out);
            prop_assert_eq!(runs.iter().map(|run| run.whole).collect::<Vec<_>>(), out);
        }
    }

    #[test]
    fn an_interval_that_contains_another_is_not_minimal() {
        let mut intervals = of(&[(0, 9), (1, 3), (1, 4), (2, 5), (6, 7), (1, 3)]);
        minimal(&mut intervals);
        assert_eq!(intervals, of(&[(1, 3), (2, 5), (6, 7)]));
    }

    #[test]
    fn the_distance_counts_the_words_between() {
        // a x x x x b: four words between, five apart.
        let (a, b) = (of(&[(0, 1)]), of(&[(5, 6)]));
        let found = |distance, ordered| {
            let mut out = Vec::new();
            near(&b, &a, distance, ordered, &mut out);
            out
        };
        assert_eq!(found(5, false), of(&[(0, 6)]));
        assert_eq!(found(4, false), []);
        assert_eq!(found(5, true), [], "ordered, and b comes first in the text");
    }

    #[test]
    fn operands_interlock_without_a_common_word() {
        // a c b d, and then a b with c in the hole.
        let run = |words: &[u32]| Run {
            whole: Interval::new(words[0], words[words.len() - 1] + 1),
            words: words.to_vec(),
        };
        let joined = |left: &[u32], right: &[u32], ordered| {
            let mut out = Vec::new();
            near_runs(&[run(left)], &[run(right)], 1, ordered, &mut out);
            out
        };
        assert_eq!(joined(&[0, 2], &[1, 3], false), [run(&[0, 1, 2, 3])]);
        assert_eq!(joined(&[0, 2], &[1], false), [run(&[0, 1, 2])]);
        assert_eq!(joined(&[0, 2], &[1, 2], false), [], "a word in common");
        assert_eq!(joined(&[0, 2], &[1, 3], true), [], "neither comes first");
    }

    #[test]
    fn overlapping_operands_are_not_near() {
        let mut out = Vec::new();
        near(&of(&[(0, 2)]), &of(&[(1, 2)]), 5, false, &mut out);
        assert_eq!(out, []);
    }
}
