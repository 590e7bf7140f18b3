//! W3C text-quote selectors.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::search::hit::Hit;

/// A text-quote selector of the [Web Annotation Data Model](https://www.w3.org/TR/annotation-model/#text-quote-selector):
/// a quoted text with enough context to find it again. Serialises in the form of the recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
#[non_exhaustive]
pub enum Selector {
    /// The only kind of selector in use.
    TextQuoteSelector {
        /// The quoted text.
        exact: String,
        /// The text of the paragraph immediately before it.
        prefix: String,
        /// The text of the paragraph immediately after it.
        suffix: String,
    },
}

/// The length of prefix and suffix in graphemes, so that no letter loses its accents.
const CONTEXT: usize = 32;

impl Hit {
    /// A selector for a byte range of the text, widened to whole characters.
    pub fn selector(&self, bytes: Range<usize>) -> Selector {
        let start = self.text.floor_char_boundary(bytes.start);
        let end = self.text.ceil_char_boundary(bytes.end).max(start);
        let (before, after) = (&self.text[..start], &self.text[end..]);
        let from = before.grapheme_indices(true).rev().take(CONTEXT).last().map_or(start, |(at, _)| at);
        let to = after.grapheme_indices(true).nth(CONTEXT).map_or(after.len(), |(at, _)| at);
        Selector::TextQuoteSelector {
            exact: self.text[start..end].to_owned(),
            prefix: self.text[from..start].to_owned(),
            suffix: after[..to].to_owned(),
        }
    }
}
