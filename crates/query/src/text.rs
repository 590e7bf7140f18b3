//! Analysed text, the input of the matcher.

use std::ops::Range;

use crate::analyse::{MAX_WORD, Step, Words};

/// The folded words of one paragraph with their byte ranges, and its sentences.
///
/// All byte ranges refer to the original text, of which it keeps a copy: what is asked for as printed is looked up there.
#[derive(Debug, Clone, Default)]
pub struct Text {
    original: Box<str>,
    /// The original in ASCII lower case, and behind it the words that are folded otherwise.
    folded: String,
    words: Vec<WordSpan>,
    /// The position of the first word of each sentence.
    sentences: Vec<u32>,
}

/// The place of a word. A paragraph has many, so they are packed into sixteen bytes each: twice as many measured a tenth slower,
/// most of it in the allocator.
#[derive(Debug, Clone)]
struct WordSpan {
    /// The bytes of the word in the original text: from, until.
    start: u32,
    end: u32,
    /// Where the word begins in `folded`.
    folded: u32,
    /// Its length there, at most [`MAX_WORD`].
    length: u8,
}

const _: () = assert!(MAX_WORD <= u8::MAX as usize);

impl WordSpan {
    /// `None` if a number is too large to be packed.
    fn new(folded: Range<usize>, bytes: Range<usize>) -> Option<Self> {
        Some(Self {
            start: u32::try_from(bytes.start).ok()?,
            end: u32::try_from(bytes.end).ok()?,
            folded: u32::try_from(folded.start).ok()?,
            length: u8::try_from(folded.len()).ok()?,
        })
    }

    fn folded(&self) -> Range<usize> {
        let start = self.folded as usize;
        start..start + usize::from(self.length)
    }

    fn bytes(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Text {
    /// Analyses a text as one sentence.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::with_sentences(text, &[])
    }

    /// Analyses a text with its sentences, which are byte ranges in order. A word belongs to the last sentence that
    /// begins at or before it. Words that begin beyond 4 GiB are left out.
    #[must_use]
    pub fn with_sentences(text: &str, sentences: &[Range<usize>]) -> Self {
        // A word with the space after it takes about six bytes. Reserving that much saves most of the copies that growing would
        // make.
        let mut made = Self {
            original: text.into(),
            folded: text.to_ascii_lowercase(),
            words: Vec::with_capacity(text.len() / 6),
            sentences: Vec::with_capacity(sentences.len()),
        };
        let mut later = sentences.iter().map(|sentence| sentence.start).peekable();
        let mut words = Words::new(text);
        loop {
            let step = words.step();
            let bytes = words.bytes();
            let folded = match step {
                Step::End => break,
                Step::Lowercase => bytes.clone(),
                Step::Folded => {
                    let start = made.folded.len();
                    made.folded.push_str(words.text());
                    start..made.folded.len()
                }
            };
            // Sentences without words are skipped: several may begin between two words.
            let mut begins = made.words.is_empty();
            while later.next_if(|&start| start <= bytes.start).is_some() {
                begins = true;
            }
            if begins {
                made.sentences.push(made.word_count());
            }
            let Some(span) = WordSpan::new(folded, bytes) else { break };
            made.words.push(span);
        }
        made
    }

    /// The number of words.
    #[must_use]
    pub fn word_count(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap_or(u32::MAX)
    }

    /// The folded words in order. The position of a word is its zero-based index here.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| &self.folded[word.folded()])
    }

    /// Calls `each` with every position at which a folded word stands.
    pub(crate) fn each_position(&self, word: &str, mut each: impl FnMut(u32)) {
        // The lengths first: they lie side by side, and few words are as long.
        let Ok(length) = u8::try_from(word.len()) else { return };
        for (position, span) in (0..).zip(&self.words) {
            if span.length == length && self.folded.as_bytes()[span.folded()] == *word.as_bytes() {
                each(position);
            }
        }
    }

    /// The original text.
    pub(crate) fn original(&self) -> &str {
        &self.original
    }

    /// The bytes of the word at a position; `0..0` past the last word.
    pub(crate) fn word_bytes(&self, position: u32) -> Range<usize> {
        self.words.get(position as usize).map_or(0..0, WordSpan::bytes)
    }

    /// The sentences as ranges of word positions. They are consecutive and cover all words.
    #[must_use]
    pub fn sentences(&self) -> Vec<Range<u32>> {
        let ends = self.sentences.iter().skip(1).copied().chain([self.word_count()]);
        self.sentences.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }

    /// The bytes in the original text from the start of the first to the end of the last word of a range of positions;
    /// `0..0` if the range is empty or goes past the last word.
    #[must_use]
    pub fn bytes(&self, words: Range<u32>) -> Range<usize> {
        let words = self.words.get(words.start as usize..words.end as usize).unwrap_or_default();
        match words {
            [] => 0..0,
            [first, ..] => first.bytes().start..words.last().unwrap_or(first).bytes().end,
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
