//! The parts of a plan, opened on one segment.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, TERMINATED};

use super::docs::{Ranges, Runs, Union};
use super::phrase::Phrase;
use crate::Result;
use crate::document::STOP;
use crate::intervals::{Interval, distinct, near, not_near};
use crate::plan::{Part, Plan};
use crate::schema::Fields;
use crate::table::Run;

/// A part of the query on one segment.
pub(crate) enum Node<'a> {
    Words {
        union: Union,
        unit: Option<usize>,
    },
    Phrase {
        phrase: Phrase,
        unit: Option<usize>,
    },
    And(And<'a>),
    Or(Vec<Node<'a>>),
    /// What must not be, and every paragraph.
    Not(Box<Node<'a>>, Runs<'a>),
    Near(Box<Near<'a>>),
    Sentence {
        part: Box<Node<'a>>,
        stops: Union,
    },
    Paragraph(Box<Node<'a>>),
    /// Asked of theme chunks or reports: the paragraphs of those in which it holds somewhere.
    Wide {
        part: Box<Node<'a>>,
        ranges: Ranges<'a>,
        counts: bool,
    },
    Runs(Runs<'a>),
    Facets(Union),
}

pub(crate) struct And<'a> {
    /// Cheapest first.
    wanted: Vec<Node<'a>>,
    unwanted: Vec<Node<'a>>,
    /// The counts before it was asked: what part of it adds is taken back if the whole does not match.
    before: Vec<u32>,
}

/// How a paragraph stands to a part of the query. Later outdoes earlier among alternatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// The part does not hold.
    No,
    /// It holds for words that stand in other paragraphs of the theme chunk or report.
    Elsewhere,
    /// It holds, and words had no say in it, or only by not being there.
    Quiet,
    /// It holds for words that stand here.
    Here,
}

impl Standing {
    /// Whether a paragraph that stands so is found.
    pub(crate) fn is_hit(self) -> bool {
        self >= Self::Quiet
    }

    fn here(holds: bool) -> Self {
        if holds { Self::Here } else { Self::No }
    }

    fn quiet(holds: bool) -> Self {
        if holds { Self::Quiet } else { Self::No }
    }

    /// Of two parts that must both hold.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Here, _) | (_, Self::Here) => Self::Here,
            (Self::Elsewhere, _) | (_, Self::Elsewhere) => Self::Elsewhere,
            _ => Self::Quiet,
        }
    }
}

/// Two operands and their window.
pub(crate) struct Near<'a> {
    left: Node<'a>,
    right: Node<'a>,
    distance: u32,
    kind: NearKind,
    unit: Option<usize>,
    /// Kept to spare allocation.
    lefts: Vec<Interval>,
    rights: Vec<Interval>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NearKind {
    EitherOrder,
    Ordered,
    Absent,
}

/// What is needed to open a plan on a segment.
struct Opener<'a> {
    plan: &'a Plan,
    fields: &'a Fields,
    reader: &'a SegmentReader,
    runs: &'a [Run],
    segment: usize,
}

/// Opens a plan on a segment, given by its number too.
pub(crate) fn open<'a>(
    plan: &'a Plan,
    fields: &'a Fields,
    reader: &'a SegmentReader,
    runs: &'a [Run],
    segment: usize,
) -> Result<Node<'a>> {
    Opener { plan, fields, reader, runs, segment }.open(&plan.root)
}

