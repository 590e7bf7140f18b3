//! Texts as numbered stems, without the words that every report has.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};
use quotable_query::analyse;

/// Words that tell nothing about what a paragraph is about: function words, and the words of the genre.
const STOP: &str = "a an the of to in and or for is are was were be been being that this these those with by on at as it its \
    their they them there has have had not from who which when where do does did so such can will would should could may \
    also all any some more most than then into within through about other but if out up no only own same very each both \
    between during before after over under again further once because while what how his her he she him i we our you your \
    us me my however including ensure ensuring ensured improve improving take steps action actions make sure need needs \
    needed made well child children child's children's people person service services local authority authority's \
    authorities council council's inspection inspections inspector inspectors ofsted young people's";

static STOP_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| STOP.split_whitespace().collect());

/// The number of a stem.
pub(crate) type StemId = u32;

/// Numbers of stems, given in the order in which they are first seen.
#[derive(Debug, Default, Clone)]
pub(crate) struct Stems {
    /// The stem of each word seen so far; `None` for a word that is left out.
    words: HashMap<String, Option<StemId>>,
    numbers: HashMap<String, StemId>,
}

impl Stems {
    /// How many stems there are.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The stems of a text in order.
    pub(crate) fn of(&mut self, text: &str) -> Vec<StemId> {
        let mut found = Vec::new();
        analyse::each_word(text, |word, _| found.extend(self.number(word)));
        found
    }

    /// The stem of a folded word; `None` for a number, a single letter and a word that tells nothing.
    pub(crate) fn number(&mut self, word: &str) -> Option<StemId> {
        if let Some(known) = self.words.get(word) {
            return *known;
        }
        let number = stem(word).map(|stem| {
            let next = self.numbers.len() as StemId;
            *self.numbers.entry(stem).or_insert(next)
        });
        self.words.insert(word.to_owned(), number);
        number
    }
}

/// The stem of a folded word (Porter's stemmer for English, second edition).
fn stem(word: &str) -> Option<String> {
    if STOP_WORDS.contains(word) || word.len() < 2 || word.chars().all(|sign| sign.is_ascii_digit()) {
        return None;
    }
    let word = word.strip_suffix("'s").unwrap_or(word);
    Some(Stemmer::new(Algorithm::English).stem(word).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_share_a_stem_and_words_of_the_genre_have_none() {
        let mut stems = Stems::default();
        assert_eq!(stems.of("Children’s caseloads, the caseload"), [0, 0]);
        assert_eq!(stems.of("12 services of the council"), Vec::<StemId>::new());
        assert_eq!(stems.of("Supervised, supervising"), [1, 1]);
    }
}
