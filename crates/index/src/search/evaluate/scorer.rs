//! The parts of a plan, opened on one segment.

use tantivy::{DocId, TERMINATED};

use super::docs::{RangeDocs, SourceDocs};
use super::or::Or;
use super::phrase::Phrase;
use super::union::Union;
use crate::interrupt::Interrupt;
use crate::search::intervals::{Interval, distinct, near, near_words, not_near};

/// A part of the query on one segment.
pub(crate) enum Scorer<'a> {
    Words {
        union: Union,
        unit: Option<usize>,
    },
    Phrase {
        phrase: Phrase,
        unit: Option<usize>,
    },
    And(And<'a>),
    Or(Or<'a>),
    /// What must not be, and every paragraph.
    Not(Box<Scorer<'a>>, SourceDocs<'a>),
    Near(Box<Near<'a>>),
    Sentence {
        part: Box<Scorer<'a>>,
        stops: Union,
    },
    Paragraph(Box<Scorer<'a>>),
    /// Asked of theme chunks or reports: the paragraphs of those in which it holds somewhere.
    Scoped {
        part: Box<Scorer<'a>>,
        ranges: RangeDocs<'a>,
        counts: bool,
    },
    SourceDocs(SourceDocs<'a>),
    Keywords(Union),
    /// Where it holds, without its occurrences.
    Unscored(Box<Scorer<'a>>),
}

pub(crate) struct And<'a> {
    /// Cheapest first.
    pub(super) wanted: Vec<Scorer<'a>>,
    pub(super) unwanted: Vec<Scorer<'a>>,
    /// Whether no occurrence is one of two of the wanted.
    pub(super) apart: bool,
    /// The counts before it was asked: what part of it adds is taken back if the whole does not match.
    before: Vec<u32>,
    interrupt: Interrupt,
}

impl<'a> And<'a> {
    pub(super) fn new(
        mut wanted: Vec<Scorer<'a>>,
        unwanted: Vec<Scorer<'a>>,
        apart: bool,
        interrupt: Interrupt,
    ) -> Self {
        wanted.sort_by_key(Scorer::cost);
        Self { wanted, unwanted, apart, before: Vec::new(), interrupt }
    }
}

/// How a paragraph stands to a part of the query. Later outdoes earlier among alternatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match {
    /// The part does not hold.
    No,
    /// It holds for words that stand in other paragraphs of the theme chunk or report.
    ElsewhereInUnit,
    /// It holds, and words had no say in it, or only by not being there.
    Unscored,
    /// It holds for words that stand here.
    Here,
}

impl Match {
    /// Whether a paragraph that stands so is found.
    pub(crate) fn is_hit(self) -> bool {
        self >= Self::Unscored
    }

    fn here(holds: bool) -> Self {
        if holds { Self::Here } else { Self::No }
    }

    fn quiet(holds: bool) -> Self {
        if holds { Self::Unscored } else { Self::No }
    }

    /// Of two parts that must both hold.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Here, _) | (_, Self::Here) => Self::Here,
            (Self::ElsewhereInUnit, _) | (_, Self::ElsewhereInUnit) => Self::ElsewhereInUnit,
            _ => Self::Unscored,
        }
    }
}

/// Two operands and their window.
pub(crate) struct Near<'a> {
    pub(super) left: Scorer<'a>,
    pub(super) right: Scorer<'a>,
    distance: u32,
    pub(super) kind: NearKind,
    pub(super) unit: Option<usize>,
    /// Kept to spare allocation.
    lefts: Vec<Interval>,
    rights: Vec<Interval>,
    found: Vec<Interval>,
    interrupt: Interrupt,
}

