//! Reads words with their marks (`~`, `%1`), in a phrase or bare.

use std::ops::Range;

use super::cursor::regex_len;
use crate::analyse::Words;
use crate::chars::{is_apostrophe, is_space};
use crate::check;
use crate::error::{Fault, QueryError};
use crate::normalise::pattern_word;
use crate::query::Query;

/// Reads the text in quotation marks: words, gaps, and alternatives in brackets. Other signs only separate words, so that
/// a sentence can be pasted.
pub(super) fn quoted(text: &str, span: Range<usize>) -> Result<Vec<Query>, QueryError> {
    let mut reader = Reader { text, at: span.start, end: span.end, quoted: true };
    let mut parts = Vec::new();
    while let Some((part, _)) = reader.part()? {
        parts.push(part);
    }
    Ok(parts)
}

/// Reads a run of characters without quotation marks: a word, or a phrase if it has separators inside.
pub(super) fn bare(text: &str, span: Range<usize>) -> Result<Query, QueryError> {
    let mut reader = Reader { text, at: span.start, end: span.end, quoted: false };
    let mut parts = Vec::new();
    while let Some((part, _)) = reader.part()? {
        parts.push(part);
    }
    if parts.is_empty() {
        let fault = Fault::new(
            "there is no letter or digit here",
            "remove it: only letters and digits are searched; for NOT write -, for either write OR",
        );
        return Err(fault.at(text, span));
    }
    check::phrase(&parts).map_err(|fault| fault.at(text, span))?;
    Ok(Query::Phrase(parts).normalised())
}

struct Reader<'t> {
    /// The whole query text.
    text: &'t str,
    at: usize,
    end: usize,
    /// True in quotation marks.
    quoted: bool,
}

