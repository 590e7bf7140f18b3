//! One named query of a code book.

use quotable_query::Query;
use serde::{Deserialize, Serialize};

/// One named query of a code book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Code {
    /// The name: lower-case letters and digits in parts joined by hyphens.
    pub name: String,
    /// The title for people; the name if the file gives none.
    pub title: String,
    /// The scope note: what belongs to it and what does not.
    pub description: Option<String>,
    /// Topic or concept.
    pub kind: CodeKind,
    /// For a topic: themes of sections. It labels all their paragraphs.
    pub sections: Vec<String>,
    /// The query as written.
    pub query: Query,
    /// The query with all names resolved.
    pub resolved: Query,
}

/// The kinds of named query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeKind {
    /// A theme: labels paragraphs.
    Topic,
    /// A building block for other queries; labels nothing.
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
