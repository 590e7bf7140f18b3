//! The analyser: splits text into words and folds them, for indexing, querying and locating alike.
//!
//! # Rules
//!
//! - A word consists of letters and digits with their combining marks and inner apostrophes: `children's` and `o'brien`
//!   are one word each; a leading or trailing apostrophe is not part of a word. Everything else separates words: space,
//!   hyphen, dash, slash, underscore, full stop. So `decision-making` is two words and `1.1` is two.
//! - Words are folded: Unicode compatibility forms (ligatures, full width), full case folding, diacritics dropped
//!   (`café` is `cafe`), every shape of apostrophe straight. Soft hyphens, zero width spaces, joiners and byte
//!   order marks are dropped without separating words.
//! - One word is one position, and one character never becomes two words: `½` stays `½`.
//! - The byte range of a word refers to the original text, from its first letter to the end of its last letter or mark,
//!   with any dropped characters between.
//! - A word longer than [`MAX_WORD`] bytes after folding keeps its position and range, and is cut to its first
//!   `MAX_WORD` bytes, at a character boundary, in text and query alike. So two such words that begin alike are equal.
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

/// The version of the rules. An index built with another version has other words and must be rebuilt.
pub const ANALYSER_VERSION: u32 = 1;

/// The longest folded word, in bytes.
pub const MAX_WORD: usize = 255;

/// How many bytes of a word are read before it is cut: enough that composing them cannot give fewer than
/// [`MAX_WORD`].
const MAX_READ: usize = 4 * MAX_WORD;

/// A word of a text, folded, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The folded word.
    pub text: String,
    /// The bytes of the word in the original text.
    pub bytes: Range<usize>,
}

/// The words of a text in order, each in a string of its own.
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut words = Words::new(text);
    std::iter::from_fn(move || {
        words.advance().then(|| Word { text: words.text().to_owned(), bytes: words.bytes() })
    })
}

/// Calls `each` for every word in order, with the folded word and its byte range in `text`. The string is reused, so no
/// word allocates.
pub fn each_word(text: &str, mut each: impl FnMut(&str, Range<usize>)) {
    let mut words = Words::new(text);
    while words.advance() {
        each(words.text(), words.bytes());
    }
}

/// Folds a text to its words, separated by single spaces.
///
/// Two texts that fold to the same text match the same queries.
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

/// The number of ASCII letters and digits that some bytes begin with.
///
/// Words are short and of every length, so a loop over bytes ends where the processor does not expect it, once a word. This one
/// looks at eight bytes at a time.
fn ascii_letters(bytes: &[u8]) -> usize {
    let (blocks, _) = bytes.as_chunks();
    let mut length = 0;
    for block in blocks {
        let letters = ascii_letters_in(*block);
        length += letters;
        if letters < 8 {
            return length;
        }
    }
    // Fewer than eight bytes are left.
    length + bytes[length..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// The number of ASCII letters and digits that eight bytes begin with.
///
/// SIMD within a register (H. Warren, Hacker's Delight, chapter 6): adding a constant to bytes below 0x80 carries into
/// their highest bit, and no further, exactly for bytes from a limit on. Two such sums enclose a range.
#[inline]
#[must_use]
pub fn ascii_letters_in(block: [u8; 8]) -> usize {
    const HIGHEST: u64 = u64::from_ne_bytes([0x80; 8]);
    const CASE: u64 = u64::from_ne_bytes([0x20; 8]);
    // The addend that sets the highest bit of bytes from `byte` on.
    const fn from(byte: u8) -> u64 {
        u64::from_ne_bytes([0x80 - byte; 8])
    }
    let block = u64::from_le_bytes(block);
    let low = block & !HIGHEST;
    // With bit 0x20 set, capitals become small letters, and no other byte becomes one.
    let letters = ((low | CASE) + from(b'a')) & !((low | CASE) + from(b'z' + 1));
    let digits = (low + from(b'0')) & !(low + from(b'9' + 1));
    // Bytes that are not ASCII were cut to other bytes above; their highest bit says so.
    let others = (!(letters | digits) | block) & HIGHEST;
    others.trailing_zeros() as usize / 8
}

/// True for bytes that may be part of a word, or join two: letters, digits, apostrophes, and all that is not ASCII.
#[inline]
#[must_use]
pub fn joins(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii() || matches!(byte, b'\'' | b'`')
}

/// What [`Words::step`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The end of the text.
    End,
    /// A word of ASCII letters and digits: folded, it is its bytes in lower case. It is not [`Words::text`].
    Lowercase,
    /// Any other word: folded, it is [`Words::text`].
    Folded,
}

/// A cursor over the words of a text, which lends each word in turn from one buffer.
#[derive(Debug, Clone)]
pub struct Words<'t> {
    text: &'t str,
    /// The byte where the search for the next word begins.
    at: usize,
    start: usize,
    end: usize,
    word: String,
    /// True if `*` and `?` count as letters.
    wildcards: bool,
}

