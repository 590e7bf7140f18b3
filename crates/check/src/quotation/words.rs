//! Words and sentence bounds around a quotation.
//!
//! The sentences of a paragraph do not serve here: a sentence with a quotation inside may hold full stops of the quotation,
//! and only the part before or behind it matters.

use std::ops::Range;

use super::word_lists::{LACKING, is_in, is_negation};

/// A word of a text.
#[derive(Debug, Clone)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    /// Its first byte.
    pub(super) at: usize,
}

impl Word<'_> {
    /// The byte behind the word.
    pub(super) fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// The words in a byte range of `text`: letters and digits, with hyphens and apostrophes inside. Empty if the range is:
/// of overlapping quotations, one may begin before the range behind the other does.
pub(super) fn words(text: &str, range: Range<usize>) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = range.start;
    let inner = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '-');
    for piece in text.get(range).unwrap_or_default().split_inclusive(|letter| !inner(letter)) {
        let word = piece.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        let trimmed = word.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        if !trimmed.is_empty() {
            words.push(Word { text: trimmed, at: at + word.len() - trimmed.len() });
        }
        at += piece.len();
    }
    words
}

/// The first byte of the sentence that ends at byte `at`; `from` at the earliest.
pub(crate) fn sentence_start(text: &str, from: usize, at: usize) -> usize {
    let before = text.get(from..at).unwrap_or_default();
    let mut start = 0;
    let mut last = ' ';
    for (index, letter) in before.char_indices() {
        if letter.is_whitespace()
            && matches!(last, '.' | '!' | '?' | '”' | '"' | ';')
            && index < before.trim_end().len()
        {
            start = index;
        }
        last = letter;
    }
    from + start
}

/// Words before a quotation in which its denial is looked for.
const NEAR: usize = 8;
/// Bytes that those words have at most.
const NEAR_BYTES: usize = 160;

/// True if the words of the sentence before byte `at` deny what follows: `are not`, `a lack of`, `failed to`.
pub(super) fn is_negated_before(text: &str, at: usize) -> bool {
    // A paragraph may hold thousands of quotations.
    let from = text.ceil_char_boundary(at.saturating_sub(NEAR_BYTES));
    let start = sentence_start(text, from, at);
    let denies = |word: &Word<'_>| is_negation(word.text) || is_in(&LACKING, word.text);
    words(text, start..at).iter().rev().take(NEAR).any(denies)
}

/// The byte behind the sentence that runs over byte `at`, without its final mark; `to` at the latest.
pub(super) fn sentence_end(text: &str, at: usize, to: usize) -> usize {
    let after = text.get(at..to).unwrap_or_default();
    let mut last: Option<(usize, char)> = None;
    for (index, letter) in after.char_indices() {
        if let Some((end, '.' | '!' | '?' | ';' | '–')) = last
            && letter.is_whitespace()
        {
            return at + end;
        }
        last = Some((index, letter));
    }
    to
}

/// Words; a longer line below a quotation does not name its speaker.
const LONGEST_CREDIT: usize = 14;

/// True for the line below a quotation that names its speaker: `— Ada Quill`.
pub(super) fn is_credit(text: &str) -> bool {
    text.trim_start().starts_with(['—', '–', '―']) && text.split_whitespace().nth(LONGEST_CREDIT).is_none()
}

/// True for such a line without its dash: few words, no sentence.
pub(super) fn is_name_line(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
        && !text.trim_end().ends_with(['.', '!', '?', ':', ';'])
        && text.split_whitespace().nth(LONGEST_CREDIT).is_none()
}
