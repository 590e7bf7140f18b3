//! Tokens of quotations and sources, for comparison.
//!
//! Tokens are the words of the analyser, and signs that it treats as separators but that matter to a reader: `%`, currency
//! signs, `+`. Variants are normalised to one form: `per cent` and `%`, `eleven` and `11`, `2,447` and `2447`, `isn't` and
//! `is not`. Byte ranges refer to the original text, so that edits can be shown in it.

use std::ops::Range;

use quotable_query::analyse::each_word;

/// A word, a sign, or a placeholder for words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The normalised text, which is compared.
    pub(crate) text: String,
    /// The bytes of the original text. The two tokens of a contraction share theirs.
    pub(crate) bytes: Range<usize>,
    pub(crate) kind: TokenKind,
    /// True if it has a capital inside a sentence, as names do.
    pub(crate) capital: bool,
    /// True if it is the first word of a sentence.
    pub(crate) opens_sentence: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TokenKind {
    Word,
    /// A number in digits or words.
    Number,
    Negation,
    /// `%`, `£` and the like.
    Sign,
    /// `...`; only in quotations.
    Ellipsis,
    /// `[their]`; only in quotations.
    Bracket,
}

impl Token {
    /// A sentinel after the last token, which ends a run of words.
    pub(crate) fn end() -> Self {
        Self {
            text: String::new(),
            bytes: 0..0,
            kind: TokenKind::Ellipsis,
            capital: false,
            opens_sentence: false,
        }
    }

    /// True unless it is a placeholder: an ellipsis or a bracket.
    pub(crate) fn is_word(&self) -> bool {
        !matches!(self.kind, TokenKind::Ellipsis | TokenKind::Bracket)
    }
}

/// Words that negate a sentence, or nearly do.
const NEGATIONS: [&str; 15] = [
    "not", "no", "never", "none", "nobody", "nor", "neither", "without", "nothing", "nowhere", "hardly",
    "scarcely", "barely", "rarely", "seldom",
];
/// Numbers by their value.
const SMALL: [&str; 21] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
];
/// Tens from twenty.
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// Other words that count: a change to one is a change of a number.
const COUNTS: [&str; 31] = [
    "half", "halves", "third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenth", "tenths",
    "twice", "once", "thrice", "dozen", "dozens", "hundred", "hundreds", "thousand", "thousands", "million",
    "millions", "billion", "first", "second", "fourth", "sixth", "seventh", "eighth", "ninth", "double",
    "single",
];
/// The most bytes between brackets that are read as an insertion.
const MAX_BRACKET_BYTES: usize = 160;

/// The tokens of a source, in which dots and brackets mean nothing special.
pub(crate) fn source_tokens(text: &str) -> Vec<Token> {
    tokens(text, false)
}

/// The tokens of a quotation, with ellipses and bracketed insertions as placeholders. An ellipsis at either end only says
/// that the sentence went on, and is dropped.
pub(crate) fn quoted_tokens(text: &str) -> Vec<Token> {
    let mut tokens = tokens(text, true);
    let first = tokens.iter().position(|token| token.kind != TokenKind::Ellipsis).unwrap_or(tokens.len());
    tokens.drain(..first);
    while tokens.last().is_some_and(|token| token.kind == TokenKind::Ellipsis) {
        tokens.pop();
    }
    tokens
}

/// Splits a text into tokens; `quoted` recognises ellipses and brackets.
fn tokens(text: &str, quoted: bool) -> Vec<Token> {
    let mut words: Vec<(String, Range<usize>)> = Vec::new();
    each_word(text, |word, bytes| words.push((word.to_owned(), bytes)));
    let mut tokenizer =
        Tokenizer { text, quoted, tokens: Vec::with_capacity(words.len()), skip: 0, last: 0, glued: None };
    for (word, bytes) in words {
        tokenizer.between(bytes.start);
        tokenizer.word(word, bytes);
    }
    tokenizer.between(text.len());
    tokenizer.tokens
}

/// Builds tokens from left to right, from the words of the analyser and the gaps between them.
struct Tokenizer<'t> {
    text: &'t str,
    quoted: bool,
    tokens: Vec<Token>,
    /// The text before this byte was consumed by a bracket or an ellipsis.
    skip: usize,
    /// The end of the last word.
    last: usize,
    /// The letter and the first byte of a bracket that a word goes on behind: `[c]hildren`.
    glued: Option<(String, usize)>,
}

