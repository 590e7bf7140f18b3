//! One named query of a code book.

use std::fmt;
use std::str::FromStr;

use quotable_query::Query;
use quotable_report::UnknownName;
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
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Topic, Self::Concept];

    /// The stable name, `topic` or `concept`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Concept => "concept",
        }
    }
}

impl fmt::Display for CodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for CodeKind {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_parsed_by_their_names() {
        for kind in CodeKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert!("theme".parse::<CodeKind>().is_err());
    }
}
