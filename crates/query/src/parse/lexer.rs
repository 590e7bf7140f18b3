//! From text to tokens.

mod quotes;

use std::ops::Range;

use super::phrase;
use super::token::{Kind, Token, is_dash, is_double_quote, is_space};
use crate::analyse::is_apostrophe;
use crate::error::{Fault, QueryError};
use crate::leaf::check_regex;
use crate::query::{Field, Query, Scope};

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new() };
    while lexer.skip_space() {
        lexer.token()?;
    }
    Ok(lexer.tokens)
}

pub(super) struct Lexer<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    tokens: Vec<Token>,
}

impl<'t> Lexer<'t> {
    fn token(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        let Some(first) = self.peek() else { return Ok(()) };
        match first {
            '(' => {
                self.bump();
                self.push(Kind::Open(None), start);
            }
            ')' => {
                self.bump();
                self.push(Kind::Close, start);
                self.end_of_part(start)?;
            }
            '-' | '\u{2212}' => self.minus()?,
            c if is_dash(c) => {
                let cure = "leave it out, or write - right before what must not stand there";
                return Err(self.fault_here("a dash stands before a word", cure));
            }
            '/' => self.regex()?,
            '@' => self.name()?,
            c if is_double_quote(c) => {
                let inside = self.quoted()?;
                self.phrase(start, inside)?;
            }
            c if is_apostrophe(c) => {
                let inside = self.single_quoted()?;
                self.phrase(start, inside.clone())?;
                self.check_ambiguous(start..inside.end)?;
            }
            _ => match self.field() {
                Some((field, value)) => self.filter(start, field, value)?,
                None => self.chunk()?,
            },
        }
        Ok(())
    }

    fn minus(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        self.bump();
        let lone = self.peek().is_none_or(|c| is_space(c) || c == ')');
        if lone || self.peek().is_some_and(|c| c == '-' || is_dash(c) || c == '\u{2212}') {
            let cure = "write - right before what must not stand there, or put the text in quotation marks";
            return Err(self.fault(start..self.at, "this - has nothing to work on", cure));
        }
        self.push(Kind::Minus, start);
        Ok(())
    }

    fn regex(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        let Some(end) = regex_end(&self.text[start..]) else {
            let cure = "close it with /, or put the text in quotation marks if no pattern was meant";
            return Err(self.fault(start..start + 1, "this regular expression is not closed", cure));
        };
        self.at = start + end;
        let pattern = &self.text[start + 1..self.at - 1];
        check_regex(pattern).map_err(|fault| fault.at(self.text, start..self.at))?;
        self.push(Kind::Part(Query::Regex(pattern.to_owned())), start);
        self.end_of_part(start)
    }

