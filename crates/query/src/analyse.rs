//! The one analyser: what a word is, for indexing, querying and locating.
//!
//! # Rules
//!
//! - A word is letters and digits with their combining marks and inner apostrophes: `children's` and `o'brien`
//!   are one word each; an apostrophe that leads or trails is not part. Everything else parts words: space,
//!   hyphen, dash, slash, underscore, full stop. So `decision-making` is two words and `1.1` is two.
//! - Words are folded: Unicode compatibility forms (ligatures, full width), full case folding, diacritics dropped
//!   (`café` is `cafe`), every shape of apostrophe straight. Soft hyphens, zero width spaces, joiners and byte
//!   order marks are dropped, and part nothing.
//! - One word is one position, and one character never becomes two words: `½` stays `½`.
//! - The byte range of a word is that of the original text, from its first letter to the end of its last letter
//!   or mark, with whatever was dropped between.
//! - A word longer than [`MAX_WORD`] bytes after folding keeps its position and its range and is cut to its first
//!   `MAX_WORD` bytes, at a character, in text and query alike. So two such words that begin alike are one word.
//!
//! ```
//! use quotable_query::analyse::words;
//!
//! let text = "The café’s Decision-Making";
//! let folded: Vec<_> = words(text).map(|word| (word.text, &text[word.bytes])).collect();
//! assert_eq!(folded[1], ("cafe's".to_owned(), "café’s"));
//! assert_eq!(folded[3], ("making".to_owned(), "Making"));
//! ```

mod fold;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use self::fold::{Class, fold_char};
pub(crate) use self::fold::{is_apostrophe, is_ignorable};

/// Counts the changes of the rules. An index built under another version holds other words and must be rebuilt.
pub const ANALYSER_VERSION: u32 = 1;

/// The most bytes that a folded word keeps.
pub const MAX_WORD: usize = 255;

/// How much is gathered before a word is cut: enough that composing it cannot bring it under [`MAX_WORD`].
const GATHER: usize = 4 * MAX_WORD;

/// A word of a text: how it reads when folded, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The folded word.
    pub text: String,
    /// Where it stands in the original text, in bytes.
    pub bytes: Range<usize>,
}

/// Gives the words of a text in order, each in a string of its own.
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut words = Words::new(text);
    std::iter::from_fn(move || {
        words.advance().then(|| Word { text: words.text().to_owned(), bytes: words.bytes() })
    })
}

/// Calls back for every word in order, with the folded word and its byte range in `text`.
/// The string is reused, so nothing is allocated for a word.
pub fn each_word(text: &str, mut each: impl FnMut(&str, Range<usize>)) {
    let mut words = Words::new(text);
    while words.advance() {
        each(words.text(), words.bytes());
    }
}

/// Folds a text to its words, one space between.
///
/// Two texts read the same to every query when they fold to the same.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    each_word(text, |word, _| {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    });
    folded
}

/// A cursor over the words of a text, which lends each word in turn from one buffer.
#[derive(Debug, Clone)]
pub struct Words<'t> {
    text: &'t str,
    /// Where the search for the next word begins.
    at: usize,
    start: usize,
    end: usize,
    word: String,
    /// True if `*` and `?` count as letters.
    wild: bool,
}

impl<'t> Words<'t> {
    /// Stands before the first word of `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, start: 0, end: 0, word: String::new(), wild: false }
    }

    /// The words of a pattern: `*` and `?` stand in a word as letters do.
    pub(crate) fn of_pattern(text: &'t str) -> Self {
        Self { wild: true, ..Self::new(text) }
    }

    /// Goes to the next word; false when there is none.
    pub fn advance(&mut self) -> bool {
        self.word.clear();
        if !self.skip_to_letter() {
            return false;
        }
        self.gather();
        if !self.word.is_ascii() {
            self.compose();
        }
        self.cut();
        true
    }

    /// The folded word at the cursor; empty before the first [`advance`](Self::advance).
    #[must_use]
    pub fn text(&self) -> &str {
        &self.word
    }

    /// Where the word stands in the original text, in bytes.
    #[must_use]
    pub fn bytes(&self) -> Range<usize> {
        self.start..self.end
    }

    fn is_ascii_letter(&self, byte: u8) -> bool {
        byte.is_ascii_alphanumeric() || (self.wild && matches!(byte, b'*' | b'?'))
    }

    /// Sets `at` to the first letter from there on.
    fn skip_to_letter(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii() {
                if self.is_ascii_letter(byte) {
                    return true;
                }
                self.at += 1;
            } else {
                let Some(c) = self.char_at(self.at) else { return false };
                let class = fold_char(c, &mut self.word);
                self.word.clear();
                if class == Class::Letter {
                    return true;
                }
                self.at += c.len_utf8();
            }
        }
        false
    }

    /// Reads one word from the letter at `at`, and leaves `at` behind it.
    fn gather(&mut self) {
        let bytes = self.text.as_bytes();
        self.start = self.at;
        self.end = self.at;
        let mut apostrophe = false; // one is waiting for the letter that makes it an inner one
        while let Some(&byte) = bytes.get(self.at) {
            if self.is_ascii_letter(byte) {
                self.take_apostrophe(&mut apostrophe);
                self.gather_ascii();
                continue;
            }
            let full = self.word.len();
            let (class, width) = if byte.is_ascii() {
                (if byte == b'\'' || byte == b'`' { Class::Apostrophe } else { Class::Separator }, 1)
            } else {
                let Some(c) = self.char_at(self.at) else { return };
                (fold_char(c, &mut self.word), c.len_utf8())
            };
            match class {
                Class::Separator => return,
                Class::Apostrophe if apostrophe => return,
                Class::Apostrophe => apostrophe = true,
                Class::Ignorable => {}
                // A mark after an apostrophe has nothing to stand on.
                Class::Diacritic | Class::Mark if apostrophe => self.word.truncate(full),
                Class::Diacritic | Class::Mark => self.end = self.at + width,
                Class::Letter => {
                    if apostrophe && full <= GATHER {
                        self.word.insert(full, '\'');
                    }
                    apostrophe = false;
                    self.end = self.at + width;
                }
            }
            if full > GATHER {
                self.word.truncate(full);
            }
            self.at += width;
        }
    }

    fn take_apostrophe(&mut self, apostrophe: &mut bool) {
        if std::mem::take(apostrophe) && self.word.len() <= GATHER {
            self.word.push('\'');
        }
    }

    /// Takes the run of plain letters at `at`: nearly every word is one such run.
    fn gather_ascii(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let run = rest.iter().position(|&byte| !self.is_ascii_letter(byte)).unwrap_or(rest.len());
        let from = self.word.len();
        if from <= GATHER {
            self.word.push_str(&self.text[self.at..self.at + run.min(GATHER)]);
            self.word[from..].make_ascii_lowercase();
        }
        self.at += run;
        self.end = self.at;
    }

    fn compose(&mut self) {
        // A letter can decompose to a mark before a letter (Thai sara am), and a word begins with a letter.
        let letters = self.word.trim_start_matches(is_combining_mark);
        if letters.len() < self.word.len() || !is_nfc(letters) {
            self.word = letters.nfc().collect();
        }
    }

    fn cut(&mut self) {
        if self.word.len() > MAX_WORD {
            self.word.truncate(self.word.floor_char_boundary(MAX_WORD));
            while self.word.ends_with('\'') {
                self.word.pop();
            }
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }
}

#[cfg(test)]
mod tests;