impl Reader<'_> {
    /// The next word with its mark, regular expression or group, with its bytes; none at the end.
    fn part(&mut self) -> Result<Option<(Query, Range<usize>)>, QueryError> {
        let mut words = Words::of_pattern(&self.text[self.at..self.end]);
        let found = words.advance();
        let next = if found { self.at + words.bytes().start } else { self.end };
        if self.quoted {
            if let Some(part) = self.group_or_regex(next)? {
                return Ok(Some(part));
            }
        } else {
            self.check_between(next)?;
        }
        if !found {
            return Ok(None);
        }
        let span = next..self.at + words.bytes().end;
        self.at = span.end;
        let leaf = self.marked(words.text().to_owned(), &span)?;
        if !matches!(leaf, Query::Gap) {
            check::leaf(&leaf).map_err(|fault| fault.at(self.text, span.start..self.at))?;
        }
        Ok(Some((leaf, span.start..self.at)))
    }

    /// The word with the mark right after it.
    fn marked(&mut self, word: String, span: &Range<usize>) -> Result<Query, QueryError> {
        let rest = &self.text[self.at..self.end];
        let query = if rest.starts_with('~') {
            self.at += 1;
            if self.before_word() {
                return Err(Fault::new(
                    "~ must be at the end of a word, and takes no number",
                    "write leave~ for inflections, unalocated%1 for one letter wrong",
                )
                .at(self.text, span.start..self.at));
            }
            Query::Inflected(word)
        } else if let Some(number) = rest.strip_prefix('%') {
            let digits = &number[..number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len())];
            if digits.is_empty() {
                if self.quoted || word.ends_with(|c: char| c.is_numeric()) {
                    return Ok(pattern_word(word)); // 50%
                }
                return Err(Fault::new("% needs the number of letters that may be wrong", "write %1 or %2")
                    .at(self.text, span.start..self.at + 1));
            }
            self.at += 1 + digits.len();
            // A number too large for the type is too large for the check below too.
            let distance = digits.parse().unwrap_or(u32::MAX);
            if self.before_word() {
                return Err(Fault::new(
                    "% and its number must be at the end of a word",
                    "put a space after them",
                )
                .at(self.text, span.start..self.at));
            }
            check::fuzzy(&word, distance).map_err(|fault| fault.at(self.text, span.start..self.at))?;
            let distance = u8::try_from(distance);
            debug_assert!(distance.is_ok(), "checked to be 1 or 2");
            Query::Fuzzy { word, distance: distance.unwrap_or(u8::MAX) }
        } else {
            return starred(word).map_err(|fault| fault.at(self.text, span.clone()));
        };
        match &query {
            Query::Inflected(word) | Query::Fuzzy { word, .. } if word.contains(['*', '?']) => {
                Err(Fault::new("a wildcard cannot be inflected or fuzzy", "remove one of the two")
                    .at(self.text, span.start..self.at))
            }
            _ => Ok(query),
        }
    }

    /// True if more of a word follows.
    fn before_word(&self) -> bool {
        self.text[self.at..self.end]
            .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '?' | '~' | '%'))
    }

    /// Alternatives in brackets or a regular expression before `next`, the start of the next word.
    fn group_or_regex(&mut self, next: usize) -> Result<Option<(Query, Range<usize>)>, QueryError> {
        // The group or expression opens before the next word, which is often inside it. An expression may have no words
        // at all, as in "/\d+/ children".
        for (at, c) in self.text[self.at..next].char_indices() {
            let start = self.at + at;
            let rest = &self.text[start..self.end];
            let begins =
                start == self.at && at == 0 || self.text[..start].ends_with(|c| is_space(c) || c == '(');
            if c == '(' {
                let Some(close) = rest.find(')') else { continue };
                if rest[1..close].split(is_space).any(|word| word == "OR") {
                    self.at = start + close + 1;
                    let group = self.alternatives(start + 1..start + close)?;
                    return Ok(Some((group, start..self.at)));
                }
            } else if c == '/' && begins {
                let Some(end) = regex_len(rest) else { continue };
                let closed = rest[end..].chars().next().is_none_or(is_space);
                if closed && end > 2 {
                    self.at = start + end;
                    let regex = Query::Regex(rest[1..end - 1].to_owned());
                    check::leaf(&regex).map_err(|fault| fault.at(self.text, start..self.at))?;
                    return Ok(Some((regex, start..self.at)));
                }
            }
        }
        Ok(None)
    }

    /// The alternatives in the brackets whose inside is `span`.
    fn alternatives(&self, span: Range<usize>) -> Result<Query, QueryError> {
        let mut words = Vec::new();
        let mut start = span.start;
        loop {
            let rest = &self.text[start..span.end];
            let or = rest.match_indices("OR").map(|(at, _)| at).find(|&at| {
                rest[..at].ends_with(is_space)
                    && (rest[at + 2..].is_empty() || rest[at + 2..].starts_with(is_space))
                    || at == 0 && rest[2..].starts_with(is_space)
            });
            let end = or.map_or(span.end, |at| start + at);
            let mut parts = quoted(self.text, start..end)?;
            match (parts.pop(), parts.is_empty()) {
                (Some(Query::Gap), true) => return Err(check::gap_fault().at(self.text, start..end)),
                (Some(word), true) => words.push(word),
                (None, _) => {
                    return Err(Fault::new(
                        "an alternative is missing here",
                        "write a word on both sides of OR",
                    )
                    .at(self.text, span));
                }
                (Some(_), false) => {
                    return Err(Fault::new(
                        "an alternative inside a phrase must be one word",
                        "write the phrases out: \"a b\" OR \"a c d\"",
                    )
                    .at(self.text, start..end));
                }
            }
            match or {
                Some(at) => start += at + 2,
                None => return Ok(Query::Or(words)),
            }
        }
    }

    /// Refuses operators of other query languages between bare words: dropping them would change the meaning.
    fn check_between(&self, next: usize) -> Result<(), QueryError> {
        for (at, c) in self.text[self.at..next].char_indices() {
            let start = self.at + at;
            let (message, cure) = match c {
                '&' if self.is_lone(start) => {
                    ("this is not an operator", "write OR for either, AND for both")
                }
                '|' => ("this is not an operator", "write OR for either, AND for both"),
                '!' | '+' if start + 1 < self.end && !self.text[..start].ends_with(char::is_alphanumeric) => {
                    ("this is not an operator", "write - to exclude a word; nothing to require it")
                }
                '~' => (
                    "~ must follow a word without a space",
                    "write leave~ for inflections, w/5 for words near",
                ),
                '^' | '\\' | '=' | '<' | '>' | '{' | '}' => {
                    ("this sign has no meaning here", "remove it, or put the text in quotation marks")
                }
                ':' if self.text[start + 1..self.end].starts_with(':') => {
                    ("this sign has no meaning here", "remove it, or put the text in quotation marks")
                }
                _ => continue,
            };
            return Err(Fault::new(message, cure).at(self.text, start..start + c.len_utf8()));
        }
        Ok(())
    }

    /// True if no word ends right before byte `at`.
    fn is_lone(&self, at: usize) -> bool {
        self.text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !is_apostrophe(c))
    }
}

/// A word that may be a pattern; refuses a run of bare stars.
fn starred(word: String) -> Result<Query, Fault> {
    if word.len() > 1 && word.chars().all(|c| c == '*') {
        return Err(Fault::new(
            "each bare * is one word, and needs spaces around it",
            "write * * for two words",
        ));
    }
    Ok(pattern_word(word))
}
