//! The strings of which texts are stored.
//!
//! A text is stored as the numbers of its words and of what stands between them. The strings are those of the whole
//! index, so that a paragraph is small by itself, and is read without reading what was stored beside it. New strings
//! are written with the commit that needs them, as a page, and none is ever taken out: what is stored is never written
//! anew. Where there are many pages they are put together with the next.

mod piece;
mod writer;

use serde::{Deserialize, Serialize};

pub(crate) use self::piece::{Kind, Pieces};
pub(crate) use self::writer::LexiconWriter;
use crate::error::{Error, Result};
use crate::store::packing::{Packer, Unpacker};

/// The strings of one state of the index, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lexicon {
    /// One after another.
    strings: String,
    /// Where each ends.
    ends: Vec<u32>,
}

/// Strings that were new in a commit, as they are stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Page<'a> {
    /// The number of the first.
    pub(crate) first: u32,
    #[serde(borrow)]
    pub(crate) strings: Vec<&'a str>,
}

/// A string that is mostly in the lexicon, as it is stored by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Name<'a> {
    Known(u32),
    New(&'a str),
}

/// Numbers below this are one byte.
const ONE: u32 = 200;
/// How many bytes there are with which a number of two bytes begins, and how many with which one of three does.
const TWO_BEGIN: u32 = 50;
const THREE_BEGIN: u32 = 4;
/// From this number on they are three bytes.
const TWO: u32 = ONE + (TWO_BEGIN << 8);
/// How many strings there may be: rarer ones stay as they are.
const MOST: u32 = TWO + (THREE_BEGIN << 16);
/// The most bytes of a string: longer ones are spelled, so that no text makes the lexicon large.
const LONGEST: usize = 256;
/// The byte before a string that has no number.
const SPELLED: u8 = 254;

impl Lexicon {
    /// Puts the pages of an index together.
    pub(crate) fn of(mut pages: Vec<Page<'_>>) -> Result<Self> {
        pages.sort_by_key(|page| page.first);
        let mut lexicon = Self::default();
        for page in pages {
            // A commit that failed and was made again holds more of the same.
            let known = lexicon.len().checked_sub(page.first);
            let known = known.ok_or_else(|| Error::damaged("a part of the lexicon is missing"))?;
            for string in page.strings.get(known as usize..).unwrap_or_default() {
                if string.len() > LONGEST || lexicon.len() >= MOST {
                    return Err(Error::damaged("the lexicon is larger than it can be"));
                }
                lexicon.push(string);
            }
        }
        Ok(lexicon)
    }

    /// Writes it for a summary.
    pub(crate) fn pack(&self, packer: &mut Packer) {
        packer.numbers(self.ends.iter().copied());
        packer.bytes(self.strings.as_bytes());
    }

    /// Reads what was [`pack`](Self::pack)ed.
    pub(crate) fn unpack(unpacker: &mut Unpacker) -> Option<Self> {
        let ends = unpacker.numbers()?;
        let strings = String::from_utf8(unpacker.bytes()?.to_vec()).ok()?;
        Some(Self { strings, ends })
    }

    /// How many strings there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    fn push(&mut self, string: &str) {
        self.strings.push_str(string);
        self.ends.push(u32::try_from(self.strings.len()).unwrap_or(u32::MAX));
    }

    fn get(&self, number: u32) -> Option<&str> {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        self.strings.get(*start as usize..*self.ends.get(at)? as usize)
    }

    /// The string that a name stands for.
    pub(crate) fn name(&self, name: Name<'_>) -> Result<String> {
        match name {
            Name::Known(number) => self.get(number).map(str::to_owned).ok_or_else(unknown),
            Name::New(string) => Ok(string.to_owned()),
        }
    }

    /// Reads a text that was stored.
    pub(crate) fn read(&self, stored: &[u8]) -> Result<String> {
        let mut text = String::with_capacity(4 * stored.len());
        let mut rest = stored.iter();
        let mut after_word = false;
        while let Some(&begin) = rest.next() {
            let mut next = || rest.next().copied().map(u32::from).ok_or_else(unknown);
            let begins = u32::from(begin);
            let piece = if begins < ONE {
                self.get(begins)
            } else if begins < ONE + TWO_BEGIN {
                self.get(ONE + ((begins - ONE) << 8 | next()?))
            } else if begin < SPELLED {
                self.get(TWO + ((begins - ONE - TWO_BEGIN) << 16 | next()? << 8 | next()?))
            } else {
                let (string, left): (&str, _) =
                    postcard::take_from_bytes(rest.as_slice()).map_err(|_| unknown())?;
                rest = left.iter();
                Some(string)
            };
            let piece = piece.ok_or_else(unknown)?;
            let word = is_of_word(piece.as_bytes().first().copied().unwrap_or_default());
            if after_word && word {
                text.push(' ');
            }
            text.push_str(piece);
            after_word = word;
        }
        Ok(text)
    }
}

/// True for what words are of, and what is not between them.
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

fn unknown() -> Error {
    Error::damaged("a text of the index is of strings that are not there")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A lexicon of what some texts are of, and the texts as they are stored.
    fn stored(texts: &[String]) -> (LexiconWriter, Vec<Vec<u8>>) {
        let mut lexicon_writer = LexiconWriter::default();
        let stored = texts.iter().map(|text| one(&mut lexicon_writer, text)).collect();
        (lexicon_writer, stored)
    }

    fn one(lexicon_writer: &mut LexiconWriter, text: &str) -> Vec<u8> {
        let mut stored = Vec::new();
        Pieces::new(text).for_each(|piece| lexicon_writer.store(&piece, &mut stored));
        stored
    }

    fn lexicon(lexicon_writer: &LexiconWriter) -> Lexicon {
        Lexicon::of(lexicon_writer.page().into_iter().collect()).unwrap()
    }

    proptest! {
        #[test]
        fn a_text_is_read_as_it_was(texts in prop::collection::vec("[ab .,é’\u{301}-]{0,12}|\\PC{0,20}", 0..12)) {
            let (lexicon_writer, all) = stored(&texts);
            let lexicon = lexicon(&lexicon_writer);
            for (text, stored) in texts.iter().zip(all) {
                prop_assert_eq!(&lexicon.read(&stored).unwrap(), text);
            }
        }

        #[test]
        fn nonsense_is_refused_or_read(stored in prop::collection::vec(any::<u8>(), 0..40)) {
            let (lexicon_writer, _) = self::stored(&["a heron, a heron, and a mill".to_owned()]);
            let _ = lexicon(&lexicon_writer).read(&stored);
        }
    }

    #[test]
    fn every_length_of_number_is_read() {
        let mut lexicon_writer = LexiconWriter::default();
        let all: Vec<String> = (0..TWO + 300).map(|number| format!("w{number}")).collect();
        let text = all.join(" ");
        one(&mut lexicon_writer, &text);
        let stored = one(&mut lexicon_writer, &text);
        assert!(stored.len() < 2 * (TWO as usize + 300) + 200);
        assert_eq!(lexicon(&lexicon_writer).read(&stored).unwrap(), text);
    }

    #[test]
    fn pages_follow_each_other_and_may_overlap() {
        let page = |first, strings: &[&'static str]| Page { first, strings: strings.to_vec() };
        let pages = vec![page(2, &["c", "d", "e"]), page(0, &["a", "b"]), page(2, &["c"])];
        let lexicon = Lexicon::of(pages).unwrap();
        assert_eq!(lexicon.read(&[0, 1, 2, 3, 4]).unwrap(), "a b c d e");
        assert!(Lexicon::of(vec![page(1, &["b"])]).is_err());
    }
}
