//! The report, the result of this crate.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use quotable_profile::{Area, FieldName, Framework, Grade};
use quotable_read::{PageLabels, Warning};
use serde::{Deserialize, Serialize};

use crate::authority::Authority;
use crate::date::{Date, Period};
use crate::field_value::FieldValue;
use crate::judgement::Judgement;
use crate::paragraph::Paragraph;
use crate::section::Section;
use crate::unknown_name::UnknownName;

/// One source file understood: metadata, judgements, outline and paragraphs.
///
/// A report is plain data: an embedder may build one from a source of their own.
///
/// The documented record, which only grows, is `export::report::ReportRecord` of the crate `quotable`; the form
/// that serde gives this type is for passing it between programs of one version.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Report {
    /// The path of the source: relative to the corpus, separated by `/`.
    pub path: String,
    /// Inspection report, press article or other document.
    pub kind: ReportKind,
    /// The title as printed on the first page, on one line.
    pub title: Option<String>,
    /// The authority inspected.
    pub authority: Option<Authority>,
    /// The framework under which the inspection was made: the name of the profile that recognised the report.
    pub framework: Option<Framework>,
    /// The kind of inspection in words, as citations print it: `Inspection of children’s services (ILACS)`.
    pub series: Option<String>,
    /// Who inspected.
    pub inspectorate: Option<String>,
    /// The days of the inspection, in order of time. Most inspections have one period, a few have two.
    pub inspected: Vec<Period>,
    /// The date of publication: as printed, else as the file declares it, else from the file's name.
    pub published: Option<Date>,
    /// The author of an article, as printed, without the word `By`.
    pub byline: Option<String>,
    /// The inspector who led the inspection, as printed.
    pub lead_inspector: Option<String>,
    /// The judgements, in the order of the report. An area has one, except in series that judge it several times (the
    /// rules of a licence).
    pub judgements: Vec<Judgement>,
    /// Facts that are no standard ones, by the rules of the profile or as an embedder gives them: `vessel`.
    pub fields: BTreeMap<FieldName, FieldValue>,
    /// The outline, in reading order. A section's parent comes before it.
    pub sections: Vec<Section>,
    /// Every paragraph once, in reading order.
    pub paragraphs: Vec<Paragraph>,
    /// The number of pages of the source; 0 where its format has none.
    pub pages: u32,
    /// The labels that the source gives its pages, beside their numbers: `iv`, `101`.
    #[serde(default)]
    pub page_labels: PageLabels,
    /// The pages, one-based and in order, whose text was recognised in a picture of the page (OCR) and may hold mistakes.
    #[serde(default)]
    pub ocr_pages: Vec<u32>,
    /// Doubts about what was read: metadata missing, numbers out of order.
    pub warnings: Vec<Warning>,
}

impl Report {
    /// An empty report with the given path: relative to the corpus, with `/`.
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// The day that the report is dated by, for order, years and filters: that of publication, or where the report does
    /// not name one, the last day of the inspection.
    pub fn day(&self) -> Option<Date> {
        self.published.or_else(|| Period::last_day(&self.inspected))
    }

    /// A section and those that enclose it, innermost first, each with its index into [`sections`](Self::sections).
    /// `section` is such an index, as [`Paragraph::section`] holds it.
    pub fn above(&self, section: Option<u32>) -> impl Iterator<Item = (u32, &Section)> {
        let mut next = section;
        std::iter::from_fn(move || {
            let index = next?;
            let section = self.sections.get(index as usize)?;
            // Parents come before their sections. A report built by hand may break that: ignoring a later parent
            // keeps the walk finite.
            next = section.parent.filter(|parent| *parent < index);
            Some((index, section))
        })
    }

    /// The grade of an area, alone or shared with another: from 2018 to 2022 care leavers have the grade of children
    /// in care.
    pub fn grade(&self, area: &Area) -> Option<&Grade> {
        let own = self.judgements.iter().find(|judgement| judgement.area == *area);
        let shared = || self.judgements.iter().find(|judgement| judgement.shared_with.contains(area));
        own.or_else(shared).map(|judgement| &judgement.grade)
    }
}

/// The kind of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReportKind {
    /// A report of an inspectorate.
    Report,
    /// An article in the press.
    Article,
    /// Any other document: searchable, but without metadata of an inspection.
    #[default]
    Other,
}

impl ReportKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Report, Self::Article, Self::Other];

    /// The kind of that name; case does not matter.
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    /// The name used in filters and tables: `report`, `article`, `other`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Article => "article",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for ReportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ReportKind {
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
        for kind in ReportKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
        }
        assert_eq!(ReportKind::named(" Article "), Some(ReportKind::Article));
        let error = "essay".parse::<ReportKind>().unwrap_err();
        assert_eq!(error.to_string(), "“essay” is not a known name; write one of report, article, other");
    }
}
