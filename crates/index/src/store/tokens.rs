//! Tokenises a paragraph, once for all fields and for the stored text.

use std::ops::Range;

use quotable_query::analyse::{MAX_WORD, Words, joins};
use quotable_report::Paragraph;

use crate::store::boilerplate::MIN_WORDS;
use crate::store::hash::hash;
use crate::store::lexicon::{LexiconWriter, PieceKind, Pieces};
use crate::store::packed_tokens::{push_number, push_term};
use crate::store::pairs;

/// The tokens of a paragraph, packed as [`TokenPacking`](crate::store::packed_tokens::TokenPacking) describes.
#[derive(Debug, Default)]
pub(super) struct ParagraphTokens {
    /// Number of words.
    pub(super) words: u32,
    /// The folded words.
    pub(super) folded: Vec<u8>,
    /// A stop at the last word of each sentence.
    pub(super) stops: Vec<u8>,
    /// The pairs of adjacent frequent words.
    pub(super) pairs: Vec<u8>,
    /// The position of the last stop.
    last_stop: u32,
    /// The code of the last word, if it is frequent.
    last_code: Option<u8>,
}

impl ParagraphTokens {
    /// Tokenises a paragraph, in the place of the last one, and appends its text to `stored` in codes of the lexicon.
    ///
    /// Both in one pass over the pieces of the text. Nearly all words are ASCII letters, which the analyser would only
    /// turn into lower case; that is done here. All other words go through the analyser, with the text around them that
    /// it may join to them.
    pub(super) fn tokenize(
        &mut self,
        paragraph: &Paragraph,
        lexicon_writer: &mut LexiconWriter,
        stored: &mut Vec<u8>,
    ) {
        self.clear();
        let text = paragraph.text.as_str();
        let mut ends = SentenceEnds::of(&paragraph.sentences);
        // The text before this is tokenised.
        let mut tokenized = 0;
        for piece in Pieces::new(text) {
            lexicon_writer.store(&piece, stored);
            if piece.kind == PieceKind::Separator || piece.start < tokenized {
                continue;
            }
            let end = piece.start + piece.text.len();
            if piece.kind == PieceKind::AsciiWord
                && !text.as_bytes().get(end).is_some_and(|next| joins(*next))
            {
                self.begin(piece.start, &mut ends);
                let lowercase = piece.short.map(|short| short.to_ascii_lowercase());
                self.push_ascii(piece.text, lowercase);
                continue;
            }
            // Up to the first byte that the analyser never joins to a word.
            let more = text.as_bytes().iter().skip(end).take_while(|byte| joins(**byte));
            tokenized = end + more.count();
            let unit = text.get(piece.start..tokenized);
            debug_assert!(
                unit.is_some(),
                "a piece begins, and a byte that joins no word ends, at a character"
            );
            let mut words = Words::new(unit.unwrap_or_default());
            while words.advance() {
                self.begin(piece.start + words.bytes().start, &mut ends);
                push_term(&mut self.folded, words.text());
                self.pair(pairs::code(words.text()));
            }
        }
        self.stop();
    }

    fn clear(&mut self) {
        (self.words, self.last_stop, self.last_code) = (0, 0, None);
        self.folded.clear();
        self.stops.clear();
        self.pairs.clear();
    }

    /// Begins a word at byte `start` of the text.
    #[inline]
    fn begin(&mut self, start: usize, ends: &mut SentenceEnds<'_>) {
        if ends.passed(start) {
            self.stop();
        }
        self.words += 1;
    }

    /// Adds a word of ASCII letters and digits. `lowercase` is the word in lower case, if it is short.
    fn push_ascii(&mut self, word: &str, lowercase: Option<u128>) {
        let Some(lowercase) = lowercase else {
            // The analyser cuts longer words.
            let word = word.get(..MAX_WORD).unwrap_or(word);
            push_number(&mut self.folded, word.len());
            self.folded.extend(word.bytes().map(|byte| byte.to_ascii_lowercase()));
            return self.pair(None);
        };
        // Appends all 16 bytes and cuts: a copy of constant length is a few instructions. The word has 15 bytes at
        // most, so that one byte holds its length.
        let end = self.folded.len() + 1 + word.len();
        self.folded.push(word.len() as u8);
        self.folded.extend_from_slice(&lowercase.to_le_bytes());
        self.folded.truncate(end);
        self.pair(pairs::code_of(lowercase));
    }

    /// Adds the pair of the last word and this one, given by its code, if both are frequent.
    fn pair(&mut self, code: Option<u8>) {
        if let (Some(first), Some(second)) = (self.last_code, code) {
            pairs::push(&mut self.pairs, first, second);
        }
        self.last_code = code;
    }

    /// Adds a stop at the last word.
    fn stop(&mut self) {
        if let Some(at) = self.words.checked_sub(1) {
            push_number(&mut self.stops, (at - self.last_stop) as usize);
            self.last_stop = at;
        }
    }

