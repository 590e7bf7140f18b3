//! Citations: the source of a quotation, for people and for machines.
//!
//! The order follows the habit of legal and official citation: author (the authority inspected), kind of inspection,
//! date, then the place from the outside in: section, paragraph number, page. The page is that of the file, since a
//! reader opens the file; the paragraph number is the printed one.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use quotable_profile::{FieldName, Framework, Grade};
use quotable_read::PageLabels;
use serde::{Deserialize, Serialize};

use crate::authority::Authority;
use crate::date::{Date, Period};
use crate::field_value::FieldValue;
use crate::paragraph::Paragraph;
use crate::report::Report;

/// The name of the field that holds the address at which a report is published, as a `url` column of a metadata table
/// gives it.
pub const URL_FIELD: &str = "url";

/// The area of judgement whose grade is that of the report as a whole.
pub const OVERALL_AREA: &str = "overall";

/// The source of a quotation. `Display` writes it on one line: `Westmere, Single inspection (SIF), published 21 August
/// 2015, “Care leavers”, para 40, p. 8`. The default cites nothing: it is there to be filled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Citation {
    /// The path of the source file, relative to the corpus, with `/`.
    pub path: String,
    /// The authority as printed.
    pub authority: Option<String>,
    /// The stable key of the authority.
    pub authority_key: Option<String>,
    /// The region of the authority.
    pub region: Option<String>,
    /// The inspectorate's reference number of the authority.
    pub urn: Option<String>,
    /// The title of the report.
    pub title: Option<String>,
    /// The framework of the inspection.
    pub framework: Option<Framework>,
    /// The kind of inspection in words.
    pub series: Option<String>,
    /// The first period of the inspection.
    pub inspected: Option<Period>,
    /// The date of publication.
    pub published: Option<Date>,
    /// The day that the report is dated by: [`Report::day`].
    pub dated: Option<Date>,
    /// The headings above the paragraph, outermost first.
    pub headings: Vec<String>,
    /// The grade of the innermost section above the paragraph that has one.
    pub grade: Option<Grade>,
    /// The printed paragraph number.
    pub paragraph: Option<String>,
    /// The page of the file on which the quotation begins, one-based.
    pub page: Option<u32>,
    /// The page on which it ends, one-based.
    pub page_end: Option<u32>,
    /// The label that the file gives the first of these pages, if it is other than the number: `iv`, `101`.
    pub page_label: Option<String>,
    /// The label of the last of them.
    pub page_label_end: Option<String>,
    /// The grade that the report gives as a whole: that of its area `overall`.
    pub overall: Option<Grade>,
    /// Who inspected.
    pub inspectorate: Option<String>,
    /// Where the report is published: its field [`URL_FIELD`].
    pub url: Option<String>,
    /// True if text of these pages was recognised in a picture of the page (OCR): it may hold mistakes.
    #[serde(default)]
    pub ocr: bool,
}

impl Citation {
    /// Cites the byte range `bytes` of one paragraph. `paragraph` is an index into `report.paragraphs`; `None` if there
    /// is no such paragraph.
    pub fn of(report: &Report, paragraph: usize, bytes: Range<usize>) -> Option<Self> {
        let cited = report.paragraphs.get(paragraph)?;
        let mut headings = Vec::new();
        let mut grade = None;
        for (_, section) in report.above(cited.section) {
            headings.push(section.title.clone());
            grade = grade.or_else(|| section.grade.clone());
        }
        headings.reverse();
        Some(Self::from_facts(&CitedFacts::of(report), headings, grade, cited, bytes))
    }

    /// Cites the byte range `bytes` of a paragraph apart from its report. `headings` are those above it, outermost first,
    /// and `grade` is that of the innermost section above it that has one.
    pub fn from_facts(
        facts: &CitedFacts<'_>,
        headings: Vec<String>,
        grade: Option<Grade>,
        paragraph: &Paragraph,
        bytes: Range<usize>,
    ) -> Self {
        let mut citation = Self { headings, grade, paragraph: paragraph.number.clone(), ..Self::default() };
        citation.set_facts(facts);
        let page = paragraph.page_at(bytes.start);
        // An empty range ends on the page where it begins.
        let page_end = paragraph.page_at(bytes.end.saturating_sub(1).max(bytes.start));
        citation.set_pages(page, page_end, facts.page_labels);
        citation.set_ocr(facts.ocr_pages);
        citation
    }

    /// Cites another report, in the memory of this citation. What names a place in it stays as it is, and is to be set too:
    /// headings, number, the grade of the section, the pages with their labels ([`set_pages`](Self::set_pages)), and whether they
    /// were recognised ([`set_ocr`](Self::set_ocr)).
    pub fn set_facts(&mut self, facts: &CitedFacts<'_>) {
        let CitedFacts { authority, inspected, published, .. } = *facts;
        self.path.clear();
        self.path.push_str(facts.path);
        set_text(&mut self.authority, authority.map(|authority| authority.name.as_str()));
        set_text(&mut self.authority_key, authority.map(|authority| authority.key.as_str()));
        set_text(&mut self.region, authority.and_then(|authority| authority.region.as_deref()));
        set_text(&mut self.urn, authority.and_then(|authority| authority.urn.as_deref()));
        set_text(&mut self.title, facts.title);
        set_text(&mut self.series, facts.series);
        set_text(&mut self.inspectorate, facts.inspectorate);
        set_text(&mut self.url, facts.url);
        self.framework = facts.framework.cloned();
        self.overall = facts.overall.cloned();
        self.inspected = inspected.first().copied();
        self.published = published;
        self.dated = published.or_else(|| Period::last_day(inspected));
    }

