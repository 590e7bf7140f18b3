//! What stands around a quotation: the words that introduce and follow it, and quotations set as blocks.

use std::ops::Range;

use super::Piece;
use super::pair::{Found, FoundPart};
use super::speaker;

/// A word of a text and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

/// The words of a part of a text: letters and digits with inner apostrophes, and hyphens.
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

/// Where the sentence that ends at a byte begins, not before `from`.
pub(super) fn sentence_start(text: &str, from: usize, at: usize) -> usize {
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

/// Where the sentence that goes on at a byte ends, not behind `to`.
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

/// Paragraphs that the one before announces as a quotation and that have no marks.
pub(super) fn blocks(pieces: &[Piece<'_>], found: &[Found]) -> Vec<Found> {
    let marked: std::collections::BTreeSet<usize> =
        found.iter().flat_map(|found| &found.parts).map(|part| part.piece).collect();
    let is_block = |(index, pair): &(usize, &[Piece<'_>])| {
        let [before, piece] = pair else { return false };
        let announced = before.text.trim_end().ends_with(':');
        let announced = announced && speaker::announces(before.text);
        let text = piece.text.trim();
        let sentence = text.starts_with(|first: char| first.is_uppercase() || first == '…' || first == '[')
            && text.ends_with(['.', '!', '?', '…']);
        let long = text.split_whitespace().nth(5).is_some();
        piece.block && announced && sentence && long && !marked.contains(&(index + 1))
    };
    let blocks = pieces.windows(2).enumerate().filter(is_block).map(|(index, pair)| {
        let text = pair[1].text;
        let start = text.len() - text.trim_start().len();
        let bytes = start..start + text.trim().len();
        let parts = vec![FoundPart { piece: index + 1, bytes }];
        Found { parts, depth: 0, closed: true, block: true }
    });
    blocks.collect()
}
