//! One named query of a code book.

use quotable_query::Query;
use serde::{Deserialize, Serialize};

/// One named query of a code book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Code {
    /// The name: lower-case letters and digits in parts joined by hyphens.
    pub name: String,
    /// What the name stands for, in words for a reader; the name where the file gives none.
    pub title: String,
    /// What belongs to it and what does not.
    pub description: Option<String>,
    /// What it is for.
    pub kind: CodeKind,
    /// The themes of sections whose paragraphs it labels too, whatever their words.
    pub sections: Vec<String>,
    /// The query as it is written.
    pub query: Query,
    /// The query with every name in it replaced.
    pub resolved: Query,
}

/// What a named query is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeKind {
    /// It labels paragraphs: a theme.
    Topic,
    /// It is there to be named.
    #[default]
    Concept,
}

impl CodeKind {
    /// The stable name, `topic` or `concept`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Concept => "concept",
        }
    }
}
