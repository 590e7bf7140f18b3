//! Parses a query text by recursive descent. [`syntax`](crate::syntax) describes the language.

mod cursor;
mod filter;
mod foreign;
mod half_range;
mod lexer;
mod notes;
mod number;
mod phrase;
mod quotes;
mod token;

use std::ops::Range;
use std::str::FromStr;

use self::notes::Notes;
use self::token::{Token, TokenKind};
use crate::chars::{is_double_quote, is_space};
use crate::check::{self, Limits};
use crate::error::{Fault, QueryError};
use crate::printed;
use crate::query::{Field, Query, Scope};
use crate::sentence;

/// Parses a query within the default [`Limits`].
///
/// # Errors
///
/// If any part cannot be understood; the error has its place and a cure. Nothing is dropped or guessed.
impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        parse(text, &Limits::default())
    }
}

/// Parses a query. The tree is in its [normal form](Query::normalised).
///
/// # Errors
///
/// If any part cannot be understood, or the query is larger than the limits allow; the error has its place and a cure.
pub fn parse(text: &str, limits: &Limits) -> Result<Query, QueryError> {
    parse_with_notes(text, limits).map(|(query, _)| query)
}

/// A query as it was read, with what its writer should know of that.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// The query, in its normal form.
    pub query: Query,
    /// One line each: which of two readings was taken, and what of the text is not searched. Mostly empty.
    pub notes: Vec<String>,
}

/// Reads what a person typed or pasted: a query, or text.
///
/// Text is a question, a sentence or a long text that cannot be understood as a query or would exclude its own words. It
/// becomes the conjunction of its words, and a note says so. All else is [parsed](parse).
///
/// ```
/// use quotable_query::{Limits, read};
///
/// let reading = read("What does the report say about care leavers?", &Limits::default())?;
/// assert_eq!(reading.query.to_string(), "what does the report say about care leavers");
/// assert!(reading.notes[0].contains("read as text"));
/// assert_eq!(read("care leaver?", &Limits::default())?.query.to_string(), "care leaver?");
/// # Ok::<(), quotable_query::QueryError>(())
/// ```
///
/// # Errors
///
/// As [`parse`], for what is not text.
pub fn read(text: &str, limits: &Limits) -> Result<Reading, QueryError> {
    let parsed = parse_with_notes(text, limits);
    // Space around what was pasted is not part of it.
    let trimmed = text.trim_matches(is_space);
    let as_text = if sentence::is_heading_in_capitals(text) {
        // Without operators both readings are the same.
        let operator = text.split(is_space).find(|word| sentence::is_operator(word) && *word != "BUT");
        operator.map(|operator| {
            format!(
                "all is in capitals, so {operator} is read as a word and not as an operator; for the operator write the \
                 words in small letters"
            )
        })
    } else if sentence::is_question(trimmed, false) && !text.contains(':') && !text.contains(is_double_quote)
    {
        Some(text_note("a question"))
    } else if sentence::is_end_of_question(trimmed) {
        Some(format!(
            "the ? at the end is read as a question mark, the rest as text: all of its words in one paragraph; put it in double \
             quotation marks for the words side by side, or the last word in brackets, as in ({}), for any one letter",
            trimmed.rsplit(is_space).next().unwrap_or(trimmed)
        ))
    } else {
        match &parsed {
            Err(_)
                if (sentence::is_prose(trimmed) || is_label(trimmed))
                    && !has_operators(text)
                    && !is_boolean(text) =>
            {
                Some(text_note("text"))
            }
            Ok((query, _))
                if sentence::is_sentence(trimmed)
                    && (loses_words(query) || sentence::has_ambiguous_sign(trimmed))
                    && !has_operators(text) =>
            {
                Some(text_note("text"))
            }
            _ => None,
        }
    };
    let Some(note) = as_text.filter(|_| text.len() <= limits.bytes) else {
        let (query, mut notes) = parsed?;
        if let Some(error) = notes.take_doubt() {
            return Err(error);
        }
        if sentence::is_long(trimmed) && is_words(&query) {
            notes.replace_small_operators(
                "the words are searched in any order; for the sentence as it is printed put it in double quotation marks",
            );
        }
        foreign::per_cent_in_words(text).into_iter().for_each(|note| notes.add(note));
        if !text.contains(char::is_lowercase) && text.split(is_space).any(|word| word == "NOT") {
            notes.add("NOT is read as an operator; if the word is meant, write it in small letters");
        }
        return Ok(Reading { query, notes: notes.into_lines() });
    };
    let mut notes = Notes::default();
    let mut parts: Vec<Query> = Vec::new();
    for part in phrase::plain(text, 0..text.len(), &mut notes) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    if parts.is_empty() {
        let (query, notes) = parsed?;
        return Ok(Reading { query, notes: notes.into_lines() });
    }
    notes.add(note);
    let query = Query::And(parts).normalised();
    query.check(limits)?;
    Ok(Reading { query, notes: notes.into_lines() })
}

