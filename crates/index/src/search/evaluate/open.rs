//! A plan opened on one segment: its postings found, its parts put together.

use tantivy::SegmentReader;
use tantivy::schema::IndexRecordOption;

use super::docs::{RangeDocs, SourceDocs};
use super::or::Or;
use super::phrase::Phrase;
use super::scorer::{And, Near, NearKind, Scorer};
use super::union::Union;
use super::windowed::UNEVEN;
use crate::error::Result;
use crate::interrupt::Interrupt;
use crate::search::plan::{Part, Plan};
use crate::store::packed_tokens::STOP;
use crate::store::pairs;
use crate::store::schema::Fields;
use crate::store::sources::SourceRange;

const POSITIONS: IndexRecordOption = IndexRecordOption::WithFreqsAndPositions;

/// What is to be known of the paragraphs that match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needed {
    /// Their documents alone.
    Documents,
    /// The frequencies of the parts of the query too.
    Frequencies,
}

/// What is needed to open a plan on a segment.
struct Opener<'a> {
    plan: &'a Plan,
    fields: &'a Fields,
    reader: &'a SegmentReader,
    runs: &'a [SourceRange],
    segment: usize,
    /// What is read of words where places are not asked for.
    option: IndexRecordOption,
    interrupt: &'a Interrupt,
}

/// Opens a plan on a segment, given by its number too. When the watch says stop, the node ends as if nothing more were
/// found.
pub(crate) fn open<'a>(
    plan: &'a Plan,
    fields: &'a Fields,
    reader: &'a SegmentReader,
    runs: &'a [SourceRange],
    segment: usize,
    known: Needed,
    interrupt: &'a Interrupt,
) -> Result<Scorer<'a>> {
    let option = match known {
        Needed::Documents => IndexRecordOption::Basic,
        Needed::Frequencies => IndexRecordOption::WithFreqs,
    };
    Opener { plan, fields, reader, runs, segment, option, interrupt }.open(&plan.root, false)
}

/// Opens, of a plan that is two words near each other, those alone: it matches where both stand, of which little costs
/// less to find out, and says how often each occurs. Also whether they are to stand in order. The words are two units.
pub(crate) fn open_near<'a>(
    plan: &'a Plan,
    fields: &'a Fields,
    reader: &'a SegmentReader,
    runs: &'a [SourceRange],
    segment: usize,
    interrupt: &'a Interrupt,
) -> Result<Option<(Scorer<'a>, bool)>> {
    let Part::Near { left, right, ordered, .. } = &plan.root else { return Ok(None) };
    let (Part::Words { leaf: left, .. }, Part::Words { leaf: right, .. }) = (&**left, &**right) else {
        return Ok(None);
    };
    // A rare word finds the paragraphs sooner.
    let stand = |leaf: usize| plan.leaves.get(leaf).map_or(0, |leaf| leaf.frequency);
    if UNEVEN * stand(*left).min(stand(*right)) < stand(*left).max(stand(*right)) {
        return Ok(None);
    }
    let option = IndexRecordOption::WithFreqs;
    let opener = Opener { plan, fields, reader, runs, segment, option, interrupt };
    let word = |leaf, unit| -> Result<Scorer<'a>> {
        Ok(Scorer::Words { union: opener.words(&[leaf], option)?, unit: Some(unit) })
    };
    let words = vec![word(*left, 0)?, word(*right, 1)?];
    Ok(Some((Scorer::And(And::new(words, Vec::new(), true, interrupt.clone())), *ordered)))
}

