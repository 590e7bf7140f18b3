//! Where the words of a quotation stand unchanged in a paragraph, and what their edits amount to.

use std::ops::Range;

use crate::compare::Difference;
use crate::edit::{Edit, EditKind};
use crate::token::{Token, TokenKind};
use crate::verdict::Verdict;

/// The token ranges of `source` that equal `quoted`, in order and without overlap.
pub(crate) fn occurrences(quoted: &[Token], source: &[Token]) -> Vec<Range<usize>> {
    let same = |at: usize| {
        let there = source.get(at..at + quoted.len());
        there.is_some_and(|there| there.iter().zip(quoted).all(|(left, right)| left.text == right.text))
    };
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in 0..source.len() {
        if runs.last().is_none_or(|last| last.end <= at) && same(at) {
            runs.push(at..at + quoted.len());
        }
    }
    runs
}

/// The negation that opens a sentence of the source, if the quotation drops it and presents the rest as a whole sentence:
/// quoted to its end, or with a capital that the source lacks. `[No] child was seen.`, `[Not] Enough children are seen, …`.
/// A fragment such as `evidence of impact` is no claim about its sentence and passes.
///
/// `range` is the quoted tokens of `source`, `at` the place of the difference in the quotation, `capital` true if the
/// quotation begins with a capital.
pub(crate) fn dropped_leading_negation(
    text: &str,
    source: &[Token],
    range: Range<usize>,
    at: usize,
    capital: bool,
) -> Option<Difference> {
    let before = source.get(range.start.checked_sub(1)?)?;
    let first = source.get(range.start)?;
    let opens = before.opens_sentence && before.kind == TokenKind::Negation;
    let ends = source.get(range.end).is_none_or(|next| next.opens_sentence);
    let recapitalised =
        capital && text.get(first.bytes.clone()).is_some_and(|word| !word.starts_with(char::is_uppercase));
    let (kind, quoted, source) = (EditKind::NegationLost, at..at, before.bytes.clone());
    (opens && (ends || recapitalised)).then_some(Difference { kind, quoted, source })
}

/// Adverbs between a negation and what it denies: `not always`.
const BETWEEN: [&str; 8] = ["always", "yet", "been", "being", "be", "also", "ever", "even"];

/// The negation of a verb directly before the quoted tokens `range`: `are [not] fully aware`, `have [not] always been`. Of
/// nouns (`no evidence of impact`) none is taken: a fragment of a noun is no claim about its sentence.
pub(crate) fn dropped_negation_before(
    source: &[Token],
    range: &Range<usize>,
    at: usize,
) -> Option<Difference> {
    let denies = |token: &Token| {
        token.kind == TokenKind::Negation
            && (matches!(token.text.as_str(), "not" | "never" | "cannot") || token.text.ends_with("n't"))
    };
    source.get(range.start).filter(|first| !first.opens_sentence)?;
    let before = source.get(range.start.checked_sub(1)?)?;
    let adverb = BETWEEN.contains(&before.text.as_str()) || before.text.ends_with("ly");
    let negation = if denies(before) {
        before
    } else {
        let further = source.get(range.start.checked_sub(2)?)?;
        Some(further).filter(|further| adverb && !before.opens_sentence && denies(further))?
    };
    Some(Difference { kind: EditKind::NegationLost, quoted: at..at, source: negation.bytes.clone() })
}

/// The verdict on a quotation that was found with these edits.
pub(crate) fn verdict(edits: &[Edit]) -> Verdict {
    if edits.is_empty() {
        Verdict::Exact
    } else if edits.iter().all(|edit| edit.kind.is_folded()) {
        Verdict::ExactAfterFolding
    } else {
        Verdict::Altered
    }
}