/// True for words with a colon that begin with a capital and are no filter: `Among them:`, `Age group: all`.
fn is_label(text: &str) -> bool {
    let Some((before, after)) = text.split_once(':') else { return false };
    let name = before.rsplit(is_space).next().unwrap_or(before);
    let is_field = Field::named(name).is_some_and(|field| Field::ALL.contains(&field));
    text.starts_with(char::is_uppercase)
        && (before.contains(is_space) || after.is_empty())
        && !is_field
        && !after.contains(':')
        && (after.is_empty() || after.starts_with(is_space))
}

fn text_note(what: &str) -> String {
    format!(
        "{} text: all of its words in one paragraph; put it in double quotation marks for the words side by side",
        if what == "text" { "read as".to_owned() } else { format!("{what}, read as") }
    )
}

/// True if the text has operators that no prose has.
fn has_operators(text: &str) -> bool {
    let is_sentence = sentence::is_sentence(text.trim_matches(is_space));
    text.split(is_space).any(|chunk| {
        let chunk = chunk.trim_start_matches(['(', '-']);
        let window = |name: &str| {
            let distance = chunk.get(name.len()..).filter(|_| chunk.starts_with(name));
            distance.is_some_and(|distance| distance.starts_with(|c: char| c.is_ascii_digit()))
        };
        let field = chunk.split_once(':').filter(|(_, value)| !value.is_empty());
        let is_field =
            field.and_then(|(name, _)| Field::named(name)).is_some_and(|field| Field::ALL.contains(&field));
        half_range::bare(chunk).is_some_and(|range| range.is_err())
            || window("w/")
            || window("pre/")
            || is_field
            || chunk.starts_with('@')
            || !is_sentence && chunk.ends_with(['~', '*'])
    })
}

/// True for a query with operators in capitals among words that are not: no text, even if it cannot be read. In a whole
/// sentence `NOT` is often stressed.
fn is_boolean(text: &str) -> bool {
    let is_sentence = sentence::is_sentence(text.trim_matches(is_space));
    let mut words = text.split(|c| is_space(c) || matches!(c, '(' | ')') || is_double_quote(c));
    text.contains(char::is_lowercase)
        && words.any(|word| sentence::is_operator(word) && !(is_sentence && word == "NOT") && word != "BUT")
}

/// True for words and numbers side by side, without operators, filters and patterns.
fn is_words(query: &Query) -> bool {
    match query {
        Query::And(parts) | Query::Phrase(parts) => parts.iter().all(is_words),
        Query::Word(_) | Query::Number(_) => true,
        _ => false,
    }
}

/// True if the query excludes some of its words, or has one as a field that only a corpus may have.
fn loses_words(query: &Query) -> bool {
    match query {
        Query::Not(_) | Query::NotNear { .. } | Query::NotBeside { .. } => true,
        Query::Filter(filter) => matches!(filter.field, Field::Named(_)),
        Query::And(parts) | Query::Or(parts) => parts.iter().any(loses_words),
        Query::Within { query, .. } => loses_words(query),
        _ => false,
    }
}

