//! Quotation marks, and how they differ from apostrophes.

use std::ops::Range;

use super::cursor::Cursor;
use crate::chars::{is_apostrophe, is_double_quote, is_space};
use crate::error::QueryError;

impl Cursor<'_> {
    /// Takes a text in double quotation marks; gives the bytes between them.
    pub(super) fn double_quoted(&mut self) -> Result<Range<usize>, QueryError> {
        let open = self.at;
        self.bump();
        let inside = self.at;
        self.take_while(|c| !is_double_quote(c));
        let end = self.at;
        if self.peek().is_none() {
            return Err(self.unclosed(open, inside));
        }
        self.bump();
        Ok(inside..end)
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