impl<'a> Opener<'a> {
    fn open(&self, part: &'a Part) -> Result<Node<'a>> {
        Ok(match part {
            Part::Words { leaf, unit } => Node::Words { union: self.words(&[*leaf])?, unit: *unit },
            Part::Phrase { slots, unit } => Node::Phrase { phrase: self.phrase(slots)?, unit: *unit },
            Part::And(parts) => self.and(parts)?,
            Part::Or(parts) => Node::Or(parts.iter().map(|part| self.open(part)).collect::<Result<_>>()?),
            Part::Not(part) => Node::Not(Box::new(self.open(part)?), Runs::new(self.runs, None)),
            Part::Near { left, right, distance, ordered, unit } => {
                let kind = if *ordered { NearKind::Ordered } else { NearKind::EitherOrder };
                self.near(left, right, *distance, kind, *unit)?
            }
            Part::NotNear { left, right, distance, unit } => {
                self.near(left, right, *distance, NearKind::Absent, *unit)?
            }
            Part::Sentence(part) => Node::Sentence { part: Box::new(self.open(part)?), stops: self.stops()? },
            Part::Paragraph(part) => Node::Paragraph(Box::new(self.open(part)?)),
            Part::Wide { part, held } => {
                let ranges = Ranges::new(held.get(self.segment).map_or(&[], Vec::as_slice));
                Node::Wide { part: Box::new(self.open(part)?), ranges, counts: part.counts() }
            }
            Part::Sources(wanted) => Node::Runs(Runs::new(self.runs, Some(wanted))),
            Part::Facets(facets) => {
                let terms = facets.iter().map(String::as_str);
                let field = [self.fields.facet];
                Node::Facets(Union::open(self.reader, &field, terms, IndexRecordOption::Basic)?)
            }
            Part::All => Node::Runs(Runs::new(self.runs, None)),
        })
    }

    fn and(&self, parts: &'a [Part]) -> Result<Node<'a>> {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Part::Not(part) => unwanted.push(self.open(part)?),
                part => wanted.push(self.open(part)?),
            }
        }
        if wanted.is_empty() {
            wanted.push(Node::Runs(Runs::new(self.runs, None)));
        }
        wanted.sort_by_key(Node::cost);
        Ok(Node::And(And { wanted, unwanted, before: Vec::new() }))
    }

    fn near(
        &self,
        left: &'a Part,
        right: &'a Part,
        distance: u32,
        kind: NearKind,
        unit: Option<usize>,
    ) -> Result<Node<'a>> {
        let (left, right) = (self.open(left)?, self.open(right)?);
        let (lefts, rights) = (Vec::new(), Vec::new());
        Ok(Node::Near(Box::new(Near { left, right, distance, kind, unit, lefts, rights })))
    }

    fn words(&self, leaves: &[usize]) -> Result<Union> {
        let expansions = leaves.iter().filter_map(|&leaf| self.plan.leaves.get(leaf));
        let mut terms: Vec<&str> =
            expansions.flat_map(|expansion| &expansion.terms).map(String::as_str).collect();
        // Alternatives may share words, and a word counts once.
        terms.sort_unstable();
        terms.dedup();
        let option = IndexRecordOption::WithFreqsAndPositions;
        Union::open(self.reader, &self.plan.fields, terms.iter().copied(), option)
    }

    fn phrase(&self, slots: &[Option<Vec<usize>>]) -> Result<Phrase> {
        let mut open = Vec::new();
        for (place, slot) in (0..).zip(slots) {
            if let Some(leaves) = slot {
                open.push((place, self.words(leaves)?));
            }
        }
        let stops = if slots.last().is_some_and(Option::is_none) { Some(self.stops()?) } else { None };
        Ok(Phrase::new(open, u32::try_from(slots.len()).unwrap_or(u32::MAX), stops))
    }

    fn stops(&self) -> Result<Union> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        Union::open(self.reader, &[self.fields.stop], std::iter::once(STOP), option)
    }
}

