//! Quotation marks: which open, which close, and which are apostrophes.

use std::ops::Range;

use super::cursor::Cursor;
use crate::analyse::is_apostrophe;
use crate::chars::{is_double_quote, is_space};
use crate::error::QueryError;

impl Cursor<'_> {
    /// Takes what stands between double quotation marks.
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

    /// Takes what stands between single quotation marks: one before a space or the end closes, others are
    /// apostrophes.
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

    /// True if the apostrophe at a place stands behind a word and before none.
    fn closes(&self, at: usize, c: char) -> bool {
        let before = self.text[..at].chars().next_back();
        let after = self.text[at + c.len_utf8()..].chars().next();
        !before.is_none_or(is_space) && after.is_none_or(|c| !c.is_alphanumeric())
    }

    /// `'parents' views'` can be read in two ways, and neither is guessed.
    pub(super) fn check_ambiguous(&self, quoted: Range<usize>) -> Result<(), QueryError> {
        let rest = self.text[self.at..].char_indices().map(|(at, c)| (self.at + at, c));
        for (at, c) in rest {
            if is_double_quote(c) {
                break;
            }
            if is_apostrophe(c) {
                if self.closes(at, c) {
                    let span = quoted.start..at + c.len_utf8();
                    let cure = "use double quotation marks: \"parents' views\"";
                    return Err(self.fault(span, "where this phrase ends is not clear", cure));
                }
                if self.text[..at].ends_with(|c| is_space(c) || c == '(') {
                    break; // the next phrase opens
                }
            }
        }
        Ok(())
    }

    fn unclosed(&self, open: usize, inside: usize) -> QueryError {
        let cure = if self.text[open..].starts_with(is_apostrophe) {
            "close it; an apostrophe that begins a word can be left out"
        } else {
            "close it, or take it out"
        };
        self.fault(open..inside, "this quotation mark is not closed", cure)
    }
}
