//! One hit as programs read it: a line of JSON, version 1. Fields are added, never renamed or removed.

use std::ops::Range;

use quotable::report::{Citation, Role};
use quotable::{Hit, Id};
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;

/// The version of all our lines of JSON.
pub(crate) const SCHEMA: u32 = 1;

/// A paragraph that matches.
#[derive(Debug, Serialize)]
pub(crate) struct HitRecord<'h> {
    /// The version of the record: 1.
    schema: u32,
    /// `true` if some files of the corpus were still to be read; else it is left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    incomplete: bool,
    /// The stable id of the paragraph, for `quotable show`.
    id: &'h Id,
    /// The path of the report, relative to the corpus.
    path: &'h str,
    /// The relevance (BM25); `null` where hits are not in order of relevance.
    score: Option<f64>,
    /// The occurrences of the query that are counted: `[start, end]` in bytes of the UTF-8 of `text`, the end not
    /// included. Of a window, from its first word to its last; they may overlap.
    occurrences: Vec<[usize; 2]>,
    /// What the paragraph is: `body`, `bullet`, `heading`, `table`, `note`.
    role: Role,
    /// The stable name of the theme of its section.
    theme: Option<&'h str>,
    /// The whole paragraph.
    text: &'h str,
    /// The words that matched, as `occurrences` are written; in order and apart.
    matches: Vec<[usize; 2]>,
    /// The first occurrence as a W3C TextQuoteSelector.
    selector: Selector<'h>,
    /// Where the quotation stands, in parts.
    citation: &'h Citation,
    /// Where the quotation stands, as a reader is told.
    cite: String,
}

impl<'h> HitRecord<'h> {
    pub(crate) fn new(hit: &'h Hit, ranked: bool, complete: bool) -> Self {
        Self {
            schema: SCHEMA,
            incomplete: !complete,
            id: &hit.id,
            path: &hit.citation.path,
            score: ranked.then_some(hit.score),
            occurrences: spans(&hit.occurrences),
            role: hit.role,
            theme: hit.theme.as_deref(),
            text: &hit.text,
            matches: spans(&hit.matches),
            selector: Selector::new(&hit.text, hit.occurrences.first().cloned()),
            citation: &hit.citation,
            cite: hit.citation.to_string(),
        }
    }
}

fn spans(ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    ranges.iter().map(|range| [range.start, range.end]).collect()
}

/// A quotation with the words around it, by which it can be found again in the source:
/// <https://www.w3.org/TR/annotation-model/#text-quote-selector>.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Selector<'h> {
    /// `TextQuoteSelector`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The first occurrence; the whole paragraph where no words were asked for.
    exact: &'h str,
    /// Up to 32 letters before it, in the same paragraph.
    prefix: &'h str,
    /// Up to 32 letters after it, in the same paragraph.
    suffix: &'h str,
}

/// As many as other programs that write such selectors give.
const AROUND: usize = 32;

impl<'h> Selector<'h> {
    fn new(text: &'h str, found: Option<Range<usize>>) -> Self {
        let found = found.unwrap_or(0..text.len());
        let (before, after) = (&text[..found.start], &text[found.end..]);
        let start =
            before.grapheme_indices(true).rev().take(AROUND).last().map_or(before.len(), |(at, _)| at);
        let end = after.grapheme_indices(true).nth(AROUND).map_or(after.len(), |(at, _)| at);
        Self {
            kind: "TextQuoteSelector",
            exact: &text[found],
            prefix: &before[start..],
            suffix: &after[..end],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Selector;

    #[test]
    fn a_selector_has_32_letters_on_either_side() {
        let text = format!("{}care{}", "é".repeat(40), "o".repeat(40));
        let selector = Selector::new(&text, Some(80..84));
        assert_eq!((selector.prefix, selector.exact), ("é".repeat(32).as_str(), "care"));
        assert_eq!(selector.suffix, "o".repeat(32));
    }

    #[test]
    fn at_the_ends_of_the_paragraph_it_has_what_there_is() {
        let selector = Selector::new("Too few", Some(0..7));
        assert_eq!((selector.prefix, selector.suffix), ("", ""));
        assert_eq!(Selector::new("Too few", None), selector);
    }
}
