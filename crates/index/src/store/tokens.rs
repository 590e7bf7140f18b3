//! The words of a paragraph, cut once for all that is written of them.

use std::ops::Range;

use quotable_query::analyse::{MAX_WORD, Words};
use quotable_report::Paragraph;

use crate::store::boilerplate::SHORTEST;
use crate::store::hash::hash;
use crate::store::lexicon::{Kind, LexiconWriter, Pieces};
use crate::store::packed_tokens::{push_number, push_term};
use crate::store::pairs;

/// What the words of a paragraph come to, packed as [`TokenPacking`](crate::store::packed_tokens::TokenPacking) says.
#[derive(Debug, Default)]
pub(crate) struct ParagraphTokens {
    /// How many there are.
    pub(crate) words: u32,
    /// The folded words.
    pub(crate) folded: Vec<u8>,
    /// Where sentences end: at the last word of each.
    pub(crate) stops: Vec<u8>,
    /// The pairs of frequent words.
    pub(crate) pairs: Vec<u8>,
    /// The last stop.
    last_stop: u32,
    /// The code of the last word, if it is frequent.
    before: Option<u8>,
}

impl ParagraphTokens {
    /// Cuts a paragraph, in the place of whatever was cut before, and stores its text.
    ///
    /// Both are one walk over the pieces of the text: nearly all are a word of plain letters, of which the analyser
    /// makes nothing but small ones. It is asked of the rest.
    pub(crate) fn tokenize(
        &mut self,
        paragraph: &Paragraph,
        lexicon_writer: &mut LexiconWriter,
        stored: &mut Vec<u8>,
    ) {
        self.clear();
        let text = paragraph.text.as_str();
        let mut ends = Ends::of(&paragraph.sentences);
        let mut cut = 0;
        for piece in Pieces::new(text) {
            lexicon_writer.store(&piece, stored);
            if piece.kind == Kind::Between || piece.start < cut {
                continue;
            }
            let end = piece.start + piece.text.len();
            if piece.kind == Kind::Plain && !text.as_bytes().get(end).is_some_and(|next| joins(*next)) {
                self.begin(piece.start, &mut ends);
                let small = piece.short.map(|short| short.small());
                self.plain(piece.text, small);
                continue;
            }
            // No word goes over what follows here.
            let more = text.as_bytes().iter().skip(end).take_while(|byte| joins(**byte));
            cut = end + more.count();
            let mut words = Words::new(text.get(piece.start..cut).unwrap_or_default());
            while words.advance() {
                self.begin(piece.start + words.bytes().start, &mut ends);
                push_term(&mut self.folded, words.text());
                self.pair(pairs::code(words.text()));
            }
        }
        self.stop();
    }

    fn clear(&mut self) {
        (self.words, self.last_stop, self.before) = (0, 0, None);
        self.folded.clear();
        self.stops.clear();
        self.pairs.clear();
    }

    /// Begins a word that stands there.
    #[inline]
    fn begin(&mut self, start: usize, ends: &mut Ends<'_>) {
        if ends.passed(start) {
            self.stop();
        }
        self.words += 1;
    }

    /// Takes a word of plain letters; `small` are its small letters, if it is short.
    fn plain(&mut self, word: &str, small: Option<u128>) {
        let Some(small) = small else {
            let word = word.get(..MAX_WORD).unwrap_or(word);
            push_number(&mut self.folded, word.len());
            self.folded.extend(word.bytes().map(|byte| byte.to_ascii_lowercase()));
            return self.pair(None);
        };
        // A length that is known beforehand is copied faster.
        let end = self.folded.len() + 1 + word.len();
        self.folded.push(word.len() as u8);
        self.folded.extend_from_slice(&small.to_le_bytes());
        self.folded.truncate(end);
        self.pair(pairs::code_of(small));
    }

    /// Pairs the word that ends with the one before it.
    fn pair(&mut self, code: Option<u8>) {
        if let (Some(first), Some(second)) = (self.before, code) {
            pairs::push(&mut self.pairs, first, second);
        }
        self.before = code;
    }

    /// Puts a stop at the last word so far.
    fn stop(&mut self) {
        if let Some(at) = self.words.checked_sub(1) {
            push_number(&mut self.stops, (at - self.last_stop) as usize);
            self.last_stop = at;
        }
    }

