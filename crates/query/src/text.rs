//! A text made ready for the matcher.

use std::ops::Range;

use crate::analyse::each_word;

/// The folded words of one paragraph, where they stand in it, and its sentences.
///
/// Holds no copy of the original; the byte ranges that the matcher gives are of the text it was made from.
#[derive(Debug, Clone, Default)]
pub struct Text {
    folded: String,
    words: Vec<Place>,
    /// Where each sentence begins, in words.
    sentences: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Place {
    /// Where the folded word ends in `folded`; it begins where the one before ends.
    folded_end: usize,
    bytes: Range<usize>,
}

impl Text {
    /// Analyses a text of one sentence, or whose sentences do not matter.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::with_sentences(text, &[])
    }

    /// Analyses a text whose sentences are known, as byte ranges in order. A word belongs to the last sentence
    /// that begins at or before it.
    #[must_use]
    pub fn with_sentences(text: &str, sentences: &[Range<usize>]) -> Self {
        // Most words are as long folded, and take some six bytes with what stands between them. To grow is to copy.
        let (folded, words) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() / 6));
        let mut made = Self { folded, words, sentences: Vec::with_capacity(sentences.len()) };
        let mut later = sentences.iter().map(|sentence| sentence.start).peekable();
        each_word(text, |word, bytes| {
            let mut begins = made.words.is_empty();
            while later.next_if(|&start| start <= bytes.start).is_some() {
                begins = true;
            }
            if begins {
                made.sentences.push(made.word_count());
            }
            made.folded.push_str(word);
            made.words.push(Place { folded_end: made.folded.len(), bytes });
        });
        made
    }

    /// How many words it holds.
    #[must_use]
    pub fn word_count(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap_or(u32::MAX)
    }

    /// The folded words in order; a word's position is its zero-based place here.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.words.iter().map(|place| place.folded_end));
        starts.zip(&self.words).map(|(start, place)| &self.folded[start..place.folded_end])
    }

    /// The sentences as runs of word positions; they tile the words.
    #[must_use]
    pub fn sentences(&self) -> Vec<Range<u32>> {
        let ends = self.sentences.iter().skip(1).copied().chain([self.word_count()]);
        self.sentences.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }

    /// The bytes from the first to the last of some words, by their positions; empty if there are none such.
    #[must_use]
    pub fn bytes(&self, words: Range<u32>) -> Range<usize> {
        let words = self.words.get(words.start as usize..words.end as usize).unwrap_or_default();
        match words {
            [] => 0..0,
            [first, ..] => first.bytes.start..words.last().unwrap_or(first).bytes.end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn sentences_tile_the_words() {
        let text = "One two. — Three. … Four five";
        let made = Text::with_sentences(text, &[0..9, 9..20, 20..24, 24..text.len()]);
        assert_eq!(made.words().collect::<Vec<_>>(), ["one", "two", "three", "four", "five"]);
        assert_eq!(made.sentences(), [0..2, 2..3, 3..5]);
        assert_eq!(&text[made.bytes(1..4)], "two. — Three. … Four");
        assert_eq!(made.bytes(4..9), 0..0);
        assert!(Text::new(" … ").sentences().is_empty());
    }
}
