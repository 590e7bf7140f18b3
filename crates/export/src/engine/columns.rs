//! The tables of an export and their columns: one list, by which every format is written and `FORMATS.md` is tested.

use quotable_codebook::{Evidence, Label};
use quotable_report::Judgement;

use super::data::{ParagraphData, ReportData};
use super::value::{ColumnType, Value};

/// A table of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ExportTable {
    /// A row for each report.
    Reports,
    /// A row for each paragraph, with all that is known of its report.
    Paragraphs,
    /// A row for each sentence.
    Sentences,
    /// A row for each grade that a report gives.
    Judgements,
    /// A row for each theme that a paragraph has by the code book.
    Themes,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExportColumn {
    /// The name.
    pub name: &'static str,
    /// What it holds.
    pub holds: ColumnType,
}

impl ExportTable {
    /// Every table.
    pub const ALL: [Self; 5] =
        [Self::Reports, Self::Paragraphs, Self::Sentences, Self::Judgements, Self::Themes];

    /// The name, which is that of its folder: `paragraphs`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Paragraphs => "paragraphs",
            Self::Sentences => "sentences",
            Self::Judgements => "judgements",
            Self::Themes => "themes",
        }
    }

    /// The columns, in order. New ones come behind the others.
    pub fn columns(self) -> Vec<ExportColumn> {
        match self {
            Self::Reports => names(&REPORTS),
            Self::Paragraphs => names(&paragraph_columns()),
            Self::Sentences => names(&sentence_columns()),
            Self::Judgements => names(&judgement_columns()),
            Self::Themes => names(&theme_columns()),
        }
    }
}

/// Columns that say which export wrote a row. They are no part of the version of a report.
pub(super) const OF_EXPORT: [&str; 3] = ["version", "corpus_hash", "run"];

/// A column, with how its value is taken from what makes a row.
struct Column<R>(&'static str, ColumnType, for<'a> fn(&'a R) -> Value<'a>);

fn names<R>(columns: &[Column<R>]) -> Vec<ExportColumn> {
    columns.iter().map(|Column(name, holds, _)| ExportColumn { name, holds: *holds }).collect()
}

/// A paragraph in its report.
#[derive(Clone, Copy)]
struct Placed<'a> {
    report: &'a ReportData,
    data: &'a ParagraphData,
}

/// A sentence of a paragraph, and its number from 1.
struct Sentence<'a> {
    paragraph: Placed<'a>,
    number: usize,
    bytes: std::ops::Range<usize>,
}

impl Sentence<'_> {
    fn text(&self) -> &str {
        self.paragraph.data.hit.text.get(self.bytes.clone()).unwrap_or_default()
    }
}

struct Judged<'a> {
    report: &'a ReportData,
    judgement: &'a Judgement,
}

struct Labelled<'a> {
    paragraph: Placed<'a>,
    label: &'a Label,
}

