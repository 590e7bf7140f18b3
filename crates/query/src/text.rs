//! Analysed text, the input of the matcher.

use std::ops::Range;

use crate::analyse::{MAX_WORD, Step, Words, joins};

/// The folded words of one paragraph with their byte ranges, and its sentences.
///
/// All byte ranges refer to the original text, of which it keeps a copy: what is asked for as printed is looked up there.
#[derive(Debug, Clone, Default)]
pub struct Text {
    original: String,
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
    #[inline]
    fn new(bytes: &Range<usize>, is_other: bool) -> Option<Self> {
        let end = u32::try_from(bytes.end).ok().filter(|end| *end < Self::OTHER)?;
        Some(Self {
            start: u32::try_from(bytes.start).ok()?,
            end: end | if is_other { Self::OTHER } else { 0 },
        })
    }

    fn is_other(&self) -> bool {
        self.end & Self::OTHER != 0
    }

    fn bytes(&self) -> Range<usize> {
        self.start as usize..(self.end & !Self::OTHER) as usize
    }
}

/// The runs of letters of a text: its longest runs of bytes that are ASCII letters and digits, or not ASCII. Nearly every run
/// is a word. Who knows them, such as an index that stores texts word by word, need not look for them: see [`Text::set_runs`].
#[derive(Debug, Clone, Default)]
pub struct LetterRuns(
    /// Marked as [other](WordSpan::is_other) if not ASCII.
    Vec<WordSpan>,
);

impl LetterRuns {
    /// Takes all out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds the run at `bytes`, which is behind those before. `is_ascii` says of what it is.
    #[inline]
    pub fn push(&mut self, bytes: Range<usize>, is_ascii: bool) {
        self.0.extend(WordSpan::new(&bytes, !is_ascii));
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
        let mut made = Self::default();
        made.set(text, sentences);
        made
    }

    /// Analyses another text in the memory of this one, as [`with_sentences`](Self::with_sentences) does.
    pub fn set(&mut self, text: &str, sentences: &[Range<usize>]) {
        self.begin(text);
        let mut filling = Filling::new(self, sentences);
        filling.add_words(text, 0);
    }

    /// The same as [`set`](Self::set), of a text whose runs of letters are known. Of other runs than those of the text it makes
    /// other words.
    pub fn set_runs(&mut self, text: &str, sentences: &[Range<usize>], runs: &LetterRuns) {
        self.begin(text);
        let mut filling = Filling::new(self, sentences);
        // The text before this is cut into words.
        let mut done = 0;
        for run in &runs.0 {
            let bytes = run.bytes();
            if bytes.start < done || text.get(bytes.clone()).is_none() {
                continue;
            }
            let joined = text.as_bytes().get(bytes.end).is_some_and(|next| joins(*next));
            if !run.is_other() && !joined && bytes.len() <= MAX_WORD {
                filling.add(bytes, None);
                continue;
            }
            // Up to the first byte that the analyser never joins to a word.
            done = bytes.end + text.bytes().skip(bytes.end).take_while(|next| joins(*next)).count();
            filling.add_words(text.get(bytes.start..done).unwrap_or_default(), bytes.start);
        }
    }

    /// Takes another text, without words as yet.
    fn begin(&mut self, text: &str) {
        text.clone_into(&mut self.original);
        // A few words are folded otherwise, mostly those with an apostrophe.
        self.folded.clear();
        self.folded.reserve(text.len() + 64);
        self.folded.push_str(text);
        self.folded.make_ascii_lowercase();
        self.words.clear();
        // A word with the space after it takes about six bytes. Reserving that much saves most of the copies that growing
        // would make.
        self.words.reserve(text.len() / 6);
        self.others.clear();
        self.sentences.clear();
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

/// A text whose words are added in order.
struct Filling<'t> {
    text: &'t mut Text,
    /// The sentences that have not begun.
    later: std::slice::Iter<'t, Range<usize>>,
    /// Where the next of them begins.
    next: usize,
}

impl<'t> Filling<'t> {
    fn new(text: &'t mut Text, sentences: &'t [Range<usize>]) -> Self {
        text.sentences.reserve(sentences.len());
        // The first word begins a sentence, whatever is before it.
        Self { text, later: sentences.iter(), next: 0 }
    }

