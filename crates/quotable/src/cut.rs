//! The words of a paragraph, cut once for all that is written of them.

use quotable_query::analyse::Words;
use quotable_report::Paragraph;

use crate::copies::SHORTEST;
use crate::hash::hash;
use crate::pairs;
use crate::tokenizer::push_number;

/// What the words of a paragraph come to, packed as [`Packed`](crate::tokenizer::Packed) says.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    /// How many there are.
    pub(crate) words: u32,
    /// The folded words.
    pub(crate) folded: String,
    /// Where sentences end: at the last word of each.
    pub(crate) stops: String,
    /// The pairs of frequent words.
    pub(crate) pairs: String,
}

impl Cut {
    /// Cuts a paragraph, in the place of whatever was cut before.
    pub(crate) fn cut(&mut self, paragraph: &Paragraph) {
        self.words = 0;
        self.folded.clear();
        self.stops.clear();
        self.pairs.clear();
        let mut words = Words::new(&paragraph.text);
        let mut ends = paragraph.sentences.iter().map(|sentence| sentence.end).peekable();
        let mut last_stop = 0;
        let mut before = None;
        while words.advance() {
            let start = words.bytes().start;
            let mut turned = false;
            while ends.next_if(|end| *end <= start).is_some() {
                turned = true;
            }
            if turned {
                self.stop(&mut last_stop);
            }
            if self.words > 0 {
                self.folded.push(' ');
            }
            self.words += 1;
            self.folded.push_str(words.text());
            let code = pairs::code(words.text());
            if let (Some(first), Some(second)) = (before, code) {
                pairs::push(&mut self.pairs, first, second);
            }
            before = code;
        }
        self.stop(&mut last_stop);
    }

    /// Puts a stop at the last word so far.
    fn stop(&mut self, last: &mut u32) {
        if let Some(at) = self.words.checked_sub(1) {
            push_number(&mut self.stops, (at - *last) as usize);
            *last = at;
        }
    }

    /// A hash of the words, if they are enough to be boilerplate: 48 bits, since it is stored of nearly every
    /// paragraph. Among ten million that differ, some two may have the same; boilerplate are five.
    pub(crate) fn copy(&self) -> Option<u64> {
        (self.words >= SHORTEST).then(|| hash(self.folded.as_bytes()) >> 16)
    }
}

/// How many words the index counts in a paragraph.
pub(crate) fn words_of(paragraph: &Paragraph) -> u32 {
    let mut words = Words::new(&paragraph.text);
    (0..).take_while(|_: &u32| words.advance()).count().try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};

    use super::*;
    use crate::tokenizer::Packed;

    fn unpacked(mut packed: Packed, text: &str) -> Vec<(usize, String)> {
        let mut stream = packed.token_stream(text);
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push((stream.token().position, stream.token().text.clone()));
        }
        terms
    }

    proptest! {
        /// What the engine unpacks is what the analyser says.
        #[test]
        fn what_is_written_is_what_the_analyser_says(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "the ", "Of", " of ", "of-the ", "children’s ", "heron", ". ", "! The ", "\u{ad}", "½", " ﬁsh ", "… ", "é",
                ]),
                0..40,
            ),
        ) {
            let paragraph = Paragraph::new(parts.concat());
            let mut cut = Cut::default();
            cut.cut(&Paragraph::new("Of the care of others. And of the rest."));
            cut.cut(&paragraph);
            let words: Vec<_> = quotable_query::analyse::words(&paragraph.text).collect();
            let folded = words.iter().map(|word| word.text.clone()).enumerate().collect::<Vec<_>>();
            prop_assert_eq!(unpacked(Packed::Words, &cut.folded), folded);
            prop_assert_eq!(cut.words as usize, words.len());
            prop_assert_eq!(words_of(&paragraph) as usize, words.len());
            let last = |sentence: &std::ops::Range<usize>| {
                words.iter().rposition(|word| sentence.contains(&word.bytes.start))
            };
            let stops: Vec<usize> = paragraph.sentences.iter().filter_map(last).collect();
            let found: Vec<_> = unpacked(Packed::Stops, &cut.stops).into_iter().map(|(at, _)| at).collect();
            prop_assert_eq!(found, stops);
            let mut pairs: HashMap<String, u32> = HashMap::new();
            for side in words.windows(2) {
                if let Some(pair) = pairs::pair(&side[0].text, &side[1].text) {
                    *pairs.entry(pair).or_default() += 1;
                }
            }
            for (_, pair) in unpacked(Packed::Pairs, &cut.pairs) {
                let left = pairs.get_mut(&pair);
                prop_assert!(left.is_some());
                *left.unwrap() -= 1;
            }
            prop_assert!(pairs.values().all(|left| *left == 0));
        }
    }
}
