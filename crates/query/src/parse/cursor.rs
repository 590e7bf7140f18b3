//! A position in the text of a query.

use std::ops::Range;

use crate::chars::{is_double_quote, is_space};
use crate::error::{Fault, QueryError};

/// Reads a query text character by character.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    /// The position, in bytes, at a character boundary.
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    /// The next character.
    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Moves past the next character, if there is one.
    pub(super) fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    /// Takes the characters up to the first that is not wanted.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = &self.text[self.at..];
        let taken = &rest[..rest.find(|c| !wanted(c)).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    /// Takes a run up to space, bracket or double quotation mark; with a backslash before it, a bracket or mark is part of
    /// the run.
    pub(super) fn take_chunk(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let mut end = 0;
        while let Some(c) = rest[end..].chars().next() {
            if let Some(length) = escape_len(&rest[end..]) {
                end += length;
            } else if is_space(c) || matches!(c, '(' | ')') || is_double_quote(c) {
                break;
            } else {
                end += c.len_utf8();
            }
        }
        self.at += end;
        &rest[..end]
    }

    /// Skips space and gives the character after it; none at the end of the text.
    pub(super) fn skip_space(&mut self) -> Option<char> {
        self.take_while(is_space);
        self.peek()
    }

    /// An error with its caret under `span`, in bytes of the text.
    pub(super) fn fault(
        &self,
        span: Range<usize>,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) -> QueryError {
        Fault::new(message, cure).at(self.text, span)
    }

    /// An error with its caret under the next character.
    pub(super) fn fault_here(&self, message: &str, cure: &str) -> QueryError {
        self.fault(self.at..self.at + self.peek().map_or(0, char::len_utf8), message, cure)
    }
}

/// The length in bytes of the escaped sign that a text begins with: a backslash and a sign that is then text. None before
/// a letter, a digit or a space.
pub(super) fn escape_len(text: &str) -> Option<usize> {
    let sign = text.strip_prefix('\\')?.chars().next()?;
    (!sign.is_alphanumeric() && !is_space(sign)).then(|| 1 + sign.len_utf8())
}

/// The length in bytes of the regular expression that `text` begins with, both slashes included; none if it is not
/// closed.
pub(super) fn regex_len(text: &str) -> Option<usize> {
    let mut escaped = false;
    // Skip the opening slash.
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
