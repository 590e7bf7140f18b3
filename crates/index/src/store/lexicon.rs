//! The lexicon: the strings that stored texts are made of, numbered.
//!
//! A text is stored as a sequence of codes, one for each [piece](piece::Piece): a word or the separator between two
//! words (as in J. Bentley, D. Sleator, R. Tarjan, V. Wei, "A locally adaptive data compression scheme", 1986, but with
//! one dictionary for all texts). A code is the number of a string in one to three bytes, frequent strings in one:
//!
//! | first byte | bytes | code |
//! |---|---|---|
//! | 0 to 199 | 1 | the number itself |
//! | 200 to 249 | 2 | numbers from 200 |
//! | 250 to 253 | 3 | numbers from 13,000 |
//! | 254 | any | a string without a number: its length, as postcard writes it, and its bytes |
//!
//! One lexicon serves the whole index, so a paragraph is small by itself and is read without decompressing those stored
//! beside it. New strings are written with the commit that needs them, as a [page](LexiconPage). No string is ever
//! removed, so stored texts stay valid when segments merge. When there are many pages, the next commit replaces them by
//! one.

mod piece;
mod short_string;
mod writer;

use std::ops::Range;

use quotable_query::LetterRuns;
use serde::{Deserialize, Serialize};

pub(crate) use self::piece::{PieceKind, Pieces};
pub(crate) use self::writer::LexiconWriter;
use crate::error::{Error, Result};
use crate::store::packing::{Packer, Unpacker};

/// The strings of one state of the index, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lexicon {
    /// The strings, one after another.
    strings: String,
    /// The end of each string in `strings`, in bytes.
    ends: Vec<u32>,
}

/// The stored form of the strings that were new in a commit. The names of its fields are not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LexiconPage<'a> {
    /// The number of the first string.
    first: u32,
    #[serde(borrow)]
    strings: Vec<&'a str>,
}

/// The stored form of a string outside a text, such as a heading: its number in the lexicon, or the string if it has
/// none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum StoredString<'a> {
    Number(u32),
    Spelled(&'a str),
}

/// The first number whose code has two bytes.
const TWO_BYTES_FROM: u32 = 200;
/// Number of first bytes of codes of two bytes.
const TWO_BYTES_LEADS: u32 = 50;
/// Number of first bytes of codes of three bytes.
const THREE_BYTES_LEADS: u32 = 4;
/// The first number whose code has three bytes.
const THREE_BYTES_FROM: u32 = TWO_BYTES_FROM + (TWO_BYTES_LEADS << 8);
/// The most strings in a lexicon. Once it is full, new strings are spelled.
const MAX_STRINGS: u32 = THREE_BYTES_FROM + (THREE_BYTES_LEADS << 16);
/// The most bytes of a string with a number. Longer ones are spelled, so that no text can make the lexicon large.
const MAX_STRING_BYTES: usize = 256;
/// The bytes that are copied of a short string, whatever its length.
const SLOT: usize = 16;
/// The first byte of the code of a string without a number.
const SPELLED: u8 = 254;

impl Lexicon {
    /// Joins the pages of an index.
    pub(crate) fn of(mut pages: Vec<LexiconPage<'_>>) -> Result<Self> {
        pages.sort_by_key(|page| page.first);
        let mut lexicon = Self::default();
        for page in pages {
            // Pages overlap after a commit that failed halfway: its strings are in the page of the next commit too.
            let known = lexicon.len().checked_sub(page.first);
            let known = known.ok_or_else(|| Error::damaged("a page of its lexicon is missing"))?;
            for string in page.strings.get(known as usize..).unwrap_or_default() {
                if string.len() > MAX_STRING_BYTES || lexicon.len() >= MAX_STRINGS {
                    return Err(Error::damaged("its lexicon is larger than a lexicon can be"));
                }
                lexicon.push(string);
            }
        }
        Ok(lexicon)
    }

    /// Writes the lexicon for a summary.
    pub(super) fn pack(&self, packer: &mut Packer) {
        packer.numbers(self.ends.iter().copied());
        packer.bytes(self.strings.as_bytes());
    }

