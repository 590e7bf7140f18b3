//! Tokens of the query language.

use std::ops::Range;

use crate::query::{Query, Scope, Side};

/// A token and its bytes in the query text.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

#[derive(Debug, Clone)]
pub(super) enum TokenKind {
    /// A word, phrase, name or filter.
    Part(Query),
    /// `(`, or `w/s(` with its scope.
    Open(Option<Scope>),
    /// `)`.
    Close,
    And,
    Or,
    Not,
    /// `-` right before a part.
    Minus,
    /// `w/5` or, if `ordered`, `pre/5`.
    Near {
        distance: u32,
        ordered: bool,
    },
    /// `not w/5`; with a side `not pre/5` or `not post/5`.
    NotNear {
        distance: u32,
        side: Option<Side>,
    },
    /// `w/s` between parts.
    Scope(Scope),
}

impl TokenKind {
    pub(super) fn is_window(&self) -> bool {
        matches!(self, Self::Near { .. } | Self::NotNear { .. })
    }

    /// True if the token begins a part of a conjunction.
    pub(super) fn begins_part(&self) -> bool {
        // Windows and scopes too: one here has no left operand, and `primary` reports that.
        !matches!(self, Self::Close | Self::And | Self::Or)
    }
}
