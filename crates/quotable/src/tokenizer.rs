//! What the engine is handed of a paragraph, and how it takes it apart.
//!
//! A paragraph is cut into words once, see [`Cut`](crate::cut::Cut); the engine would cut it again for every field.
//! So it is handed what each field is to hold, packed into text, and has only to unpack it.

use quotable_query::analyse::ANALYSER_VERSION;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The version of the analyser.
pub(crate) const VERSION: u32 = ANALYSER_VERSION;

/// How terms are packed into the text of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packed {
    /// Words, a space between, one a position.
    Words,
    /// Pairs, each of two letters.
    Pairs,
    /// Numbers: how far on from the last each [`STOP`] stands, the first from position zero.
    Stops,
    /// Terms, each after the number of its bytes.
    Terms,
}

/// The one term of the field of sentence ends.
pub(crate) const STOP: &str = ".";

impl Packed {
    /// Every way.
    pub(crate) const ALL: [Self; 4] = [Self::Words, Self::Pairs, Self::Stops, Self::Terms];

    /// The name under which the engine knows it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Pairs => "pairs",
            Self::Stops => "stops",
            Self::Terms => "terms",
        }
    }
}

/// Packs a number.
pub(crate) fn push_number(text: &mut String, mut number: usize) {
    while number > 0x3f {
        text.push(char::from((number & 0x3f) as u8 | 0x40));
        number >>= 6;
    }
    text.push(char::from(number as u8));
}

/// Packs a term.
pub(crate) fn push_term(text: &mut String, term: &str) {
    push_number(text, term.len());
    text.push_str(term);
}

impl Tokenizer for Packed {
    type TokenStream<'a> = Unpacking<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Unpacking<'a> {
        let token = Token { position: usize::MAX, ..Token::default() };
        Unpacking { packed: *self, rest: text, token }
    }
}

/// Terms as they are unpacked.
pub(crate) struct Unpacking<'a> {
    packed: Packed,
    rest: &'a str,
    token: Token,
}

impl Unpacking<'_> {
    /// Unpacks a number.
    fn number(&mut self) -> Option<usize> {
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
            _ if self.rest.is_empty() => return None,
            Packed::Words => self.rest.bytes().position(|byte| byte == b' ').unwrap_or(self.rest.len()),
            Packed::Pairs => self.rest.chars().take(2).map(char::len_utf8).sum(),
            Packed::Stops => {
                let on = self.number()?;
                let last = if self.token.position == usize::MAX { 0 } else { self.token.position };
                self.token.position = last + on;
                if self.token.text.is_empty() {
                    self.token.text.push_str(STOP);
                }
                return Some(());
            }
            Packed::Terms => self.number()?,
        };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(self.rest.get(..bytes)?);
        let between = usize::from(self.packed == Packed::Words);
        self.rest = self.rest.get(bytes + between..).unwrap_or_default();
        Some(())
    }
}

impl TokenStream for Unpacking<'_> {
    fn advance(&mut self) -> bool {
        self.unpack().is_some()
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(mut packed: Packed, text: &str) -> Vec<(usize, String)> {
        let mut stream = packed.token_stream(text);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().position, stream.token().text.clone()));
        }
        tokens
    }

    fn at(tokens: &[(usize, &str)]) -> Vec<(usize, String)> {
        tokens.iter().map(|(position, text)| (*position, (*text).to_owned())).collect()
    }

    #[test]
    fn words_are_one_a_position() {
        assert_eq!(unpacked(Packed::Words, "a heron flew"), at(&[(0, "a"), (1, "heron"), (2, "flew")]));
        assert_eq!(unpacked(Packed::Words, ""), at(&[]));
    }

    #[test]
    fn stops_stand_where_they_were_put() {
        let mut text = String::new();
        for on in [0, 63, 64, 5000] {
            push_number(&mut text, on);
        }
        let expected = at(&[(0, "."), (63, "."), (127, "."), (5127, ".")]);
        assert_eq!(unpacked(Packed::Stops, &text), expected);
    }

    #[test]
    fn any_term_comes_out_as_it_was() {
        let long = "é".repeat(400);
        let mut text = String::new();
        for term in ["a b\0c", "", &long, "~"] {
            push_term(&mut text, term);
        }
        let expected = at(&[(0, "a b\0c"), (1, ""), (2, &long), (3, "~")]);
        assert_eq!(unpacked(Packed::Terms, &text), expected);
    }

    #[test]
    fn nonsense_ends_it() {
        for nonsense in
            ["\u{7f}\u{7f}", "\u{5}ab", "\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}a"]
        {
            assert_eq!(unpacked(Packed::Terms, nonsense), at(&[]));
        }
    }
}