    /// Reads what [`pack`](Self::pack) wrote; `None` for anything else.
    pub(super) fn unpack(unpacker: &mut Unpacker) -> Option<Self> {
        let ends = unpacker.numbers()?;
        let strings = String::from_utf8(unpacker.bytes()?.to_vec()).ok()?;
        let fits = ends.is_sorted() && ends.last().is_none_or(|end| *end as usize == strings.len());
        fits.then_some(Self { strings, ends })
    }

    /// Number of strings.
    fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    fn push(&mut self, string: &str) {
        self.strings.push_str(string);
        self.ends.push(u32::try_from(self.strings.len()).unwrap_or(u32::MAX));
    }

    /// The string with this number; `None` if there is none, or the lexicon is damaged.
    fn get(&self, number: u32) -> Option<&str> {
        self.strings.get(self.range(number)?)
    }

    /// The bytes in `strings` of the string with this number; `None` if there is none.
    #[inline]
    fn range(&self, number: u32) -> Option<Range<usize>> {
        let at = number as usize;
        let end = *self.ends.get(at)? as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        Some(start..end)
    }

    /// The string of a stored string.
    pub(super) fn str<'s>(&'s self, stored: StoredString<'s>) -> Result<&'s str> {
        match stored {
            StoredString::Number(number) => self.get(number).ok_or_else(unknown),
            StoredString::Spelled(string) => Ok(string),
        }
    }

    /// Decodes a stored text into the memory of `into`, and its runs of letters into that of `runs`. After an error the text is
    /// empty, and the runs are those of its beginning.
    ///
    /// Every hit is decoded, and where a processor cannot foresee which way a piece goes, it stops. So nothing here depends on the
    /// length of a code or of a string, as far as that is possible: see [`CodeForm`] and [`Spelling::push`].
    pub(super) fn read(&self, stored: &[u8], into: &mut String, runs: &mut LetterRuns) -> Result<()> {
        runs.clear();
        let mut spelling =
            Spelling { text: std::mem::take(into).into_bytes(), end: 0, after_word: false, runs };
        // Most codes are one or two bytes, and most words have a handful of letters.
        spelling.text.resize(4 * stored.len() + SLOT, 0);
        let mut rest = stored;
        while let Some(&lead) = rest.first() {
            let (strings, piece);
            if lead < SPELLED {
                let form = &CODE_FORMS[usize::from(lead)];
                // The last codes have fewer bytes behind them.
                let [_, second, third] = rest.first_chunk().copied().unwrap_or_else(|| {
                    let byte = |at: usize| rest.get(at).copied().unwrap_or_default();
                    [lead, byte(1), byte(2)]
                });
                rest = rest.get(usize::from(form.bytes)..).ok_or_else(unknown)?;
                let number = form.least + (u32::from(u16::from_be_bytes([second, third])) >> form.unused);
                (strings, piece) = (self.strings.as_bytes(), self.range(number).ok_or_else(unknown)?);
            } else {
                let (string, left): (&str, _) =
                    postcard::take_from_bytes(&rest[1..]).map_err(|_| unknown())?;
                rest = left;
                (strings, piece) = (string.as_bytes(), 0..string.len());
            }
            spelling.push(strings, piece)?;
        }
        let Spelling { mut text, end, .. } = spelling;
        text.truncate(end);
        *into = String::from_utf8(text).map_err(|_| unknown())?;
        Ok(())
    }
}

/// How a code with a certain first byte is read: its number is `least` and, of the two bytes that follow, the bits that are
/// used. So a code of any length is read in the same steps.
#[derive(Clone, Copy)]
struct CodeForm {
    least: u32,
    /// The lowest bits of the two bytes that are not part of the code.
    unused: u8,
    /// The bytes of the code.
    bytes: u8,
}

