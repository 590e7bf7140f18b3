//! Evaluates a compiled query over the positions of one paragraph.

use std::ops::Range;

use super::compile::{Node, Spans};
use super::{Condition, Matcher, Outcome, Positions};
use crate::interval::{self, Interval, Run};

/// Decides a condition. The flag is true if a yes helps the paragraph to match, false under an odd number of `NOT`s.
pub(super) type Decide<'d> = &'d dyn Fn(Condition<'_>, bool) -> bool;

impl Matcher {
    pub(super) fn outcome(&self, positions: &Positions, decide: Decide<'_>, mark: bool) -> Outcome {
        debug_assert_eq!(positions.leaves.len(), self.leaves.len(), "one list of positions for each leaf");
        let whole = Evaluator { positions, words: 0..positions.words, decide, mark };
        let answer = whole.node(&self.root, true);
        Outcome {
            holds: answer.matched != Match::No,
            is_hit: matches!(answer.matched, Match::Unscored | Match::Here),
            occurrences: interval::distinct(answer.occurrences),
            marks: interval::distinct(answer.marks),
        }
    }
}

/// How a paragraph matches a part of the query. In a disjunction the later variant wins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// The part does not hold.
    #[default]
    No,
    /// The part holds by words in other paragraphs of the unit.
    ElsewhereInUnit,
    /// The part holds by filters or `NOT` alone.
    Unscored,
    /// The part holds by words of this paragraph.
    Here,
}

#[derive(Default)]
struct Answer {
    matched: Match,
    occurrences: Vec<Interval>,
    marks: Vec<Interval>,
}

impl Answer {
    fn unscored(holds: bool) -> Self {
        Self { matched: if holds { Match::Unscored } else { Match::No }, ..Self::default() }
    }

    /// Adds the occurrences and marks of a part.
    fn take(&mut self, other: Self) {
        add(&mut self.occurrences, &other.occurrences);
        add(&mut self.marks, &other.marks);
    }
}

/// Adds intervals to a list whose order and duplicates do not matter. Duplicates are removed where the list would grow:
/// thousands of parts of a query may have the same thousands of occurrences.
fn add(list: &mut Vec<Interval>, more: &[Interval]) {
    if list.capacity() - list.len() < more.len() && list.len() >= MANY {
        *list = interval::distinct(std::mem::take(list));
    }
    list.extend(more);
}

/// Intervals; a shorter list is left as it is.
const MANY: usize = 1 << 12;

/// Evaluates nodes over a range of words of a paragraph: all of them, or a sentence.
struct Evaluator<'v> {
    positions: &'v Positions,
    words: Range<u32>,
    decide: Decide<'v>,
    /// True if words to highlight are wanted.
    mark: bool,
}

