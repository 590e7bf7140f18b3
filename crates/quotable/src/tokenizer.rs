//! The analyser, as the engine calls it.

use quotable_query::analyse::{ANALYSER_VERSION, Words};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The version of the analyser.
pub(crate) const VERSION: u32 = ANALYSER_VERSION;

/// Gives the engine the words of [`quotable_query::analyse`], one a position.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordTokenizer;

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        let token = Token { position: usize::MAX, ..Token::default() };
        WordStream { words: Words::new(text), token }
    }
}

pub(crate) struct WordStream<'a> {
    words: Words<'a>,
    token: Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if !self.words.advance() {
            return false;
        }
        let bytes = self.words.bytes();
        self.token.position = self.token.position.wrapping_add(1);
        (self.token.offset_from, self.token.offset_to) = (bytes.start, bytes.end);
        self.token.text.clear();
        self.token.text.push_str(self.words.text());
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