    /// A hash of the words; `None` for a paragraph too short to be boilerplate.
    ///
    /// 48 bits, to keep the column small. Among ten million different paragraphs two have the same hash with a chance
    /// of one in six, and boilerplate takes five.
    pub(super) fn copy(&self) -> Option<u64> {
        (self.words >= MIN_WORDS).then(|| hash(&self.folded) >> 16)
    }
}

/// The ends of sentences, asked for in order.
struct SentenceEnds<'a> {
    next: usize,
    rest: std::slice::Iter<'a, Range<usize>>,
}

impl<'a> SentenceEnds<'a> {
    fn of(sentences: &'a [Range<usize>]) -> Self {
        let mut ends = Self { next: 0, rest: sentences.iter() };
        ends.advance();
        ends
    }

    fn advance(&mut self) {
        self.next = self.rest.next().map_or(usize::MAX, |sentence| sentence.end);
    }

    /// True if a sentence ends at `at`, or between the last position asked for and `at`.
    #[inline]
    fn passed(&mut self, at: usize) -> bool {
        let passed = self.next <= at;
        while self.next <= at {
            self.advance();
        }
        passed
    }
}

/// Number of words of a paragraph, as the index counts them.
pub(crate) fn words_of(paragraph: &Paragraph) -> u32 {
    let mut words = Words::new(&paragraph.text);
    (0..).take_while(|_: &u32| words.advance()).count().try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use quotable_query::{LetterRuns, Text};
    use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};

    use super::*;
    use crate::store::lexicon::Lexicon;
    use crate::store::packed_tokens::TokenPacking;

    fn unpacked(packing: TokenPacking, text: &[u8]) -> Vec<(usize, String)> {
        let mut terms = Vec::new();
        let mut tokenizer = packing.tokenizer();
        let mut stream = tokenizer.token_stream(std::str::from_utf8(text).unwrap());
        stream.process(&mut |token| terms.push((token.position, token.text.clone())));
        terms
    }

    proptest! {
        /// The terms that tantivy unpacks are those of the analyser.
        #[test]
        fn packed_terms_are_those_of_the_analyser(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "the ", "Of", " of ", "of-the ", "children’s ", "heron", ". ", "! The ", "\u{ad}", "½", " ﬁsh ", "… ", "é", "'", "`s ",
                    "–", "\u{301}", "A1 ", "Incomprehensibilities", " ", "2.1", "\0",
                ]),
                0..40,
            ),
        ) {
            let paragraph = Paragraph::new(parts.concat());
            let mut tokens = ParagraphTokens::default();
            let (mut lexicon_writer, mut stored) = (LexiconWriter::default(), Vec::new());
            tokens.tokenize(&Paragraph::new("Of the care of others. And of the rest."), &mut lexicon_writer, &mut Vec::new());
            tokens.tokenize(&paragraph, &mut lexicon_writer, &mut stored);
            let lexicon = Lexicon::of(lexicon_writer.new_page().into_iter().collect()).unwrap();
            let (mut text, mut runs) = (String::new(), LetterRuns::default());
            lexicon.read(&stored, &mut text, &mut runs).unwrap();
            prop_assert_eq!(&text, &paragraph.text);
            let words: Vec<_> = quotable_query::analyse::words(&text).collect();
            let mut known = Text::default();
            known.set_runs(&text, &paragraph.sentences, &runs);
            let made = Text::with_sentences(&text, &paragraph.sentences);
            prop_assert_eq!(known.words().collect::<Vec<_>>(), made.words().collect::<Vec<_>>());
            prop_assert_eq!(known.sentences(), made.sentences());
            let bytes = |text: &Text| (0..text.word_count()).map(|at| text.bytes(at..at + 1)).collect::<Vec<_>>();
            prop_assert_eq!(bytes(&known), bytes(&made));
            let folded = words.iter().map(|word| word.text.clone()).enumerate().collect::<Vec<_>>();
            prop_assert_eq!(unpacked(TokenPacking::Terms, &tokens.folded), folded);
            prop_assert_eq!(tokens.words as usize, words.len());
            prop_assert_eq!(words_of(&paragraph) as usize, words.len());
            let last = |sentence: &std::ops::Range<usize>| {
                words.iter().rposition(|word| sentence.contains(&word.bytes.start))
            };
            let stops: Vec<usize> = paragraph.sentences.iter().filter_map(last).collect();
            let found: Vec<_> = unpacked(TokenPacking::Stops, &tokens.stops).into_iter().map(|(at, _)| at).collect();
            prop_assert_eq!(found, stops);
            let mut pairs: HashMap<String, u32> = HashMap::new();
            for side in words.windows(2) {
                if let Some(pair) = pairs::pair(&side[0].text, &side[1].text) {
                    *pairs.entry(pair).or_default() += 1;
                }
            }
            for (_, pair) in unpacked(TokenPacking::Pairs, &tokens.pairs) {
                let left = pairs.get_mut(&pair);
                prop_assert!(left.is_some());
                *left.unwrap() -= 1;
            }
            prop_assert!(pairs.values().all(|left| *left == 0));
        }
    }
}
