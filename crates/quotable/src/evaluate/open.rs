//! A plan opened on one segment: its postings found, its parts put together.

use tantivy::SegmentReader;
use tantivy::schema::IndexRecordOption;

use super::docs::{Ranges, Runs};
use super::node::{And, Near, NearKind, Node};
use super::or::Or;
use super::phrase::Phrase;
use super::union::Union;
use crate::Result;
use crate::plan::{Part, Plan};
use crate::schema::Fields;
use crate::table::Run;
use crate::tokenizer::STOP;
use crate::watch::Watch;

const POSITIONS: IndexRecordOption = IndexRecordOption::WithFreqsAndPositions;

/// What is needed to open a plan on a segment.
struct Opener<'a> {
    plan: &'a Plan,
    fields: &'a Fields,
    reader: &'a SegmentReader,
    runs: &'a [Run],
    segment: usize,
    watch: &'a Watch,
}

/// Opens a plan on a segment, given by its number too. When the watch says stop, the node ends as if nothing more were
/// found.
pub(crate) fn open<'a>(
    plan: &'a Plan,
    fields: &'a Fields,
    reader: &'a SegmentReader,
    runs: &'a [Run],
    segment: usize,
    watch: &'a Watch,
) -> Result<Node<'a>> {
    let opener = Opener { plan, fields, reader, runs, segment, watch };
    match &plan.root {
        // How often a lone word stands in a paragraph says it all: see [`Node::frequency`].
        Part::Words { leaf, unit } => {
            Ok(Node::Words { union: opener.words(&[*leaf], IndexRecordOption::WithFreqs)?, unit: *unit })
        }
        root => opener.open(root),
    }
}

impl<'a> Opener<'a> {
    fn open(&self, part: &'a Part) -> Result<Node<'a>> {
        Ok(match part {
            Part::Words { leaf, unit } => {
                Node::Words { union: self.words(&[*leaf], POSITIONS)?, unit: *unit }
            }
            Part::Phrase { slots, unit } => Node::Phrase { phrase: self.phrase(slots)?, unit: *unit },
            Part::And(parts) => self.and(parts)?,
            Part::Or(parts) => {
                Node::Or(Or::new(parts.iter().map(|part| self.open(part)).collect::<Result<_>>()?))
            }
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
            Part::Quiet(part) => Node::Quiet(Box::new(self.open(part)?)),
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
        Ok(Node::And(And::new(wanted, unwanted, self.watch.clone())))
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
        Ok(Node::Near(Box::new(Near::new([left, right], distance, kind, unit, self.watch.clone()))))
    }

    fn words(&self, leaves: &[usize], option: IndexRecordOption) -> Result<Union> {
        let expansions = leaves.iter().filter_map(|&leaf| self.plan.leaves.get(leaf));
        let mut terms: Vec<&str> =
            expansions.flat_map(|expansion| &expansion.terms).map(String::as_str).collect();
        // Alternatives may share words, and a word counts once.
        terms.sort_unstable();
        terms.dedup();
        Union::open(self.reader, &self.plan.fields, terms.iter().copied(), option)
    }

    fn phrase(&self, slots: &[Option<Vec<usize>>]) -> Result<Phrase> {
        let mut open = Vec::new();
        for (place, slot) in (0..).zip(slots) {
            if let Some(leaves) = slot {
                open.push((place, self.words(leaves, POSITIONS)?));
            }
        }
        let stops = if slots.last().is_some_and(Option::is_none) { Some(self.stops()?) } else { None };
        Ok(Phrase::new(open, u32::try_from(slots.len()).unwrap_or(u32::MAX), stops, self.watch.clone()))
    }

    fn stops(&self) -> Result<Union> {
        Union::open(self.reader, &[self.fields.stop], std::iter::once(STOP), POSITIONS)
    }
}