    /// A hash of the words, if they are enough to be boilerplate: 48 bits, since it is stored of nearly every
    /// paragraph. Among ten million that differ, some two may have the same; boilerplate are five.
    pub(crate) fn copy(&self) -> Option<u64> {
        (self.words >= SHORTEST).then(|| hash(&self.folded) >> 16)
    }
}

/// Where sentences end.
struct Ends<'a> {
    next: usize,
    rest: std::slice::Iter<'a, Range<usize>>,
}

impl<'a> Ends<'a> {
    fn of(sentences: &'a [Range<usize>]) -> Self {
        let mut ends = Self { next: 0, rest: sentences.iter() };
        ends.go_on();
        ends
    }

    fn go_on(&mut self) {
        self.next = self.rest.next().map_or(usize::MAX, |sentence| sentence.end);
    }

    /// True if a sentence ends there, or between there and what was asked before.
    #[inline]
    fn passed(&mut self, at: usize) -> bool {
        let passed = self.next <= at;
        while self.next <= at {
            self.go_on();
        }
        passed
    }
}

/// True for what stands in words, or may.
fn joins(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii() || matches!(byte, b'\'' | b'`')
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
    use crate::store::lexicon::Lexicon;
    use crate::store::packed_tokens::TokenPacking;

    fn unpacked(packed: TokenPacking, text: &[u8]) -> Vec<(usize, String)> {
        let mut terms = Vec::new();
        let mut unpacker = packed.unpacker();
        let mut stream = unpacker.token_stream(std::str::from_utf8(text).unwrap());
        stream.process(&mut |token| terms.push((token.position, token.text.clone())));
        terms
    }

    proptest! {
        /// What the engine unpacks is what the analyser says.
        #[test]
        fn what_is_written_is_what_the_analyser_says(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "the ", "Of", " of ", "of-the ", "children’s ", "heron", ". ", "! The ", "\u{ad}", "½", " ﬁsh ", "… ", "é", "'", "`s ",
                    "–", "\u{301}", "A1 ", "Incomprehensibilities", " ", "2.1", "\0",
                ]),
                0..40,
            ),
        ) {
            let paragraph = Paragraph::new(parts.concat());
            let mut cut = ParagraphTokens::default();
            let (mut lexicon_writer, mut stored) = (LexiconWriter::default(), Vec::new());
            cut.tokenize(&Paragraph::new("Of the care of others. And of the rest."), &mut lexicon_writer, &mut Vec::new());
            cut.tokenize(&paragraph, &mut lexicon_writer, &mut stored);
            let lexicon = Lexicon::of(lexicon_writer.page().into_iter().collect()).unwrap();
            prop_assert_eq!(&lexicon.read(&stored).unwrap(), &paragraph.text);
            let words: Vec<_> = quotable_query::analyse::words(&paragraph.text).collect();
            let folded = words.iter().map(|word| word.text.clone()).enumerate().collect::<Vec<_>>();
            prop_assert_eq!(unpacked(TokenPacking::Terms, &cut.folded), folded);
            prop_assert_eq!(cut.words as usize, words.len());
            prop_assert_eq!(words_of(&paragraph) as usize, words.len());
            let last = |sentence: &std::ops::Range<usize>| {
                words.iter().rposition(|word| sentence.contains(&word.bytes.start))
            };
            let stops: Vec<usize> = paragraph.sentences.iter().filter_map(last).collect();
            let found: Vec<_> = unpacked(TokenPacking::Stops, &cut.stops).into_iter().map(|(at, _)| at).collect();
            prop_assert_eq!(found, stops);
            let mut pairs: HashMap<String, u32> = HashMap::new();
            for side in words.windows(2) {
                if let Some(pair) = pairs::pair(&side[0].text, &side[1].text) {
                    *pairs.entry(pair).or_default() += 1;
                }
            }
            for (_, pair) in unpacked(TokenPacking::Pairs, &cut.pairs) {
                let left = pairs.get_mut(&pair);
                prop_assert!(left.is_some());
                *left.unwrap() -= 1;
            }
            prop_assert!(pairs.values().all(|left| *left == 0));
        }
    }
}
