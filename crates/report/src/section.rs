//! Sections, the outline of a report.

use quotable_profile::{Area, Grade};
use serde::{Deserialize, Serialize};

/// A section of a report: a heading and its place in the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Section {
    /// The heading as printed, on one line, without footnote marks.
    pub title: String,
    /// The level, one-based: 1 is the highest.
    pub level: u8,
    /// The enclosing section: an index into `Report::sections`, smaller than this section's own. `None` at the top.
    pub parent: Option<u32>,
    /// The page of the heading, one-based.
    pub page: Option<u32>,
    /// The stable name of the theme of the heading (`care-leavers`), else of the enclosing section.
    pub theme: Option<String>,
    /// The area of judgement that the section reports on.
    pub area: Option<Area>,
    /// The grade of that area.
    pub grade: Option<Grade>,
}

impl Section {
    /// A section with the given title and level (one-based); no parent, page, theme, area or grade.
    pub fn new(title: impl Into<String>, level: u8) -> Self {
        Self { title: title.into(), level, parent: None, page: None, theme: None, area: None, grade: None }
    }
}
