//! What of a long paragraph is shown.

use std::ops::Range;

use quotable::Hit;

/// A paragraph of at most so many bytes is shown whole.
const SHORT: usize = 500;
/// A sentence longer than this is cut around its matches: it is a table or a list that lost its lines.
const SENTENCE: usize = 900;
/// How many bytes are kept on either side of a match in such a sentence, about.
const AROUND: usize = 200;

/// The parts of a hit's paragraph that are shown, byte ranges in order: all of it if it is short, else the
/// sentences that match; those alone and whole where nothing else is wanted.
fn parts(hit: &Hit, sentences: bool) -> Vec<Range<usize>> {
    if sentences {
        return hit.matched_sentences();
    }
    if hit.text.len() <= SHORT {
        return std::iter::once(0..hit.text.len()).collect();
    }
    let mut parts: Vec<Range<usize>> = Vec::new();
    for sentence in hit.matched_sentences() {
        for part in windows(hit, sentence) {
            match parts.last_mut() {
                Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
                _ => parts.push(part),
            }
        }
    }
    parts
}

/// The sentence, or what of it stands around its matches.
fn windows(hit: &Hit, sentence: Range<usize>) -> Vec<Range<usize>> {
    if sentence.len() <= SENTENCE {
        return vec![sentence];
    }
    let inside = |found: &&Range<usize>| found.start < sentence.end && sentence.start < found.end;
    let around = |found: &Range<usize>| {
        let start = at_space(&hit.text, found.start.saturating_sub(AROUND).max(sentence.start));
        let end = at_space(&hit.text, found.end.saturating_add(AROUND).min(sentence.end));
        start.min(found.start)..end.max(found.end)
    };
    let windows: Vec<_> = hit.matches.iter().filter(inside).map(around).collect();
    if windows.is_empty() {
        let end = at_space(&hit.text, sentence.start + 2 * AROUND);
        return std::iter::once(sentence.start..end).collect();
    }
    windows
}

/// The nearest place before, at which a word ends; if there is none near, a place between two letters.
fn at_space(text: &str, byte: usize) -> usize {
    const NEAR: usize = 40;
    let byte = text.floor_char_boundary(byte);
    if byte == text.len() {
        return byte;
    }
    let from = text.floor_char_boundary(byte.saturating_sub(NEAR));
    text[from..byte].rfind(' ').map_or(byte, |space| from + space)
}

/// The parts joined as they are shown, with `…` for what is left out, and the matches as ranges of that.
pub(crate) fn joined(hit: &Hit, sentences: bool) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut matches = Vec::new();
    let mut from = 0;
    for part in parts(hit, sentences) {
        if part.start > from {
            text.push_str(if text.is_empty() { "… " } else { " … " });
        }
        let piece = &hit.text[part.clone()];
        let lead = piece.len() - piece.trim_start().len();
        let piece = piece.trim();
        let (start, end) = (part.start + lead, part.start + lead + piece.len());
        let base = text.len();
        let inside = |found: &&Range<usize>| found.start < end && start < found.end;
        matches.extend(
            hit.matches
                .iter()
                .filter(inside)
                .map(|found| base + found.start.max(start) - start..base + found.end.min(end) - start),
        );
        text.push_str(piece);
        from = part.end;
    }
    if from < hit.text.len() {
        text.push_str(" …");
    }
    (text, matches)
}
