//! A report: its details, judgements and outline.

use std::io::{self, Write};

use quotable_index::Id;
use quotable_report::{
    Authority, Date, Judgement, PageLabels, Pages, Paragraph, Period, Report, ReportKind, Role, Section,
    Warning,
};
use serde::Serialize;

use crate::fields::FieldsRecord;
use crate::jsonl::{self, Versioned};
use crate::markdown::{self, escape_block};
use crate::number::counted;
use crate::source::warning_text;
use crate::table::Table;

/// A report as a line of JSON, with its whole text.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ReportRecord<'r> {
    /// Its path, relative to the corpus, with `/`.
    pub path: &'r str,
    /// What kind of document it is.
    pub kind: ReportKind,
    /// The title as printed.
    pub title: Option<&'r str>,
    /// Who was inspected.
    pub authority: Option<&'r Authority>,
    /// The stable name of the framework of the inspection.
    pub framework: Option<&'r str>,
    /// The kind of inspection in words.
    pub series: Option<&'r str>,
    /// Who inspected.
    pub inspectorate: Option<&'r str>,
    /// The periods of the inspection.
    pub inspected: &'r [Period],
    /// The day of publication.
    pub published: Option<Date>,
    /// Who wrote an article.
    pub byline: Option<&'r str>,
    /// The inspector who led, as printed.
    pub lead_inspector: Option<&'r str>,
    /// What was judged, in the order of the page.
    pub judgements: &'r [Judgement],
    /// Fields that are no standard ones.
    pub fields: FieldsRecord<'r>,
    /// The outline, in reading order.
    pub sections: &'r [Section],
    /// Every paragraph, in reading order.
    pub paragraphs: Vec<WholeParagraphRecord<'r>>,
    /// Pages of the file; 0 where its format has none.
    pub pages: u32,
    /// The labels that the file gives its pages, by ranges.
    pub page_labels: &'r PageLabels,
    /// The pages whose text was recognised in pictures (OCR).
    pub ocr_pages: &'r [u32],
    /// What was not understood, or understood with doubt.
    pub warnings: &'r [Warning],
}

impl<'r> ReportRecord<'r> {
    /// The record of a report.
    pub fn new(report: &'r Report) -> Self {
        Self {
            path: &report.path,
            kind: report.kind,
            title: report.title.as_deref(),
            authority: report.authority.as_ref(),
            framework: report.framework.as_ref().map(|framework| framework.as_str()),
            series: report.series.as_deref(),
            inspectorate: report.inspectorate.as_deref(),
            inspected: &report.inspected,
            published: report.published,
            byline: report.byline.as_deref(),
            lead_inspector: report.lead_inspector.as_deref(),
            judgements: &report.judgements,
            fields: FieldsRecord(&report.fields),
            sections: &report.sections,
            paragraphs: report.paragraphs.iter().map(WholeParagraphRecord::new).collect(),
            pages: report.pages,
            page_labels: &report.page_labels,
            ocr_pages: &report.ocr_pages,
            warnings: &report.warnings,
        }
    }
}

/// A paragraph of a report with all that is stored of it.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct WholeParagraphRecord<'r> {
    /// Body text, heading, bullet, table row, note, ….
    pub role: Role,
    /// The number printed before it.
    pub number: Option<&'r str>,
    /// The innermost section that holds it: an index into the sections of the report.
    pub section: Option<u32>,
    /// The words.
    pub text: &'r str,
    /// The page of every byte of the text.
    pub pages: &'r Pages,
    /// The sentences: byte ranges that tile the text.
    pub sentences: &'r [std::ops::Range<usize>],
    /// Fields that are no standard ones.
    pub fields: FieldsRecord<'r>,
}

impl<'r> WholeParagraphRecord<'r> {
    fn new(paragraph: &'r Paragraph) -> Self {
        Self {
            role: paragraph.role,
            number: paragraph.number.as_deref(),
            section: paragraph.section,
            text: &paragraph.text,
            pages: &paragraph.pages,
            sentences: &paragraph.sentences,
            fields: FieldsRecord(&paragraph.fields),
        }
    }
}

/// Writes a report as a line of JSON.
///
/// # Errors
/// Those of `out`.
pub fn write_jsonl(out: &mut impl Write, report: &Report) -> io::Result<()> {
    jsonl::write(out, &Versioned::new(ReportRecord::new(report)))
}

