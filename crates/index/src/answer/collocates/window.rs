//! The windows around the occurrences of a query.

use std::ops::Range;

use crate::answer::collocates::options::CollocateOptions;
use crate::search::forward::{ForwardIndex, Token};
use crate::search::subcorpus::ListedParagraph;

/// The place of a word relative to the occurrences of the query in its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In no window.
    Outside,
    /// In an occurrence.
    Node,
    /// In a window: so many words before the nearest occurrence if negative, after it if positive.
    Near(i16),
}

/// The place of every word of a forward index. Words are outside until [`mark`](Self::mark) says otherwise.
pub(super) struct Places(Vec<i16>);

/// Stands for [`Place::Node`]; 0 stands for [`Place::Outside`].
const NODE: i16 = i16::MAX;

impl Places {
    pub(super) fn new(forward: &ForwardIndex) -> Self {
        Self(vec![0; forward.tokens().len()])
    }

    /// The place of a word, by the number of its token.
    #[inline]
    pub(super) fn get(&self, token: usize) -> Place {
        match self.0.get(token) {
            None | Some(0) => Place::Outside,
            Some(&NODE) => Place::Node,
            Some(&distance) => Place::Near(distance),
        }
    }

    /// Marks the occurrences in a paragraph and their windows.
    pub(super) fn mark(
        &mut self,
        forward: &ForwardIndex,
        paragraph: &ListedParagraph,
        occurrences: impl Iterator<Item = Range<u32>> + Clone,
        options: &CollocateOptions,
    ) {
        let tokens = forward.tokens_of(paragraph);
        if let Some(places) = self.0.get_mut(paragraph.start as usize..paragraph.end as usize) {
            mark(places, tokens, occurrences, options);
        }
    }
}

fn mark(
    places: &mut [i16],
    tokens: &[Token],
    occurrences: impl Iterator<Item = Range<u32>> + Clone,
    options: &CollocateOptions,
) {
    for occurrence in occurrences.clone() {
        let words = places.get_mut(occurrence.start as usize..occurrence.end as usize);
        words.unwrap_or_default().fill(NODE);
    }
    let ends_unit =
        |at: usize| options.within_sentence && tokens.get(at).is_none_or(|token| token.ends_sentence());
    for occurrence in occurrences {
        let (start, end) = (occurrence.start as usize, occurrence.end as usize);
        for distance in 1..=usize::from(options.left) {
            let Some(at) = start.checked_sub(distance).filter(|at| !ends_unit(*at)) else { break };
            // In a forged index an occurrence may lie past the end of its paragraph.
            if let Some(place) = places.get_mut(at) {
                approach(place, -to_i16(distance));
            }
        }
        for distance in 1..=usize::from(options.right) {
            let at = end + distance - 1;
            let Some(place) = places.get_mut(at).filter(|_| !at.checked_sub(1).is_some_and(ends_unit)) else {
                break;
            };
            approach(place, to_i16(distance));
        }
    }
}

fn to_i16(distance: usize) -> i16 {
    i16::try_from(distance).unwrap_or(NODE - 1)
}

/// Sets the distance of a word, unless it is nearer to another occurrence, or in one. Of two that are equally near the one
/// before the word counts.
fn approach(place: &mut i16, distance: i16) {
    let is_nearer = *place == 0 || (distance.abs(), distance < 0) < (place.abs(), *place < 0);
    if *place != NODE && is_nearer {
        *place = distance;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::index::Index;
    use crate::search::compiled::CompiledQuery;
    use crate::search::options::SearchOptions;

    /// The places of the words of a text, as in `L2 L1 * R1 .`.
    fn places(text: &str, query: &str, options: &CollocateOptions) -> String {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        writer.put_bytes("one.txt", text.as_bytes()).unwrap();
        writer.finish().unwrap();
        let compile = |query: &quotable_query::Query| {
            CompiledQuery::new(&index.store().state(), query, &SearchOptions::default()).unwrap()
        };
        let forward = ForwardIndex::of_those_among(&compile(&quotable_query::Query::All), |_| true).unwrap();
        let mut places = Places::new(&forward);
        compile(&query.parse().unwrap())
            .each_occurrence(|found, _, occurrences| {
                let paragraph = forward.paragraphs()[forward.find(found.source, found.ordinal).unwrap()];
                places.mark(&forward, &paragraph, occurrences.iter().cloned(), options);
            })
            .unwrap();
        let names = (0..forward.tokens().len()).map(|token| match places.get(token) {
            Place::Outside => ".".to_owned(),
            Place::Node => "*".to_owned(),
            Place::Near(distance) if distance < 0 => format!("L{}", -distance),
            Place::Near(distance) => format!("R{distance}"),
        });
        names.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn windows_are_counted_in_words_and_stop_at_the_paragraph() {
        let options = CollocateOptions::default().window(2);
        assert_eq!(places("a b c heron d e f\n\ng h", "heron", &options), ". L2 L1 * R1 R2 . . .");
        assert_eq!(places("heron a", "heron", &options), "* R1");
        let options = CollocateOptions::default().left(3).right(0);
        assert_eq!(places("a b c heron d", "heron", &options), "L3 L2 L1 * .");
    }

    #[test]
    fn a_word_near_two_occurrences_belongs_to_the_nearer_and_then_to_the_one_before_it() {
        let options = CollocateOptions::default().window(3);
        assert_eq!(places("heron a b c heron d heron", "heron", &options), "* R1 R2 L1 * R1 *");
        assert_eq!(places("heron a b heron", "heron", &options), "* R1 L1 *");
        let options = CollocateOptions::default().left(5).right(1);
        assert_eq!(places("heron a b c heron", "heron", &options), "* R1 L2 L1 *");
    }

    #[test]
    fn windows_stop_at_the_sentence_if_they_are_asked_to() {
        let options = CollocateOptions::default().window(3).within_sentence(true);
        assert_eq!(places("One two. The heron waits. Three four.", "heron", &options), ". . L1 * R1 . .");
        assert_eq!(places("The heron. Waits. Heron four.", "heron", &options), "L1 * . * R1");
        // A proximity may go over the end of a sentence; its windows begin outside of it.
        assert_eq!(places("A heron. The mill stays. No.", "heron w/3 mill", &options), "L1 * * * R1 .");
    }
}