/// Calls `each` with every row of a report, table by table.
pub(super) fn visit_rows(report: &ReportData, mut each: impl FnMut(ExportTable, &[Value<'_>])) {
    let (judgements, paragraphs) = (judgement_columns(), paragraph_columns());
    let (sentences, themes) = (sentence_columns(), theme_columns());
    each(ExportTable::Reports, &row(&REPORTS, report));
    for judgement in &report.source.judgements {
        each(ExportTable::Judgements, &row(&judgements, &Judged { report, judgement }));
    }
    for data in &report.paragraphs {
        let paragraph = Placed { report, data };
        each(ExportTable::Paragraphs, &row(&paragraphs, &paragraph));
        for (number, bytes) in (1..).zip(&data.hit.sentences) {
            let sentence = Sentence { paragraph, number, bytes: bytes.clone() };
            each(ExportTable::Sentences, &row(&sentences, &sentence));
        }
        for label in &data.labels {
            each(ExportTable::Themes, &row(&themes, &Labelled { paragraph, label }));
        }
    }
}

/// The rows of the paragraphs alone.
pub(super) fn paragraph_rows(report: &ReportData, mut each: impl FnMut(&ParagraphData, &[Value<'_>])) {
    let columns = paragraph_columns();
    for data in &report.paragraphs {
        each(data, &row(&columns, &Placed { report, data }));
    }
}

fn row<'a, R>(columns: &[Column<R>], of: &'a R) -> Vec<Value<'a>> {
    columns.iter().map(|Column(_, _, value)| value(of)).collect()
}

use ColumnType::{Bool, Day, Int, Ints, Keyword, Keywords, Periods, Text, Words};

const REPORTS: [Column<ReportData>; 32] = [
    Column("id", Keyword, |report| Value::made(report.source.id.to_string())),
    Column("path", Keyword, |report| report.source.path.as_str().into()),
    Column("kind", Keyword, |report| report.source.kind.as_str().into()),
    Column("title", Text, |report| report.source.title.as_deref().into()),
    Column("authority", Keyword, authority),
    Column("authority_key", Keyword, authority_key),
    Column("urn", Keyword, urn),
    Column("aliases", Keywords, |report| {
        Value::texts(
            report.source.authority.iter().flat_map(|authority| &authority.aliases).map(String::as_str),
        )
    }),
    Column("region", Keyword, region),
    Column("framework", Keyword, framework),
    Column("series", Keyword, |report| report.source.series.as_deref().into()),
    Column("inspectorate", Keyword, |report| report.source.inspectorate.as_deref().into()),
    Column("inspected", Periods, |report| Value::texts(report.periods.iter().map(String::as_str))),
    Column("inspected_from", Day, |report| report.first_day().into()),
    Column("inspected_to", Day, |report| report.last_day().into()),
    Column("published", Day, |report| report.source.published.into()),
    Column("dated", Day, |report| report.day().into()),
    Column("year", Int, |report| report.day().map(|day| u32::from(day.year())).into()),
    Column("lead_inspector", Keyword, |report| report.source.lead_inspector.as_deref().into()),
    Column("overall", Keyword, overall),
    Column("judgements", Keywords, |report| Value::texts(report.grades.iter().map(String::as_str))),
    Column("areas", Keywords, |report| Value::texts(report.areas.iter().map(String::as_str))),
    Column("fields", Text, |report| report.fields.as_str().into()),
    Column("field_values", Keywords, |report| Value::texts(report.field_values.iter().map(String::as_str))),
    Column("pages", Int, |report| report.source.pages.into()),
    Column("paragraphs", Int, |report| report.source.paragraphs.into()),
    Column("words", Int, |report| report.source.words.into()),
    Column("table_rows", Int, |report| report.source.table_rows.into()),
    Column("notes", Int, |report| report.source.notes.into()),
    Column("warnings", Int, |report| (report.source.warnings.len() as u64).into()),
    Column("version", Keyword, |report| report.version.as_str().into()),
    Column("corpus_hash", Keyword, |report| report.corpus_hash.as_str().into()),
];

fn authority(report: &ReportData) -> Value<'_> {
    report.source.authority.as_ref().map(|authority| authority.name.as_str()).into()
}

fn authority_key(report: &ReportData) -> Value<'_> {
    report.source.authority.as_ref().map(|authority| authority.key.as_str()).into()
}

fn urn(report: &ReportData) -> Value<'_> {
    report.source.authority.as_ref().and_then(|authority| authority.urn.as_deref()).into()
}

fn region(report: &ReportData) -> Value<'_> {
    report.source.authority.as_ref().and_then(|authority| authority.region.as_deref()).into()
}

fn framework(report: &ReportData) -> Value<'_> {
    report.source.framework.as_ref().map(|framework| framework.as_str()).into()
}

fn overall(report: &ReportData) -> Value<'_> {
    report.judgement("overall").map(|judgement| judgement.grade.as_str()).into()
}

