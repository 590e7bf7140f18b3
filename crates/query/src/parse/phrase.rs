//! Reads words with their marks (`~`, `%1`), in a phrase or bare.

use std::ops::Range;

use super::cursor::{escape_len, regex_len};
use super::notes::Notes;
use super::{foreign, number};
use crate::analyse::Words;
use crate::chars::{is_apostrophe, is_double_quote, is_space};
use crate::check;
use crate::error::{Fault, QueryError};
use crate::normalise::pattern_word;
use crate::printed;
use crate::query::Query;
use crate::sentence;

/// Reads the text in quotation marks: words, gaps, and alternatives in brackets. Other signs only separate words, so that
/// a sentence can be pasted. In a whole sentence no sign is of the language.
pub(super) fn quoted(text: &str, span: Range<usize>, notes: &mut Notes) -> Result<Vec<Query>, QueryError> {
    let inside = &text[span.clone()];
    if sentence::is_question(inside, true) || sentence::is_end_of_question(inside) {
        let end = span.start + inside.trim_end_matches(['?', '!']).len();
        notes.add(format!("the ? of {} is read as a question mark, not as any one letter", shown(inside)));
        return language(text, span.start..end, notes);
    }
    if sentence::is_sentence(inside) {
        let parts = plain(text, span.clone(), notes);
        // Silent where the signs make no difference.
        let mut ignored = Notes::default();
        if language(text, span.clone(), &mut ignored).ok().as_ref() != Some(&parts) {
            notes.add(format!(
                "{} is read as a sentence, its signs as text; for wildcards leave out the sign at its end",
                shown(inside)
            ));
        }
        return Ok(parts);
    }
    match language(text, span.clone(), notes) {
        Ok(parts) => {
            foreign::pattern_in_phrase(inside).into_iter().for_each(|note| notes.add(note));
            if let Some(operator) = operator_in_phrase(inside) {
                notes.add(format!(
                    "{operator} in quotation marks is a word; as an operator it stands outside: \"care leavers\" {operator} housing"
                ));
            }
            if parts.len() > 1 && ends_in_wildcard_letter(inside) {
                notes.add(format!(
                    "the ? of {} is read as any one letter; for a question mark write \\?",
                    shown(inside)
                ));
            }
            Ok(parts)
        }
        Err(_) if sentence::is_prose(inside) => {
            notes.add(format!("{} is read as text, its signs too", shown(inside)));
            Ok(plain(text, span, notes))
        }
        Err(error) => Err(error),
    }
}

fn language(text: &str, span: Range<usize>, notes: &mut Notes) -> Result<Vec<Query>, QueryError> {
    let mut reader = Reader { text, at: span.start, end: span.end, quoted: true, plain: false, notes };
    let mut parts = Vec::new();
    while let Some((part, _)) = reader.part()? {
        parts.push(part);
    }
    Ok(parts)
}

/// The words of a text, and its numbers with their signs; no sign is of the language.
pub(super) fn plain(text: &str, span: Range<usize>, notes: &mut Notes) -> Vec<Query> {
    let mut reader = Reader { text, at: span.start, end: span.end, quoted: true, plain: true, notes };
    let mut parts = Vec::new();
    // Without signs of the language there are no faults.
    while let Ok(Some((part, _))) = reader.part() {
        parts.push(part);
    }
    parts
}

/// A text in quotation marks, cut if it is long.
fn shown(text: &str) -> String {
    const LONG: usize = 40;
    let text = text.trim_matches(is_space);
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("“{}…”", &text[..end]),
        None => format!("“{text}”"),
    }
}

/// `AND` or `NOT` among words of a phrase that are not all in capitals. `OR` has a meaning there, in brackets.
fn operator_in_phrase(inside: &str) -> Option<&'static str> {
    let operator = |name: &&str| inside.split(is_space).skip(1).any(|word| word == *name);
    ["AND", "NOT", "OR"]
        .into_iter()
        .find(operator)
        .filter(|name| inside.contains(char::is_lowercase) && (*name != "OR" || !inside.contains('(')))
}

/// True if the text ends in a word with `?` as its last letter.
fn ends_in_wildcard_letter(text: &str) -> bool {
    let body = text.trim_end_matches(is_space).strip_suffix('?');
    body.is_some_and(|body| body.ends_with(char::is_alphanumeric))
}

/// Reads a run of characters without quotation marks: a word, or a phrase if it has separators inside.
pub(super) fn bare(text: &str, span: Range<usize>, notes: &mut Notes) -> Result<Query, QueryError> {
    let mut reader = Reader { text, at: span.start, end: span.end, quoted: false, plain: false, notes };
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
    /// True if no sign is of the language.
    plain: bool,
    notes: &'t mut Notes,
}

