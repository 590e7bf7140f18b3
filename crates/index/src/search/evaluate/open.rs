//! Opens a plan on one segment: looks up its posting lists and builds its scorers.

use std::cell::Cell;
use std::rc::Rc;

use tantivy::SegmentReader;
use tantivy::schema::{Field, IndexRecordOption};

use super::docs::{RangeDocs, SourceDocs};
use super::min_heap::MAX_SCANNED;
use super::phrase::{Phrase, PrintedWords};
use super::scorer::{And, Near, NearKind, Or, RARE_RATIO, Scorer};
use super::texts::Texts;
use super::union::Union;
use crate::error::Result;
use crate::interrupt::Interrupt;
use crate::search::expansion::too_many_lists;
use crate::search::plan::{Part, Plan};
use crate::store::packed_tokens::STOP;
use crate::store::pairs;
use crate::store::schema::Fields;
use crate::store::sources::SourceRange;
use crate::store::state::State;

/// Number of posting lists that take as much memory as the window in which many lists are merged.
const WINDOW_LISTS: usize = 32;
/// Steps that it takes to open a posting list.
const LIST_STEPS: u64 = 64;
const POSITIONS: IndexRecordOption = IndexRecordOption::WithFreqsAndPositions;

/// The data that a search needs of the documents that match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needed {
    /// Which documents they are.
    Documents,
    /// The frequencies of the query's units too.
    Frequencies,
    /// The occurrences themselves, for [`Scorer::find_occurrences`].
    Occurrences,
}

/// The plan and the segment to open it on.
struct Opener<'a> {
    plan: &'a Plan,
    fields: &'a Fields,
    reader: &'a SegmentReader,
    sources: &'a [SourceRange],
    texts: Rc<Texts<'a>>,
    /// Number of the segment.
    segment: usize,
    /// What to read of words whose positions are not needed.
    option: IndexRecordOption,
    interrupt: &'a Interrupt,
    /// Number of posting lists opened so far; one with positions counts twice.
    lists: Cell<usize>,
}

/// Opens a plan on the segment with the number `segment`, whose live sources are `sources`. When `interrupt` fires, the
/// scorer ends as if nothing more matched; the caller must check for it.
///
/// # Errors
/// [`OverLimit`](crate::ErrorKind::OverLimit) if the plan opens too many posting lists at once.
pub(crate) fn open<'a>(
    plan: &'a Plan,
    state: &'a State,
    reader: &'a SegmentReader,
    sources: &'a [SourceRange],
    segment: usize,
    needed: Needed,
    interrupt: &'a Interrupt,
) -> Result<Scorer<'a>> {
    let option = match needed {
        Needed::Documents => IndexRecordOption::Basic,
        Needed::Frequencies => IndexRecordOption::WithFreqs,
        Needed::Occurrences => POSITIONS,
    };
    let texts = Rc::new(Texts::new(state, sources, interrupt.clone()));
    let (fields, lists) = (state.fields(), Cell::new(0));
    let opener = Opener { plan, fields, reader, sources, texts, segment, option, interrupt, lists };
    opener.open(&plan.root, needed == Needed::Occurrences)
}

/// For a plan that is `a w/N b` for two words: opens the conjunction of the words, and tells whether the order matters.
///
/// The conjunction is cheap, since it reads no positions, and the frequencies of its two units bound the score of the
/// proximity. `None` for other plans, and where one word is so rare that a search led by it is faster.
pub(crate) fn open_near<'a>(
    plan: &'a Plan,
    state: &'a State,
    reader: &'a SegmentReader,
    sources: &'a [SourceRange],
    segment: usize,
    interrupt: &'a Interrupt,
) -> Result<Option<(Scorer<'a>, bool)>> {
    let Part::Near { left, right, ordered, .. } = &plan.root else { return Ok(None) };
    let (Part::Words { leaf: left, .. }, Part::Words { leaf: right, .. }) = (&**left, &**right) else {
        return Ok(None);
    };
    let frequency = |leaf: usize| plan.leaves.get(leaf).map_or(0, |leaf| leaf.frequency);
    let (left_frequency, right_frequency) = (frequency(*left), frequency(*right));
    if RARE_RATIO * left_frequency.min(right_frequency) < left_frequency.max(right_frequency) {
        return Ok(None);
    }
    let option = IndexRecordOption::WithFreqs;
    let texts = Rc::new(Texts::new(state, sources, interrupt.clone()));
    let (fields, lists) = (state.fields(), Cell::new(0));
    let opener = Opener { plan, fields, reader, sources, texts, segment, option, interrupt, lists };
    let word = |leaf, unit| -> Result<Scorer<'a>> {
        Ok(Scorer::Words { union: opener.words(&[leaf], option)?, unit: Some(unit) })
    };
    let words = vec![word(*left, 0)?, word(*right, 1)?];
    // Each word is a unit of its own here, so their occurrences may be counted apart.
    Ok(Some((Scorer::And(And::new(words, Vec::new(), true, interrupt.clone())), *ordered)))
}

