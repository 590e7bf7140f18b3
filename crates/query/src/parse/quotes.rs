//! Quotation marks, and how they differ from apostrophes.

use std::ops::Range;

use super::cursor::{Cursor, escape_len};
use crate::chars::{is_apostrophe, is_double_quote, is_space};
use crate::error::QueryError;

impl Cursor<'_> {
    /// Takes a text in double quotation marks; gives the bytes between them. If there are `escapes`, a mark after a backslash
    /// is part of the text.
    pub(super) fn double_quoted(&mut self, escapes: bool) -> Result<Range<usize>, QueryError> {
        let open = self.at;
        self.bump();
        let inside = self.at;
        let Some(end) =
            self.closing_mark(inside, escapes, true).or_else(|| self.closing_mark(inside, escapes, false))
        else {
            self.at = self.text.len();
            return Err(self.unclosed(open, inside));
        };
        self.at = end;
        self.bump();
        Ok(inside..end)
    }

    /// The byte of the double quotation mark that closes a text which begins at byte `inside`. If `nested`, quotations in
    /// the text are passed over: their first mark follows a space or bracket and precedes a word.
    fn closing_mark(&self, inside: usize, escapes: bool, nested: bool) -> Option<usize> {
        let (mut at, mut before, mut depth) = (inside, None, 0_usize);
        while let Some(c) = self.text[at..].chars().next() {
            if let Some(length) = escape_len(&self.text[at..]).filter(|_| escapes) {
                at += length;
                before = Some('\\');
                continue;
            }
            if is_double_quote(c) {
                let after = self.text[at + c.len_utf8()..].chars().next();
                let opens = before.is_none_or(|before| is_space(before) || matches!(before, '(' | '['))
                    && after.is_some_and(char::is_alphanumeric);
                match depth {
                    _ if nested && opens => depth += 1,
                    0 => return Some(at),
                    _ => depth -= 1,
                }
            }
            before = Some(c);
            at += c.len_utf8();
        }
        None
    }

    /// Takes a text in single quotation marks; gives the bytes between them. A mark after a word and not before one
    /// closes, others are apostrophes.
    pub(super) fn single_quoted(&mut self) -> Result<Range<usize>, QueryError> {
        let open = self.at;
        self.bump();
        let inside = self.at;
        let close = self.text[inside..]
            .char_indices()
            .map(|(at, c)| (inside + at, c))
            .find(|&(at, c)| is_apostrophe(c) && (at == inside || self.closes(at, c)));
        let Some((end, c)) = close else { return Err(self.unclosed(open, inside)) };
        self.at = end + c.len_utf8();
        Ok(inside..end)
    }

    /// True if the apostrophe `c` at byte `at` follows a word and does not precede one.
    fn closes(&self, at: usize, c: char) -> bool {
        let before = self.text[..at].chars().next_back();
        let after = self.text[at + c.len_utf8()..].chars().next();
        !before.is_none_or(is_space) && after.is_none_or(|c| !c.is_alphanumeric())
    }

    /// Refuses a phrase that could end at a later mark too, as in `'parents' views'`, instead of guessing.
    pub(super) fn check_unambiguous(&self, quoted: Range<usize>) -> Result<(), QueryError> {
        let rest = self.text[self.at..].char_indices().map(|(at, c)| (self.at + at, c));
        for (at, c) in rest {
            if is_double_quote(c) {
                break;
            }
            if is_apostrophe(c) {
                if self.closes(at, c) {
                    let span = quoted.start..at + c.len_utf8();
                    let cure = "use double quotation marks: \"parents' views\"";
                    return Err(self.fault(span, "the end of this phrase is not clear", cure));
                }
                if self.text[..at].ends_with(|c| is_space(c) || c == '(') {
                    break; // the next phrase opens
                }
            }
        }
        Ok(())
    }

    /// The error for a quotation mark that nothing closes.
    fn unclosed(&self, open: usize, inside: usize) -> QueryError {
        let cure = if self.text[open..].starts_with(is_apostrophe) {
            "close it, or leave it out if it is an apostrophe that begins a word"
        } else {
            "close it, or remove it"
        };
        self.fault(open..inside, "this quotation mark is not closed", cure)
    }
}