/// Writes a heading, the details, the judgements as a table, the outline as nested lists, and the doubts.
///
/// # Errors
/// Those of `out`.
pub fn write_markdown(out: &mut impl Write, report: &Report) -> io::Result<()> {
    writeln!(out, "# {}\n", escape_block(name(report)))?;
    for (name, value) in details(report).iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "- {name}: {}", escape_block(value))?;
    }
    if !report.judgements.is_empty() {
        writeln!(out, "\n## Judgements\n")?;
        let mut table = Table::new(["area", "label", "grade"], ["page"]);
        for judgement in &report.judgements {
            let page = judgement.page.map(|page| page.to_string()).unwrap_or_default();
            let area = judgement.area.as_str().to_owned();
            table.push(vec![area, judgement.label.clone(), judgement.printed.clone(), page]);
        }
        markdown::write_table(out, &table)?;
    }
    if !report.sections.is_empty() {
        writeln!(out, "\n## Outline\n")?;
    }
    // The depth follows parents, not levels: Markdown takes an item indented two steps below its parent for code.
    let mut depths: Vec<usize> = Vec::with_capacity(report.sections.len());
    for section in &report.sections {
        let parent = section.parent.and_then(|parent| depths.get(parent as usize));
        let depth = parent.map_or(0, |parent| parent + 1);
        depths.push(depth);
        let indent = 2 * depth.min(DEEPEST);
        writeln!(out, "{:indent$}- {}", "", escape_block(&outline_entry(section)))?;
    }
    for (at, warning) in report.warnings.iter().enumerate() {
        let head = if at == 0 { "\n## Read with doubt\n\n" } else { "" };
        writeln!(out, "{head}- {}", escape_block(&warning.message))?;
    }
    Ok(())
}

/// The greatest depth at which an outline is indented: a file that nests without end stays on the page.
pub const DEEPEST: usize = 8;

/// The authority, else the title, else the path.
pub fn name(report: &Report) -> &str {
    let authority = report.authority.as_ref().map(|authority| authority.name.as_str());
    authority.or(report.title.as_deref()).unwrap_or(&report.path)
}

/// What is known of a report, by name; the value is empty where it is not known.
pub fn details(report: &Report) -> Vec<(&'static str, String)> {
    let authority = report.authority.as_ref();
    let framework = report.framework.as_ref().map(|framework| match &report.series {
        Some(series) => format!("{series} ({framework})"),
        None => framework.to_string(),
    });
    let inspected: Vec<_> = report.inspected.iter().map(|period| period_in_words(*period)).collect();
    vec![
        ("title", report.title.clone().unwrap_or_default()),
        ("path", report.path.clone()),
        ("id", Id::of_report(&report.path).to_string()),
        ("kind", report.kind.as_str().to_owned()),
        ("authority", authority.map(|authority| authority.name.clone()).unwrap_or_default()),
        ("urn", authority.and_then(|authority| authority.urn.clone()).unwrap_or_default()),
        ("framework", framework.unwrap_or_default()),
        ("inspected", inspected.join("; ")),
        ("published", report.published.map(|day| day.in_words()).unwrap_or_default()),
        ("inspector", report.lead_inspector.clone().unwrap_or_default()),
        ("size", size(report)),
    ]
}

fn size(report: &Report) -> String {
    let body = report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()).count();
    let mut size = counted(body as u64, "paragraphs");
    if report.pages > 0 {
        size.push_str(&format!(" on {}", counted(report.pages.into(), "pages")));
    }
    size
}

/// A heading, its page and its theme.
pub fn outline_entry(section: &Section) -> String {
    let mut entry = section.title.clone();
    entry.push_str(&section.page.map(|page| format!(", p. {page}")).unwrap_or_default());
    entry.push_str(&section.theme.as_ref().map(|theme| format!(" [{theme}]")).unwrap_or_default());
    entry
}

/// `6 to 30 November 2017`: the month and year that both days share are written once.
pub fn period_in_words(period: Period) -> String {
    let (start, end) = (period.start, period.end);
    let month = |day: Date| (day.year(), day.month());
    if start == end {
        start.in_words()
    } else if month(start) == month(end) {
        format!("{} to {}", start.day(), end.in_words())
    } else {
        format!("{} to {}", start.in_words(), end.in_words())
    }
}

/// The warnings of a report in words, with their pages.
pub fn warnings(report: &Report) -> impl Iterator<Item = String> {
    report.warnings.iter().map(warning_text)
}
