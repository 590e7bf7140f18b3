//! A citation as JSON and as columns: one set of names for every table.

use quotable_report::{Citation, Date, Period};
use serde::Serialize;

use crate::cell::Cell;

/// Where a quotation is: the citation in parts.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct CitationRecord<'a> {
    /// The path of the report, relative to the corpus, with `/`.
    pub path: &'a str,
    /// The authority as printed.
    pub authority: Option<&'a str>,
    /// The stable key of the authority.
    pub authority_key: Option<&'a str>,
    /// The region of the authority.
    pub region: Option<&'a str>,
    /// The inspectorate's reference number of the authority.
    pub urn: Option<&'a str>,
    /// The title of the report.
    pub title: Option<&'a str>,
    /// The stable name of the framework of the inspection.
    pub framework: Option<&'a str>,
    /// The kind of inspection in words.
    pub series: Option<&'a str>,
    /// The days of the inspection.
    pub inspected: Option<Period>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The day that the report is dated by: that of publication, or else the last of the inspection.
    pub dated: Option<Date>,
    /// The headings above the paragraph, outermost first.
    pub headings: &'a [String],
    /// The stable name of the grade of the area whose section the paragraph is in.
    pub grade: Option<&'a str>,
    /// The printed number of the paragraph.
    pub paragraph: Option<&'a str>,
    /// The page of the file on which the quotation begins, one-based.
    pub page: Option<u32>,
    /// The page on which it ends, one-based.
    pub page_end: Option<u32>,
    /// The label that the file gives the first of these pages, if it is other than the number.
    pub page_label: Option<&'a str>,
    /// The label of the last of them.
    pub page_label_end: Option<&'a str>,
    /// The stable name of the grade that the report gives as a whole.
    pub overall: Option<&'a str>,
    /// Who inspected.
    pub inspectorate: Option<&'a str>,
    /// The address at which the report is published.
    pub url: Option<&'a str>,
    /// True if text of these pages was recognised in a picture of the page (OCR).
    pub ocr: bool,
}

impl<'a> CitationRecord<'a> {
    /// Borrows the parts of a citation.
    pub fn new(citation: &'a Citation) -> Self {
        Self {
            path: &citation.path,
            authority: citation.authority.as_deref(),
            authority_key: citation.authority_key.as_deref(),
            region: citation.region.as_deref(),
            urn: citation.urn.as_deref(),
            title: citation.title.as_deref(),
            framework: citation.framework.as_ref().map(|framework| framework.as_str()),
            series: citation.series.as_deref(),
            inspected: citation.inspected,
            published: citation.published,
            dated: citation.dated,
            headings: &citation.headings,
            grade: citation.grade.as_ref().map(|grade| grade.as_str()),
            paragraph: citation.paragraph.as_deref(),
            page: citation.page,
            page_end: citation.page_end,
            page_label: citation.page_label.as_deref(),
            page_label_end: citation.page_label_end.as_deref(),
            overall: citation.overall.as_ref().map(|grade| grade.as_str()),
            inspectorate: citation.inspectorate.as_deref(),
            url: citation.url.as_deref(),
            ocr: citation.ocr,
        }
    }
}

/// A part of a citation as a column of a table. A table has some of them, in an order of its own, under the same names
/// as every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CitationColumn {
    /// The authority as printed.
    Authority,
    /// The inspectorate's reference number of the authority.
    Urn,
    /// The title of the report.
    Title,
    /// The stable name of the framework.
    Framework,
    /// The first day of the inspection.
    InspectedFrom,
    /// The last day of the inspection.
    InspectedTo,
    /// The day of publication.
    Published,
    /// The innermost heading above the paragraph.
    Section,
    /// The stable name of the grade of the area whose section the paragraph is in.
    Grade,
    /// The printed number of the paragraph.
    Paragraph,
    /// The page on which the quotation begins, one-based.
    Page,
    /// The page on which it ends, one-based.
    PageEnd,
    /// The path of the report, relative to the corpus.
    Path,
    /// The whole citation in words.
    Citation,
    /// The stable key of the authority.
    AuthorityKey,
    /// The region of the authority.
    Region,
    /// The year by which answers count: of publication, or of the end of the inspection where that is not known.
    Year,
    /// The stable name of the grade that the report gives as a whole.
    Overall,
}

impl CitationColumn {
    /// The last columns of every table of cited text, which came later than the others.
    pub const ADDED: [Self; 4] = [Self::AuthorityKey, Self::Region, Self::Year, Self::Overall];

    /// The columns of the table of `search` that stand together, in its order. The [`ADDED`](Self::ADDED) ones follow at its
    /// end.
    pub const ALL: [Self; 14] = [
        Self::Authority,
        Self::Urn,
        Self::Title,
        Self::Framework,
        Self::InspectedFrom,
        Self::InspectedTo,
        Self::Published,
        Self::Section,
        Self::Grade,
        Self::Paragraph,
        Self::Page,
        Self::PageEnd,
        Self::Path,
        Self::Citation,
    ];

    /// The name in the head of a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Urn => "urn",
            Self::Title => "title",
            Self::Framework => "framework",
            Self::InspectedFrom => "inspected_from",
            Self::InspectedTo => "inspected_to",
            Self::Published => "published",
            Self::Section => "section",
            Self::Grade => "grade",
            Self::Paragraph => "paragraph",
            Self::Page => "page",
            Self::PageEnd => "page_end",
            Self::Path => "path",
            Self::Citation => "citation",
            Self::AuthorityKey => "authority_key",
            Self::Region => "region",
            Self::Year => "year",
            Self::Overall => "overall",
        }
    }

    /// The cell of a citation; empty where the part is not known.
    pub fn cell(self, citation: &Citation) -> Cell<'_> {
        match self {
            Self::Authority => citation.authority.as_deref().into(),
            Self::Urn => citation.urn.as_deref().into(),
            Self::Title => citation.title.as_deref().into(),
            Self::Framework => citation.framework.as_ref().map(|framework| framework.as_str()).into(),
            Self::InspectedFrom => citation.inspected.map(|period| period.start.to_string()).into(),
            Self::InspectedTo => citation.inspected.map(|period| period.end.to_string()).into(),
            Self::Published => citation.published.map(|day| day.to_string()).into(),
            Self::Section => citation.section().into(),
            Self::Grade => citation.grade.as_ref().map(|grade| grade.as_str()).into(),
            Self::Paragraph => citation.paragraph.as_deref().into(),
            Self::Page => citation.page.into(),
            Self::PageEnd => citation.page_end.into(),
            Self::Path => Cell::from(&citation.path),
            Self::Citation => Cell::display(citation),
            Self::AuthorityKey => citation.authority_key.as_deref().into(),
            Self::Region => citation.region.as_deref().into(),
            Self::Year => citation.dated.map(|day| u64::from(day.year())).into(),
            Self::Overall => citation.overall.as_ref().map(|grade| grade.as_str()).into(),
        }
    }
}
