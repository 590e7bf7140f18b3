//! Intervals of words, and what windows make of them.
//!
//! The semantics are those of minimal intervals: Clarke, Cormack and Burkowski, "Shortest-substring retrieval and
//! ranking" (ACM TOIS 18:1, 2000).

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

    fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// How many words apart the two are, one for side by side; `None` if they overlap.
    fn distance(self, other: Self) -> Option<u32> {
        let (first, second) = if self.start <= other.start { (self, other) } else { (other, self) };
        (!self.overlaps(other)).then(|| second.start - first.end + 1)
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

/// The minimal intervals of a left and a right operand that do not overlap and stand at most `distance` apart.
pub(crate) fn near(
    left: &[Interval],
    right: &[Interval],
    distance: u32,
    ordered: bool,
    out: &mut Vec<Interval>,
) {
    for &one in left {
        for &other in right {
            let follows = one.start <= other.start;
            let close = one.distance(other).is_some_and(|apart| apart <= distance);
            if close && (follows || !ordered) {
                out.push(Interval::new(one.start.min(other.start), one.end.max(other.end)));
            }
        }
    }
    minimal(out);
}

/// The left operands with no right operand that overlaps them or stands at most `distance` apart. The very same
/// words are not near themselves.
pub(crate) fn not_near(left: &[Interval], right: &[Interval], distance: u32, out: &mut Vec<Interval>) {
    let close = |one: &Interval, other: &Interval| {
        one != other && one.distance(*other).is_none_or(|apart| apart <= distance)
    };
    out.extend(left.iter().filter(|one| !right.iter().any(|other| close(one, other))));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(pairs: &[(u32, u32)]) -> Vec<Interval> {
        pairs.iter().map(|&(start, end)| Interval::new(start, end)).collect()
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
