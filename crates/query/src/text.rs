//! Analysed text, the input of the matcher.

use std::ops::Range;

use crate::analyse::{Step, Words};

/// The folded words of one paragraph with their byte ranges, and its sentences.
///
/// All byte ranges refer to the original text, of which it keeps a copy: what is asked for as printed is looked up there.
#[derive(Debug, Clone, Default)]
pub struct Text {
    original: Box<str>,
    /// The original in ASCII lower case, and behind it the words that are folded otherwise.
    folded: String,
    words: Vec<WordSpan>,
    /// The bytes in `folded` of the words that are folded otherwise, in order.
    others: Vec<Range<usize>>,
    /// The position of the first word of each sentence.
    sentences: Vec<u32>,
}

/// The bytes of a word in the original text. A paragraph has many, so each is packed into eight bytes: with 32, a tenth of the
/// time to analyse was the allocator's.
#[derive(Debug, Clone)]
struct WordSpan {
    start: u32,
    /// The end, with the highest bit set if the folded word is one of [`Text::others`].
    end: u32,
}

impl WordSpan {
    const OTHER: u32 = 1 << 31;

    /// `None` if the bytes are beyond what can be packed.
    fn new(bytes: Range<usize>) -> Option<Self> {
        let end = u32::try_from(bytes.end).ok().filter(|end| *end < Self::OTHER)?;
        Some(Self { start: u32::try_from(bytes.start).ok()?, end })
    }

    fn is_other(&self) -> bool {
        self.end & Self::OTHER != 0
    }

    fn bytes(&self) -> Range<usize> {
        self.start as usize..(self.end & !Self::OTHER) as usize
    }
}

impl Text {
    /// Analyses a text as one sentence.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::with_sentences(text, &[])
    }

    /// Analyses a text with its sentences, which are byte ranges in order. A word belongs to the last sentence that
    /// begins at or before it. Words that end beyond 2 GiB are left out.
    #[must_use]
    pub fn with_sentences(text: &str, sentences: &[Range<usize>]) -> Self {
        // A few words are folded otherwise, mostly those with an apostrophe.
        let mut folded = String::with_capacity(text.len() + 64);
        folded.push_str(text);
        folded.make_ascii_lowercase();
        let mut made = Self {
            original: text.into(),
            folded,
            // A word with the space after it takes about six bytes. Reserving that much saves most of the copies that growing
            // would make.
            words: Vec::with_capacity(text.len() / 6),
            others: Vec::new(),
            sentences: Vec::with_capacity(sentences.len()),
        };
        let mut later = sentences.iter().map(|sentence| sentence.start).peekable();
        let mut words = Words::new(text);
        loop {
            let step = words.step();
            let bytes = words.bytes();
            let is_other = match step {
                Step::End => break,
                Step::Lowercase => false,
                Step::Folded => true,
            };
            let Some(mut span) = WordSpan::new(bytes.clone()) else { break };
            if is_other {
                span.end |= WordSpan::OTHER;
                let start = made.folded.len();
                made.folded.push_str(words.text());
                made.others.push(start..made.folded.len());
            }
            // Sentences without words are skipped: several may begin between two words.
            let mut begins = made.words.is_empty();
            while later.next_if(|&start| start <= bytes.start).is_some() {
                begins = true;
            }
            if begins {
                made.sentences.push(made.word_count());
            }
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
        let mut others = self.others.iter();
        self.words.iter().map(move |word| match others.as_slice() {
            [other, ..] if word.is_other() => {
                others.next();
                &self.folded[other.clone()]
            }
            _ => &self.folded[word.bytes()],
        })
    }

    /// Calls `each` with every position at which a folded word stands.
    pub(crate) fn each_position(&self, word: &str, mut each: impl FnMut(u32)) {
        let mut others = self.others.iter();
        for (position, span) in (0..).zip(&self.words) {
            let bytes = if span.is_other() { others.next().cloned() } else { Some(span.bytes()) };
            // The lengths first: few words are as long.
            if let Some(bytes) = bytes.filter(|bytes| bytes.len() == word.len())
                && self.folded.as_bytes()[bytes] == *word.as_bytes()
            {
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
