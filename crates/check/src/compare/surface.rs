//! Differences in letters, signs and spaces between texts whose words compare equal.

use crate::edit::EditKind;
use crate::token::{Token, TokenKind};

/// The difference between two spellings of one token; `None` if they are equal. `first` is true for the first token of
/// the quotation.
pub(super) fn surface_kind(token: &Token, quoted: &str, source: &str, first: bool) -> Option<EditKind> {
    if quoted == source {
        return None;
    }
    // `[c]hildren`: the writer says openly that the letter is another.
    if quoted.starts_with('[') {
        return Some(EditKind::Punctuation);
    }
    if quotable_query::analyse::fold(quoted) != quotable_query::analyse::fold(source) {
        // Equal tokens with unequal folded text: the tokenizer rewrote one of them (`eleven` to `11`, `isn't` to `is not`).
        let number = matches!(token.kind, TokenKind::Number | TokenKind::Sign);
        return Some(if number { EditKind::NumberForm } else { EditKind::Contraction });
    }
    let straight = |text: &str| text.replace(['’', '‘', 'ʼ', '`', '´', '′'], "'");
    let (quoted, source) = (straight(quoted), straight(source));
    if quoted == source {
        return Some(EditKind::Marks);
    }
    if quoted.to_lowercase() != source.to_lowercase() {
        return Some(EditKind::Letters);
    }
    let rest = |text: &str| text.chars().skip(1).collect::<String>();
    let at_start = first && rest(&quoted) == rest(&source);
    Some(if at_start { EditKind::CaseAtStart } else { EditKind::Case })
}

/// The difference between the text from one word to the next in the quotation and in the source. Kinds are tried from the
/// least to the most visible, each ignoring spaces.
pub(super) fn gap_kind(quoted: &str, source: &str) -> EditKind {
    let only = |drop: fn(char) -> bool| {
        let kept = |text: &str| text.chars().filter(|&letter| !drop(letter)).collect::<String>();
        kept(quoted) == kept(source)
    };
    // Soft hyphens, zero-width spaces and byte-order marks are invisible: they count as spacing.
    if only(|letter| letter.is_whitespace() || matches!(letter, '\u{AD}' | '\u{200B}' | '\u{FEFF}')) {
        EditKind::Spacing
    } else if only(|letter| {
        letter.is_whitespace() || matches!(letter, '"' | '\'' | '`' | '‘'..='‟' | '«' | '»')
    }) {
        EditKind::Marks
    } else if only(|letter| letter.is_whitespace() || matches!(letter, '-' | '‐'..='―' | '−')) {
        EditKind::Dash
    } else {
        EditKind::Punctuation
    }
}