impl<'a> Opener<'a> {
    /// Opens a part; `places` if it will be asked where it occurs, not only how often.
    fn open(&self, part: &'a Part, places: bool) -> Result<Scorer<'a>> {
        Ok(match part {
            Part::Words { leaf, unit } => {
                let option = if places { POSITIONS } else { self.option };
                Scorer::Words { union: self.words(&[*leaf], option)?, unit: *unit }
            }
            Part::Phrase { slots, unit } => match self.pairs(slots).as_slice() {
                // Two frequent words side by side are as one word.
                [pair] if !places && slots.len() == 2 => {
                    Scorer::Words { union: self.pair(pair, self.option)?, unit: *unit }
                }
                pairs => Scorer::Phrase { phrase: self.phrase(slots, pairs)?, unit: *unit },
            },
            Part::And(parts) => self.and(parts, places)?,
            Part::Or(parts) => {
                let apart = self.are_apart(parts);
                let open = |part| self.open(part, places || !apart);
                Scorer::Or(Or::new(parts.iter().map(open).collect::<Result<_>>()?, apart))
            }
            Part::Not(part) => {
                Scorer::Not(Box::new(self.open(part, places)?), SourceDocs::new(self.runs, None))
            }
            Part::Near { left, right, distance, ordered, unit } => {
                let kind = if *ordered { NearKind::Ordered } else { NearKind::EitherOrder };
                self.near(left, right, *distance, kind, *unit)?
            }
            Part::NotNear { left, right, distance, unit } => {
                self.near(left, right, *distance, NearKind::Absent, *unit)?
            }
            Part::Sentence(part) => {
                Scorer::Sentence { part: Box::new(self.open(part, true)?), stops: self.stops()? }
            }
            Part::Paragraph(part) => Scorer::Paragraph(Box::new(self.open(part, places)?)),
            Part::Scoped { part, scoped } => {
                let ranges = RangeDocs::new(self.plan.scoped_ranges(*scoped, self.segment));
                Scorer::Scoped { part: Box::new(self.open(part, places)?), ranges, counts: part.counts() }
            }
            Part::Sources(wanted) => Scorer::SourceDocs(SourceDocs::new(self.runs, Some(wanted))),
            Part::Keywords(facets) => {
                let terms = facets.iter().map(String::as_str);
                let field = [self.fields.keyword];
                Scorer::Keywords(Union::open(self.reader, &field, terms, IndexRecordOption::Basic)?)
            }
            Part::Unscored(part) => Scorer::Unscored(Box::new(self.open(part, false)?)),
            Part::All => Scorer::SourceDocs(SourceDocs::new(self.runs, None)),
        })
    }

    fn and(&self, parts: &'a [Part], places: bool) -> Result<Scorer<'a>> {
        let apart = self.are_apart(parts);
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Part::Not(part) => unwanted.push(self.open(part, places || !apart)?),
                part => wanted.push(self.open(part, places || !apart)?),
            }
        }
        if wanted.is_empty() {
            wanted.push(Scorer::SourceDocs(SourceDocs::new(self.runs, None)));
        }
        Ok(Scorer::And(And::new(wanted, unwanted, apart, self.interrupt.clone())))
    }

    /// True if no occurrence of one part can be one of another too, so that there are as many as there are of each.
    fn are_apart(&self, parts: &[Part]) -> bool {
        // If nobody asks how often, each may be asked by itself.
        self.option == IndexRecordOption::Basic || self.plan.are_apart(parts)
    }

    fn near(
        &self,
        left: &'a Part,
        right: &'a Part,
        distance: u32,
        kind: NearKind,
        unit: Option<usize>,
    ) -> Result<Scorer<'a>> {
        let (left, right) = (self.open(left, true)?, self.open(right, true)?);
        Ok(Scorer::Near(Box::new(Near::new([left, right], distance, kind, unit, self.interrupt.clone()))))
    }

    fn words(&self, leaves: &[usize], option: IndexRecordOption) -> Result<Union> {
        let expansions = leaves.iter().filter_map(|&leaf| self.plan.leaves.get(leaf));
        if let [leaf] = leaves
            && let Some(known) = self.plan.leaves.get(*leaf).and_then(|leaf| leaf.known(self.segment))
        {
            return Union::of(self.reader, known, option);
        }
        let mut terms: Vec<&str> =
            expansions.flat_map(|expansion| &expansion.terms).map(String::as_str).collect();
        // Alternatives may share words, and a word counts once.
        terms.sort_unstable();
        terms.dedup();
        Union::open(self.reader, &self.plan.fields, terms.iter().copied(), option)
    }

    fn phrase(&self, slots: &[Option<Vec<usize>>], pairs: &[String]) -> Result<Phrase> {
        let mut open = Vec::new();
        for (place, slot) in (0..).zip(slots) {
            if let Some(leaves) = slot {
                open.push((place, self.words(leaves, POSITIONS)?));
            }
        }
        let rarest = open.iter().map(|(_, union)| union.cost()).min().unwrap_or(0);
        let mut rarer = Vec::new();
        for pair in pairs {
            let union = self.pair(pair, IndexRecordOption::Basic)?;
            if union.cost() < rarest {
                rarer.push(union);
            }
        }
        let stops = if slots.last().is_some_and(Option::is_none) { Some(self.stops()?) } else { None };
        let len = u32::try_from(slots.len()).unwrap_or(u32::MAX);
        Ok(Phrase::new(open, rarer, len, stops, self.interrupt.clone()))
    }

    /// Those words of a phrase side by side that are written as pairs.
    fn pairs(&self, slots: &[Option<Vec<usize>>]) -> Vec<String> {
        // Of body text alone.
        if self.plan.fields != [self.fields.text] {
            return Vec::new();
        }
        let word = |slot: &Option<Vec<usize>>| match self
            .plan
            .leaves
            .get(*slot.as_deref()?.first()?)?
            .terms
            .as_slice()
        {
            [word] if slot.as_ref().is_some_and(|leaves| leaves.len() == 1) => Some(word.as_str()),
            _ => None,
        };
        let sides = slots.windows(2).filter_map(|sides| match sides {
            [first, second] => pairs::pair(word(first)?, word(second)?),
            _ => None,
        });
        sides.collect()
    }

    fn pair(&self, pair: &str, option: IndexRecordOption) -> Result<Union> {
        Union::open(self.reader, &[self.fields.pair], std::iter::once(pair), option)
    }

    fn stops(&self) -> Result<Union> {
        Union::open(self.reader, &[self.fields.stop], std::iter::once(STOP), POSITIONS)
    }
}
