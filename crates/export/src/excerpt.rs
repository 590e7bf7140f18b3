//! The part of a long paragraph that is shown.

use std::ops::Range;

use quotable_index::Hit;

use crate::number::counted;

/// A paragraph of at most this many bytes is shown whole.
const SHORT_PARAGRAPH: usize = 500;
/// A sentence of more bytes is cut around its matches: it is a table or a list whose lines were lost.
const LONG_SENTENCE: usize = 900;
/// Bytes kept on each side of a match in such a sentence, about.
const AROUND: usize = 200;
/// Bytes of one paragraph that are shown at most, about: what is longer is the whole text of a file in one paragraph.
const LONGEST: usize = 4_000;

/// What is shown of a hit's paragraph, with `…` where text was left out, and `[12 occurrences not shown]` at its end where
/// some were.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Excerpt {
    /// The text, not escaped.
    pub text: String,
    /// The matches: byte ranges of `text`, in order and apart.
    pub matches: Vec<Range<usize>>,
}

impl Excerpt {
    /// All of a short paragraph, and the sentences with a match of a long one: not more than about 4,000 bytes of them.
    pub fn of(hit: &Hit) -> Self {
        let ranges = bounded(&hit.text, excerpt_ranges(hit));
        let mut excerpt = Self::joined(hit, &ranges);
        let end = ranges.last().map_or(0, |range| range.end);
        let left_out = hit.matches.iter().filter(|found| found.start >= end).count();
        if left_out > 0 {
            excerpt.text.push_str(&format!(" [{} not shown]", counted(left_out as u64, "occurrences")));
        }
        excerpt
    }

    /// A paragraph in which nothing is marked: its first 4,000 bytes, about.
    pub fn beginning(hit: &Hit) -> Self {
        let whole = 0..hit.text.len();
        Self { matches: Vec::new(), ..Self::joined(hit, &bounded(&hit.text, vec![whole])) }
    }

    /// The sentences with a match, uncut, however short the paragraph is.
    pub fn sentences(hit: &Hit) -> Self {
        Self::joined(hit, &hit.matched_sentences())
    }

    /// The whole paragraph.
    pub fn whole(hit: &Hit) -> Self {
        Self { text: hit.text.clone(), matches: hit.matches.clone() }
    }

    /// Joins byte ranges of the paragraph, which are in order, and moves the matches to where they are in the result.
    fn joined(hit: &Hit, ranges: &[Range<usize>]) -> Self {
        let mut text = String::new();
        let mut matches = Vec::new();
        let mut end_of_last = 0;
        for range in without_seams(ranges) {
            if range.start > end_of_last {
                text.push_str(if text.is_empty() { "… " } else { " … " });
            }
            let part = &hit.text[range.clone()];
            let lead = part.len() - part.trim_start().len();
            let part = part.trim();
            let (start, end) = (range.start + lead, range.start + lead + part.len());
            let base = text.len();
            let is_inside = |found: &&Range<usize>| found.start < end && start < found.end;
            matches.extend(
                hit.matches
                    .iter()
                    .filter(is_inside)
                    .map(|found| base + found.start.max(start) - start..base + found.end.min(end) - start),
            );
            text.push_str(part);
            end_of_last = range.end;
        }
        if end_of_last < hit.text.len() {
            text.push_str(" …");
        }
        Self { text, matches }
    }
}

/// Ranges that follow one another without a gap as one, so that the space between two sentences stays.
fn without_seams(ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut().filter(|last| last.end == range.start) {
            Some(last) => last.end = range.end,
            None => joined.push(range.clone()),
        }
    }
    joined
}

/// The first ranges of a text, up to [`LONGEST`] bytes in all.
fn bounded(text: &str, ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut room = LONGEST;
    let mut kept = Vec::new();
    for range in ranges {
        if range.len() > room {
            let end = word_end_before(text, range.start + room);
            if end > range.start {
                kept.push(range.start..end);
            }
            break;
        }
        room -= range.len();
        kept.push(range);
    }
    kept
}

fn excerpt_ranges(hit: &Hit) -> Vec<Range<usize>> {
    if hit.text.len() <= SHORT_PARAGRAPH {
        return std::iter::once(0..hit.text.len()).collect();
    }
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for sentence in hit.matched_sentences() {
        for window in windows(hit, sentence) {
            match ranges.last_mut() {
                Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
                _ => ranges.push(window),
            }
        }
    }
    ranges
}

/// The sentence, or windows around its matches if it is too long.
fn windows(hit: &Hit, sentence: Range<usize>) -> Vec<Range<usize>> {
    if sentence.len() <= LONG_SENTENCE {
        return vec![sentence];
    }
    let is_inside = |found: &&Range<usize>| found.start < sentence.end && sentence.start < found.end;
    let around = |found: &Range<usize>| {
        let start = word_end_before(&hit.text, found.start.saturating_sub(AROUND).max(sentence.start));
        let end = word_end_before(&hit.text, found.end.saturating_add(AROUND).min(sentence.end));
        start.min(found.start)..end.max(found.end)
    };
    let windows: Vec<_> = hit.matches.iter().filter(is_inside).map(around).collect();
    if windows.is_empty() {
        let end = word_end_before(&hit.text, sentence.start + 2 * AROUND);
        return std::iter::once(sentence.start..end).collect();
    }
    windows
}

/// The nearest end of a word at or before a byte; if none is near, the nearest boundary of a character.
fn word_end_before(text: &str, byte: usize) -> usize {
    const NEAR: usize = 40;
    let byte = text.floor_char_boundary(byte);
    if byte == text.len() {
        return byte;
    }
    let from = text.floor_char_boundary(byte.saturating_sub(NEAR));
    text[from..byte].rfind(' ').map_or(byte, |space| from + space)
}