impl<'t> Words<'t> {
    /// A cursor before the first word of `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, start: 0, end: 0, word: String::new(), wildcards: false }
    }

    /// A cursor over the words of a pattern, in which `*` and `?` count as letters.
    pub(crate) fn of_pattern(text: &'t str) -> Self {
        Self { wildcards: true, ..Self::new(text) }
    }

    /// Moves to the next word; false at the end of the text.
    pub fn advance(&mut self) -> bool {
        self.word.clear();
        if !self.skip_to_letter() {
            return false;
        }
        self.fold_word();
        true
    }

    /// Moves to the next word as [`advance`](Self::advance) does, but folds only what is not folded by lower case alone.
    ///
    /// Nearly every word is a run of ASCII letters before a space or a full stop: its end is found, and nothing is copied. Who needs
    /// these words folded puts the whole text into lower case at once.
    #[inline]
    pub(crate) fn step(&mut self) -> Step {
        self.word.clear();
        if !self.skip_to_letter() {
            return Step::End;
        }
        let run = self.ascii_run();
        let next = self.text.as_bytes().get(self.at + run);
        let ends = next.is_none_or(|&next| next.is_ascii() && !matches!(next, b'\'' | b'`'));
        if run > 0 && run <= MAX_WORD && ends {
            (self.start, self.end) = (self.at, self.at + run);
            self.at = self.end;
            return Step::Lowercase;
        }
        self.fold_word();
        Step::Folded
    }

    /// The folded word at the cursor; empty before the first [`advance`](Self::advance).
    #[must_use]
    pub fn text(&self) -> &str {
        &self.word
    }

    /// The bytes of the word in the original text.
    #[must_use]
    pub fn bytes(&self) -> Range<usize> {
        self.start..self.end
    }

    fn is_ascii_letter(&self, byte: u8) -> bool {
        byte.is_ascii_alphanumeric() || (self.wildcards && matches!(byte, b'*' | b'?'))
    }

    /// Moves `at` forward to the next letter; false if there is none.
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
                // Only the class matters here; the letter is folded again when the word is read.
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

    /// Reads the word at `at` and folds it, and moves `at` past it.
    fn fold_word(&mut self) {
        self.read_word();
        if !self.word.is_ascii() {
            self.compose();
        }
        self.cut();
    }

    /// The number of ASCII letters and digits at `at`.
    fn ascii_run(&self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        if !self.wildcards {
            return ascii_letters(rest);
        }
        rest.iter().position(|&byte| !self.is_ascii_letter(byte)).unwrap_or(rest.len())
    }

    /// Reads one word from the letter at `at`, and moves `at` past it.
    fn read_word(&mut self) {
        let bytes = self.text.as_bytes();
        self.start = self.at;
        self.end = self.at;
        let mut apostrophe = false; // the last character was one; it counts only if a letter follows
        while let Some(&byte) = bytes.get(self.at) {
            if self.is_ascii_letter(byte) {
                self.push_apostrophe(&mut apostrophe);
                self.read_ascii();
                continue;
            }
            // fold_char appends to the word before its class is known; `full` is where to cut that off again.
            let full = self.word.len();
            let (class, width) = if byte.is_ascii() {
                (if byte == b'\'' || byte == b'`' { Class::Apostrophe } else { Class::Separator }, 1)
            } else {
                let Some(c) = self.char_at(self.at) else { return };
                (fold_char(c, &mut self.word), c.len_utf8())
            };
            match class {
                Class::Separator => return,
                // Two in a row are a quotation mark, not an inner apostrophe.
                Class::Apostrophe if apostrophe => return,
                Class::Apostrophe => apostrophe = true,
                Class::Ignorable => {}
                // A mark after an apostrophe belongs to no letter.
                Class::Diacritic | Class::Mark if apostrophe => self.word.truncate(full),
                Class::Diacritic | Class::Mark => self.end = self.at + width,
                Class::Letter => {
                    if apostrophe && full <= MAX_READ {
                        self.word.insert(full, '\'');
                    }
                    apostrophe = false;
                    self.end = self.at + width;
                }
            }
            // Read on to find the end of the word, but keep no more of it.
            if full > MAX_READ {
                self.word.truncate(full);
            }
            self.at += width;
        }
    }

    fn push_apostrophe(&mut self, apostrophe: &mut bool) {
        if std::mem::take(apostrophe) && self.word.len() <= MAX_READ {
            self.word.push('\'');
        }
    }

    /// Reads the ASCII letters and digits at `at`. Nearly every word is one such run, so it is copied whole.
    fn read_ascii(&mut self) {
        let run = self.ascii_run();
        let from = self.word.len();
        if from <= MAX_READ {
            self.word.push_str(&self.text[self.at..self.at + run.min(MAX_READ)]);
            self.word[from..].make_ascii_lowercase();
        }
        self.at += run;
        self.end = self.at;
    }

    /// Composes the word to NFC.
    fn compose(&mut self) {
        // A word begins with a letter, but some letters decompose to a mark before a letter (Thai sara am).
        let letters = self.word.trim_start_matches(is_combining_mark);
        if letters.len() < self.word.len() || !is_nfc(letters) {
            self.word = letters.nfc().collect();
        }
    }

    /// Cuts the word to [`MAX_WORD`] bytes.
    fn cut(&mut self) {
        if self.word.len() > MAX_WORD {
            self.word.truncate(self.word.floor_char_boundary(MAX_WORD));
            while self.word.ends_with('\'') {
                self.word.pop();
            }
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        debug_assert!(self.text.is_char_boundary(at), "{at} is inside a character");
        self.text.get(at..)?.chars().next()
    }
}

#[cfg(test)]
mod tests;
