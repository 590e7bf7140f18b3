//! What the engine is handed of a paragraph, and how it takes it apart.
//!
//! A paragraph is cut into words once, see [`ParagraphTokens`](crate::store::tokens::ParagraphTokens); the engine would cut it again for every field.
//! So it is handed what each field is to hold, packed into text, and has only to unpack it.

use quotable_query::analyse::ANALYSER_VERSION;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The version of the analyser.
pub(crate) const VERSION: u32 = ANALYSER_VERSION;

/// How terms are packed into the text of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenPacking {
    /// Terms, each after the number of its bytes, one a position.
    Terms,
    /// Pairs, each of two letters of one byte.
    Pairs,
    /// Numbers: how far on from the last each [`STOP`] stands, the first from position zero.
    Stops,
}

/// The one term of the field of sentence ends.
pub(crate) const STOP: &str = ".";

impl TokenPacking {
    /// Every way.
    pub(crate) const ALL: [Self; 3] = [Self::Terms, Self::Pairs, Self::Stops];

    /// The name under which the engine knows it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::Pairs => "pairs",
            Self::Stops => "stops",
        }
    }

    /// What the engine unpacks it with.
    pub(crate) fn unpacker(self) -> PackedTokenizer {
        PackedTokenizer { packed: self, token: Token::default() }
    }
}

/// Packs a number.
pub(crate) fn push_number(text: &mut Vec<u8>, mut number: usize) {
    while number > 0x3f {
        text.push((number & 0x3f) as u8 | 0x40);
        number >>= 6;
    }
    text.push(number as u8);
}

/// Packs a term.
pub(crate) fn push_term(text: &mut Vec<u8>, term: &str) {
    push_number(text, term.len());
    text.extend_from_slice(term.as_bytes());
}

/// Unpacks the texts of a field, all with one token.
#[derive(Debug, Clone)]
pub(crate) struct PackedTokenizer {
    packed: TokenPacking,
    token: Token,
}

impl Tokenizer for PackedTokenizer {
    type TokenStream<'a> = PackedTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PackedTokenStream<'a> {
        self.token.reset();
        PackedTokenStream { packed: self.packed, rest: text, token: &mut self.token }
    }
}

/// Terms as they are unpacked.
pub(crate) struct PackedTokenStream<'a> {
    packed: TokenPacking,
    rest: &'a str,
    token: &'a mut Token,
}

impl PackedTokenStream<'_> {
    /// Unpacks a number.
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

    /// Unpacks the next term into the token.
    fn unpack(&mut self) -> Option<()> {
        let bytes = match self.packed {
            TokenPacking::Terms => self.number()?,
            TokenPacking::Pairs => 2,
            TokenPacking::Stops => {
                let on = self.number()?;
                let last = if self.token.position == usize::MAX { 0 } else { self.token.position };
                self.token.position = last + on;
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
        // The engine's own asks three times for each, through a table of functions.
        while self.unpack().is_some() {
            sink(self.token);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(packed: TokenPacking, text: &[u8]) -> Vec<(usize, String)> {
        let mut unpacker = packed.unpacker();
        let mut tokens = Vec::new();
        // Twice, since the second must not see the first.
        for _ in 0..2 {
            tokens.clear();
            let mut stream = unpacker.token_stream(std::str::from_utf8(text).unwrap());
            stream.process(&mut |token| tokens.push((token.position, token.text.clone())));
        }
        tokens
    }

    fn at(tokens: &[(usize, &str)]) -> Vec<(usize, String)> {
        tokens.iter().map(|(position, text)| (*position, (*text).to_owned())).collect()
    }

    #[test]
    fn stops_stand_where_they_were_put() {
        let mut text = Vec::new();
        for on in [0, 63, 64, 5000] {
            push_number(&mut text, on);
        }
        let expected = at(&[(0, "."), (63, "."), (127, "."), (5127, ".")]);
        assert_eq!(unpacked(TokenPacking::Stops, &text), expected);
    }

    #[test]
    fn any_term_comes_out_as_it_was() {
        let long = "é".repeat(400);
        let mut text = Vec::new();
        for term in ["a b\0c", "", &long, "~"] {
            push_term(&mut text, term);
        }
        let expected = at(&[(0, "a b\0c"), (1, ""), (2, &long), (3, "~")]);
        assert_eq!(unpacked(TokenPacking::Terms, &text), expected);
    }

    #[test]
    fn nonsense_ends_it() {
        for nonsense in [
            "\u{7f}\u{7f}",
            "\u{5}ab",
            "\u{1}é",
            "\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}a",
        ] {
            assert_eq!(unpacked(TokenPacking::Terms, nonsense.as_bytes()), at(&[]));
        }
    }
}
