//! From text to a query. The language is described in [`syntax`](crate::syntax).

mod cursor;
mod filter;
mod lexer;
mod phrase;
mod quotes;
mod token;

use std::ops::Range;
use std::str::FromStr;

use self::token::{Kind, Token};
use crate::check::{self, Limits};
use crate::error::{Fault, QueryError};
use crate::query::{Query, Scope};

/// Reads a query within the default [`Limits`].
///
/// # Errors
///
/// Whatever cannot be understood, with its place and a cure: nothing is dropped or guessed.
impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        parse(text, &Limits::default())
    }
}

/// Reads a query. The tree is in its [normal form](Query::normalised).
///
/// # Errors
///
/// Whatever cannot be understood, or is larger than the limits allow, with its place and a cure.
pub fn parse(text: &str, limits: &Limits) -> Result<Query, QueryError> {
    if text.len() > limits.bytes {
        let fault = Fault::new(
            format!("the query is of {} bytes, and at most {} are read", text.len(), limits.bytes),
            "split it into several queries, or name its parts in a code book",
        );
        let end = text.floor_char_boundary(limits.bytes);
        return Err(fault.at(text, end..end));
    }
    let tokens = lexer::tokens(text)?;
    let mut parser =
        Parser { text, tokens: tokens.into_iter().peekable(), depth: 0, limit: limits.depth(), end: 0 };
    let (query, span) = parser.query()?;
    query.check(limits).map_err(|error| Fault::new(error.message(), error.cure()).at(text, span))?;
    Ok(query.normalised())
}

/// The parts of a query text that are read whole (words, phrases, filters and names), each with its bytes in `text`, in
/// order.
///
/// # Errors
///
/// As [`parse`], for faults inside such a part; operators and brackets are not looked at.
pub fn spanned_parts(text: &str) -> Result<Vec<(Query, Range<usize>)>, QueryError> {
    let part = |token: Token| match token.kind {
        Kind::Part(query) => Some((query, token.span)),
        _ => None,
    };
    Ok(lexer::tokens(text)?.into_iter().filter_map(part).collect())
}

type Part = (Query, Range<usize>);

struct Parser<'t> {
    text: &'t str,
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    depth: usize,
    limit: usize,
    /// Where the last token ended.
    end: usize,
}