fn parse_with_notes(text: &str, limits: &Limits) -> Result<(Query, Notes), QueryError> {
    if text.len() > limits.bytes {
        let fault = Fault::new(
            format!("the query has {} bytes, and at most {} are allowed", text.len(), limits.bytes),
            "split it into several queries, or name its parts in a code book",
        );
        let end = text.floor_char_boundary(limits.bytes);
        return Err(fault.at(text, end..end));
    }
    let (tokens, mut notes) = lexer::tokens(text)?;
    // A sign of currency or the per cent sign alone is any number with it.
    let any_number = match text.trim_matches(is_space) {
        "%" => Some("*%".to_owned()),
        sign if sign.chars().count() == 1 && sign.starts_with(printed::is_currency) => {
            Some(format!("{sign}*"))
        }
        _ => None,
    };
    if let Some(number) = any_number.filter(|_| tokens.is_empty()) {
        let mut notes = Notes::default();
        notes.add(format!("the sign alone is read as {number}: any number with it"));
        return Ok((Query::number(number), notes));
    }
    if tokens.is_empty() && !text.trim_matches(is_space).is_empty() {
        let fault = Fault::new(
            "there is no letter or digit here",
            "write a word or number with the sign, as in £1.2 or 97%, or £* for any amount; only letters and digits are searched",
        );
        return Err(fault.at(text, 0..text.len()));
    }
    let tokens = tokens.into_iter().peekable();
    let mut parser = Parser { text, tokens, depth: 0, max_depth: limits.depth(), end: 0, is_mixed: false };
    let (query, span) = parser.query()?;
    if parser.is_mixed {
        notes.add(mixed_note(&query));
    }
    // The grammar allows trees that cannot be answered, and the tree may be too large.
    query.check(limits).map_err(|error| Fault::new(error.message(), error.cure()).at(text, span))?;
    Ok((query.normalised(), notes))
}

/// The note on a query in which `OR` stands beside words that no brackets hold together.
fn mixed_note(query: &Query) -> String {
    /// A longer query is not shown again.
    const LONG: usize = 120;
    let read = query.to_string();
    let read = if read.chars().count() > LONG { String::new() } else { format!("read as {read} ") };
    format!(
        "{}(AND, and words side by side, bind before OR); for another order write brackets: a (b OR c)",
        if read.is_empty() { "words are read as joined before OR ".to_owned() } else { read }
    )
}

/// The words, phrases, filters and names of a query text in order, each with its zero-based byte range in `text`.
///
/// # Errors
///
/// As [`parse`], for faults inside such a part. How operators and brackets join the parts is not checked.
pub fn spanned_parts(text: &str) -> Result<Vec<(Query, Range<usize>)>, QueryError> {
    let part = |token: Token| match token.kind {
        TokenKind::Part(query) => Some((query, token.span)),
        _ => None,
    };
    Ok(lexer::tokens(text)?.0.into_iter().filter_map(part).collect())
}

/// A query and its bytes in the text.
type Part = (Query, Range<usize>);

struct Parser<'t> {
    text: &'t str,
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    depth: usize,
    max_depth: usize,
    /// The end of the last token.
    end: usize,
    /// True if `OR` was read beside words that no brackets hold together.
    is_mixed: bool,
}

