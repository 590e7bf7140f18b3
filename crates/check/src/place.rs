//! Where a quotation stands.

use std::ops::Range;

use quotable_index::Id;
use quotable_report::{Citation, Role};
use serde::{Deserialize, Serialize};

/// A place in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Place {
    /// The stable id of the paragraph.
    pub id: Id,
    /// Where it stands; the pages are those of `bytes`.
    pub citation: Citation,
    /// What the paragraph is.
    pub role: Role,
    /// The whole paragraph.
    pub text: String,
    /// What is quoted of it: bytes of `text`.
    pub bytes: Range<usize>,
    /// Which part of the quotation stands here: bytes of its text.
    pub quoted: Range<usize>,
}

impl Place {
    /// What is quoted, as the source has it.
    pub fn source(&self) -> &str {
        self.text.get(self.bytes.clone()).unwrap_or_default()
    }

    /// The sentences in which it stands: bytes of `text`, without the spaces at either end.
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

    /// Before and behind what is quoted: at most so many bytes of the paragraph, as the W3C text-quote selector has
    /// them.
    pub fn around(&self, bytes: usize) -> (&str, &str) {
        let start = self.text.ceil_char_boundary(self.bytes.start.saturating_sub(bytes));
        let end = self.text.floor_char_boundary(self.bytes.end.saturating_add(bytes));
        let before = self.text.get(start..self.bytes.start).unwrap_or_default();
        (before, self.text.get(self.bytes.end..end).unwrap_or_default())
    }
}
