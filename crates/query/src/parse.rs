//! Parses a query text by recursive descent. [`syntax`](crate::syntax) describes the language.

mod cursor;
mod filter;
mod lexer;
mod phrase;
mod quotes;
mod token;

use std::ops::Range;
use std::str::FromStr;

use self::token::{Token, TokenKind};
use crate::check::{self, Limits};
use crate::error::{Fault, QueryError};
use crate::query::{Query, Scope};

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
    if text.len() > limits.bytes {
        let fault = Fault::new(
            format!("the query has {} bytes, and at most {} are allowed", text.len(), limits.bytes),
            "split it into several queries, or name its parts in a code book",
        );
        let end = text.floor_char_boundary(limits.bytes);
        return Err(fault.at(text, end..end));
    }
    let tokens = lexer::tokens(text)?;
    let mut parser =
        Parser { text, tokens: tokens.into_iter().peekable(), depth: 0, max_depth: limits.depth(), end: 0 };
    let (query, span) = parser.query()?;
    // The grammar allows trees that cannot be answered, and the tree may be too large.
    query.check(limits).map_err(|error| Fault::new(error.message(), error.cure()).at(text, span))?;
    Ok(query.normalised())
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
    Ok(lexer::tokens(text)?.into_iter().filter_map(part).collect())
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
        let mut parts = vec![self.and()?];
        while let Some(operator) = self.take(|kind| matches!(kind, TokenKind::Or)) {
            self.operand_after(&operator, "OR")?;
            parts.push(self.and()?);
        }
        Ok(group(parts, Query::Or))
    }

    /// Parts side by side, or joined by `AND`.
    fn and(&mut self) -> Result<Part, QueryError> {
        let mut parts = vec![self.unary()?];
        loop {
            if let Some(operator) = self.take(|kind| matches!(kind, TokenKind::And)) {
                self.operand_after(&operator, "AND")?;
            } else if !self.tokens.peek().is_some_and(|token| token.kind.begins_part()) {
                break;
            }
            parts.push(self.unary()?);
        }
        Ok(group(parts, Query::And))
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
                TokenKind::NotNear { distance } => Query::NotNear { left: a, right: b, distance },
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
