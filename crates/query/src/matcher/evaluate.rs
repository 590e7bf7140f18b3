//! The meaning of each part of a query, over the positions of one paragraph.

use std::ops::Range;

use super::compile::{Node, Spans};
use super::{Condition, Matcher, Outcome, Positions};
use crate::interval::{self, Interval};

/// Answers a condition; told whether yes would help the paragraph to match.
pub(super) type Decide<'d> = &'d dyn Fn(Condition<'_>, bool) -> bool;

impl Matcher {
    pub(super) fn outcome(&self, positions: &Positions, decide: Decide<'_>, mark: bool) -> Outcome {
        let whole = View { positions, words: 0..positions.words, decide, mark };
        let answer = whole.node(&self.root, true);
        Outcome {
            holds: answer.standing != Standing::No,
            is_hit: matches!(answer.standing, Standing::Quiet | Standing::Here),
            occurrences: interval::distinct(answer.occurrences),
            marks: interval::distinct(answer.marks),
        }
    }
}

/// How a paragraph stands to a part of the query. Later outdoes earlier in a disjunction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// The part does not hold.
    #[default]
    No,
    /// It holds for words that stand in other paragraphs of the unit.
    Elsewhere,
    /// It holds, and words had no say in it, or only by not being there.
    Quiet,
    /// It holds for words that stand here.
    Here,
}

#[derive(Default)]
struct Answer {
    standing: Standing,
    occurrences: Vec<Interval>,
    marks: Vec<Interval>,
}

impl Answer {
    fn quiet(holds: bool) -> Self {
        Self { standing: if holds { Standing::Quiet } else { Standing::No }, ..Self::default() }
    }

    fn take(&mut self, other: Self) {
        self.occurrences.extend(other.occurrences);
        self.marks.extend(other.marks);
    }
}

/// A run of words of a paragraph.
struct View<'v> {
    positions: &'v Positions,
    words: Range<u32>,
    decide: Decide<'v>,
    mark: bool,
}