impl Reader<'_> {
    /// The next word with its mark, regular expression or group, with its bytes; none at the end.
    fn part(&mut self) -> Result<Option<(Query, Range<usize>)>, QueryError> {
        loop {
            let rest = &self.text[self.at..self.end];
            // The signs of an address on the web are text.
            let run = self.at + rest.len() - rest.trim_start_matches(is_space).len();
            let run_end = self.text[run..self.end].find(is_space).map_or(self.end, |end| run + end);
            let is_address = !self.plain && self.is_in_address(run, run_end);
            let plain = self.plain || is_address;
            // Words end at an escaped sign, which is text.
            let escape = if plain { None } else { next_escape(rest) };
            let limit = match &escape {
                Some(escape) => self.at + escape.start,
                None if is_address => run_end,
                None => self.end,
            };
            let slice = &self.text[self.at..limit];
            let mut words = if plain { Words::new(slice) } else { Words::of_pattern(slice) };
            let found = words.advance();
            let next = if found { self.at + words.bytes().start } else { limit };
            if plain {
            } else if self.quoted {
                if let Some(part) = self.group_or_regex(next)? {
                    return Ok(Some(part));
                }
            } else {
                self.check_between(next)?;
            }
            if !found {
                match escape {
                    Some(escape) => self.skip_escape(self.at + escape.start..self.at + escape.end),
                    None => {
                        self.leave_out(next);
                        if limit == self.end {
                            return Ok(None);
                        }
                        self.at = limit;
                    }
                }
                continue;
            }
            let span = next..self.at + words.bytes().end;
            let word = words.text().to_owned();
            if let Some(part) = self.number(next)? {
                return Ok(Some(part));
            }
            if self.is_exact(next) {
                self.leave_out(next - 1);
                self.at = span.end;
                let text = self.text[span.clone()].to_owned();
                check::exact(&text).map_err(|fault| fault.at(self.text, span.clone()))?;
                return Ok(Some((Query::exact(text), span)));
            }
            self.leave_out(next);
            self.at = span.end;
            if plain {
                return Ok(Some((Query::Word(word), span)));
            }
            let leaf = self.marked(word, &span)?;
            if !matches!(leaf, Query::Gap) {
                check::leaf(&leaf).map_err(|fault| fault.at(self.text, span.start..self.at))?;
            }
            return Ok(Some((leaf, span.start..self.at)));
        }
    }

    /// True if the run of characters from byte `from` to `to`, or that of which it is the rest, is an address on the web.
    fn is_in_address(&self, from: usize, to: usize) -> bool {
        let start = self.text[..from].trim_end_matches(|c| !is_space(c)).len();
        let run = &self.text[start..to];
        run.contains("://") || run.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with("www.")
    }

    /// Notes the signs before byte `until`, which are left out of the query.
    fn leave_out(&mut self, until: usize) {
        self.notes.leave_out(self.text.get(self.at..until).unwrap_or_default());
    }

    /// Moves past an escaped sign; a sign of currency stays, to be read with its number.
    fn skip_escape(&mut self, escape: Range<usize>) {
        let (signs, _) = number::unescaped(&self.text[escape.start..self.end]);
        if signs.starts_with(printed::is_currency) && printed::number_len(&signs, true).is_some() {
            self.leave_out(escape.start);
            self.at = escape.start + 1;
        } else {
            self.leave_out(escape.end);
            self.at = escape.end;
        }
    }

    /// The number with signs whose first word begins at byte `next`, if there is one, in all its forms if a `~` follows.
    fn number(&mut self, next: usize) -> Result<Option<(Query, Range<usize>)>, QueryError> {
        let before = &self.text[self.at..next];
        let sign = before.trim_end_matches(is_space).chars().next_back().filter(|&c| printed::is_currency(c));
        let start = sign.map_or(next, |sign| self.at + before.rfind(sign).unwrap_or(before.len()));
        // Part of another word or number: `A1.2`.
        let glued =
            before.ends_with(['.', ',']) && self.text[..next - 1].ends_with(|c: char| c.is_alphanumeric());
        if glued && self.at + 1 == next {
            return Ok(None);
        }
        let Some(number) = number::read(&self.text[start..self.end], self.plain) else { return Ok(None) };
        let span = start..start + number.length;
        let query = match number.query {
            Ok(query) => query,
            Err(fault) => return Err(fault.at(self.text, span)),
        };
        if let Query::Number(number) = &query
            && !self.plain
            && printed::is_joined_number(number)
        {
            self.notes.add(format!(
                "{number} is also found with another sign between its digits (16/17, 16–17, 16:17, 16.17); for the one sign \
                 write =\"{number}\""
            ));
        }
        self.leave_out(start);
        self.at = span.end;
        Ok(Some((query, span)))
    }

    /// True if a word of a phrase, at byte `next`, has a `=` before it, and a space or the mark before that.
    fn is_exact(&self, next: usize) -> bool {
        let before = self.text[..next].strip_suffix('=').filter(|before| before.len() >= self.at);
        let opens = |c| is_space(c) || is_double_quote(c) || is_apostrophe(c) || c == '(';
        !self.plain && self.quoted && before.is_some_and(|before| before.ends_with(opens))
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
                return Err(Fault::new(
                    "% needs the number of letters that may be wrong",
                    "write %1 or %2, or \\% for the sign itself",
                )
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
    fn alternatives(&mut self, span: Range<usize>) -> Result<Query, QueryError> {
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
            let mut parts = language(self.text, start..end, self.notes)?;
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

/// The first escaped sign of a text, in bytes.
fn next_escape(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(at) = text[from..].find('\\').map(|at| from + at) {
        if let Some(length) = escape_len(&text[at..]) {
            return Some(at..at + length);
        }
        from = at + 1;
    }
    None
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
