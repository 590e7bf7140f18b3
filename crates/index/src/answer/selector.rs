//! The W3C's way to point at a piece of text.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::search::hit::Hit;

/// A text-quote selector of the [Web Annotation Data Model](https://www.w3.org/TR/annotation-model/#text-quote-selector):
/// the words, and enough of what stands around them to find them again. Serialises as the recommendation has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
#[non_exhaustive]
pub enum Selector {
    /// The one kind that is given.
    TextQuoteSelector {
        /// The words.
        exact: String,
        /// What stands right before them in the paragraph.
        prefix: String,
        /// What stands right behind them in the paragraph.
        suffix: String,
    },
}

/// How much of the text around is given, in graphemes: a letter is not cut from its accents.
const AROUND: usize = 32;

impl Hit {
    /// Points at some bytes of the text; they are widened to whole characters.
    pub fn selector(&self, bytes: Range<usize>) -> Selector {
        let start = self.text.floor_char_boundary(bytes.start);
        let end = self.text.ceil_char_boundary(bytes.end).max(start);
        let (before, after) = (&self.text[..start], &self.text[end..]);
        let from = before.grapheme_indices(true).rev().take(AROUND).last().map_or(start, |(at, _)| at);
        let to = after.grapheme_indices(true).nth(AROUND).map_or(after.len(), |(at, _)| at);
        Selector::TextQuoteSelector {
            exact: self.text[start..end].to_owned(),
            prefix: self.text[from..start].to_owned(),
            suffix: after[..to].to_owned(),
        }
    }
}