impl Parser<'_> {
    fn query(&mut self) -> Result<Part, QueryError> {
        if self.tokens.peek().is_none() {
            return Err(self.fault(0..self.text.len(), "the query is empty", "write a word to look for"));
        }
        let (query, span) = self.or()?;
        match self.next() {
            None => Ok((query, span)),
            // Whatever ends a disjunction and is not its end is a closing bracket.
            Some(token) => Err(self.fault(
                token.span,
                "this bracket closes nothing",
                "take it out, or put the opening bracket before",
            )),
        }
    }

    fn or(&mut self) -> Result<Part, QueryError> {
        let mut parts = vec![self.and()?];
        while let Some(operator) = self.take(|kind| matches!(kind, Kind::Or)) {
            self.operand_after(&operator, "OR")?;
            parts.push(self.and()?);
        }
        Ok(group(parts, Query::Or))
    }

    fn and(&mut self) -> Result<Part, QueryError> {
        let mut parts = vec![self.unary()?];
        loop {
            if let Some(operator) = self.take(|kind| matches!(kind, Kind::And)) {
                self.operand_after(&operator, "AND")?;
            } else if !self.tokens.peek().is_some_and(|token| token.kind.begins_part()) {
                break;
            }
            parts.push(self.unary()?);
        }
        Ok(group(parts, Query::And))
    }

    fn unary(&mut self) -> Result<Part, QueryError> {
        let Some(operator) = self.take(|kind| matches!(kind, Kind::Not)) else { return self.scoped() };
        self.operand_after(&operator, "NOT")?;
        let (part, span) = self.nested(&operator, Self::unary)?;
        Ok((Query::Not(Box::new(part)), operator.span.start..span.end))
    }

    /// `a w/s b w/s c`: a run of one scope is one conjunction.
    fn scoped(&mut self) -> Result<Part, QueryError> {
        let (mut query, mut span) = self.item()?;
        let mut run: Option<Scope> = None;
        let mut chain = 0;
        while let Some(operator) = self.take(|kind| matches!(kind, Kind::Scope(_))) {
            let Kind::Scope(scope) = operator.kind else { break };
            self.check_chain(&mut chain, &operator)?;
            self.operand_after(&operator, &format!("w/{}", scope.letter()))?;
            let negated = self.take(|kind| matches!(kind, Kind::Not));
            if let Some(not) = &negated {
                self.operand_after(not, "NOT")?;
            }
            let (mut part, of_part) = self.item()?;
            if negated.is_some() {
                part = Query::Not(Box::new(part));
            }
            span.end = of_part.end;
            query = match query {
                Query::Within { query: inside, .. } if run == Some(scope) => {
                    Query::Within { scope, query: Box::new(Query::And(vec![*inside, part])) }
                }
                query => Query::Within { scope, query: Box::new(Query::And(vec![query, part])) },
            };
            run = Some(scope);
        }
        Ok((query, span))
    }

    /// A negated part, or windows from left to right.
    fn item(&mut self) -> Result<Part, QueryError> {
        if let Some(minus) = self.take(|kind| matches!(kind, Kind::Minus)) {
            let (part, span) = self.primary()?;
            let span = minus.span.start..span.end;
            if self.tokens.peek().is_some_and(|token| token.kind.is_window()) {
                return Err(self.operand_fault(&Query::Not(Box::new(part)), span));
            }
            return Ok((Query::Not(Box::new(part)), span));
        }
        let (mut left, mut span) = self.primary()?;
        let mut chain = 0;
        while let Some(operator) = self.take(Kind::is_window) {
            self.check_chain(&mut chain, &operator)?;
            self.check_operand(&left, &span)?;
            if let Some(not) = self.tokens.next_if(|token| matches!(token.kind, Kind::Not | Kind::Minus)) {
                return Err(self.operand_fault(&Query::Not(Box::new(Query::All)), not.span));
            }
            self.operand_after(&operator, &self.text[operator.span.clone()])?;
            let (right, of_right) = self.primary()?;
            self.check_operand(&right, &of_right)?;
            span.end = of_right.end;
            let (a, b) = (Box::new(left), Box::new(right));
            left = match operator.kind {
                Kind::NotNear { distance } => Query::NotNear { left: a, right: b, distance },
                Kind::Near { distance, ordered } => Query::Near { left: a, right: b, distance, ordered },
                _ => return Err(self.lone(operator)),
            };
        }
        Ok((left, span))
    }

    fn primary(&mut self) -> Result<Part, QueryError> {
        let Some(token) = self.next() else {
            let end = self.end;
            return Err(self.fault(end..end, "a part is missing here", "write what to look for"));
        };
        match token.kind {
            Kind::Part(query) => Ok((query, token.span)),
            Kind::Open(scope) => {
                if let Some(close) = self.take(|kind| matches!(kind, Kind::Close)) {
                    let span = token.span.start..close.span.end;
                    return Err(self.fault(span, "the brackets are empty", "write a query between them"));
                }
                let (query, _) = self.nested(&token, Self::or)?;
                let Some(close) = self.take(|kind| matches!(kind, Kind::Close)) else {
                    return Err(self.fault(token.span, "this bracket is not closed", "close it with )"));
                };
                let query = match scope {
                    Some(scope) => Query::Within { scope, query: Box::new(query) },
                    None => query,
                };
                Ok((query, token.span.start..close.span.end))
            }
            Kind::Close => Err(self.fault(
                token.span,
                "this bracket closes nothing",
                "take it out, or put the opening bracket before",
            )),
            _ => Err(self.lone(token)),
        }
    }

    /// Reads one level deeper, if that is not too deep.
    fn nested(
        &mut self,
        at: &Token,
        read: impl FnOnce(&mut Self) -> Result<Part, QueryError>,
    ) -> Result<Part, QueryError> {
        self.depth += 1;
        if self.depth > self.limit {
            return Err(check::depth_fault(self.limit).at(self.text, at.span.clone()));
        }
        let part = read(self)?;
        self.depth -= 1;
        Ok(part)
    }

    /// A chain of windows or scopes nests too, without brackets.
    fn check_chain(&self, chain: &mut usize, operator: &Token) -> Result<(), QueryError> {
        *chain += 1;
        if self.depth + *chain > self.limit {
            return Err(check::depth_fault(self.limit).at(self.text, operator.span.clone()));
        }
        Ok(())
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.next()?;
        self.end = token.span.end;
        Some(token)
    }

    fn take(&mut self, wanted: impl FnOnce(&Kind) -> bool) -> Option<Token> {
        let token = self.tokens.next_if(|token| wanted(&token.kind))?;
        self.end = token.span.end;
        Some(token)
    }

    /// An error unless something stands after the operator that it can work on.
    fn operand_after(&mut self, operator: &Token, name: &str) -> Result<(), QueryError> {
        if self.tokens.peek().is_some_and(|token| !matches!(token.kind, Kind::Close)) {
            return Ok(());
        }
        let (message, cure) = (
            format!("nothing stands after {name}"),
            format!(
                "write what to look for after it, or \"{}\" in quotation marks if the word was meant",
                name.to_lowercase()
            ),
        );
        Err(self.fault(operator.span.clone(), message, cure))
    }

    /// An operator where a part should be.
    fn lone(&self, token: Token) -> QueryError {
        let name = &self.text[token.span.clone()];
        let message = format!("{name} has nothing to work on before it");
        let cure = format!("write a part before it, or \"{}\" if the word was meant", name.to_lowercase());
        self.fault(token.span, message, cure)
    }

    fn check_operand(&self, query: &Query, span: &Range<usize>) -> Result<(), QueryError> {
        check::operand(query).map_err(|fault| fault.at(self.text, span.clone()))
    }

    fn operand_fault(&self, query: &Query, span: Range<usize>) -> QueryError {
        match check::operand(query) {
            Err(fault) => fault.at(self.text, span),
            Ok(()) => self.fault(span, "this cannot stand in a window", "take the window out"),
        }
    }

    fn fault(&self, span: Range<usize>, message: impl Into<String>, cure: impl Into<String>) -> QueryError {
        Fault::new(message, cure).at(self.text, span)
    }
}

fn group(mut parts: Vec<Part>, of: fn(Vec<Query>) -> Query) -> Part {
    let start = parts.first().map_or(0, |(_, span)| span.start);
    let end = parts.last().map_or(0, |(_, span)| span.end);
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => (of(parts.into_iter().chain(last).map(|(query, _)| query).collect()), start..end),
    }
}

#[cfg(test)]
mod tests;