fn paragraph_columns<'r>() -> [Column<Placed<'r>>; 49] {
    [
        Column("id", Keyword, |row| Value::made(row.data.hit.id.to_string())),
        Column("report_id", Keyword, report_id),
        Column("ordinal", Int, |row| row.data.hit.id.ordinal().into()),
        Column("path", Keyword, |row| row.report.source.path.as_str().into()),
        Column("text", Text, |row| row.data.hit.text.as_str().into()),
        Column("words", Words, |row| row.data.words.as_str().into()),
        Column("word_count", Int, |row| row.data.hit.words.into()),
        Column("sentences", Int, |row| (row.data.hit.sentences.len() as u64).into()),
        Column("role", Keyword, |row| row.data.hit.role.as_str().into()),
        Column("searched", Bool, |row| Value::Bool(row.data.hit.role.is_body())),
        Column("paragraph", Keyword, |row| row.data.hit.citation.paragraph.as_deref().into()),
        Column("page", Int, |row| row.data.hit.citation.page.into()),
        Column("page_end", Int, |row| row.data.hit.citation.page_end.into()),
        Column("pages", Ints, |row| row.data.pages()),
        Column("page_label", Keyword, |row| row.data.hit.citation.page_label.as_deref().into()),
        Column("headings", Keywords, |row| {
            Value::texts(row.data.hit.citation.headings.iter().map(String::as_str))
        }),
        Column("section", Keyword, |row| row.data.hit.citation.section().into()),
        Column("section_path", Text, |row| {
            let headings = &row.data.hit.citation.headings;
            if headings.is_empty() { Value::Null } else { Value::made(headings.join(" > ")) }
        }),
        Column("section_words", Words, |row| row.data.section_words.as_str().into()),
        Column("theme", Keyword, |row| row.data.hit.theme.as_deref().into()),
        Column("themes", Keywords, |row| {
            Value::texts(row.data.labels.iter().map(|label| label.theme.as_str()))
        }),
        Column("grade", Keyword, |row| {
            row.data.hit.citation.grade.as_ref().map(|grade| grade.as_str()).into()
        }),
        Column("boilerplate", Int, |row| row.data.hit.boilerplate.into()),
        Column("kind", Keyword, |row| row.report.source.kind.as_str().into()),
        Column("title", Text, |row| row.report.source.title.as_deref().into()),
        Column("authority", Keyword, |row| authority(row.report)),
        Column("authority_key", Keyword, |row| authority_key(row.report)),
        Column("urn", Keyword, |row| urn(row.report)),
        Column("region", Keyword, |row| region(row.report)),
        Column("framework", Keyword, |row| framework(row.report)),
        Column("series", Keyword, |row| row.report.source.series.as_deref().into()),
        Column("inspectorate", Keyword, |row| row.report.source.inspectorate.as_deref().into()),
        Column("inspected", Periods, |row| Value::texts(row.report.periods.iter().map(String::as_str))),
        Column("inspected_from", Day, |row| row.report.first_day().into()),
        Column("inspected_to", Day, |row| row.report.last_day().into()),
        Column("published", Day, |row| row.report.source.published.into()),
        Column("dated", Day, |row| row.report.day().into()),
        Column("year", Int, |row| row.report.day().map(|day| u32::from(day.year())).into()),
        Column("overall", Keyword, |row| overall(row.report)),
        Column("judgements", Keywords, |row| Value::texts(row.report.grades.iter().map(String::as_str))),
        Column("areas", Keywords, |row| Value::texts(row.report.areas.iter().map(String::as_str))),
        Column("fields", Text, |row| row.report.fields.as_str().into()),
        Column("field_values", Keywords, |row| {
            Value::texts(row.report.field_values.iter().map(String::as_str))
        }),
        Column("url", Keyword, |row| row.data.hit.citation.url.as_deref().into()),
        Column("cite", Text, |row| Value::made(row.data.hit.citation.to_string())),
        Column("page_label_end", Keyword, |row| row.data.hit.citation.page_label_end.as_deref().into()),
        Column("lead_inspector", Keyword, |row| row.report.source.lead_inspector.as_deref().into()),
        Column("corpus_hash", Keyword, |row| row.report.corpus_hash.as_str().into()),
        Column("run", Int, |row| row.report.run.into()),
    ]
}

fn report_id<'a>(row: &'a Placed<'_>) -> Value<'a> {
    Value::made(row.report.source.id.to_string())
}

fn sentence_columns<'r>() -> [Column<Sentence<'r>>; 7] {
    [
        Column("paragraph_id", Keyword, |row| Value::made(row.paragraph.data.hit.id.to_string())),
        Column("report_id", Keyword, |row| report_id(&row.paragraph)),
        Column("sentence", Int, |row| (row.number as u64).into()),
        Column("from_byte", Int, |row| (row.bytes.start as u64).into()),
        Column("to_byte", Int, |row| (row.bytes.end as u64).into()),
        Column("text", Text, |row| row.text().into()),
        Column("words", Words, |row| Value::made(quotable_query::analyse::fold(row.text()))),
    ]
}

fn judgement_columns<'r>() -> [Column<Judged<'r>>; 12] {
    [
        Column("report_id", Keyword, |row| Value::made(row.report.source.id.to_string())),
        Column("path", Keyword, |row| row.report.source.path.as_str().into()),
        Column("authority_key", Keyword, |row| authority_key(row.report)),
        Column("area", Keyword, |row| row.judgement.area.as_str().into()),
        Column("label", Keyword, |row| row.judgement.label.as_str().into()),
        Column("grade", Keyword, |row| row.judgement.grade.as_str().into()),
        Column("printed", Keyword, |row| row.judgement.printed.as_str().into()),
        Column("scope", Keyword, |row| row.judgement.scope.as_str().into()),
        Column("page", Int, |row| row.judgement.page.into()),
        Column("scale", Keyword, |row| row.judgement.scale.as_ref().map(|scale| scale.as_str()).into()),
        Column("rank", Int, |row| row.judgement.rank.map(u32::from).into()),
        Column("shared_with", Keywords, |row| {
            Value::texts(row.judgement.shared_with.iter().map(|area| area.as_str()))
        }),
    ]
}

fn theme_columns<'r>() -> [Column<Labelled<'r>>; 5] {
    [
        Column("paragraph_id", Keyword, |row| Value::made(row.paragraph.data.hit.id.to_string())),
        Column("report_id", Keyword, |row| report_id(&row.paragraph)),
        Column("theme", Keyword, |row| row.label.theme.as_str().into()),
        Column("by_section", Bool, |row| {
            Value::Bool(
                row.label.evidence.iter().any(|evidence| matches!(evidence, Evidence::Section { .. })),
            )
        }),
        Column("by_words", Bool, |row| {
            Value::Bool(row.label.evidence.iter().any(|evidence| matches!(evidence, Evidence::Words { .. })))
        }),
    ]
}