    /// Adds the words of a part of the text, which begins at `start`.
    fn add_words(&mut self, part: &str, start: usize) {
        let mut words = Words::new(part);
        loop {
            let step = words.step();
            if step == Step::End {
                return;
            }
            let bytes = words.bytes();
            let folded = (step == Step::Folded).then(|| words.text());
            self.add(start + bytes.start..start + bytes.end, folded);
        }
    }

    /// Adds the word at `bytes`; `folded` unless it is folded by lower case alone.
    #[inline]
    fn add(&mut self, bytes: Range<usize>, folded: Option<&str>) {
        let Some(span) = WordSpan::new(&bytes, folded.is_some()) else { return };
        if let Some(folded) = folded {
            let start = self.text.folded.len();
            self.text.folded.push_str(folded);
            self.text.others.push(start..self.text.folded.len());
        }
        if self.next <= bytes.start {
            self.text.sentences.push(self.text.word_count());
            // Sentences without words are skipped: several may begin between two words.
            while self.next <= bytes.start {
                self.next = self.later.next().map_or(usize::MAX, |sentence| sentence.start);
            }
        }
        self.text.words.push(span);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LetterRuns, Text};

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

    #[test]
    fn a_text_set_in_the_memory_of_another_is_as_if_made_anew() {
        let texts = ["The café’s Heron. It waits!", "", "Ｗide", "A mill — and 12 o’clock. No more. …"];
        let mut reused = Text::default();
        for (first, second) in texts.iter().flat_map(|first| texts.iter().map(move |second| (first, second)))
        {
            for text in [first, second] {
                let middle = text.find(". ").map_or(text.len(), |at| at + 2);
                let sentences = [0..middle, middle..text.len()];
                reused.set(text, &sentences);
                assert_same(&reused, &Text::with_sentences(text, &sentences));
            }
        }
    }

    fn assert_same(one: &Text, other: &Text) {
        assert_eq!(one.words().collect::<Vec<_>>(), other.words().collect::<Vec<_>>());
        assert_eq!((one.sentences(), one.original()), (other.sentences(), other.original()));
        let bytes = |text: &Text| (0..text.word_count()).map(|at| text.word_bytes(at)).collect::<Vec<_>>();
        assert_eq!(bytes(one), bytes(other));
    }

    proptest! {
        #[test]
        fn words_from_known_runs_are_those_of_the_text(
            parts in prop::collection::vec(prop::sample::select(vec![
                "the", "Of", " ", "-", "children’s", "don't", "'", "`s", ". ", "\u{ad}", "½", "ﬁsh", "… ", "é", "\u{301}", "A1",
                "ab'", "''", "12.5", "\u{e33}", "–",
            ]), 0..30),
            sentence in 0_usize..40,
            long in 0_usize..3,
        ) {
            let text = format!("{}{}", parts.concat(), "x".repeat(long * 200));
            let middle = text.ceil_char_boundary(sentence.min(text.len()));
            let sentences = [0..middle, middle..text.len()];
            let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
            let mut runs = LetterRuns::default();
            let mut at = 0;
            for run in text.as_bytes().chunk_by(|one, other| is_letter(*one) == is_letter(*other)) {
                if is_letter(run[0]) {
                    runs.push(at..at + run.len(), run.is_ascii());
                }
                at += run.len();
            }
            let mut known = Text::new("What was there before.");
            known.set_runs(&text, &sentences, &runs);
            assert_same(&known, &Text::with_sentences(&text, &sentences));
        }

        /// Runs that are not those of the text make other words, and nothing worse.
        #[test]
        fn wrong_runs_do_not_panic(
            text in "[ab é’'\u{301}]{0,12}",
            ranges in prop::collection::vec((0_usize..20, 0_usize..20, any::<bool>()), 0..8),
        ) {
            let mut runs = LetterRuns::default();
            ranges.into_iter().for_each(|(start, length, is_ascii)| runs.push(start..start + length, is_ascii));
            let mut made = Text::default();
            made.set_runs(&text, std::slice::from_ref(&(0..text.len())), &runs);
        }
    }
}
