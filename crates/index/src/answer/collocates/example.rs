//! Examples of collocates in words.

use std::sync::Arc;

use super::occurrences::Occurrences;
use super::options::CollocateOptions;
use super::window::{Place, Places};
use crate::answer::concordance::{Line, line_at};
use crate::error::Result;
use crate::search::forward::ForwardIndex;
use crate::store::state::State;

/// What examples are made of.
pub(super) struct Examples<'e> {
    pub(super) state: &'e Arc<State>,
    pub(super) forward: &'e ForwardIndex,
    pub(super) found: &'e Occurrences,
    pub(super) places: &'e Places,
    pub(super) options: &'e CollocateOptions,
}

impl Examples<'_> {
    /// The occurrence of the query in the paragraph at `number` that the word is nearest to, or the first one. `name` is what
    /// the line is an example of.
    pub(super) fn line(&self, number: u32, word: Option<u32>, name: &str) -> Result<Option<Line>> {
        let Some(paragraph) = self.forward.paragraphs().get(number as usize) else { return Ok(None) };
        if self.options.context == 0 {
            return Ok(None);
        }
        let mut positions = self.found.get(paragraph.source, paragraph.ordinal);
        let first = positions.clone().next();
        let places = (paragraph.start as usize..).zip(self.forward.tokens_of(paragraph));
        let near =
            places.zip(0_u32..).filter_map(|((place, token), position)| match self.places.get(place) {
                Place::Near(distance) if word.is_none_or(|word| word == token.word()) => {
                    Some((position, distance))
                }
                _ => None,
            });
        // Of a word in several windows, the place nearest to an occurrence.
        let nearest = near.min_by_key(|(_, distance)| distance.unsigned_abs());
        let occurrence = nearest.and_then(|(position, distance)| {
            positions.find(|occurrence| match distance {
                ..0 => occurrence.start == position + u32::from(distance.unsigned_abs()),
                _ => occurrence.end + u32::from(distance.unsigned_abs()) == position + 1,
            })
        });
        let Some(occurrence) = occurrence.or(first) else { return Ok(None) };
        let distance = nearest.map_or(0, |(_, distance)| distance.unsigned_abs());
        let context = u32::from(self.options.context.max(distance));
        let address = (paragraph.source, paragraph.ordinal);
        line_at(self.state, address, |_| Some(occurrence), [context; 2], name)
    }
}
