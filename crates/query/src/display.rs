//! Prints a query in the query language.

use std::fmt::{self, Write};
use std::ops::Range;

use crate::chars::is_double_quote;
use crate::printed;
use crate::query::{Filter, Query, Side, Value};
use crate::sentence;

/// Prints the query in its [normal form](Query::normalised). Parsing the output gives the same query.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_query(&mut Printer { out: f, len: 0, part: None, span: None }, &self.clone().normalised())
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.field, self.value)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) if is_bare(text) => f.write_str(text),
            Self::Text(text) if text.contains(is_double_quote) => write!(f, "'{text}'"),
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::Range(from, to) => {
                write!(f, "{}..{}", from.as_deref().unwrap_or(""), to.as_deref().unwrap_or(""))
            }
        }
    }
}

/// True if a value needs no quotation marks. With two slashes at its start it would be read as an address: `section://`.
fn is_bare(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "*?-_.,/&+".contains(c);
    !text.is_empty() && !text.starts_with("//") && !text.contains("..") && text.chars().all(plain)
}

/// The query as it displays, and the bytes in it of the first part that equals `part`.
pub(crate) fn with_span(query: &Query, part: &Query) -> (String, Option<Range<usize>>) {
    let (query, part) = (query.clone().normalised(), part.clone().normalised());
    let mut text = String::new();
    let mut printer = Printer { out: &mut text, len: 0, part: Some(&part), span: None };
    let written = write_query(&mut printer, &query);
    debug_assert!(written.is_ok(), "writing to a string does not fail");
    let span = printer.span;
    (text, span)
}

/// Writes a query and notes where one part of it goes.
struct Printer<'p> {
    out: &'p mut dyn Write,
    /// The bytes written so far.
    len: usize,
    /// The part to find, in its normal form.
    part: Option<&'p Query>,
    /// The bytes of the first part that equals it.
    span: Option<Range<usize>>,
}

impl Printer<'_> {
    /// Notes that `part` was written from byte `start` on.
    fn note(&mut self, part: &Query, start: usize) {
        if self.span.is_none() && self.part == Some(part) {
            self.span = Some(start..self.len);
        }
    }
}

impl Write for Printer<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.len += text.len();
        self.out.write_str(text)
    }
}

/// Writes a query and notes its bytes if it is the part that the printer looks for.
fn write_query(f: &mut Printer<'_>, query: &Query) -> fmt::Result {
    let start = f.len;
    write_node(f, query)?;
    f.note(query, start);
    Ok(())
}

fn write_node(f: &mut Printer<'_>, query: &Query) -> fmt::Result {
    match query {
        // A bare `not` before a window would be parsed as the operator `not w/5`.
        Query::Word(text) if text.is_empty() || text == "not" => write!(f, "\"{text}\""),
        Query::Word(text) | Query::Wildcard(text) => f.write_str(text),
        Query::Regex(pattern) => write!(f, "/{pattern}/"),
        Query::Inflected(word) => write!(f, "{word}~"),
        Query::Fuzzy { word, distance } => write!(f, "{word}%{distance}"),
        Query::Number(number) => f.write_str(number),
        Query::NumberForms(number) => write!(f, "{number}~"),
        Query::Exact(text) if printed::is_bare_word(text) => write!(f, "={text}"),
        Query::Exact(text) => write!(f, "=\"{}\"", escaped(text)),
        Query::Gap => f.write_str("*"),
        Query::Phrase(parts) => {
            f.write_str("\"")?;
            for (index, part) in parts.iter().enumerate() {
                f.write_str(if index > 0 { " " } else { "" })?;
                write_in_phrase(f, part)?;
            }
            // Else the wildcard would be read as the question mark of a sentence.
            f.write_str(if ends_like_sentence(parts) { " \"" } else { "\"" })
        }
        Query::And(parts) => write_joined(f, parts, " "),
        Query::Or(parts) => write_joined(f, parts, " OR "),
        Query::Not(part) => {
            f.write_str("NOT ")?;
            write_part(f, part)
        }
        Query::Near { left, right, distance, ordered } => {
            write_window(f, left, if *ordered { "pre" } else { "w" }, *distance, right)
        }
        Query::NotNear { left, right, distance } => write_window(f, left, "not w", *distance, right),
        Query::NotBeside { left, right, distance, side } => {
            let operator = match side {
                Side::Before => "not pre",
                Side::After => "not post",
            };
            write_window(f, left, operator, *distance, right)
        }
        Query::Within { scope, query } => match query.as_ref() {
            Query::And(parts) if parts.len() > 1 => {
                write_joined(f, parts, &format!(" w/{} ", scope.letter()))
            }
            query => {
                write!(f, "w/{}(", scope.letter())?;
                write_query(f, query)?;
                f.write_str(")")
            }
        },
        Query::Named(name) => write!(f, "@{name}"),
        Query::Filter(filter) => write!(f, "{filter}"),
        Query::All => f.write_str("*:*"),
    }
}

/// True if a phrase with a wildcard at its end would be read as a sentence or question.
fn ends_like_sentence(parts: &[Query]) -> bool {
    let mut text = String::new();
    let mut printer = Printer { out: &mut text, len: 0, part: None, span: None };
    for part in parts {
        let written = write_in_phrase(&mut printer, part).and_then(|()| printer.write_str(" "));
        debug_assert!(written.is_ok(), "writing to a string does not fail");
    }
    let text = text.trim_end();
    text.trim_end_matches(')').ends_with('?')
        && (sentence::is_question(text, true)
            || sentence::is_end_of_question(text)
            || sentence::is_sentence(text))
}

/// The text with a backslash before each double quotation mark and backslash.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\\' || is_double_quote(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn write_in_phrase(f: &mut Printer<'_>, part: &Query) -> fmt::Result {
    let start = f.len;
    match part {
        Query::Word(text) => f.write_str(text)?,
        Query::Or(words) => {
            for (index, word) in words.iter().enumerate() {
                f.write_str(if index > 0 { " OR " } else { "(" })?;
                write_in_phrase(f, word)?;
            }
            f.write_str(")")?;
        }
        part => write_node(f, part)?,
    }
    f.note(part, start);
    Ok(())
}

fn write_window(
    f: &mut Printer<'_>,
    left: &Query,
    operator: &str,
    distance: u32,
    right: &Query,
) -> fmt::Result {
    write_part(f, left)?;
    write!(f, " {operator}/{distance} ")?;
    write_part(f, right)
}

fn write_joined(f: &mut Printer<'_>, parts: &[Query], between: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        // NOT needs no brackets beside AND and OR, but does after a scope.
        match part {
            Query::Not(_) if between == " " || between == " OR " => write_query(f, part)?,
            _ => write_part(f, part)?,
        }
    }
    Ok(())
}

/// Writes a part in brackets if it has an operator of its own: correct by precedence without them in many cases, but
/// easier to read.
fn write_part(f: &mut Printer<'_>, part: &Query) -> fmt::Result {
    match part {
        Query::And(_)
        | Query::Or(_)
        | Query::Not(_)
        | Query::Near { .. }
        | Query::NotNear { .. }
        | Query::NotBeside { .. }
        | Query::Within { .. } => {
            f.write_str("(")?;
            write_query(f, part)?;
            f.write_str(")")
        }
        _ => write_query(f, part),
    }
}