impl<'a> Near<'a> {
    pub(super) fn new(
        [left, right]: [Scorer<'a>; 2],
        distance: u32,
        kind: NearKind,
        unit: Option<usize>,
        interrupt: Interrupt,
    ) -> Self {
        let (lefts, rights, found) = (Vec::new(), Vec::new(), Vec::new());
        Self { left, right, distance, kind, unit, lefts, rights, found, interrupt }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NearKind {
    EitherOrder,
    Ordered,
    Absent,
}

impl Scorer<'_> {
    /// About how many paragraphs it has to look at.
    pub(crate) fn cost(&self) -> u64 {
        match self {
            Self::Words { union, .. } | Self::Keywords(union) => union.cost(),
            Self::Phrase { phrase, .. } => phrase.cost(),
            Self::And(and) => and.wanted.iter().map(Self::cost).min().unwrap_or(0),
            Self::Or(or) => or.cost(),
            Self::Not(_, runs) | Self::SourceDocs(runs) => runs.cost(),
            Self::Scoped { ranges, .. } => ranges.cost(),
            Self::Near(near) if near.kind == NearKind::Absent => near.left.cost(),
            Self::Near(near) => near.left.cost().min(near.right.cost()),
            Self::Sentence { part, .. } | Self::Paragraph(part) | Self::Unscored(part) => part.cost(),
        }
    }

    /// Goes to the first paragraph at or after the target that may match. Targets must not decrease.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Words { union, .. } | Self::Keywords(union) => union.seek(target),
            Self::Phrase { phrase, .. } => phrase.seek(target),
            Self::And(and) => leapfrog(&mut and.wanted, &mut and.interrupt, target),
            Self::Or(or) => or.seek(target),
            Self::Not(_, runs) | Self::SourceDocs(runs) => runs.seek(target),
            Self::Scoped { ranges, .. } => ranges.seek(target),
            Self::Near(near) if near.kind == NearKind::Absent => near.left.seek(target),
            Self::Near(near) => {
                let Near { left, right, interrupt, .. } = near.as_mut();
                let mut target = target;
                loop {
                    if interrupt.is_over() {
                        return TERMINATED;
                    }
                    let doc = left.seek(target);
                    target = right.seek(doc);
                    if target == doc {
                        return doc;
                    }
                }
            }
            Self::Sentence { part, .. } | Self::Paragraph(part) | Self::Unscored(part) => part.seek(target),
        }
    }

    /// How the paragraph stands to the part within the window; gives the occurrences there and adds to the counts of
    /// the units. Paragraphs must not decrease; the same one may be asked about again.
    pub(crate) fn matches(
        &mut self,
        doc: DocId,
        window: Interval,
        out: &mut Vec<Interval>,
        counts: &mut [u32],
    ) -> Match {
        let begin = out.len();
        let (standing, unit) = match self {
            Self::Words { union, unit } => {
                if union.seek(doc) != doc {
                    return Match::No;
                }
                let positions = union.positions();
                let from = positions.partition_point(|&position| position < window.start);
                let inside = positions[from..].iter().take_while(|&&position| position < window.end);
                out.extend(inside.map(|&position| Interval::new(position, position + 1)));
                (Match::here(out.len() > begin), *unit)
            }
            Self::Phrase { phrase, unit } => {
                if phrase.seek(doc) != doc {
                    return Match::No;
                }
                phrase.occurrences(doc, window, out);
                (Match::here(out.len() > begin), *unit)
            }
            Self::And(and) => (and.matches(doc, window, out, counts), None),
            Self::Or(or) => (or.matches(doc, window, out, counts), None),
            Self::Not(part, runs) => {
                let there = runs.seek(doc) == doc;
                let holds = there && part.matches(doc, window, &mut Vec::new(), &mut []) == Match::No;
                (Match::quiet(holds), None)
            }
            Self::Near(near) => (Match::here(near.matches(doc, window, out)), near.unit),
            Self::Sentence { part, stops } => {
                // A paragraph without words has no sentence.
                let mut standing = Match::No;
                let mut start = 0;
                if stops.seek(doc) == doc {
                    for &stop in stops.positions() {
                        let sentence = Interval::new(start, stop + 1);
                        start = stop + 1;
                        standing = standing.max(part.matches(doc, sentence, out, counts));
                    }
                }
                (standing, None)
            }
            Self::Paragraph(part) => (part.matches(doc, Interval::WHOLE, out, counts), None),
            Self::Scoped { part, ranges, counts: occurs } => {
                if ranges.seek(doc) != doc {
                    return Match::No;
                }
                let here = part.matches(doc, Interval::WHOLE, out, counts);
                let standing = match here {
                    _ if !*occurs => Match::Unscored,
                    Match::No => Match::ElsewhereInUnit,
                    here => here,
                };
                (standing, None)
            }
            Self::SourceDocs(runs) => (Match::quiet(runs.seek(doc) == doc), None),
            Self::Keywords(union) => (Match::quiet(union.seek(doc) == doc), None),
            Self::Unscored(part) => {
                let holds = part.tally(doc, &mut []).0 != Match::No;
                (Match::quiet(holds), None)
            }
        };
        if matches!(self, Self::Or(_) | Self::Sentence { .. } | Self::And(_)) {
            tidy(out, begin);
        }
        if let Some(count) = unit.and_then(|unit| counts.get_mut(unit)) {
            *count += u32::try_from(out.len() - begin).unwrap_or(u32::MAX);
        }
        standing
    }