impl Tokenizer<'_> {
    /// Reads the gap before the word at byte `until`: signs, ellipses, an opening bracket.
    fn between(&mut self, until: usize) {
        let from = self.last.max(self.skip);
        let Some(gap) = self.text.get(from..until).filter(|gap| !gap.trim().is_empty()) else { return };
        for (at, letter) in gap.char_indices() {
            let at = from + at;
            if at < self.skip {
                continue;
            }
            let rest = &self.text[at..];
            let end = at + letter.len_utf8();
            match letter {
                '%' | '£' | '$' | '€' | '+' => {
                    self.push(letter.to_string(), at..end, TokenKind::Sign);
                }
                '&' => self.push("and".to_owned(), at..end, TokenKind::Word),
                '…' if self.quoted => self.ellipsis(at..end),
                '.' if self.quoted && dots(rest) > 0 => {
                    let end = at + dots(rest);
                    self.skip = end;
                    self.ellipsis(at..end);
                }
                '[' if self.quoted => self.bracket(at),
                _ => {}
            }
        }
    }

    /// Reads a bracket that opens at byte `at`. An empty one is an ellipsis; `[sic]` is dropped; an unclosed one is ordinary
    /// text.
    fn bracket(&mut self, at: usize) {
        let reach = self.text.floor_char_boundary(at.saturating_add(MAX_BRACKET_BYTES));
        let Some(close) = self.text.get(at..reach).and_then(|rest| rest.find(']')) else { return };
        let bytes = at..at + close + 1;
        self.skip = bytes.end;
        let inside = quotable_query::analyse::fold(&self.text[at + 1..at + close]);
        let goes_on = self.text[bytes.end..].starts_with(char::is_alphabetic);
        let letters = inside.chars().all(char::is_alphabetic);
        if inside.is_empty() {
            self.ellipsis(bytes);
        } else if goes_on && letters && inside.chars().count() == 1 {
            self.glued = Some((inside, bytes.start));
        } else if let Some(last) = self
            .tokens
            .last_mut()
            .filter(|last| letters && last.kind == TokenKind::Word && last.bytes.end == bytes.start)
        {
            // `need[s]`: the writer changes the ending and says so.
            last.text.push_str(&inside);
            (last.bytes.end, last.kind) = (bytes.end, TokenKind::Bracket);
        } else if inside != "sic" {
            self.push(inside, bytes, TokenKind::Bracket);
        }
    }

    /// Adds an ellipsis; neighbouring ones are joined.
    fn ellipsis(&mut self, bytes: Range<usize>) {
        match self.tokens.last_mut() {
            Some(last) if last.kind == TokenKind::Ellipsis => last.bytes.end = bytes.end,
            _ => self.push("...".to_owned(), bytes, TokenKind::Ellipsis),
        }
    }

    /// Adds a folded word, normalised.
    fn word(&mut self, word: String, bytes: Range<usize>) {
        if bytes.start < self.skip {
            return;
        }
        let (word, bytes) = match self.glued.take() {
            Some((letter, start)) if bytes.start == self.skip => (letter + &word, start..bytes.end),
            _ => (word, bytes),
        };
        self.last = bytes.end;
        if self.joins_last(&word, &bytes) {
            return;
        }
        if word == "cannot" || word.ends_with("n't") {
            let base = match word.as_str() {
                "cannot" | "can't" => "can",
                "won't" => "will",
                "shan't" => "shall",
                other => other.trim_end_matches("n't"),
            };
            if !base.is_empty() {
                self.push(base.to_owned(), bytes.clone(), TokenKind::Word);
            }
            self.push("not".to_owned(), bytes, TokenKind::Negation);
            return;
        }
        let (word, kind) = if word == "percent" {
            ("%".to_owned(), TokenKind::Sign)
        } else if word.starts_with(|first: char| first.is_ascii_digit()) {
            (word, TokenKind::Number)
        } else if let Some(value) = SMALL.iter().position(|small| *small == word) {
            (value.to_string(), TokenKind::Number)
        } else if let Some(tens) = TENS.iter().position(|tens| *tens == word) {
            (((tens + 2) * 10).to_string(), TokenKind::Number)
        } else if COUNTS.contains(&word.as_str()) {
            (word, TokenKind::Number)
        } else if NEGATIONS.contains(&word.as_str()) {
            (word, TokenKind::Negation)
        } else {
            (word, TokenKind::Word)
        };
        self.push(word, bytes, kind);
    }

    /// Joins a word to the token before it, if both make one number or sign: `2` `,` `447`, `14` `.` `1`, `twenty` `-` `one`,
    /// `per` `cent`. True if joined.
    fn joins_last(&mut self, word: &str, bytes: &Range<usize>) -> bool {
        let Some(last) = self.tokens.last_mut() else { return false };
        let gap = self.text.get(last.bytes.end..bytes.start).unwrap_or(" - ");
        if last.text == "per" && word == "cent" && gap.trim().is_empty() {
            (last.text, last.kind) = ("%".to_owned(), TokenKind::Sign);
        } else if last.kind == TokenKind::Number {
            let digits = last.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            let more = word.starts_with(|first: char| first.is_ascii_digit());
            let spelt = self.text[last.bytes.clone()].starts_with(char::is_alphabetic);
            let small = SMALL.iter().position(|small| *small == word).filter(|value| (1..=9).contains(value));
            match (gap, small) {
                ("." | ",", _) if digits && more && !spelt => {
                    if gap == "." {
                        last.text.push('.');
                    }
                    last.text.push_str(word);
                }
                ("-" | "‑" | " ", Some(value))
                    if spelt && last.text.len() == 2 && last.text.ends_with('0') =>
                {
                    last.text.pop();
                    last.text.push_str(&value.to_string());
                }
                _ => return false,
            }
        } else {
            return false;
        }
        last.bytes.end = bytes.end;
        true
    }

    fn push(&mut self, text: String, bytes: Range<usize>, kind: TokenKind) {
        let surface = &self.text[bytes.clone()];
        let before = self.text[..bytes.start].trim_end();
        let opens_sentence = self.tokens.is_empty()
            || before.ends_with(|last: char| {
                matches!(last, '.' | '!' | '?' | ':' | '…' | '“' | '‘' | '"' | '•' | ';' | '|')
            });
        let capital = surface.starts_with(char::is_uppercase) && !opens_sentence && surface != "I";
        // Spelt-out numbers with a capital are names: “the First Response team”.
        let ordinal = kind == TokenKind::Number && capital && text.starts_with(char::is_alphabetic);
        let kind = if ordinal { TokenKind::Word } else { kind };
        self.tokens.push(Token { text, bytes, kind, capital, opens_sentence });
    }
}

