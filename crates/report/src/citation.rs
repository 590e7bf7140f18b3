//! The one way we say where a quotation stands.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Date, Framework, Grade, Period, Report};

/// Where a quotation stands. `Display` is the sentence that a reader can follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Citation {
    /// The source file, relative to the corpus, with `/`.
    pub path: String,
    /// The authority as printed.
    pub authority: Option<String>,
    /// The inspectorate's reference number of the authority.
    pub urn: Option<String>,
    /// The title of the report.
    pub title: Option<String>,
    /// The framework.
    pub framework: Option<Framework>,
    /// The days of the inspection.
    pub inspected: Option<Period>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The headings above the paragraph, outermost first.
    pub headings: Vec<String>,
    /// The grade of the area that the paragraph stands under.
    pub grade: Option<Grade>,
    /// The printed paragraph number.
    pub paragraph: Option<String>,
    /// The page of the file on which the quotation begins, one-based.
    pub page: Option<u32>,
    /// The page on which it ends, one-based.
    pub page_end: Option<u32>,
}

impl Citation {
    /// The citation of a byte range of one paragraph; `paragraph` is an index of `report.paragraphs`.
    pub fn of(report: &Report, paragraph: usize, bytes: std::ops::Range<usize>) -> Option<Self> {
        let found = report.paragraphs.get(paragraph)?;
        let mut headings = Vec::new();
        let mut grade = None;
        for (_, section) in report.above(found.section) {
            headings.push(section.title.clone());
            grade = grade.or(section.grade);
        }
        headings.reverse();
        Some(Self {
            path: report.path.clone(),
            authority: report.authority.as_ref().map(|authority| authority.name.clone()),
            urn: report.authority.as_ref().and_then(|authority| authority.urn.clone()),
            title: report.title.clone(),
            framework: report.framework,
            inspected: report.inspected.first().copied(),
            published: report.published,
            headings,
            grade,
            paragraph: found.number.clone(),
            page: found.page_at(bytes.start),
            page_end: found.page_at(bytes.end.saturating_sub(1).max(bytes.start)),
        })
    }

    /// The innermost heading above the paragraph.
    pub fn section(&self) -> Option<&str> {
        self.headings.last().map(String::as_str)
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.authority, &self.title) {
            (Some(name), _) => write!(f, "{name}")?,
            (None, Some(title)) => write!(f, "{title}")?,
            (None, None) => write!(f, "{}", self.path)?,
        }
        if let Some(framework) = self.framework {
            write!(f, ", {}", framework.title())?;
        }
        if let Some(published) = self.published {
            write!(f, ", published {}", published.in_words())?;
        } else if let Some(inspected) = self.inspected {
            write!(f, ", inspected {} to {}", inspected.start.in_words(), inspected.end.in_words())?;
        }
        if let Some(section) = self.section() {
            write!(f, ", “{section}”")?;
        }
        if let Some(number) = &self.paragraph {
            write!(f, ", para {number}")?;
        }
        match (self.page, self.page_end) {
            (Some(page), Some(end)) if end != page => write!(f, ", pp. {page}–{end}"),
            (Some(page), _) => write!(f, ", p. {page}"),
            (None, _) => Ok(()),
        }
    }
}
