//! The outline of a report.

use serde::{Deserialize, Serialize};

use crate::{Area, Grade};

/// A section of a report: a heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Section {
    /// The heading as printed, on one line, without footnote marks.
    pub title: String,
    /// The level, one-based: 1 is the highest.
    pub level: u8,
    /// The section in which this one stands: an index of [`Report::sections`](crate::Report::sections),
    /// smaller than this section's own.
    pub parent: Option<u32>,
    /// The page of the heading, one-based.
    pub page: Option<u32>,
    /// The stable name of the theme that the heading stands for (`care-leavers`).
    pub theme: Option<String>,
    /// The area of judgement that the section reports on.
    pub area: Option<Area>,
    /// The grade of that area.
    pub grade: Option<Grade>,
}

impl Section {
    /// A section of the given title and level (one-based), of no known theme.
    pub fn new(title: impl Into<String>, level: u8) -> Self {
        Self { title: title.into(), level, parent: None, page: None, theme: None, area: None, grade: None }
    }
}
