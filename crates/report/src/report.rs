//! What an inspection report says, in the words of the field.

use serde::{Deserialize, Serialize};

use crate::{Authority, Framework, Judgement, Paragraph, Period, Section, Warning};

/// One source file understood: what it is, what was judged, and its paragraphs.
///
/// A report is plain data, so that an embedder may build one from a source of his own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Report {
    /// Where the source stands: relative to the corpus, parts separated by `/`.
    pub path: String,
    /// What kind of document it is.
    pub kind: ReportKind,
    /// The title as printed on the first page, on one line.
    pub title: Option<String>,
    /// Who was inspected.
    pub authority: Option<Authority>,
    /// The framework under which the inspection was made.
    pub framework: Option<Framework>,
    /// When inspectors were there. Most inspections have one period, a few have two; in order of time.
    pub inspected: Vec<Period>,
    /// When the report was published: as printed, else as the file declares, else from the file's name.
    pub published: Option<crate::Date>,
    /// Who wrote an article, as printed, without the word `By`.
    pub byline: Option<String>,
    /// The inspector who led, as printed.
    pub lead_inspector: Option<String>,
    /// What was judged, in the order of the page.
    pub judgements: Vec<Judgement>,
    /// The outline, in reading order. A section's parent stands before it.
    pub sections: Vec<Section>,
    /// Every paragraph once, in reading order.
    pub paragraphs: Vec<Paragraph>,
    /// How many pages the source has; 0 where its format has none.
    pub pages: u32,
    /// What was not understood, or understood with doubt.
    pub warnings: Vec<Warning>,
}

impl Report {
    /// A report of which nothing is known but where it stands: relative to the corpus, with `/`.
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// A section and those in which it stands, innermost first, each with its index of [`sections`](Self::sections).
    /// `section` is such an index, as [`Paragraph::section`] holds it.
    pub fn above(&self, section: Option<u32>) -> impl Iterator<Item = (u32, &Section)> {
        let mut next = section;
        std::iter::from_fn(move || {
            let index = next?;
            let section = self.sections.get(index as usize)?;
            // A parent stands before its section: so this ends, whatever a report built by hand says.
            next = section.parent.filter(|parent| *parent < index);
            Some((index, section))
        })
    }
}

/// What kind of document a report is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReportKind {
    /// A report of an inspectorate.
    Report,
    /// An article in the press.
    Article,
    /// Anything else: its text is searched, nothing is claimed of it.
    #[default]
    Other,
}

impl ReportKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Report, Self::Article, Self::Other];

    /// The name used in filters and tables: `report`, `article`, `other`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Article => "article",
            Self::Other => "other",
        }
    }
}
