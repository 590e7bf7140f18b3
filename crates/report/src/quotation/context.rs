//! What stands around a quotation: the words that introduce and follow it, and quotations set as blocks.

use std::collections::BTreeMap;
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

/// Paragraphs that the format sets apart as quoted, those behind one another as one. What stands in marks inside them is
/// quoted within a quotation; a paragraph that stands in marks as a whole is one of these already.
pub(super) fn set_apart(pieces: &[Piece<'_>], found: &mut [Found]) -> Vec<Found> {
    let mut inside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, found) in found.iter().enumerate() {
        for part in &found.parts {
            inside.entry(part.piece).or_default().push(index);
        }
    }
    let mut blocks: Vec<Found> = Vec::new();
    let mut last = None;
    for (number, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.set) {
        let start = piece.text.len() - piece.text.trim_start().len();
        let bytes = start..start + piece.text.trim().len();
        let marked = inside.get(&number).map(Vec::as_slice).unwrap_or_default();
        let parts = marked.iter().flat_map(|&index| &found[index].parts).filter(|part| part.piece == number);
        let longest = parts.map(|part| part.bytes.len()).max().unwrap_or(0);
        if longest * 5 >= bytes.len() * 4 || names_the_speaker(piece.text) {
            continue;
        }
        for &index in marked {
            found[index].depth += 1;
        }
        let part = FoundPart { piece: number, bytes };
        match blocks.last_mut().filter(|_| last.is_some_and(|last| last + 1 == number)) {
            Some(block) => block.parts.push(part),
            None => blocks.push(Found { parts: vec![part], depth: 0, closed: true, block: true }),
        }
        last = Some(number);
    }
    blocks
}

/// True for the line under a quotation that says whose it is: `— Ada Quill`.
fn names_the_speaker(text: &str) -> bool {
    text.trim_start().starts_with(['—', '–', '―']) && text.split_whitespace().nth(14).is_none()
}
