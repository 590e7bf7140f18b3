//! The tokens of the language.

use std::ops::Range;

use crate::query::{Query, Scope};

/// A token and where it stands, in bytes.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// A word, phrase, name or filter, read whole.
    Part(Query),
    /// `(`, or `w/s(` with its scope.
    Open(Option<Scope>),
    /// `)`
    Close,
    And,
    Or,
    Not,
    /// `-` right before a part.
    Minus,
    /// `w/5`, `pre/5`
    Near {
        distance: u32,
        ordered: bool,
    },
    /// `not w/5`
    NotNear {
        distance: u32,
    },
    /// `w/s` between parts.
    Scope(Scope),
}

impl Kind {
    pub(super) fn is_window(&self) -> bool {
        matches!(self, Self::Near { .. } | Self::NotNear { .. })
    }

    /// True where a part of a conjunction begins.
    pub(super) fn begins_part(&self) -> bool {
        // A window or scope here has lost its left side, which `primary` says.
        !matches!(self, Self::Close | Self::And | Self::Or)
    }
}
