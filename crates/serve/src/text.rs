//! Text of documents in a page: no character of it is markup, and none can hide or turn others.

use std::borrow::Cow;
use std::ops::Range;

use maud::{Markup, PreEscaped, html};
use quotable_export::escape::{find_harmful, is_harmful};
use quotable_export::html::{escape_text, with_marks};

/// The text, escaped.
pub(crate) fn text(text: &str) -> Markup {
    PreEscaped(escape_text(text))
}

/// A text of several lines, escaped, with its line ends.
pub(crate) fn lines(lines: &str) -> Markup {
    html! { @for (at, line) in lines.lines().enumerate() { @if at > 0 { "\n" } (text(line)) } }
}

/// The text as the value of a field, which goes back as it stands: each character that could hide or turn others is a space.
/// Not escaped.
pub(crate) fn value(text: &str) -> Cow<'_, str> {
    match find_harmful(text) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(text.replace(is_harmful, " ")),
    }
}

/// The text, escaped, with byte ranges of it in `<mark>`.
pub(crate) fn marked(text: &str, ranges: &[Range<usize>]) -> Markup {
    PreEscaped(with_marks(text, ranges))
}
