//! What is counted of words and of concepts.

use quotable_codebook::Code;

use super::options::CollocateOptions;
use super::window::{Place, Places};
use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::forward::ForwardIndex;

/// Distances of which the counts are kept.
const MOST_DISTANCES: u16 = 10;
/// Example paragraphs of a collocate.
const EXAMPLES: usize = 3;
/// Stands for no paragraph and no source.
pub(super) const NONE: u32 = u32::MAX;

/// What is counted of one word or concept.
#[derive(Clone)]
pub(super) struct Tally {
    pub(super) observed: u32,
    pub(super) frequency: u64,
    pub(super) reports: u32,
    pub(super) paragraphs: u32,
    last_paragraph: u32,
    last_source: u32,
    /// Indexes of paragraphs.
    pub(super) examples: [u32; EXAMPLES],
}

/// What is counted of all words, or of all concepts, by number.
pub(super) struct Tallies {
    pub(super) each: Vec<Tally>,
    /// Distances kept on each side.
    left: usize,
    right: usize,
    /// For each number its counts by distance: those of the left side from 1, then those of the right side.
    distances: Vec<u32>,
}

impl Tallies {
    fn new(len: usize, options: &CollocateOptions) -> Self {
        let none = Tally {
            observed: 0,
            frequency: 0,
            reports: 0,
            paragraphs: 0,
            last_paragraph: NONE,
            last_source: NONE,
            examples: [NONE; EXAMPLES],
        };
        let [left, right] = [options.left, options.right].map(|side| usize::from(side.min(MOST_DISTANCES)));
        Self { each: vec![none; len], left, right, distances: vec![0; len * (left + right)] }
    }

    /// Counts one that stands in a window. Those of one paragraph, and of one source, must follow one another.
    fn add_near(&mut self, number: u32, paragraph: u32, source: u32, distance: i16) {
        let Some(tally) = self.each.get_mut(number as usize) else { return };
        tally.observed += 1;
        if tally.last_paragraph != paragraph {
            tally.last_paragraph = paragraph;
            tally.paragraphs += 1;
        }
        if tally.last_source != source {
            tally.last_source = source;
            tally.reports += 1;
            if let Some(example) = tally.examples.iter_mut().find(|example| **example == NONE) {
                *example = paragraph;
            }
        }
        let steps = usize::from(distance.unsigned_abs()).wrapping_sub(1);
        let (offset, kept) = if distance < 0 { (0, self.left) } else { (self.left, self.right) };
        if steps < kept
            && let Some(count) =
                self.distances.get_mut(number as usize * (self.left + self.right) + offset + steps)
        {
            *count += 1;
        }
    }

    /// The counts by distance on the left and on the right.
    pub(super) fn sides(&self, number: usize) -> [Vec<u64>; 2] {
        let width = self.left + self.right;
        let all = self.distances.get(number * width..(number + 1) * width).unwrap_or_default();
        let counts = |side: &[u32]| side.iter().map(|count| u64::from(*count)).collect();
        let (left, right) = all.split_at_checked(self.left).unwrap_or_default();
        [counts(left), counts(right)]
    }
}

/// Numbers of words, without those of occurrences of the query.
#[derive(Default)]
pub(super) struct Sizes {
    pub(super) near: u64,
    pub(super) all: u64,
}

/// Counts every word near the occurrences and everywhere.
pub(super) fn count_words(
    forward: &ForwardIndex,
    places: &Places,
    options: &CollocateOptions,
    sizes: &mut Sizes,
) -> Tallies {
    let mut tallies = Tallies::new(forward.word_count(), options);
    for (tally, frequency) in tallies.each.iter_mut().zip(forward.frequencies()) {
        tally.frequency = *frequency;
    }
    sizes.all = forward.size();
    for (number, paragraph) in (0..).zip(forward.paragraphs()) {
        for (at, token) in (paragraph.start as usize..).zip(forward.tokens_of(paragraph)) {
            match places.get(at) {
                Place::Outside => {}
                Place::Node => {
                    sizes.all = sizes.all.saturating_sub(1);
                    if let Some(tally) = tallies.each.get_mut(token.word() as usize) {
                        tally.frequency = tally.frequency.saturating_sub(1);
                    }
                }
                Place::Near(distance) => {
                    sizes.near += 1;
                    tallies.add_near(token.word(), number, paragraph.source, distance);
                }
            }
        }
    }
    tallies
}

/// Counts every concept near the occurrences and everywhere.
pub(super) fn count_concepts(
    compiled: &CompiledQuery,
    codes: &[&Code],
    forward: &ForwardIndex,
    places: &Places,
    options: &CollocateOptions,
) -> Result<Tallies> {
    let mut tallies = Tallies::new(codes.len(), options);
    let search = compiled.options.clone().scope(quotable_query::Scope::Paragraph).of_one_answer();
    for (number, code) in (0..).zip(codes) {
        compiled.options.advance("counting concepts", number.into(), codes.len() as u64)?;
        let concept = CompiledQuery::new(&compiled.state, &code.resolved, &search)?;
        let mut near: Vec<(u32, u32)> = Vec::new();
        let mut elsewhere = 0;
        concept.each_occurrence(|found, place, positions| {
            // In order of their starts, of which each counts once.
            let starts = positions.iter().map(|occurrence| occurrence.start);
            let mut last = None;
            let starts = starts.filter(|start| last.replace(*start) != Some(*start));
            match forward.find(found.source, found.ordinal).and_then(|at| u32::try_from(at).ok()) {
                Some(at) => near.extend(starts.map(|start| (at, start))),
                None if forward.contains(place) => elsewhere += starts.count() as u64,
                None => {}
            }
        })?;
        near.sort_unstable();
        if let Some(tally) = tallies.each.get_mut(number as usize) {
            tally.frequency += elsewhere;
        }
        for (at, start) in near {
            let Some(paragraph) = forward.paragraphs().get(at as usize) else { continue };
            let place = places.get(paragraph.start.saturating_add(start) as usize);
            if place != Place::Node
                && let Some(tally) = tallies.each.get_mut(number as usize)
            {
                tally.frequency += 1;
            }
            if let Place::Near(distance) = place {
                tallies.add_near(number, at, paragraph.source, distance);
            }
        }
    }
    Ok(tallies)
}
