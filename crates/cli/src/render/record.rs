//! One hit as programs read it: a line of JSON, version 1. Fields are added, never renamed or removed.

use std::ops::Range;

use quotable::report::{Citation, Role};
use quotable::{Counts, Facet, Group, Hit, Id};
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::render::hits::{Shown, Style};

/// The version of all our lines of JSON.
pub(crate) const SCHEMA: u32 = 1;

/// A paragraph that matches.
#[derive(Debug, Serialize)]
pub(crate) struct HitRecord<'h> {
    /// The version of the record: 1.
    schema: u32,
    /// Said of what comes from an index of which some files were still to be read.
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
    /// In how many reports the same paragraph stands, if it is boilerplate.
    boilerplate: Option<u32>,
    /// The sentences that match, as `occurrences` are written; the whole paragraph where nothing is marked.
    sentences: Vec<[usize; 2]>,
    /// The texts of these sentences, where they alone were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    quotes: Option<Vec<&'h str>>,
    /// The paragraphs around it, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<Context<'h>>,
    /// Of what group it is, where hits are gathered.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<GroupRecord<'h>>,
}

/// The paragraphs of the same report before and after a hit, in order.
#[derive(Debug, Serialize)]
struct Context<'h> {
    before: Vec<Beside<'h>>,
    after: Vec<Beside<'h>>,
}

/// A paragraph beside a hit.
#[derive(Debug, Serialize)]
struct Beside<'h> {
    id: &'h Id,
    role: Role,
    text: &'h str,
    /// Its printed number.
    paragraph: Option<&'h str>,
    /// The page on which it begins, one-based.
    page: Option<u32>,
}

/// A group of hits.
#[derive(Debug, Serialize)]
struct GroupRecord<'h> {
    by: Facet,
    /// `null` for those of which it is not known.
    value: Option<&'h str>,
    counts: Counts,
}

fn beside(hits: &[Hit]) -> Vec<Beside<'_>> {
    let beside = hits.iter().map(|hit| Beside {
        id: &hit.id,
        role: hit.role,
        text: &hit.text,
        paragraph: hit.citation.paragraph.as_deref(),
        page: hit.citation.page,
    });
    beside.collect()
}

impl<'h> HitRecord<'h> {
    pub(crate) fn new(shown: &Shown<'h>, style: Style) -> Self {
        let hit = shown.hit;
        let sentences = hit.matched_sentences();
        let texts = || sentences.iter().filter_map(|bytes| hit.text.get(bytes.clone())).collect();
        let around = || Context { before: beside(shown.before), after: beside(shown.after) };
        let group = |(by, group): (Facet, &'h Group)| {
            let Group { value, counts, .. } = group;
            GroupRecord { by, value: value.as_deref(), counts: *counts }
        };
        Self {
            schema: SCHEMA,
            incomplete: !style.complete,
            id: &hit.id,
            path: &hit.citation.path,
            score: style.ranked.then_some(hit.score),
            occurrences: spans(&hit.occurrences),
            role: hit.role,
            theme: hit.theme.as_deref(),
            text: &hit.text,
            matches: spans(&hit.matches),
            selector: Selector::new(&hit.text, hit.occurrences.first().cloned()),
            citation: &hit.citation,
            cite: hit.citation.to_string(),
            boilerplate: hit.boilerplate,
            quotes: style.sentences.then(texts),
            sentences: spans(&sentences),
            context: style.context.then(around),
            group: style.group.zip(shown.group).map(group),
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