impl<'a> Opener<'a> {
    /// Opens a part. `positions` is true if the search reads the occurrences themselves, not just their number.
    fn open(&self, part: &'a Part, positions: bool) -> Result<Scorer<'a>> {
        Ok(match part {
            Part::Words { leaf, unit } => {
                let option = if positions { POSITIONS } else { self.option };
                Scorer::Words { union: self.words(&[*leaf], option)?, unit: *unit }
            }
            Part::Phrase { slots, unit } => match self.pairs(slots).as_slice() {
                // Two frequent words are indexed as one term as well: no positions needed.
                [pair] if !positions && slots.len() == 2 && self.printed(slots).is_none() => {
                    Scorer::Words { union: self.pair(pair, self.option)?, unit: *unit }
                }
                pairs => Scorer::Phrase { phrase: self.phrase(slots, pairs)?, unit: *unit },
            },
            Part::And(parts) => self.and(parts, positions)?,
            Part::Or(parts) => {
                let disjoint = self.are_disjoint(parts);
                let open = |part| self.open(part, positions || !disjoint);
                let parts = parts.iter().map(open).collect::<Result<_>>()?;
                Scorer::Or(Or::new(parts, disjoint, self.interrupt.clone()))
            }
            Part::Not(part) => {
                Scorer::Not(Box::new(self.open(part, positions)?), SourceDocs::new(self.sources, None))
            }
            Part::Near { left, right, distance, ordered, unit } => {
                let kind = if *ordered { NearKind::Ordered } else { NearKind::EitherOrder };
                self.near(left, right, *distance, kind, *unit)?
            }
            Part::NotNear { left, right, distance, side, unit } => {
                self.near(left, right, *distance, NearKind::Absent(*side), *unit)?
            }
            Part::Sentence(part) => {
                let (part, stops) = (Box::new(self.open(part, true)?), self.stops()?);
                Scorer::Sentence { part, stops, interrupt: self.interrupt.clone() }
            }
            Part::Paragraph(part) => Scorer::Paragraph(Box::new(self.open(part, positions)?)),
            Part::Scoped { part, scoped } => {
                let has_occurrences = part.counts();
                let ranges = RangeDocs::new(self.plan.scoped_ranges(*scoped, self.segment));
                Scorer::Scoped { part: Box::new(self.open(part, positions)?), ranges, has_occurrences }
            }
            Part::Sources(selected) => Scorer::SourceDocs(SourceDocs::new(self.sources, Some(selected))),
            Part::Keywords(keywords) => {
                let terms = keywords.iter().map(String::as_str);
                let field = [self.fields.keyword];
                self.count_lists(keywords.len(), IndexRecordOption::Basic)?;
                Scorer::Keywords(self.union(&field, terms, IndexRecordOption::Basic)?)
            }
            Part::Documents(documents) => {
                let ranges = documents.get(self.segment).map_or(&[][..], Vec::as_slice);
                let part = Box::new(Scorer::SourceDocs(SourceDocs::new(self.sources, None)));
                Scorer::Scoped { part, ranges: RangeDocs::new(ranges), has_occurrences: false }
            }
            Part::Unscored(part) => Scorer::Unscored(Box::new(self.open(part, false)?)),
            Part::All => Scorer::SourceDocs(SourceDocs::new(self.sources, None)),
        })
    }

    fn and(&self, parts: &'a [Part], positions: bool) -> Result<Scorer<'a>> {
        let disjoint = self.are_disjoint(parts);
        let (mut required, mut excluded) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Part::Not(part) => excluded.push(self.open(part, positions || !disjoint)?),
                part => required.push(self.open(part, positions || !disjoint)?),
            }
        }
        // Something has to list the candidates.
        if required.is_empty() {
            required.push(Scorer::SourceDocs(SourceDocs::new(self.sources, None)));
        }
        Ok(Scorer::And(And::new(required, excluded, disjoint, self.interrupt.clone())))
    }

    /// True if the numbers of occurrences of the parts can be added up: no occurrence of one part can also be one of
    /// another.
    fn are_disjoint(&self, parts: &[Part]) -> bool {
        // Without frequencies the number of occurrences is not needed.
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

    /// Opens the union of the terms of some leaves, in all fields searched.
    fn words(&self, leaves: &[usize], option: IndexRecordOption) -> Result<Union> {
        let expansions = leaves.iter().filter_map(|&leaf| self.plan.leaves.get(leaf));
        // The expansion of a pattern found the postings already: do not look up each term again.
        if let [leaf] = leaves
            && let Some(known) = self.plan.leaves.get(*leaf).and_then(|leaf| leaf.known(self.segment))
        {
            self.count_lists(known.len(), option)?;
            return Union::from_term_infos(self.reader, known, option, self.interrupt);
        }
        let mut terms: Vec<&str> =
            expansions.flat_map(|expansion| &expansion.terms).map(String::as_str).collect();
        // Alternatives may share terms, and each term counts once.
        terms.sort_unstable();
        terms.dedup();
        self.count_lists(terms.len() * self.plan.fields.len(), option)?;
        self.union(&self.plan.fields, terms.iter().copied(), option)
    }

    /// Opens the union of some terms.
    fn union<'t>(
        &self,
        fields: &[Field],
        terms: impl Iterator<Item = &'t str> + Clone,
        option: IndexRecordOption,
    ) -> Result<Union> {
        Union::open(self.reader, fields, terms, option, self.interrupt)
    }

