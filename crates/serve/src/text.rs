//! Text of documents in a page: no character of it is markup, and none can hide or turn others.

use std::borrow::Cow;
use std::ops::Range;

use maud::{Markup, PreEscaped, html};
use quotable::query::analyse::fold;
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

/// What a field shows of a text, and sends back. Not escaped.
///
/// A character that could hide or turn others becomes a space where it parts words; it is left out where a word goes on over it. So what
/// comes back finds the same.
pub(crate) fn value(text: &str) -> Cow<'_, str> {
    if find_harmful(text).is_none() {
        return Cow::Borrowed(text);
    }
    let parts_words = |sign: char| is_harmful(sign) && fold(&format!("a{sign}a")).contains(' ');
    let shown = text.chars().filter_map(|sign| match sign {
        sign if parts_words(sign) => Some(' '),
        sign => Some(sign).filter(|sign| !is_harmful(*sign)),
    });
    Cow::Owned(shown.collect())
}

/// The text, escaped, with byte ranges of it in `<mark>`.
pub(crate) fn marked(text: &str, ranges: &[Range<usize>]) -> Markup {
    PreEscaped(with_marks(text, ranges))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_the_same_words_and_nothing_hidden() {
        assert_eq!(value("“chil\u{200e}dren”\u{1b}wait\u{202e}"), "“children” wait");
        assert!(matches!(value("“children wait”"), Cow::Borrowed(_)));
        for sign in (0..=0xe_007f).filter_map(char::from_u32).filter(|sign| is_harmful(*sign)) {
            let text = format!("chil{sign}dren");
            let shown = value(&text);
            assert!(find_harmful(&shown).is_none(), "{sign:?}");
            assert_eq!(fold(&shown), fold(&text), "{sign:?}");
        }
    }
}
