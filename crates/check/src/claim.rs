//! Claims that an article makes about a report in its own words.

use std::fmt;
use std::str::FromStr;

use quotable_report::UnknownName;
use serde::{Deserialize, Serialize};

/// A claim in the prose of an article that a report can confirm or contradict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Claim {
    /// What is claimed.
    pub kind: ClaimKind,
    /// The value claimed, in its stable form: a grade, a paragraph number, a day, a number.
    pub value: String,
    /// The area of a grade, by its stable name; `None` for a grade of no certain area, and for other claims.
    pub area: Option<String>,
    /// The year of another report on the authority that a grade is claimed of: `rated good in 2014`. `None` for the report
    /// that the article is about.
    #[serde(default)]
    pub year: Option<u16>,
}

/// The kinds of claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ClaimKind {
    /// A grade that the report is said to give: `rated inadequate for leadership`.
    Grade,
    /// A paragraph of the report: `(para 14)`, `paragraphs 1 to 11`.
    Paragraph,
    /// A page of the report: `on page 5`.
    Page,
    /// A day of the report or its inspection.
    Date,
    /// A number of children or young people.
    Number,
}

impl ClaimKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Grade, Self::Paragraph, Self::Page, Self::Date, Self::Number];

    /// The name used in tables and JSON: `grade`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Grade => "grade",
            Self::Paragraph => "paragraph",
            Self::Page => "page",
            Self::Date => "date",
            Self::Number => "number",
        }
    }
}

impl fmt::Display for ClaimKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ClaimKind {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}