    /// Counts posting lists before they are opened.
    fn count_lists(&self, lists: usize, option: IndexRecordOption) -> Result<()> {
        // A list with positions has a second decoder. Many lists are merged in a window, which takes as much as these.
        let windowed = if lists > MAX_SCANNED { WINDOW_LISTS } else { 0 };
        let lists = lists.saturating_mul(if option.has_positions() { 2 } else { 1 }) + windowed;
        self.lists.set(self.lists.get().saturating_add(lists));
        let mut interrupt = self.interrupt.clone();
        interrupt.charge(LIST_STEPS.saturating_mul(lists as u64))?;
        interrupt.look()?;
        if self.lists.get() <= self.plan.most_lists {
            return Ok(());
        }
        // The pattern that matches most words is the one to write more letters of.
        let widest = self.plan.leaves.iter().max_by_key(|leaf| leaf.terms.len());
        let part = widest.map_or(self.plan.matcher.query(), |leaf| leaf.leaf.query());
        Err(too_many_lists(self.plan.most_lists, part))
    }

    /// Opens a phrase. A slot has the alternative leaves for one word; `None` is a gap.
    fn phrase(&self, slots: &[Option<Vec<usize>>], pairs: &[String]) -> Result<Phrase<'a>> {
        let mut words = Vec::new();
        for (offset, slot) in (0..).zip(slots) {
            if let Some(leaves) = slot {
                words.push((offset, self.words(leaves, POSITIONS)?));
            }
        }
        let min_cost = words.iter().map(|(_, union)| union.cost()).min().unwrap_or(0);
        // A pair helps only where it is rarer than each word.
        let mut rarer_pairs = Vec::new();
        for pair in pairs {
            let union = self.pair(pair, IndexRecordOption::Basic)?;
            if union.cost() < min_cost {
                rarer_pairs.push(union);
            }
        }
        let stops = if slots.last().is_some_and(Option::is_none) { Some(self.stops()?) } else { None };
        let len = u32::try_from(slots.len()).unwrap_or(u32::MAX);
        Ok(Phrase::new(words, rarer_pairs, len, stops, self.printed(slots), self.interrupt.clone()))
    }

    /// The words of a phrase that must be printed as asked.
    fn printed(&self, slots: &[Option<Vec<usize>>]) -> Option<PrintedWords<'a>> {
        let mut words = Vec::new();
        for (offset, slot) in (0..).zip(slots) {
            let leaves = slot.iter().flatten().filter_map(|&leaf| self.plan.leaves.get(leaf));
            let leaves: Vec<_> = leaves.map(|expansion| &expansion.leaf).collect();
            if leaves.iter().any(|leaf| leaf.is_held()) {
                words.push((offset, leaves));
            }
        }
        (!words.is_empty()).then(|| PrintedWords { words, texts: Rc::clone(&self.texts) })
    }

    /// Terms of the adjacent words of a phrase that the index has as frequent pairs.
    fn pairs(&self, slots: &[Option<Vec<usize>>]) -> Vec<String> {
        // Pairs are indexed for body text alone.
        if self.plan.fields != [self.fields.text] {
            return Vec::new();
        }
        // The one word of a slot with neither alternatives nor expansion.
        let word = |slot: &Option<Vec<usize>>| match slot.as_deref()? {
            [leaf] => match self.plan.leaves.get(*leaf)?.terms.as_slice() {
                [word] => Some(word.as_str()),
                _ => None,
            },
            _ => None,
        };
        let adjacent = slots.windows(2).filter_map(|slots| match slots {
            [first, second] => pairs::pair(word(first)?, word(second)?),
            _ => None,
        });
        adjacent.collect()
    }

    fn pair(&self, pair: &str, option: IndexRecordOption) -> Result<Union> {
        self.count_lists(1, option)?;
        self.union(&[self.fields.pair], std::iter::once(pair), option)
    }

    /// Opens the positions of the last word of each sentence.
    fn stops(&self) -> Result<Union> {
        self.count_lists(1, POSITIONS)?;
        self.union(&[self.fields.stop], std::iter::once(STOP), POSITIONS)
    }
}