    /// How the whole paragraph stands to the part, and how often it occurs there; adds to the counts of the units. What
    /// frequencies say is not asked of positions. Paragraphs must not decrease.
    pub(crate) fn tally(&mut self, doc: DocId, counts: &mut [u32]) -> (Match, u32) {
        let known = match self {
            Self::Words { union, unit } => {
                let often = if union.seek(doc) == doc { union.frequency() } else { 0 };
                if let Some(count) = unit.and_then(|unit| counts.get_mut(unit)) {
                    *count += often;
                }
                Some((Match::here(often > 0), often))
            }
            Self::And(and) => and.tally(doc, counts),
            Self::Or(or) => or.tally(doc, counts),
            Self::Not(part, runs) => {
                let holds = runs.seek(doc) == doc && part.tally(doc, &mut []).0 == Match::No;
                Some((Match::quiet(holds), 0))
            }
            Self::Paragraph(part) => Some(part.tally(doc, counts)),
            Self::Scoped { part, ranges, counts: occurs } => Some(if ranges.seek(doc) == doc {
                match part.tally(doc, counts) {
                    (_, often) if !*occurs => (Match::Unscored, often),
                    (Match::No, often) => (Match::ElsewhereInUnit, often),
                    here => here,
                }
            } else {
                (Match::No, 0)
            }),
            Self::SourceDocs(runs) => Some((Match::quiet(runs.seek(doc) == doc), 0)),
            Self::Keywords(union) => Some((Match::quiet(union.seek(doc) == doc), 0)),
            Self::Unscored(part) => {
                let holds = part.tally(doc, &mut []).0 != Match::No;
                Some((Match::quiet(holds), 0))
            }
            Self::Near(near) => {
                let mut found = std::mem::take(&mut near.found);
                found.clear();
                let standing = Match::here(near.matches(doc, Interval::WHOLE, &mut found));
                let often = u32::try_from(found.len()).unwrap_or(u32::MAX);
                near.found = found;
                if let Some(count) = near.unit.and_then(|unit| counts.get_mut(unit)) {
                    *count += often;
                }
                Some((standing, often))
            }
            Self::Phrase { .. } | Self::Sentence { .. } => None,
        };
        known.unwrap_or_else(|| {
            let mut out = Vec::new();
            let standing = self.matches(doc, Interval::WHOLE, &mut out, counts);
            (standing, u32::try_from(out.len()).unwrap_or(u32::MAX))
        })
    }
}

impl Scorer<'_> {
    /// How many paragraphs it matches in the segment, those of removed sources that were not yet cleared away among
    /// them, if that is known without looking at each. To be asked before anything else, and nothing else after it.
    pub(crate) fn count(&mut self) -> Option<u64> {
        match self {
            Self::Words { union, .. } => union.count(),
            _ => None,
        }
    }
}