/// The length in bytes of an ellipsis at the start of the text: three or more full stops, with or without spaces between
/// them; 0 if there is none.
fn dots(text: &str) -> usize {
    let (mut count, mut end) = (0, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '.' => (count, end) = (count + 1, at + 1),
            ' ' | '\u{A0}' => {}
            _ => break,
        }
    }
    if count >= 3 { end } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let tokens = quoted_tokens(text);
        tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn variants_are_normalised() {
        for (text, expected) in [
            ("57 per cent, 57 percent and 57%", "57 % 57 % and 57 %"),
            ("2,447 of 14.1", "2447 of 14.1"),
            ("eleven, twenty-one and thirty", "11 21 and 30"),
            ("It isn’t; they can't, cannot, won't.", "it is not they can not can not will not"),
            ("£4.8 million", "£ 4.8 million"),
            ("12-16 years, 2011–14", "12 16 years 2011 14"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn ellipses_and_brackets_are_placeholders_in_quotations() {
        for (text, expected) in [
            ("a ... b … c [...] d. . . e", "a ... b ... c ... d ... e"),
            ("... a b …", "a b"),
            ("[the child] was seen [sic] here", "the child was seen here"),
            ("open [bracket and on", "open bracket and on"),
            ("[C]hildren need[ed] it, [w]e saw", "children needed it we saw"),
            ("the end. Next one.", "the end next 1"),
        ] {
            assert_eq!(shown(text), expected);
        }
        assert_eq!(quoted_tokens("[the child] was")[0].kind, TokenKind::Bracket);
        assert_eq!(source_tokens("a [b] ... c").len(), 3);
    }

    #[test]
    fn capitals_at_the_start_of_a_sentence_do_not_count() {
        let capitals = |text: &str| -> Vec<String> {
            let tokens = source_tokens(text).into_iter().filter(|token| token.capital);
            tokens.map(|token| token.text).collect()
        };
        assert_eq!(capitals("Leaders in Marlowe know. They act."), ["marlowe"]);
    }
}
