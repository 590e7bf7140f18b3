//! Cuts a text into pieces: words, and the separators between them.

use quotable_query::analyse::ascii_letters_in;

use super::is_word_byte;
use super::short_string::ShortString;

/// A word, or the separator between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    pub(crate) text: &'t str,
    /// The position in the text, in bytes.
    pub(crate) start: usize,
    pub(crate) kind: PieceKind,
    /// The text, if it has at most 15 bytes.
    pub(crate) short: Option<ShortString>,
}

/// The kinds of [`Piece`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// A word of ASCII letters and digits alone.
    AsciiWord,
    /// A word with characters that are not ASCII.
    OtherWord,
    /// ASCII spaces and punctuation.
    Separator,
}

/// Iterates over the pieces of a text. Leaves out the separator between two words if it is a single space, as it mostly
/// is: the reader puts it back between two words that adjoin.
///
/// Every text is stored, so this loop counts: it looks for the end of a word in eight bytes at a time.
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
        let is_word = |at: usize| bytes.get(at).is_some_and(|byte| is_word_byte(*byte));
        let mut start = self.at;
        let mut word = is_word_byte(*bytes.get(start)?);
        if self.after_word && !word && bytes[start] == b' ' && is_word(start + 1) {
            start += 1;
            word = true;
        }
        let (mut end, mut short, mut kind) = (start, None, PieceKind::Separator);
        if word {
            (end, short) = ascii_word(bytes, start);
            kind = PieceKind::AsciiWord;
        }
        // A separator, or a word that goes on with a character that is not ASCII.
        if !word || is_word(end) {
            while bytes.get(end).is_some_and(|byte| is_word_byte(*byte) == word) {
                end += 1;
            }
            short = ShortString::from_range(bytes, start..end);
            kind = if word { PieceKind::OtherWord } else { PieceKind::Separator };
        }
        (self.at, self.after_word) = (end, word);
        Some(Piece { text: self.text.get(start..end)?, start, kind, short })
    }
}

/// The end of the run of ASCII letters and digits at `start`, and the run if it is short.
#[inline]
fn ascii_word(bytes: &[u8], start: usize) -> (usize, Option<ShortString>) {
    let mut at = start;
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let length = ascii_letters_in(*block);
        if length < block.len() {
            let end = at + length;
            // Most words end in their first block, and need not be read again.
            let short = if at == start {
                Some(ShortString::from_block(u64::from_le_bytes(*block), length))
            } else {
                ShortString::from_range(bytes, start..end)
            };
            return (end, short);
        }
        at += block.len();
    }
    // Fewer than eight bytes are left of the text.
    while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
        at += 1;
    }
    (at, ShortString::from_range(bytes, start..at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_space_between_words_is_left_out() {
        let pieces: Vec<_> = Pieces::new(" a heron’s  mill, (1.1) é ")
            .map(|piece| (piece.start, piece.text, piece.kind))
            .collect();
        assert_eq!(
            pieces,
            [
                (0, " ", PieceKind::Separator),
                (1, "a", PieceKind::AsciiWord),
                (3, "heron’s", PieceKind::OtherWord),
                (12, "  ", PieceKind::Separator),
                (14, "mill", PieceKind::AsciiWord),
                (18, ", (", PieceKind::Separator),
                (21, "1", PieceKind::AsciiWord),
                (22, ".", PieceKind::Separator),
                (23, "1", PieceKind::AsciiWord),
                (24, ") ", PieceKind::Separator),
                (26, "é", PieceKind::OtherWord),
                (28, " ", PieceKind::Separator),
            ]
        );
    }
}
