//! Paragraphs, the unit of search and of citation.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use quotable_profile::FieldName;
use serde::{Deserialize, Serialize};

use crate::field_value::FieldValue;
use crate::pages::Pages;
use crate::sentence::sentences;
use crate::unknown_name::UnknownName;

/// A paragraph: whole, joined over line ends and page breaks, without its printed number or bullet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Paragraph {
    /// Body text, heading, bullet, table row, note, ….
    pub role: Role,
    /// The number printed before it (`12`, `2.1`, `S5`, `(a)`), without the dot behind it.
    pub number: Option<String>,
    /// The innermost section that holds it: an index into `Report::sections`.
    pub section: Option<u32>,
    /// The words. Line ends of the page are spaces.
    pub text: String,
    /// The page of every byte of `text`.
    pub pages: Pages,
    /// The sentences: byte ranges that tile the text (each begins where the one before it ends).
    pub sentences: Vec<Range<usize>>,
    /// Facts of the paragraph that an embedder gives it. Reading gives none.
    pub fields: BTreeMap<FieldName, FieldValue>,
}

impl Paragraph {
    /// A paragraph of body text without section or pages, split into sentences.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let sentences = sentences(&text);
        Self {
            role: Role::Body,
            number: None,
            section: None,
            text,
            pages: Pages::default(),
            sentences,
            fields: BTreeMap::new(),
        }
    }

    /// The page of a byte of the text, one-based; `None` where the format has no pages.
    pub fn page_at(&self, byte: usize) -> Option<u32> {
        self.pages.at(byte)
    }
}

/// The part a paragraph plays in its report. It decides whether the paragraph is searched by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// A paragraph of running text.
    Body,
    /// An item of a list with a bullet or a dash.
    Bullet,
    /// A heading, searched as text too.
    Heading,
    /// A row of a table, its cells separated by ` | `. Searched on request.
    Table,
    /// A footnote. Searched on request.
    Note,
    /// Closing text about the publisher: complaints, licence, addresses. Searched as body text, but belongs to no
    /// section and no theme.
    Imprint,
    /// A paragraph of running text that the format marks as quoted from elsewhere (`<blockquote>`).
    Quote,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] =
        [Self::Body, Self::Bullet, Self::Heading, Self::Table, Self::Note, Self::Imprint, Self::Quote];

    /// True for roles searched by default: all but table rows and footnotes.
    pub fn is_body(self) -> bool {
        matches!(self, Self::Body | Self::Bullet | Self::Heading | Self::Quote | Self::Imprint)
    }

    /// The name used in tables and JSON: `bullet`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Bullet => "bullet",
            Self::Heading => "heading",
            Self::Table => "table",
            Self::Note => "note",
            Self::Imprint => "imprint",
            Self::Quote => "quote",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Role {
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
    fn roles_are_parsed_by_their_names() {
        for role in Role::ALL {
            assert_eq!(role.to_string().parse(), Ok(role));
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{role}\""));
        }
        assert!("footnote".parse::<Role>().is_err());
    }
}
