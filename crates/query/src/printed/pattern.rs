//! Numbers by a pattern, held to their signs: `*%`, `£*m`, `2.*`.
//!
//! A `*` stands for the points and commas of a number too, so a pattern has several ways to stand in a text: as one word
//! (`97%`), as two (`97.5%`, `1,000%`), and so on. Each [way](ways) has one word that postings are looked up for. Whether
//! the number that it belongs to has that many words and is of the pattern, the text tells.

use std::ops::Range;

use super::{
    Held, Number, gap_after, gap_before, is_digit, is_letter, is_separator, is_wildcard, read_number, signs,
};
use crate::chars::is_apostrophe;
use crate::glob::Glob;

/// The most words of a number that a `*` can stand for: `1,234,567,890.5`.
const MOST_WORDS: usize = 5;

/// What the number that a word belongs to must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NumberPattern {
    currency: Option<char>,
    /// The digits with the signs between them, and the letters after them.
    glob: Glob,
    percent: bool,
    /// The number of words of the number before and after this one.
    before: usize,
    after: usize,
}

impl NumberPattern {
    /// True if the number that the word at `bytes` of `text` belongs to is of the pattern.
    pub(super) fn holds(&self, text: &str, bytes: Range<usize>) -> bool {
        let Some(number) = whole_number(text, bytes, self.before, self.after) else { return false };
        let sign_before = || signs(gap_before(&text[..number.start]));
        let sign_after = || signs(gap_after(&text[number.end..]));
        self.currency.is_none_or(|sign| sign_before().trim_end().ends_with(sign))
            && (!self.percent || sign_after().trim_start().starts_with('%'))
            && self.glob.matches(&text[number].to_ascii_lowercase())
    }
}

/// The bytes of the number that the word at `bytes` belongs to, if it has that many words before and after this one.
fn whole_number(text: &str, bytes: Range<usize>, before: usize, after: usize) -> Option<Range<usize>> {
    let mut number = bytes;
    for _ in 0..before {
        number.start = word_joined_before(text, number.start)?;
    }
    for _ in 0..after {
        number.end = word_joined_after(text, number.end)?;
    }
    let head = &text[..number.start];
    // The end of a word such as `O'5`.
    let is_rest = head.strip_suffix(is_apostrophe).is_some_and(|head| head.ends_with(is_letter));
    let is_whole = word_joined_before(text, number.start).is_none()
        && word_joined_after(text, number.end).is_none()
        && text[number.start..].starts_with(is_digit)
        && !is_rest;
    is_whole.then_some(number)
}

/// The start of the word that a point or comma joins to the word which starts at byte `start`.
fn word_joined_before(text: &str, start: usize) -> Option<usize> {
    let head = &text[..start];
    let gap = gap_before(head);
    let head = &head[..head.len() - gap.len()];
    let joined = is_separator(gap) && head.ends_with(is_digit) && text[start..].starts_with(is_digit);
    joined.then(|| head.trim_end_matches(is_letter).len())
}

/// The end of the word that a point or comma joins to the word which ends at byte `end`.
fn word_joined_after(text: &str, end: usize) -> Option<usize> {
    let tail = &text[end..];
    let gap = gap_after(tail);
    let tail = &tail[gap.len()..];
    let joined = is_separator(gap) && text[..end].ends_with(is_digit) && tail.starts_with(is_digit);
    joined.then(|| text.len() - tail.trim_start_matches(is_letter).len())
}

/// The ways in which a number of a pattern may stand in a text: for each of its words `None` if any will do, or the pattern
/// of the word and how it must be printed. Empty if the text is no number with a wildcard.
pub(crate) fn ways(text: &str) -> Vec<Vec<Option<(String, Held)>>> {
    let Some((number, _)) = read_number(text, true) else { return Vec::new() };
    if !has_wildcard(&number) {
        return Vec::new();
    }
    let fewest = number.words.len();
    let most =
        if number.words.iter().any(|(_, word)| word.contains('*')) { MOST_WORDS.max(fewest) } else { fewest };
    (fewest..=most).map(|length| way(&number, length)).collect()
}

pub(super) fn has_wildcard(number: &Number<'_>) -> bool {
    number.words.iter().any(|(_, word)| word.contains(is_wildcard))
}

/// The way that has so many words.
fn way(number: &Number<'_>, length: usize) -> Vec<Option<(String, Held)>> {
    let mut glob = String::new();
    for (separator, word) in &number.words {
        glob.extend(separator);
        glob.push_str(&word.to_ascii_lowercase());
    }
    let (first, last) = ends(number, length);
    // The word with more letters of its own has fewer forms.
    let letters = |pattern: &String| pattern.len() - pattern.matches(is_wildcard).count();
    let place = if letters(&first) > letters(&last) { 0 } else { length - 1 };
    let pattern = NumberPattern {
        currency: number.currency,
        glob: Glob::new(&glob),
        percent: number.percent,
        before: place,
        after: length - 1 - place,
    };
    let mut words: Vec<Option<(String, Held)>> = vec![None; length];
    if let Some(word) = words.get_mut(place) {
        *word = Some((if place == 0 { first } else { last }, Held::of_number(pattern)));
    }
    words
}

/// The patterns of the first and the last word of a number with so many words.
fn ends(number: &Number<'_>, length: usize) -> (String, String) {
    let word = |at: usize| number.words.get(at).map_or("", |(_, word)| *word).to_ascii_lowercase();
    let (first, last) = (word(0), word(number.words.len() - 1));
    if length == number.words.len() {
        return (first, last);
    }
    // A star of the word may stand for its end and further words.
    let opens = first.split_once('*').map(|(opens, _)| format!("{opens}*"));
    let closes = last.rsplit_once('*').map(|(_, closes)| format!("*{closes}"));
    (opens.unwrap_or(first), closes.unwrap_or(last))
}