impl And<'_> {
    fn tally(&mut self, doc: DocId, counts: &mut [u32]) -> Option<(Match, u32)> {
        if !self.apart {
            return None;
        }
        self.before.clear();
        self.before.extend_from_slice(counts);
        let (mut standing, mut sum) = (Match::Unscored, 0);
        for part in &mut self.wanted {
            let (one, often) = part.tally(doc, counts);
            standing = standing.and(one);
            sum += often;
            if standing == Match::No {
                break;
            }
        }
        if standing != Match::No
            && self.unwanted.iter_mut().any(|part| part.tally(doc, &mut []).0 != Match::No)
        {
            standing = Match::No;
        }
        if standing == Match::No {
            counts.copy_from_slice(&self.before);
            sum = 0;
        }
        Some((standing, sum))
    }

    fn matches(
        &mut self,
        doc: DocId,
        window: Interval,
        out: &mut Vec<Interval>,
        counts: &mut [u32],
    ) -> Match {
        let begin = out.len();
        self.before.clear();
        self.before.extend_from_slice(counts);
        let mut standing = Match::Unscored;
        for part in &mut self.wanted {
            standing = standing.and(part.matches(doc, window, out, counts));
            if standing == Match::No {
                break;
            }
        }
        let mut ignored = Vec::new();
        for part in &mut self.unwanted {
            if standing == Match::No {
                break;
            }
            ignored.clear();
            if part.matches(doc, window, &mut ignored, &mut []) != Match::No {
                standing = Match::No;
            }
        }
        if standing == Match::No {
            counts.copy_from_slice(&self.before);
            out.truncate(begin);
        }
        standing
    }
}

impl Near<'_> {
    /// The same as [`matches`](Self::matches) where both operands are words that have no position in common.
    fn words(&mut self, doc: DocId, window: Interval, out: &mut Vec<Interval>) -> Option<bool> {
        let (Scorer::Words { union: left, .. }, Scorer::Words { union: right, .. }) =
            (&mut self.left, &mut self.right)
        else {
            return None;
        };
        let ordered = match self.kind {
            NearKind::EitherOrder => false,
            NearKind::Ordered => true,
            NearKind::Absent => return None,
        };
        if left.seek(doc) != doc || right.seek(doc) != doc {
            return Some(false);
        }
        let inside = |positions: &'_ [u32]| {
            let at = |bound| positions.partition_point(|&position| position < bound);
            at(window.start)..at(window.end)
        };
        let (left, right) = (left.positions(), right.positions());
        let (left, right) = (&left[inside(left)], &right[inside(right)]);
        let begin = out.len();
        near_words(left, right, self.distance, ordered, out).then_some(out.len() > begin)
    }

    fn matches(&mut self, doc: DocId, window: Interval, out: &mut Vec<Interval>) -> bool {
        let begin = out.len();
        if let Some(known) = self.words(doc, window, out) {
            return known;
        }
        self.lefts.clear();
        self.rights.clear();
        let left = self.left.matches(doc, window, &mut self.lefts, &mut []);
        if left == Match::No {
            return false;
        }
        let right = self.right.matches(doc, window, &mut self.rights, &mut []);
        let mut found = Vec::new();
        match self.kind {
            NearKind::Absent => not_near(&self.lefts, &self.rights, self.distance, &mut found),
            _ if right == Match::No => return false,
            kind => {
                let ordered = kind == NearKind::Ordered;
                near(&self.lefts, &self.rights, self.distance, ordered, &mut found);
            }
        }
        out.append(&mut found);
        out.len() > begin
    }
}

/// Makes what was added since `begin` distinct and in order.
fn tidy(out: &mut Vec<Interval>, begin: usize) {
    let mut added = out.split_off(begin);
    distinct(&mut added);
    out.append(&mut added);
}

/// The first paragraph at or after the target in which all may match.
fn leapfrog(parts: &mut [Scorer<'_>], interrupt: &mut Interrupt, mut target: DocId) -> DocId {
    'again: loop {
        if interrupt.is_over() {
            return TERMINATED;
        }
        for part in parts.iter_mut() {
            let doc = part.seek(target);
            if doc > target {
                if doc == TERMINATED {
                    return TERMINATED;
                }
                target = doc;
                continue 'again;
            }
        }
        return target;
    }
}