impl CodeForm {
    const fn of(lead: u32) -> Self {
        if lead < TWO_BYTES_FROM {
            Self { least: lead, unused: 16, bytes: 1 }
        } else if lead < TWO_BYTES_FROM + TWO_BYTES_LEADS {
            Self { least: TWO_BYTES_FROM + ((lead - TWO_BYTES_FROM) << 8), unused: 8, bytes: 2 }
        } else {
            let high = lead - TWO_BYTES_FROM - TWO_BYTES_LEADS;
            Self { least: THREE_BYTES_FROM + (high << 16), unused: 0, bytes: 3 }
        }
    }
}

/// By first byte; those from [`SPELLED`] on are not asked for.
static CODE_FORMS: [CodeForm; 256] = {
    let mut forms = [CodeForm::of(0); 256];
    let mut lead = 0;
    while lead < 256 {
        forms[lead] = CodeForm::of(lead as u32);
        lead += 1;
    }
    forms
};

/// A text that is spelled out.
struct Spelling<'r> {
    /// The text, and behind it room, which may hold anything.
    text: Vec<u8>,
    /// The length of the text.
    end: usize,
    /// True if the last piece is a word.
    after_word: bool,
    runs: &'r mut LetterRuns,
}

impl Spelling<'_> {
    /// Appends the piece that is `range` of `strings`.
    ///
    /// Most strings have a handful of bytes, for which a copy of any length costs more in the call than in the copying. So
    /// [`SLOT`] bytes are copied whatever the length, two instructions, and the next string overwrites what was too much. In the
    /// same way the single space between two words, which is not stored, is written always, and overwritten where there is none.
    #[inline]
    fn push(&mut self, strings: &[u8], range: Range<usize>) -> Result<()> {
        // First of all: a forged lexicon may name any range.
        let piece = strings.get(range.clone()).ok_or_else(unknown)?;
        let is_word = is_word_byte(piece.first().copied().unwrap_or_default());
        let needed = self.end + 1 + piece.len().max(SLOT);
        if needed > self.text.len() {
            self.text.resize(2 * needed, 0);
        }
        self.text[self.end] = b' ';
        let start = self.end + usize::from(self.after_word && is_word);
        let slot = strings.get(range.start..).and_then(<[u8]>::first_chunk::<SLOT>);
        let is_ascii;
        match (slot, self.text.get_mut(start..).and_then(<[u8]>::first_chunk_mut::<SLOT>)) {
            (Some(slot), Some(room)) if piece.len() <= SLOT => {
                *room = *slot;
                let beyond = 8 * (SLOT - piece.len()) as u32;
                // The highest bit of a byte is set unless it is ASCII. An empty string has none.
                let bytes = u128::from_le_bytes(*slot).checked_shl(beyond).unwrap_or_default();
                is_ascii = bytes & u128::from_le_bytes([0x80; SLOT]) == 0;
            }
            _ => {
                self.text[start..start + piece.len()].copy_from_slice(piece);
                is_ascii = piece.is_ascii();
            }
        }
        self.end = start + piece.len();
        self.after_word = is_word;
        if is_word {
            self.runs.push(start..self.end, is_ascii);
        }
        Ok(())
    }
}

/// True for the bytes of words, false for those of separators: a piece has only one kind. All of a character that is
/// not ASCII counts as a word, so that no piece begins inside a character.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