impl Parser<'_> {
    /// The whole query.
    fn query(&mut self) -> Result<Part, QueryError> {
        if self.tokens.peek().is_none() {
            return Err(self.fault(0..self.text.len(), "the query is empty", "write a word to look for"));
        }
        let (query, span) = self.or()?;
        match self.next() {
            None => Ok((query, span)),
            // Only a closing bracket ends a disjunction before the end of the text.
            Some(token) => Err(self.fault(
                token.span,
                "this bracket has no opening bracket",
                "remove it, or put ( where the group begins",
            )),
        }
    }

    /// Parts joined by `OR`.
    fn or(&mut self) -> Result<Part, QueryError> {
        let (first, mut has_and) = self.and()?;
        let mut parts = vec![first];
        while let Some(operator) = self.take(|kind| matches!(kind, TokenKind::Or)) {
            self.operand_after(&operator, "OR")?;
            let (part, is_and) = self.and()?;
            has_and |= is_and;
            parts.push(part);
        }
        self.is_mixed |= has_and && parts.len() > 1;
        Ok(group(parts, Query::Or))
    }

    /// Parts side by side, or joined by `AND`; also true if they are several.
    fn and(&mut self) -> Result<(Part, bool), QueryError> {
        let mut parts = vec![self.unary()?];
        loop {
            if let Some(operator) = self.take(|kind| matches!(kind, TokenKind::And)) {
                self.operand_after(&operator, "AND")?;
            } else if !self.tokens.peek().is_some_and(|token| token.kind.begins_part()) {
                break;
            }
            parts.push(self.unary()?);
        }
        let is_several = parts.len() > 1;
        Ok((group(parts, Query::And), is_several))
    }

    /// A part with any number of `NOT`s before it.
    fn unary(&mut self) -> Result<Part, QueryError> {
        // A recursion for each NOT, and not a loop, so that a long run of them counts against the depth.
        let Some(operator) = self.take(|kind| matches!(kind, TokenKind::Not)) else { return self.scoped() };
        self.operand_after(&operator, "NOT")?;
        let (part, span) = self.nested(&operator, Self::unary)?;
        Ok((Query::Not(Box::new(part)), operator.span.start..span.end))
    }

    /// Parts joined by scopes. Consecutive equal scopes, as in `a w/s b w/s c`, are one conjunction.
    fn scoped(&mut self) -> Result<Part, QueryError> {
        let (mut query, mut span) = self.item()?;
        let mut last_scope: Option<Scope> = None;
        let mut chain = 0;
        while let Some((scope, operator)) = self.take_scope() {
            self.check_chain(&mut chain, &operator)?;
            self.operand_after(&operator, &format!("w/{}", scope.letter()))?;
            // NOT binds weaker than a scope, but here it can only mean absence from the unit: a w/s NOT b.
            let negated = self.take(|kind| matches!(kind, TokenKind::Not));
            if let Some(not) = &negated {
                self.operand_after(not, "NOT")?;
            }
            let (mut part, of_part) = self.item()?;
            if negated.is_some() {
                part = Query::Not(Box::new(part));
            }
            span.end = of_part.end;
            query = match query {
                Query::Within { query: inside, .. } if last_scope == Some(scope) => {
                    Query::Within { scope, query: Box::new(Query::And(vec![*inside, part])) }
                }
                query => Query::Within { scope, query: Box::new(Query::And(vec![query, part])) },
            };
            last_scope = Some(scope);
        }
        Ok((query, span))
    }

    /// A part after `-`, or parts joined by windows, which group from the left.
    fn item(&mut self) -> Result<Part, QueryError> {
        if let Some(minus) = self.take(|kind| matches!(kind, TokenKind::Minus)) {
            let (part, span) = self.primary()?;
            let span = minus.span.start..span.end;
            // -a w/5 b could exclude the window or `a` alone, so it is refused.
            if self.tokens.peek().is_some_and(|token| token.kind.is_window()) {
                return Err(self.operand_fault(&Query::Not(Box::new(part)), span));
            }
            return Ok((Query::Not(Box::new(part)), span));
        }
        let (mut left, mut span) = self.primary()?;
        let mut chain = 0;
        while let Some(operator) = self.take(TokenKind::is_window) {
            self.check_chain(&mut chain, &operator)?;
            // Check here, and not only in the finished tree, so that the caret is under the operand.
            self.check_operand(&left, &span)?;
            if let Some(not) =
                self.tokens.next_if(|token| matches!(token.kind, TokenKind::Not | TokenKind::Minus))
            {
                return Err(self.operand_fault(&Query::Not(Box::new(Query::All)), not.span));
            }
            self.operand_after(&operator, &self.text[operator.span.clone()])?;
            let (right, of_right) = self.primary()?;
            self.check_operand(&right, &of_right)?;
            span.end = of_right.end;
            let (a, b) = (Box::new(left), Box::new(right));
            left = match operator.kind {
                TokenKind::NotNear { distance, side: None } => Query::NotNear { left: a, right: b, distance },
                TokenKind::NotNear { distance, side: Some(side) } => {
                    Query::NotBeside { left: a, right: b, distance, side }
                }
                TokenKind::Near { distance, ordered } => Query::Near { left: a, right: b, distance, ordered },
                _ => {
                    debug_assert!(false, "windows are near or not near");
                    return Err(self.no_left_operand(operator));
                }
            };
        }
        Ok((left, span))
    }

    /// A word, phrase, name or filter, or a group in brackets.
    fn primary(&mut self) -> Result<Part, QueryError> {
        let Some(token) = self.next() else {
            let end = self.end;
            return Err(self.fault(end..end, "a part is missing here", "write a word to look for"));
        };
        match token.kind {
            TokenKind::Part(query) => Ok((query, token.span)),
            TokenKind::Open(scope) => {
                if let Some(close) = self.take(|kind| matches!(kind, TokenKind::Close)) {
                    let span = token.span.start..close.span.end;
                    return Err(self.fault(span, "the brackets are empty", "write a query between them"));
                }
                let (query, _) = self.nested(&token, Self::or)?;
                let Some(close) = self.take(|kind| matches!(kind, TokenKind::Close)) else {
                    return Err(self.fault(token.span, "this bracket is not closed", "close it with )"));
                };
                let query = match scope {
                    Some(scope) => Query::Within { scope, query: Box::new(query) },
                    None => query,
                };
                Ok((query, token.span.start..close.span.end))
            }
            TokenKind::Close => Err(self.fault(
                token.span,
                "this bracket has no opening bracket",
                "remove it, or put ( where the group begins",
            )),
            _ => Err(self.no_left_operand(token)),
        }
    }

    /// Parses one level deeper with `read`; an error at `at` if that is too deep.
    fn nested(
        &mut self,
        at: &Token,
        read: impl FnOnce(&mut Self) -> Result<Part, QueryError>,
    ) -> Result<Part, QueryError> {
        self.depth += 1;
        if self.depth > self.max_depth {
            return Err(check::depth_fault(self.max_depth).at(self.text, at.span.clone()));
        }
        let part = read(self)?;
        self.depth -= 1;
        Ok(part)
    }

    /// Counts an operator of a chain of windows or scopes, which makes the tree deeper without brackets.
    fn check_chain(&self, chain: &mut usize, operator: &Token) -> Result<(), QueryError> {
        *chain += 1;
        if self.depth + *chain > self.max_depth {
            return Err(check::depth_fault(self.max_depth).at(self.text, operator.span.clone()));
        }
        Ok(())
    }

    /// The next token.
    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.next()?;
        self.end = token.span.end;
        Some(token)
    }

    /// The next token, if it is a scope.
    fn take_scope(&mut self) -> Option<(Scope, Token)> {
        let TokenKind::Scope(scope) = self.tokens.peek()?.kind else { return None };
        self.next().map(|token| (scope, token))
    }

    /// The next token, if it is wanted.
    fn take(&mut self, wanted: impl FnOnce(&TokenKind) -> bool) -> Option<Token> {
        let token = self.tokens.next_if(|token| wanted(&token.kind))?;
        self.end = token.span.end;
        Some(token)
    }

    /// Refuses an operator, called `name`, that no part follows.
    fn operand_after(&mut self, operator: &Token, name: &str) -> Result<(), QueryError> {
        if self.tokens.peek().is_some_and(|token| !matches!(token.kind, TokenKind::Close)) {
            return Ok(());
        }
        let (message, cure) = (
            format!("nothing follows {name}"),
            format!(
                "write a word after it, or \"{}\" in quotation marks if the word was meant",
                name.to_lowercase()
            ),
        );
        Err(self.fault(operator.span.clone(), message, cure))
    }

    /// The error for an operator in place of a part.
    fn no_left_operand(&self, token: Token) -> QueryError {
        let name = &self.text[token.span.clone()];
        let message = format!("{name} has no part before it");
        let cure = format!("write a part before it, or \"{}\" if the word was meant", name.to_lowercase());
        self.fault(token.span, message, cure)
    }

    /// Checks an operand of a window.
    fn check_operand(&self, query: &Query, span: &Range<usize>) -> Result<(), QueryError> {
        check::operand(query).map_err(|fault| fault.at(self.text, span.clone()))
    }

    /// The error for `query`, which a window refuses.
    fn operand_fault(&self, query: &Query, span: Range<usize>) -> QueryError {
        match check::operand(query) {
            Err(fault) => fault.at(self.text, span),
            Ok(()) => {
                debug_assert!(false, "only called for what a window refuses");
                self.fault(span, "this cannot be in a window", "remove the window")
            }
        }
    }

    fn fault(&self, span: Range<usize>, message: impl Into<String>, cure: impl Into<String>) -> QueryError {
        Fault::new(message, cure).at(self.text, span)
    }
}

/// Joins parts by an operator; a single part stays as it is.
fn group(mut parts: Vec<Part>, of: fn(Vec<Query>) -> Query) -> Part {
    debug_assert!(!parts.is_empty(), "a group has a part");
    let start = parts.first().map_or(0, |(_, span)| span.start);
    let end = parts.last().map_or(0, |(_, span)| span.end);
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => (of(parts.into_iter().chain(last).map(|(query, _)| query).collect()), start..end),
    }
}

#[cfg(test)]
mod tests;
