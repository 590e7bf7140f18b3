//! Changes of meaning that need no dictionary: negations and numbers.

use crate::edit::EditKind;
use crate::forms::negates;
use crate::token::{Token, TokenKind};

/// Changes of at most this number of words are judged word by word; a longer one is a clause of its own.
pub(super) const CLAUSE: usize = 4;

/// Words that deny what goes with them, and are no negation of another word here.
const DENYING: [&str; 20] = [
    "unaware", "unable", "unclear", "unlikely", "unknown", "unsure", "uncertain", "lack", "lacks", "lacked",
    "lacking", "fail", "fails", "failed", "failing", "failure", "absence", "absent", "refuse", "refused",
];

/// The numbers and signs of `tokens`, sorted, so that two lists compare without regard to order.
pub(super) fn numbers(tokens: &[&Token]) -> Vec<String> {
    let mut numbers: Vec<String> = tokens
        .iter()
        .filter(|token| matches!(token.kind, TokenKind::Number | TokenKind::Sign))
        .map(|token| token.text.clone())
        .collect();
    numbers.sort();
    numbers
}

/// True if an ellipsis removes a negation of the words that it keeps: one at either end of the cut, unless it opens a
/// sentence, or one anywhere in a cut too short to be a clause.
pub(super) fn drops_negation(cut: &[Token]) -> bool {
    let denies = |token: &Token| token.kind == TokenKind::Negation && !token.opens_sentence;
    let ends = cut.first().is_some_and(denies) || cut.last().is_some_and(denies);
    ends || (cut.len() <= CLAUSE && cut.iter().any(denies))
}

/// The kind of edit if one side has more negations than the other: words such as `not`, and prefixes such as `un-` on a
/// word of the other side.
pub(super) fn negation_kind(quoted: &[&Token], source: &[&Token]) -> Option<EditKind> {
    let count = |tokens: &[&Token]| tokens.iter().filter(|token| token.kind == TokenKind::Negation).count();
    let (mut there, mut here) = (count(quoted), count(source));
    // Prefixes are compared pair by pair: the cap keeps a long change from costing its square.
    const MAX_WORDS: usize = 12;
    for left in quoted.iter().take(MAX_WORDS) {
        for right in source.iter().take(MAX_WORDS) {
            there += usize::from(negates(&left.text, &right.text));
            here += usize::from(negates(&right.text, &left.text));
        }
    }
    // `are unaware` for `do not know`: the sense is kept by a word that denies without being a negation.
    let denies = |tokens: &[&Token]| tokens.iter().any(|token| DENYING.contains(&token.text.as_str()));
    match there.cmp(&here) {
        std::cmp::Ordering::Less if denies(quoted) && !denies(source) => None,
        std::cmp::Ordering::Greater if denies(source) && !denies(quoted) => None,
        std::cmp::Ordering::Less => Some(EditKind::NegationLost),
        std::cmp::Ordering::Greater => Some(EditKind::NegationGained),
        std::cmp::Ordering::Equal => None,
    }
}