impl Node<'_> {
    /// About how many paragraphs it has to look at.
    fn cost(&self) -> u64 {
        match self {
            Self::Words { union, .. } | Self::Facets(union) => union.cost(),
            Self::Phrase { phrase, .. } => phrase.cost(),
            Self::And(and) => and.wanted.iter().map(Self::cost).min().unwrap_or(0),
            Self::Or(parts) => parts.iter().map(Self::cost).sum(),
            Self::Not(_, runs) | Self::Runs(runs) => runs.cost(),
            Self::Wide { ranges, .. } => ranges.cost(),
            Self::Near(near) if near.kind == NearKind::Absent => near.left.cost(),
            Self::Near(near) => near.left.cost().min(near.right.cost()),
            Self::Sentence { part, .. } | Self::Paragraph(part) => part.cost(),
        }
    }

    /// Goes to the first paragraph at or after the target that may match. Targets must not decrease.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Words { union, .. } | Self::Facets(union) => union.seek(target),
            Self::Phrase { phrase, .. } => phrase.seek(target),
            Self::And(and) => leapfrog(&mut and.wanted, target),
            Self::Or(parts) => parts.iter_mut().map(|part| part.seek(target)).min().unwrap_or(TERMINATED),
            Self::Not(_, runs) | Self::Runs(runs) => runs.seek(target),
            Self::Wide { ranges, .. } => ranges.seek(target),
            Self::Near(near) if near.kind == NearKind::Absent => near.left.seek(target),
            Self::Near(near) => {
                let Near { left, right, .. } = near.as_mut();
                let mut target = target;
                loop {
                    let doc = left.seek(target);
                    target = right.seek(doc);
                    if target == doc {
                        return doc;
                    }
                }
            }
            Self::Sentence { part, .. } | Self::Paragraph(part) => part.seek(target),
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
    ) -> Standing {
        let begin = out.len();
        let (standing, unit) = match self {
            Self::Words { union, unit } => {
                if union.seek(doc) != doc {
                    return Standing::No;
                }
                let positions = union.positions();
                let from = positions.partition_point(|&position| position < window.start);
                let inside = positions[from..].iter().take_while(|&&position| position < window.end);
                out.extend(inside.map(|&position| Interval::new(position, position + 1)));
                (Standing::here(out.len() > begin), *unit)
            }
            Self::Phrase { phrase, unit } => {
                if phrase.seek(doc) != doc {
                    return Standing::No;
                }
                phrase.occurrences(doc, window, out);
                (Standing::here(out.len() > begin), *unit)
            }
            Self::And(and) => (and.matches(doc, window, out, counts), None),
            Self::Or(parts) => {
                let mut standing = Standing::No;
                for part in parts {
                    standing = standing.max(part.matches(doc, window, out, counts));
                }
                (standing, None)
            }
            Self::Not(part, runs) => {
                let there = runs.seek(doc) == doc;
                let holds = there && part.matches(doc, window, &mut Vec::new(), &mut []) == Standing::No;
                (Standing::quiet(holds), None)
            }
            Self::Near(near) => (Standing::here(near.matches(doc, window, out)), near.unit),
            Self::Sentence { part, stops } => {
                // A paragraph without words has no sentence.
                let mut standing = Standing::No;
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
            Self::Wide { part, ranges, counts: occurs } => {
                if ranges.seek(doc) != doc {
                    return Standing::No;
                }
                let here = part.matches(doc, Interval::WHOLE, out, counts);
                let standing = match here {
                    _ if !*occurs => Standing::Quiet,
                    Standing::No => Standing::Elsewhere,
                    here => here,
                };
                (standing, None)
            }
            Self::Runs(runs) => (Standing::quiet(runs.seek(doc) == doc), None),
            Self::Facets(union) => (Standing::quiet(union.seek(doc) == doc), None),
        };
        if matches!(self, Self::Or(_) | Self::Sentence { .. } | Self::And(_)) {
            tidy(out, begin);
        }
        if let Some(count) = unit.and_then(|unit| counts.get_mut(unit)) {
            *count += u32::try_from(out.len() - begin).unwrap_or(u32::MAX);
        }
        standing
    }

    /// How often a lone word stands in the paragraph: what counting needs, without reading positions.
    pub(crate) fn frequency(&mut self, doc: DocId) -> Option<u32> {
        match self {
            Self::Words { union, .. } => (union.seek(doc) == doc).then(|| union.frequency()),
            _ => None,
        }
    }
}

impl And<'_> {
    fn matches(
        &mut self,
        doc: DocId,
        window: Interval,
        out: &mut Vec<Interval>,
        counts: &mut [u32],
    ) -> Standing {
        let begin = out.len();
        self.before.clear();
        self.before.extend_from_slice(counts);
        let mut standing = Standing::Quiet;
        for part in &mut self.wanted {
            standing = standing.and(part.matches(doc, window, out, counts));
            if standing == Standing::No {
                break;
            }
        }
        let mut ignored = Vec::new();
        for part in &mut self.unwanted {
            if standing == Standing::No {
                break;
            }
            ignored.clear();
            if part.matches(doc, window, &mut ignored, &mut []) != Standing::No {
                standing = Standing::No;
            }
        }
        if standing == Standing::No {
            counts.copy_from_slice(&self.before);
            out.truncate(begin);
        }
        standing
    }
}

impl Near<'_> {
    fn matches(&mut self, doc: DocId, window: Interval, out: &mut Vec<Interval>) -> bool {
        let begin = out.len();
        self.lefts.clear();
        self.rights.clear();
        let left = self.left.matches(doc, window, &mut self.lefts, &mut []);
        if left == Standing::No {
            return false;
        }
        let right = self.right.matches(doc, window, &mut self.rights, &mut []);
        let mut found = Vec::new();
        match self.kind {
            NearKind::Absent => not_near(&self.lefts, &self.rights, self.distance, &mut found),
            _ if right == Standing::No => return false,
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
fn leapfrog(parts: &mut [Node<'_>], mut target: DocId) -> DocId {
    'again: loop {
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