    fn name(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        self.bump();
        let name = self.take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).to_owned();
        crate::check::named(&name).map_err(|fault| fault.at(self.text, start..self.at))?;
        self.push(Kind::Part(Query::Named(name)), start);
        self.end_of_part(start)
    }

    /// The field and the place of the value, if a field stands here: letters and hyphens, then a colon.
    fn field(&self) -> Option<(Range<usize>, usize)> {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !(c.is_alphabetic() || matches!(c, '-' | '_')))?;
        let begins = rest.starts_with(char::is_alphabetic);
        (begins && rest[end..].starts_with(':')).then(|| (self.at..self.at + end, self.at + end + 1))
    }

    fn filter(&mut self, start: usize, name: Range<usize>, value: usize) -> Result<(), QueryError> {
        self.at = value;
        let Some(field) = Field::named(&self.text[name.clone()]) else {
            return Err(unknown_field(self.text, name));
        };
        let filter = super::filter::read(self, field, start)?;
        self.push(Kind::Part(Query::Filter(filter)), start);
        self.end_of_part(start)
    }

    fn phrase(&mut self, start: usize, inside: Range<usize>) -> Result<(), QueryError> {
        let parts = phrase::quoted(self.text, inside)?;
        crate::check::phrase(&parts).map_err(|fault| fault.at(self.text, start..self.at))?;
        self.push(Kind::Part(Query::Phrase(parts).normalised()), start);
        self.end_of_part(start)
    }

    /// A run up to space, bracket or quotation mark: an operator, or words.
    fn chunk(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        let chunk = self.take_while(|c| !is_space(c) && !matches!(c, '(' | ')') && !is_double_quote(c));
        if let Some(kind) = self.operator(start, chunk)? {
            self.push(kind, start); // which may stand right before a bracket: NOT(a)
            return Ok(());
        }
        let query = if chunk == "*:*" { Query::All } else { phrase::bare(self.text, start..self.at)? };
        self.push(Kind::Part(query), start);
        self.end_of_part(start)
    }

    fn operator(&mut self, start: usize, chunk: &str) -> Result<Option<Kind>, QueryError> {
        if chunk.eq_ignore_ascii_case("not")
            && let Some(kind) = self.absence(chunk == "NOT")?
        {
            return Ok(Some(kind));
        }
        match chunk {
            "AND" => return Ok(Some(Kind::And)),
            "OR" => return Ok(Some(Kind::Or)),
            "NOT" => return Ok(Some(Kind::Not)),
            _ => {}
        }
        let Some((name, distance)) = chunk.split_once('/') else { return Ok(None) };
        let ordered = match name {
            "w" | "W" => false,
            _ if name.eq_ignore_ascii_case("pre") => true,
            "NEAR" | "WITHIN" | "ADJ" | "PRE" | "N" => {
                let cure = "write w/5 for within five words, or pre/5 for in this order";
                return Err(self.fault(start..self.at, format!("{name}/ is no operator here"), cure));
            }
            _ => return Ok(None),
        };
        if let (false, Some(scope)) = (ordered, Scope::of_letter(distance)) {
            // In front of a part, and right before a bracket, it holds the group: w/s(a b).
            if self.peek() == Some('(') && !self.after_part() {
                self.bump();
                return Ok(Some(Kind::Open(Some(scope))));
            }
            return Ok(Some(Kind::Scope(scope)));
        }
        self.distance(start, distance).map(|distance| Some(Kind::Near { distance, ordered }))
    }

    fn distance(&self, start: usize, digits: &str) -> Result<u32, QueryError> {
        match digits.parse::<u32>() {
            Ok(distance) if digits.starts_with(|c: char| c.is_ascii_digit()) => {
                crate::check::window(distance).map_err(|fault| fault.at(self.text, start..self.at))?;
                Ok(distance)
            }
            _ => Err(self.fault(
                start..self.at,
                "a window is a number of words, or the letter of a scope",
                "write w/5 or pre/5, w/s w/p w/t or w/r, or put the text in quotation marks",
            )),
        }
    }

    /// After `not`: takes the window of `not w/5`, if one follows.
    fn absence(&mut self, capital: bool) -> Result<Option<Kind>, QueryError> {
        let behind_not = self.at;
        self.skip_space();
        let start = self.at;
        let chunk = self.take_while(|c| !is_space(c) && !matches!(c, '(' | ')') && !is_double_quote(c));
        let (name, distance) = chunk.split_once('/').unwrap_or_default();
        let window = name.eq_ignore_ascii_case("w");
        if start == behind_not || !(window || name.eq_ignore_ascii_case("pre")) {
            self.at = behind_not;
            return Ok(None);
        }
        if window && Scope::of_letter(distance).is_some() {
            if capital && self.peek() == Some('(') {
                self.at = behind_not; // NOT w/s(a b)
                return Ok(None);
            }
            let cure = format!("write {chunk} NOT: a {chunk} NOT b");
            return Err(self.fault(start..self.at, "absence from a unit is a NOT behind the scope", cure));
        }
        let distance = self.distance(start, distance)?;
        if !window {
            let cure = "write not w/5, which looks either way";
            return Err(self.fault(start..self.at, "absence near has no order", cure));
        }
        Ok(Some(Kind::NotNear { distance }))
    }

    fn after_part(&self) -> bool {
        matches!(self.tokens.last(), Some(Token { kind: Kind::Part(_) | Kind::Close, .. }))
    }

    /// What stands right behind a part belongs to nothing.
    fn end_of_part(&self, start: usize) -> Result<(), QueryError> {
        let Some(next) = self.peek().filter(|&c| !is_space(c) && c != ')') else { return Ok(()) };
        let here = self.at..self.at + next.len_utf8();
        let quoted = self.text[start..].starts_with(|c| is_double_quote(c) || is_apostrophe(c));
        Err(match next {
            '~' | '%' | '*' if quoted => self.fault(
                here,
                format!("{next} works on a word, not on a phrase"),
                "write it inside, behind the word; for words further apart write w/5 between them",
            ),
            _ => self.fault(
                here,
                format!("{next} stands right behind a part"),
                "put a space between, or take it out",
            ),
        })
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    pub(super) fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = &self.text[self.at..];
        let taken = &rest[..rest.find(|c| !wanted(c)).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    fn skip_space(&mut self) -> bool {
        self.take_while(is_space);
        self.at < self.text.len()
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.tokens.push(Token { kind, span: start..self.at });
    }

    fn fault_here(&self, message: &str, cure: &str) -> QueryError {
        self.fault(self.at..self.at + self.peek().map_or(0, char::len_utf8), message, cure)
    }

    pub(super) fn fault(
        &self,
        span: Range<usize>,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) -> QueryError {
        Fault::new(message, cure).at(self.text, span)
    }
}

/// Where the regular expression ends that begins `text`, behind its closing slash.
pub(super) fn regex_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '/' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn unknown_field(text: &str, name: Range<usize>) -> QueryError {
    let typed = &text[name.clone()];
    let near = Field::nearest(typed);
    let offer = match near.split_last() {
        None => {
            let all: Vec<_> = Field::ALL.into_iter().map(Field::name).collect();
            format!("the fields are {}", all.join(", "))
        }
        Some((only, [])) => format!("did you mean {only}:"),
        Some((last, others)) => format!("did you mean {}: or {last}:", others.join(":, ")),
    };
    let cure = format!("{offer}; if text was meant, put it in quotation marks: \"{typed}: …\"");
    Fault::new(format!("there is no field {typed:?}"), cure).at(text, name)
}