impl View<'_> {
    /// `favour`: true where holding helps the paragraph to match, false under a `NOT`.
    fn node(&self, node: &Node, favour: bool) -> Answer {
        match node {
            Node::Spans(spans) => self.occurring(spans),
            Node::And(parts) => self.and(parts, favour),
            Node::Or(parts) => self.or(parts.iter().map(|part| self.node(part, favour))),
            Node::Not(part) => Answer::quiet(self.node(part, !favour).standing == Standing::No),
            Node::Sentence(part) => self.or(self
                .positions
                .sentences
                .iter()
                .map(|words| self.within(words.clone()).node(part, favour))),
            Node::Paragraph(part) => self.within(0..self.positions.words).node(part, favour),
            Node::Wide { scope, query, node } => {
                if !(self.decide)(Condition::Within { scope: *scope, query }, favour) {
                    return Answer::default();
                }
                let here = self.within(0..self.positions.words).node(node, favour);
                match (node.counts(), here.standing) {
                    (false, _) => Answer::quiet(true),
                    (true, Standing::No) => Answer { standing: Standing::Elsewhere, ..Answer::default() },
                    (true, _) => here,
                }
            }
            Node::Filter(filter) => Answer::quiet((self.decide)(Condition::Filter(filter), favour)),
            Node::All => Answer::quiet(true),
        }
    }

    fn occurring(&self, spans: &Spans) -> Answer {
        let occurrences = self.spans(spans);
        let mut answer = Answer::default();
        if occurrences.is_empty() {
            return answer;
        }
        answer.standing = Standing::Here;
        if self.mark {
            self.mark(spans, &occurrences, &mut answer.marks);
        }
        answer.occurrences = occurrences;
        answer
    }

    fn and(&self, parts: &[Node], favour: bool) -> Answer {
        let mut all = Answer { standing: Standing::Quiet, ..Answer::default() };
        for part in parts {
            let answer = self.node(part, favour);
            all.standing = match (all.standing, answer.standing) {
                (_, Standing::No) => return Answer::default(),
                (Standing::Here, _) | (_, Standing::Here) => Standing::Here,
                (Standing::Elsewhere, _) | (_, Standing::Elsewhere) => Standing::Elsewhere,
                _ => Standing::Quiet,
            };
            all.take(answer);
        }
        all
    }

    fn or(&self, parts: impl Iterator<Item = Answer>) -> Answer {
        let mut any = Answer::default();
        for answer in parts {
            any.standing = any.standing.max(answer.standing);
            any.take(answer);
        }
        any
    }

    fn within(&self, words: Range<u32>) -> Self {
        View { positions: self.positions, words, decide: self.decide, mark: self.mark }
    }

    /// All intervals of the run that the part matches, distinct and in order.
    fn spans(&self, spans: &Spans) -> Vec<Interval> {
        match spans {
            Spans::Leaf(leaf) => self.leaf(*leaf).iter().map(|&at| Interval::new(at, at + 1)).collect(),
            Spans::Phrase(slots) => self.phrase(slots),
            Spans::Or(parts) => interval::distinct(parts.iter().flat_map(|part| self.spans(part)).collect()),
            Spans::Near { left, right, distance, ordered } => {
                interval::near(&self.spans(left), &self.spans(right), *distance, *ordered)
            }
            Spans::NotNear { left, right, distance } => {
                interval::not_near(&self.spans(left), &self.spans(right), *distance)
            }
        }
    }

    fn leaf(&self, leaf: usize) -> &[u32] {
        let all = self.positions.leaves.get(leaf).map_or(&[][..], Vec::as_slice);
        let start = all.partition_point(|&at| at < self.words.start);
        let end = all.partition_point(|&at| at < self.words.end);
        &all[start..end.max(start)]
    }

    fn phrase(&self, slots: &[Vec<usize>]) -> Vec<Interval> {
        let length = u32::try_from(slots.len()).unwrap_or(u32::MAX);
        let frequency = |slot: &[usize]| slot.iter().map(|&leaf| self.leaf(leaf).len()).sum::<usize>();
        // The rarest slot says where to look.
        let rarest = (0_u32..).zip(slots).filter(|(_, slot)| !slot.is_empty());
        let Some((offset, slot)) = rarest.min_by_key(|(_, slot)| frequency(slot)) else { return Vec::new() };
        let stands = |at: u32, slot: &[usize]| {
            slot.is_empty() || slot.iter().any(|&leaf| self.leaf(leaf).binary_search(&at).is_ok())
        };
        let starts = slot.iter().flat_map(|&leaf| self.leaf(leaf)).filter_map(|at| at.checked_sub(offset));
        let found = starts
            .filter(|&start| start >= self.words.start && length <= self.words.end.saturating_sub(start))
            .filter(|&start| (start..).zip(slots).all(|(at, slot)| stands(at, slot)))
            .map(|start| Interval::new(start, start + length));
        interval::distinct(found.collect())
    }

    /// Adds what stands for the occurrences, which must be those of [`spans`](Self::spans) or some of them:
    /// of a window, its parts.
    fn mark(&self, spans: &Spans, occurrences: &[Interval], marks: &mut Vec<Interval>) {
        if occurrences.is_empty() {
            return;
        }
        match spans {
            Spans::Leaf(_) | Spans::Phrase(_) => marks.extend(occurrences),
            Spans::Or(parts) => {
                for part in parts {
                    let mut own = self.spans(part);
                    own.retain(|one| occurrences.binary_search(one).is_ok());
                    self.mark(part, &own, marks);
                }
            }
            Spans::NotNear { left, .. } => self.mark(left, occurrences, marks),
            Spans::Near { left, right, distance, ordered } => {
                let (lefts, rights) = (self.spans(left), self.spans(right));
                let (mut marked_left, mut marked_right) = (Vec::new(), Vec::new());
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