impl Evaluator<'_> {
    /// `positive` is false under an odd number of `NOT`s.
    fn node(&self, node: &Node, positive: bool) -> Answer {
        match node {
            Node::Spans(spans) => self.span_answer(spans),
            Node::And(parts) => self.and(parts, positive),
            Node::Or(parts) => self.or(parts.iter().map(|part| self.node(part, positive))),
            // Occurrences inside a NOT are not of the query, so they are dropped with the answer.
            Node::Not(part) => Answer::unscored(self.node(part, !positive).matched == Match::No),
            // A sentence scope is a disjunction over the sentences.
            Node::Sentence(part) => self.or(self
                .positions
                .sentences
                .iter()
                .map(|words| self.within(words.clone()).node(part, positive))),
            Node::Paragraph(part) => self.within(0..self.positions.words).node(part, positive),
            Node::Wide { scope, query, node } => {
                if !(self.decide)(Condition::Within { scope: *scope, query }, positive) {
                    return Answer::default();
                }
                // The unit matches. Look in the whole paragraph for its share of the occurrences, even inside a sentence.
                let here = self.within(0..self.positions.words).node(node, positive);
                match (node.has_occurrences(), here.matched) {
                    // Filters give no occurrences anywhere, so no paragraph of the unit is a better hit.
                    (false, _) => Answer::unscored(true),
                    (true, Match::No) => Answer { matched: Match::ElsewhereInUnit, ..Answer::default() },
                    (true, _) => here,
                }
            }
            Node::Filter(filter) => Answer::unscored((self.decide)(Condition::Filter(filter), positive)),
            Node::All => Answer::unscored(true),
        }
    }

    fn span_answer(&self, spans: &Spans) -> Answer {
        let occurrences = self.spans(spans);
        let mut answer = Answer::default();
        if occurrences.is_empty() {
            return answer;
        }
        answer.matched = Match::Here;
        if self.mark {
            self.mark(spans, &occurrences, &mut answer.marks);
        }
        answer.occurrences = occurrences;
        answer
    }

    fn and(&self, parts: &[Node], positive: bool) -> Answer {
        let mut all = Answer { matched: Match::Unscored, ..Answer::default() };
        for part in parts {
            let answer = self.node(part, positive);
            all.matched = match (all.matched, answer.matched) {
                // A failed conjunction has no occurrences, not even those of the parts that hold.
                (_, Match::No) => return Answer::default(),
                // Words decide before filters, and words of this paragraph before words elsewhere.
                (Match::Here, _) | (_, Match::Here) => Match::Here,
                (Match::ElsewhereInUnit, _) | (_, Match::ElsewhereInUnit) => Match::ElsewhereInUnit,
                _ => Match::Unscored,
            };
            all.take(answer);
        }
        all
    }

    fn or(&self, parts: impl Iterator<Item = Answer>) -> Answer {
        let mut any = Answer::default();
        for answer in parts {
            any.matched = any.matched.max(answer.matched);
            any.take(answer);
        }
        any
    }

    fn within(&self, words: Range<u32>) -> Self {
        Evaluator { positions: self.positions, words, decide: self.decide, mark: self.mark }
    }

    /// All intervals that the part matches in the range of words, distinct and sorted.
    fn spans(&self, spans: &Spans) -> Vec<Interval> {
        match spans {
            Spans::Leaf(leaf) => self.leaf(*leaf).iter().map(|&at| Interval::new(at, at + 1)).collect(),
            Spans::Phrase(slots) => self.phrase(slots),
            Spans::Or(parts) => interval::distinct(parts.iter().flat_map(|part| self.spans(part)).collect()),
            Spans::Near { left, right, distance, ordered } => {
                if left.has_holes() || right.has_holes() {
                    return self.runs(spans).into_iter().map(|run| run.whole).collect();
                }
                interval::near(&self.spans(left), &self.spans(right), *distance, *ordered)
            }
            Spans::NotNear { left, right, distance, side } => {
                interval::not_near(&self.spans(left), &self.spans(right), *distance, *side)
            }
        }
    }

    /// The intervals of [`spans`](Self::spans), each with the words that are its own.
    fn runs(&self, spans: &Spans) -> Vec<Run> {
        match spans {
            Spans::Leaf(_) | Spans::Phrase(_) => self.spans(spans).into_iter().map(Run::solid).collect(),
            Spans::Or(parts) => {
                interval::distinct_runs(parts.iter().flat_map(|part| self.runs(part)).collect())
            }
            Spans::Near { left, right, distance, ordered } => {
                interval::join(&self.runs(left), &self.runs(right), *distance, *ordered)
            }
            Spans::NotNear { left, right, distance, side } => {
                let mut runs = self.runs(left);
                let lefts: Vec<_> = runs.iter().map(|run| run.whole).collect();
                let far = interval::not_near(&lefts, &self.spans(right), *distance, *side);
                runs.retain(|run| far.binary_search(&run.whole).is_ok());
                runs
            }
        }
    }

    /// The positions of a leaf in the range of words.
    fn leaf(&self, leaf: usize) -> &[u32] {
        let all = self.positions.leaves.get(leaf).map_or(&[][..], Vec::as_slice);
        let start = all.partition_point(|&at| at < self.words.start);
        let end = all.partition_point(|&at| at < self.words.end);
        &all[start..end.max(start)]
    }

    fn phrase(&self, slots: &[Vec<usize>]) -> Vec<Interval> {
        let length = u32::try_from(slots.len());
        debug_assert!(length.is_ok(), "a query has far fewer parts than that");
        let Ok(length) = length else { return Vec::new() };
        let frequency = |slot: &[usize]| slot.iter().map(|&leaf| self.leaf(leaf).len()).sum::<usize>();
        // Look up the other words only at the occurrences of the rarest.
        let rarest = (0_u32..).zip(slots).filter(|(_, slot)| !slot.is_empty());
        debug_assert!(slots.iter().any(|slot| !slot.is_empty()), "a phrase of gaps alone is refused");
        let Some((offset, slot)) = rarest.min_by_key(|(_, slot)| frequency(slot)) else { return Vec::new() };
        let matches = |at: u32, slot: &[usize]| {
            slot.is_empty() || slot.iter().any(|&leaf| self.leaf(leaf).binary_search(&at).is_ok())
        };
        // The occurrences of the rarest give candidates for the start of the phrase.
        let starts = slot.iter().flat_map(|&leaf| self.leaf(leaf)).filter_map(|at| at.checked_sub(offset));
        let found = starts
            .filter(|&start| start >= self.words.start && length <= self.words.end.saturating_sub(start))
            .filter(|&start| (start..).zip(slots).all(|(at, slot)| matches(at, slot)))
            .map(|start| Interval::new(start, start + length));
        interval::distinct(found.collect())
    }

    /// Adds the words to highlight for `occurrences`, which are some of those of [`spans`](Self::spans): of a window the
    /// words of its parts.
    fn mark(&self, spans: &Spans, occurrences: &[Interval], marks: &mut Vec<Interval>) {
        if occurrences.is_empty() {
            return;
        }
        match spans {
            Spans::Leaf(_) | Spans::Phrase(_) => add(marks, occurrences),
            Spans::Or(parts) => {
                // Each part marks only those of the occurrences that are its own.
                for part in parts {
                    let mut own = self.spans(part);
                    own.retain(|one| occurrences.binary_search(one).is_ok());
                    self.mark(part, &own, marks);
                }
            }
            Spans::NotNear { left, .. } => self.mark(left, occurrences, marks),
            Spans::Near { left, right, distance, ordered } if left.has_holes() || right.has_holes() => {
                let (lefts, rights) = (self.runs(left), self.runs(right));
                let (mut marked_left, mut marked_right) = (Vec::new(), Vec::new());
                for &whole in occurrences {
                    for (a, b) in interval::joined_to(whole, &lefts, &rights, *distance, *ordered) {
                        marked_left.push(a);
                        marked_right.push(b);
                    }
                }
                self.mark(left, &interval::distinct(marked_left), marks);
                self.mark(right, &interval::distinct(marked_right), marks);
            }
            Spans::Near { left, right, distance, ordered } => {
                let (lefts, rights) = (self.spans(left), self.spans(right));
                let (mut marked_left, mut marked_right) = (Vec::new(), Vec::new());
                // A minimal interval can come from several pairs: `a w/5 (b OR "b c")`. Mark the words of all of them.
                for &whole in occurrences {
                    for (a, b) in interval::pairs_of(whole, &lefts, &rights, *distance) {
                        marked_left.push(a);
                        marked_right.push(b);
                    }
                    if !ordered {
                        for (b, a) in interval::pairs_of(whole, &rights, &lefts, *distance) {
                            marked_left.push(a);
                            marked_right.push(b);
                        }
                    }
                }
                self.mark(left, &interval::distinct(marked_left), marks);
                self.mark(right, &interval::distinct(marked_right), marks);
            }
        }
    }
}
