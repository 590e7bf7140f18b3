//! The pieces that a text is of.

use super::is_of_word;
use crate::store::hash::ShortString;

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    pub(crate) text: &'t str,
    /// Where it begins in the text, in bytes.
    pub(crate) start: usize,
    pub(crate) kind: Kind,
    /// The same in short, if it is short.
    pub(crate) short: Option<ShortString>,
}

/// What a piece is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// ASCII letters and digits alone.
    Plain,
    /// Letters and digits, and what is not ASCII.
    Other,
    /// What stands between such.
    Between,
}

/// The pieces of a text: words and what is between them, save one space between two words, which goes without saying.
#[derive(Debug, Clone)]
pub(crate) struct Pieces<'t> {
    text: &'t str,
    at: usize,
    after_word: bool,
}

impl<'t> Pieces<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, after_word: false }
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    #[inline]
    fn next(&mut self) -> Option<Piece<'t>> {
        let bytes = self.text.as_bytes();
        let is_word = |at: usize| bytes.get(at).is_some_and(|byte| is_of_word(*byte));
        let mut start = self.at;
        let mut word = is_of_word(*bytes.get(start)?);
        if self.after_word && !word && bytes[start] == b' ' && is_word(start + 1) {
            start += 1;
            word = true;
        }
        let (mut end, mut short, mut kind) = (start, None, Kind::Between);
        if word {
            (end, short) = plain(bytes, start);
            kind = Kind::Plain;
        }
        if !word || is_word(end) {
            while bytes.get(end).is_some_and(|byte| is_of_word(*byte) == word) {
                end += 1;
            }
            short = ShortString::at(bytes, start..end);
            kind = if word { Kind::Other } else { Kind::Between };
        }
        (self.at, self.after_word) = (end, word);
        Some(Piece { text: self.text.get(start..end)?, start, kind, short })
    }
}

/// Where the ASCII letters and digits end that begin there, and what they are in short.
#[inline]
fn plain(bytes: &[u8], start: usize) -> (usize, Option<ShortString>) {
    let mut at = start;
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let block = u64::from_le_bytes(*block);
        let others = others(block);
        if others != 0 {
            let length = others.trailing_zeros() as usize / 8;
            let end = at + length;
            // Nearly every word ends here.
            let short = if at == start {
                Some(ShortString::below_eight(block, length))
            } else {
                ShortString::at(bytes, start..end)
            };
            return (end, short);
        }
        at += size_of_val(&block);
    }
    while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
        at += 1;
    }
    (at, ShortString::at(bytes, start..at))
}

/// The highest bit of every byte of eight that is no ASCII letter or digit.
fn others(block: u64) -> u64 {
    const HIGHEST: u64 = u64::from_ne_bytes([0x80; 8]);
    const CASE: u64 = u64::from_ne_bytes([0x20; 8]);
    // Added to bytes without their highest bit: that is set from this byte on.
    const fn from(byte: u8) -> u64 {
        u64::from_ne_bytes([0x80 - byte; 8])
    }
    let low = block & !HIGHEST;
    let letters = ((low | CASE) + from(b'a')) & !((low | CASE) + from(b'z' + 1));
    let digits = (low + from(b'0')) & !(low + from(b'9' + 1));
    (!(letters | digits) | block) & HIGHEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_told_eight_at_a_time() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut block = *b"aZ09zA5m";
                block[at] = byte;
                let other = if byte.is_ascii_alphanumeric() { 0 } else { 0x80 << (8 * at) };
                assert_eq!(others(u64::from_le_bytes(block)), other, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn a_space_between_words_goes_without_saying() {
        let pieces: Vec<_> = Pieces::new(" a heron’s  mill, (1.1) é ")
            .map(|piece| (piece.start, piece.text, piece.kind))
            .collect();
        assert_eq!(
            pieces,
            [
                (0, " ", Kind::Between),
                (1, "a", Kind::Plain),
                (3, "heron’s", Kind::Other),
                (12, "  ", Kind::Between),
                (14, "mill", Kind::Plain),
                (18, ", (", Kind::Between),
                (21, "1", Kind::Plain),
                (22, ".", Kind::Between),
                (23, "1", Kind::Plain),
                (24, ") ", Kind::Between),
                (26, "é", Kind::Other),
                (28, " ", Kind::Between),
            ]
        );
    }
}
