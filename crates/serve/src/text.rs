//! Text of documents in a page: no character of it is markup, and none can hide or turn others.

use std::ops::Range;

use maud::{Markup, PreEscaped};
use quotable_export::html::{escape_text, with_marks};

/// The text, escaped.
pub(crate) fn text(text: &str) -> Markup {
    PreEscaped(escape_text(text))
}

/// The text, escaped, with byte ranges of it in `<mark>`.
pub(crate) fn marked(text: &str, ranges: &[Range<usize>]) -> Markup {
    PreEscaped(with_marks(text, ranges))
}