    /// Cites other pages of the same report, one-based. `labels` are those of its file.
    pub fn set_pages(&mut self, page: Option<u32>, page_end: Option<u32>, labels: &PageLabels) {
        (self.page, self.page_end) = (page, page_end);
        self.page_label = page.and_then(|page| labels.at(page));
        self.page_label_end = page_end.and_then(|page| labels.at(page));
    }

    /// Says whether text of the pages cited was recognised in pictures. `pages` are the pages of the report of which that is
    /// true: [`Report::ocr_pages`].
    pub fn set_ocr(&mut self, pages: &[u32]) {
        self.ocr = any_between(pages, self.page, self.page_end);
    }

    /// The innermost heading above the paragraph.
    pub fn section(&self) -> Option<&str> {
        self.headings.last().map(String::as_str)
    }
}

/// Sets a text in the memory of the one before.
fn set_text(text: &mut Option<String>, new: Option<&str>) {
    match (text.as_mut(), new) {
        (Some(text), Some(new)) => {
            text.clear();
            text.push_str(new);
        }
        _ => *text = new.map(str::to_owned),
    }
}

/// What citations name of a report, wherever it is kept.
#[derive(Debug, Clone, Copy)]
pub struct CitedFacts<'r> {
    /// The path of the source file, relative to the corpus, with `/`.
    pub path: &'r str,
    /// The authority.
    pub authority: Option<&'r Authority>,
    /// The title.
    pub title: Option<&'r str>,
    /// The framework of the inspection.
    pub framework: Option<&'r Framework>,
    /// The kind of inspection in words.
    pub series: Option<&'r str>,
    /// Who inspected.
    pub inspectorate: Option<&'r str>,
    /// Where the report is published: its field [`URL_FIELD`].
    pub url: Option<&'r str>,
    /// The periods of the inspection.
    pub inspected: &'r [Period],
    /// The date of publication.
    pub published: Option<Date>,
    /// The grade of the area `overall`.
    pub overall: Option<&'r Grade>,
    /// The labels of the pages.
    pub page_labels: &'r PageLabels,
    /// The pages whose text was recognised in pictures, one-based.
    pub ocr_pages: &'r [u32],
}

impl<'r> CitedFacts<'r> {
    /// Those of a report.
    pub fn of(report: &'r Report) -> Self {
        let overall = report.judgements.iter().find(|judgement| judgement.area == OVERALL_AREA);
        Self {
            path: &report.path,
            authority: report.authority.as_ref(),
            title: report.title.as_deref(),
            framework: report.framework.as_ref(),
            series: report.series.as_deref(),
            inspectorate: report.inspectorate.as_deref(),
            url: url_of(&report.fields),
            inspected: &report.inspected,
            published: report.published,
            overall: overall.map(|judgement| &judgement.grade),
            page_labels: &report.page_labels,
            ocr_pages: &report.ocr_pages,
        }
    }
}

/// The address at which a report with these fields is published.
pub fn url_of(fields: &BTreeMap<FieldName, FieldValue>) -> Option<&str> {
    match fields.get(URL_FIELD) {
        Some(FieldValue::Text(url)) => Some(url),
        _ => None,
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without an authority the source names itself.
        match (&self.authority, &self.title) {
            (Some(name), _) => write!(f, "{name}")?,
            (None, Some(title)) => write!(f, "{title}")?,
            (None, None) => write!(f, "{}", self.path)?,
        }
        if let Some(series) = &self.series {
            write!(f, ", {series}")?;
        }
        // One date is enough to find a report; the date of publication is the usual one.
        if let Some(published) = self.published {
            write!(f, ", published {}", published.in_words())?;
        } else if let Some(inspected) = self.inspected {
            write!(f, ", inspected {}", inspected.start.in_words())?;
            if inspected.end != inspected.start {
                write!(f, " to {}", inspected.end.in_words())?;
            }
        }
        if let Some(section) = self.section() {
            write!(f, ", “{section}”")?;
        }
        if let Some(number) = &self.paragraph {
            // `44-45` is a range of paragraphs; a number as printed has no hyphen.
            let noun = if number.contains('-') { "paras" } else { "para" };
            write!(f, ", {noun} {number}")?;
        }
        match (self.page, self.page_end) {
            (Some(page), Some(end)) if end != page => write!(f, ", pp. {page}–{end}")?,
            (Some(page), _) => write!(f, ", p. {page}")?,
            (None, _) => {}
        }
        match (&self.page_label, &self.page_label_end) {
            (Some(label), Some(end)) if label != end => write!(f, " (labelled {label}–{end})")?,
            (Some(label), _) | (None, Some(label)) => write!(f, " (labelled {label})")?,
            (None, None) => {}
        }
        if self.ocr {
            f.write_str(" (text recognised by OCR)")?;
        }
        Ok(())
    }
}

/// True if one of `pages` is from `page` to `end`.
fn any_between(pages: &[u32], page: Option<u32>, end: Option<u32>) -> bool {
    let Some(first) = page else { return false };
    pages.iter().any(|page| (first..=end.unwrap_or(first)).contains(page))
}
