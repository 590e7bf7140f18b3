//! A place in a report where a quotation was found.

use std::ops::Range;

use quotable_index::Id;
use quotable_report::{Citation, Role};
use serde::{Deserialize, Serialize};

/// A place in a report where a quotation, or a piece of it, was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Place {
    /// The stable id of the paragraph.
    pub id: Id,
    /// The citation of the paragraph, with the pages of `bytes`.
    pub citation: Citation,
    /// The role of the paragraph: body text, heading, row of a table, note.
    pub role: Role,
    /// The text of the whole paragraph.
    pub text: String,
    /// The quoted part of the paragraph: bytes of `text`.
    pub bytes: Range<usize>,
    /// The part of the quotation that was found here: bytes of the text of the quotation.
    pub quoted: Range<usize>,
}

impl Place {
    /// The quoted part in the words of the source.
    pub fn source(&self) -> &str {
        self.text.get(self.bytes.clone()).unwrap_or_default()
    }

    /// The bytes of the sentences of `text` that overlap `bytes`, without surrounding spaces.
    pub fn sentences(&self) -> Range<usize> {
        let touched = |sentence: &Range<usize>| {
            sentence.start < self.bytes.end.max(self.bytes.start + 1) && self.bytes.start < sentence.end
        };
        let all = quotable_report::sentences(&self.text);
        let mut found = all.into_iter().filter(touched);
        let Some(first) = found.next() else { return self.bytes.clone() };
        let bytes = first.start..found.next_back().map_or(first.end, |last| last.end);
        let inside = self.text.get(bytes.clone()).unwrap_or_default();
        let start = bytes.start + (inside.len() - inside.trim_start().len());
        start..start + inside.trim().len()
    }

    /// The text of the paragraph before and after the quoted part, each at most `bytes` long, as a W3C text-quote selector
    /// needs it.
    pub fn around(&self, bytes: usize) -> (&str, &str) {
        let start = self.text.ceil_char_boundary(self.bytes.start.saturating_sub(bytes));
        let end = self.text.floor_char_boundary(self.bytes.end.saturating_add(bytes));
        let before = self.text.get(start..self.bytes.start).unwrap_or_default();
        (before, self.text.get(self.bytes.end..end).unwrap_or_default())
    }
}