fn unknown() -> Error {
    Error::damaged("a stored text has strings that are not in the lexicon")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Stores some texts in a new lexicon.
    fn stored(texts: &[String]) -> (LexiconWriter, Vec<Vec<u8>>) {
        let mut lexicon_writer = LexiconWriter::default();
        let stored = texts.iter().map(|text| store(&mut lexicon_writer, text)).collect();
        (lexicon_writer, stored)
    }

    fn store(lexicon_writer: &mut LexiconWriter, text: &str) -> Vec<u8> {
        let mut stored = Vec::new();
        Pieces::new(text).for_each(|piece| lexicon_writer.store(&piece, &mut stored));
        stored
    }

    fn read(lexicon: &Lexicon, stored: &[u8]) -> Result<String> {
        let mut text = "what stood there".repeat(3);
        lexicon.read(stored, &mut text, &mut LetterRuns::default()).map(|()| text)
    }

    fn lexicon(lexicon_writer: &LexiconWriter) -> Lexicon {
        Lexicon::of(lexicon_writer.new_page().into_iter().collect()).unwrap()
    }

    proptest! {
        #[test]
        fn stored_texts_are_read_unchanged(texts in prop::collection::vec("[ab .,é’\u{301}-]{0,12}|\\PC{0,20}", 0..12)) {
            let (lexicon_writer, all) = stored(&texts);
            let lexicon = lexicon(&lexicon_writer);
            for (text, stored) in texts.iter().zip(all) {
                prop_assert_eq!(&read(&lexicon, &stored).unwrap(), text);
            }
        }

        #[test]
        fn arbitrary_bytes_do_not_panic(stored in prop::collection::vec(any::<u8>(), 0..40)) {
            let (lexicon_writer, _) = self::stored(&["a heron, a heron, and a mill".to_owned()]);
            let _ = read(&lexicon(&lexicon_writer), &stored);
        }
    }

    /// A letter that is not ASCII is noticed at any place of a string of any length, and one behind the string is not.
    #[test]
    fn strings_are_known_to_be_ascii_or_not() {
        for length in 1..=20 {
            for foreign in (0..=length).map(|at| Some(at).filter(|at| *at < length)) {
                let letter = |at| if Some(at) == foreign { 'é' } else { 'a' };
                let string: String = (0..length).map(letter).collect();
                let lexicon = Lexicon::of(vec![LexiconPage {
                    first: 0,
                    strings: vec![&string, "éééééééééé"],
                }]);
                let (mut text, mut runs) = (String::new(), LetterRuns::default());
                lexicon.unwrap().read(&[0], &mut text, &mut runs).unwrap();
                let mut expected = LetterRuns::default();
                expected.push(0..string.len(), string.is_ascii());
                assert_eq!((text, format!("{runs:?}")), (string, format!("{expected:?}")));
            }
        }
    }

    #[test]
    fn a_lexicon_with_ends_outside_of_its_strings_is_damaged() {
        let strings = "one two three four five".to_owned();
        for ends in [vec![u32::MAX], vec![5, 2], vec![24], vec![30, 40]] {
            let lexicon = Lexicon { strings: strings.clone(), ends };
            let last = lexicon.len() as u8 - 1;
            assert!(read(&lexicon, &[last]).is_err(), "{lexicon:?}");
            let mut packer = Packer::default();
            lexicon.pack(&mut packer);
            let packed = tantivy::directory::OwnedBytes::new(packer.finish());
            assert_eq!(Lexicon::unpack(&mut Unpacker::new(packed)), None, "{lexicon:?}");
        }
    }

    #[test]
    fn codes_of_every_length_are_read() {
        let mut lexicon_writer = LexiconWriter::default();
        let all: Vec<String> = (0..THREE_BYTES_FROM + 300).map(|number| format!("w{number}")).collect();
        let text = all.join(" ");
        store(&mut lexicon_writer, &text);
        // All have numbers the second time: most of two bytes, the last 300 of three, the first 200 of one.
        let stored = store(&mut lexicon_writer, &text);
        assert!(stored.len() < 2 * (THREE_BYTES_FROM as usize + 300) + 200);
        assert_eq!(read(&lexicon(&lexicon_writer), &stored).unwrap(), text);
    }

    #[test]
    fn pages_follow_each_other_and_may_overlap() {
        let page = |first, strings: &[&'static str]| LexiconPage { first, strings: strings.to_vec() };
        let pages = vec![page(2, &["c", "d", "e"]), page(0, &["a", "b"]), page(2, &["c"])];
        let lexicon = Lexicon::of(pages).unwrap();
        assert_eq!(read(&lexicon, &[0, 1, 2, 3, 4]).unwrap(), "a b c d e");
        assert!(Lexicon::of(vec![page(1, &["b"])]).is_err());
    }
}
