//! Packed tokens: the terms of a field, ready for tantivy to index.
//!
//! tantivy tokenises the text of every field by itself. A paragraph has three fields that come from its words, and its
//! text is stored as well, so [`ParagraphTokens`](crate::store::tokens::ParagraphTokens) tokenises it once for all, and
//! gives tantivy the terms packed into a string. The tokenizers here only unpack them.

use quotable_query::analyse::ANALYSER_VERSION;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The version of the analyser, which is stored with every commit.
pub(super) const VERSION: u32 = ANALYSER_VERSION;

/// The ways to pack terms into the text of a field. All are UTF-8, as tantivy demands of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenPacking {
    /// Terms at positions 0, 1, 2 and so on: the length of each in bytes, as [`push_number`] writes it, and the term.
    Terms,
    /// Terms of two bytes each, at positions 0, 1, 2 and so on: see [`pairs`](crate::store::pairs).
    Pairs,
    /// The term [`STOP`] at increasing positions: the distance of each from the one before it, as [`push_number`]
    /// writes it; of the first, from position 0.
    Stops,
}

/// The only term of the field of sentence ends.
pub(crate) const STOP: &str = ".";

impl TokenPacking {
    pub(super) const ALL: [Self; 3] = [Self::Terms, Self::Pairs, Self::Stops];

    /// The name of the tokenizer in the schema.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::Pairs => "pairs",
            Self::Stops => "stops",
        }
    }

    /// The tokenizer that unpacks these terms.
    pub(super) fn tokenizer(self) -> PackedTokenizer {
        PackedTokenizer { packing: self, token: Token::default() }
    }
}

/// Appends a number: six bits a byte, the lowest first, with bit 0x40 in all bytes but the last. Bit 0x80 stays 0, so
/// that the bytes are ASCII and the text is UTF-8.
pub(super) fn push_number(text: &mut Vec<u8>, mut number: usize) {
    while number > 0x3f {
        text.push((number & 0x3f) as u8 | 0x40);
        number >>= 6;
    }
    text.push(number as u8);
}

/// Appends a term in the form of [`TokenPacking::Terms`].
pub(super) fn push_term(text: &mut Vec<u8>, term: &str) {
    push_number(text, term.len());
    text.extend_from_slice(term.as_bytes());
}

/// Calls `each` with the bytes of each term that [`push_term`] wrote. Malformed bytes end it.
pub(super) fn unpack_terms(mut packed: &[u8], mut each: impl FnMut(&[u8])) {
    while !packed.is_empty() {
        let (mut length, mut shift) = (0_usize, 0_u32);
        loop {
            let Some((&byte, rest)) = packed.split_first() else { return };
            packed = rest;
            length |= usize::from(byte & 0x3f).checked_shl(shift).unwrap_or(0);
            shift += 6;
            if byte & 0x40 == 0 {
                break;
            }
        }
        let Some((term, rest)) = packed.split_at_checked(length) else { return };
        each(term);
        packed = rest;
    }
}

/// Unpacks the terms of a field. All streams reuse one token, and so its memory.
#[derive(Debug, Clone)]
pub(super) struct PackedTokenizer {
    packing: TokenPacking,
    token: Token,
}

impl Tokenizer for PackedTokenizer {
    type TokenStream<'a> = PackedTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PackedTokenStream<'a> {
        self.token.reset();
        PackedTokenStream { packing: self.packing, rest: text, token: &mut self.token }
    }
}

/// The terms of one text.
pub(super) struct PackedTokenStream<'a> {
    packing: TokenPacking,
    rest: &'a str,
    token: &'a mut Token,
}

impl PackedTokenStream<'_> {
    /// Reads what [`push_number`] wrote; `None` for anything else.
    #[inline]
    fn number(&mut self) -> Option<usize> {
        let first = *self.rest.as_bytes().first()?;
        if first < 0x40 {
            self.rest = self.rest.get(1..)?;
            return Some(first.into());
        }
        let (mut number, mut shift) = (0, 0_u32);
        for (at, byte) in self.rest.bytes().enumerate() {
            number |= usize::from(byte & 0x3f).checked_shl(shift)?;
            if byte & 0x40 == 0 {
                self.rest = self.rest.get(at + 1..)?;
                return Some(number);
            }
            shift += 6;
        }
        None
    }

    /// Unpacks the next term into the token; `None` at the end. Malformed text ends the stream.
    fn unpack(&mut self) -> Option<()> {
        let bytes = match self.packing {
            TokenPacking::Terms => self.number()?,
            TokenPacking::Pairs => 2,
            TokenPacking::Stops => {
                let distance = self.number()?;
                // A token that was reset is at position `usize::MAX`.
                let last = if self.token.position == usize::MAX { 0 } else { self.token.position };
                self.token.position = last + distance;
                if self.token.text.is_empty() {
                    self.token.text.push_str(STOP);
                }
                return Some(());
            }
        };
        let (term, rest) = self.rest.split_at_checked(bytes)?;
        self.rest = rest;
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(term);
        Some(())
    }
}

impl TokenStream for PackedTokenStream<'_> {
    fn advance(&mut self) -> bool {
        self.unpack().is_some()
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }

    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        // tantivy's default makes three virtual calls for each token.
        while self.unpack().is_some() {
            sink(self.token);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(packing: TokenPacking, text: &[u8]) -> Vec<(usize, String)> {
        let mut tokenizer = packing.tokenizer();
        let mut tokens = Vec::new();
        // Twice: the reused token must not show the second stream anything of the first.
        for _ in 0..2 {
            tokens.clear();
            let mut stream = tokenizer.token_stream(std::str::from_utf8(text).unwrap());
            stream.process(&mut |token| tokens.push((token.position, token.text.clone())));
        }
        tokens
    }

    fn at(tokens: &[(usize, &str)]) -> Vec<(usize, String)> {
        tokens.iter().map(|(position, text)| (*position, (*text).to_owned())).collect()
    }

    #[test]
    fn stops_keep_their_positions() {
        let mut text = Vec::new();
        for distance in [0, 63, 64, 5000] {
            push_number(&mut text, distance);
        }
        let expected = at(&[(0, "."), (63, "."), (127, "."), (5127, ".")]);
        assert_eq!(unpacked(TokenPacking::Stops, &text), expected);
    }

    #[test]
    fn terms_are_unpacked_unchanged() {
        let long = "é".repeat(400);
        let mut text = Vec::new();
        for term in ["a b\0c", "", &long, "~"] {
            push_term(&mut text, term);
        }
        let expected = at(&[(0, "a b\0c"), (1, ""), (2, &long), (3, "~")]);
        assert_eq!(unpacked(TokenPacking::Terms, &text), expected);
    }

    #[test]
    fn malformed_text_ends_the_stream() {
        for malformed in [
            "\u{7f}\u{7f}",
            "\u{5}ab",
            "\u{1}é",
            "\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}a",
        ] {
            assert_eq!(unpacked(TokenPacking::Terms, malformed.as_bytes()), at(&[]));
        }
    }
}
