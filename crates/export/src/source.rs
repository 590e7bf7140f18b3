//! The files of a corpus: what is on record of each, and which could not be read.

use std::collections::BTreeSet;
use std::io::{self, Write};

use quotable_index::{Failure, Id, Origin, Source};
use quotable_report::{Area, Authority, Date, FieldName, Judgement, Period, ReportKind, Warning};
use serde::Serialize;

use crate::cell::Cell;
use crate::completeness::Completeness;
use crate::csv::CsvWriter;
use crate::fields::FieldsRecord;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown;
use crate::number::{counted, grouped};
use crate::table::Table;

/// A file as a line of JSON. If it could not be read, all after `failure` is empty.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct SourceRecord<'s> {
    /// The stable id of the report.
    pub id: &'s Id,
    /// Its path, relative to the corpus, with `/`.
    pub path: &'s str,
    /// `file`, or `put` by a program.
    pub origin: Origin,
    /// Why it could not be read.
    pub failure: Option<&'s Failure>,
    /// What kind of document it is.
    pub kind: ReportKind,
    /// The title as printed.
    pub title: Option<&'s str>,
    /// Who was inspected.
    pub authority: Option<&'s Authority>,
    /// The stable name of the framework of the inspection.
    pub framework: Option<&'s str>,
    /// The kind of inspection in words.
    pub series: Option<&'s str>,
    /// Who inspected.
    pub inspectorate: Option<&'s str>,
    /// The periods of the inspection.
    pub inspected: &'s [Period],
    /// The day of publication.
    pub published: Option<Date>,
    /// The inspector in charge, as printed.
    pub lead_inspector: Option<&'s str>,
    /// What was judged, in the order of the page.
    pub judgements: &'s [Judgement],
    /// Fields that are no standard ones.
    pub fields: FieldsRecord<'s>,
    /// Pages of the file; 0 where its format has none.
    pub pages: u32,
    /// Paragraphs that are searched by default.
    pub paragraphs: u64,
    /// Their words.
    pub words: u64,
    /// Rows of tables.
    pub table_rows: u64,
    /// Footnotes.
    pub notes: u64,
    /// What was not understood, or understood with doubt.
    pub warnings: &'s [Warning],
    /// The path of the file that answers take in the place of this one, if both hold the same report.
    pub copy_of: Option<&'s str>,
}

impl<'s> SourceRecord<'s> {
    /// The record of a file.
    pub fn new(source: &'s Source) -> Self {
        Self {
            id: &source.id,
            path: &source.path,
            origin: source.origin,
            failure: source.failure.as_ref(),
            kind: source.kind,
            title: source.title.as_deref(),
            authority: source.authority.as_ref(),
            framework: source.framework.as_ref().map(|framework| framework.as_str()),
            series: source.series.as_deref(),
            inspectorate: source.inspectorate.as_deref(),
            inspected: &source.inspected,
            published: source.published,
            lead_inspector: source.lead_inspector.as_deref(),
            judgements: &source.judgements,
            fields: FieldsRecord(&source.fields),
            pages: source.pages,
            paragraphs: source.paragraphs,
            words: source.words,
            table_rows: source.table_rows,
            notes: source.notes,
            warnings: &source.warnings,
            copy_of: source.copy_of.as_deref(),
        }
    }
}

/// Areas whose columns come first, in every corpus.
const FIRST_AREAS: [&str; 7] =
    ["overall", "leaders", "help-and-protection", "in-care", "care-leavers", "adoption", "lscb"];

/// The columns of a table of files: those that every corpus has, and behind them one for each other area of judgement and
/// for each field that its reports have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceColumns {
    areas: Vec<Area>,
    fields: Vec<FieldName>,
}

impl SourceColumns {
    /// The columns of these files.
    pub fn of(sources: &[Source]) -> Self {
        let mut areas: Vec<Area> = Vec::new();
        for judgement in sources.iter().flat_map(|source| &source.judgements) {
            if !FIRST_AREAS.contains(&judgement.area.as_str()) && !areas.contains(&judgement.area) {
                areas.push(judgement.area.clone());
            }
        }
        let fields: BTreeSet<&FieldName> = sources.iter().flat_map(|source| source.fields.keys()).collect();
        Self { areas, fields: fields.into_iter().cloned().collect() }
    }

    /// The names of the columns.
    pub fn names(&self) -> Vec<&str> {
        let file = [
            "id", "path", "kind", "authority", "urn", "title", "framework", "inspected_from", "inspected_to",
            "published",
        ];
        let counts = ["paragraphs", "words", "pages", "table_rows", "notes", "warnings", "failure", "reason"];
        let added = ["authority_key", "region", "series", "inspectorate", "lead_inspector", "copy_of"];
        let mut names: Vec<&str> = file.into_iter().chain(FIRST_AREAS).chain(counts).chain(added).collect();
        names.extend(self.areas.iter().map(Area::as_str));
        names.extend(self.fields.iter().map(FieldName::as_str));
        names
    }

    /// The row of a file, in the order of the [`names`](Self::names).
    pub fn row<'s>(&self, source: &'s Source) -> Vec<Cell<'s>> {
        let authority = source.authority.as_ref();
        let failure = source.failure.as_ref();
        let grade = |area: &str| {
            let judgement = source.judgements.iter().find(|judgement| judgement.area == *area);
            judgement.map(|judgement| judgement.grade.as_str()).into()
        };
        let mut row = vec![
            Cell::display(&source.id),
            Cell::from(&source.path),
            source.kind.as_str().into(),
            authority.map(|authority| &authority.name).into(),
            authority.and_then(|authority| authority.urn.as_deref()).into(),
            source.title.as_deref().into(),
            source.framework.as_ref().map(|framework| framework.as_str()).into(),
            source.inspected.first().map(|period| period.start.to_string()).into(),
            source.inspected.last().map(|period| period.end.to_string()).into(),
            source.published.map(|day| day.to_string()).into(),
        ];
        row.extend(FIRST_AREAS.map(grade));
        row.extend([
            source.paragraphs.into(),
            source.words.into(),
            source.pages.into(),
            source.table_rows.into(),
            source.notes.into(),
            source.warnings.len().into(),
            failure.map(|failure| failure.kind.as_str()).into(),
            failure.map(|failure| &failure.message).into(),
            authority.map(|authority| &authority.key).into(),
            authority.and_then(|authority| authority.region.as_deref()).into(),
            source.series.as_deref().into(),
            source.inspectorate.as_deref().into(),
            source.lead_inspector.as_deref().into(),
            source.copy_of.as_deref().into(),
        ]);
        row.extend(self.areas.iter().map(|area| grade(area.as_str())));
        row.extend(self.fields.iter().map(|name| source.fields.get(name).map(ToString::to_string).into()));
        row
    }
}

/// Writes the files of a corpus.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut impl Write, format: Format, sources: &[Source]) -> io::Result<()> {
    match format {
        Format::Jsonl | Format::Csv(_) => write_records(out, format, sources),
        Format::Markdown => {
            let (read, failed) = split(sources);
            if !read.is_empty() {
                markdown::write_table(out, &to_table(&read))?;
                writeln!(out)?;
            }
            failed.iter().try_for_each(|source| write_failure(out, source))?;
            writeln!(out, "- {}", markdown::escape_block(&total(&read, &failed)))
        }
    }
}

/// Writes files that have problems: in Markdown, what the problems are; else the same as [`write`](fn@write).
///
/// # Errors
/// Those of `out`.
pub fn write_problems(out: &mut impl Write, format: Format, sources: &[Source]) -> io::Result<()> {
    if format != Format::Markdown {
        return write_records(out, format, sources);
    }
    for source in sources {
        if source.failure.is_some() {
            write_failure(out, source)?;
            continue;
        }
        writeln!(out, "- {}", markdown::escape_block(&source.path))?;
        if let Some(kept) = &source.copy_of {
            writeln!(out, "  - {}", markdown::escape_block(&copy_text(kept)))?;
        }
        for warning in &source.warnings {
            writeln!(out, "  - {}", markdown::escape_block(&warning_text(warning)))?;
        }
    }
    Ok(())
}

fn write_records(out: &mut impl Write, format: Format, sources: &[Source]) -> io::Result<()> {
    if let Format::Csv(formulas) = format {
        let mut csv = CsvWriter::new(out, formulas);
        let columns = SourceColumns::of(sources);
        csv.head(columns.names())?;
        return sources.iter().try_for_each(|source| csv.row(columns.row(source)));
    }
    let failures = || sources.iter().filter_map(|source| source.failure.as_ref());
    let skipped = failures().filter(|failure| failure.kind.is_skipped()).count() as u64;
    let copies = sources.iter().filter(|source| source.copy_of.is_some()).count() as u64;
    let answer = Completeness::new(false, failures().count() as u64 - skipped).without(skipped, copies);
    let versioned = |source| Versioned::of(SourceRecord::new(source), answer);
    sources.iter().try_for_each(|source| jsonl::write(out, &versioned(source)))
}

fn write_failure(out: &mut impl Write, source: &Source) -> io::Result<()> {
    let Some(failure) = &source.failure else { return Ok(()) };
    let what = if failure.kind.is_skipped() { "passed over" } else { "not read" };
    writeln!(out, "- {what}: {}", markdown::escape_block(&failure.to_string()))
}

/// The files that were read, and those that could not be.
pub fn split(sources: &[Source]) -> (Vec<&Source>, Vec<&Source>) {
    sources.iter().partition(|source| source.failure.is_none())
}

/// That a file is a copy of the one at `kept`, in words.
pub fn copy_text(kept: &str) -> String {
    format!("a copy of {kept}, which counts in its place")
}

/// A warning in words, with its page.
pub fn warning_text(warning: &Warning) -> String {
    let page = warning.page.map(|page| format!(" (p. {page})")).unwrap_or_default();
    format!("{}{page}", warning.message)
}

/// How many files were read and how many could not be.
pub fn total(read: &[&Source], failed: &[&Source]) -> String {
    let paragraphs = read.iter().map(|source| source.paragraphs).sum();
    let mut total =
        format!("{}, {}", counted(read.len() as u64, "reports"), counted(paragraphs, "paragraphs"));
    let skipped =
        failed.iter().filter_map(|source| source.failure.as_ref()).filter(|one| one.kind.is_skipped());
    let skipped = skipped.count() as u64;
    let failed = failed.len() as u64 - skipped;
    let copies = read.iter().filter(|source| source.copy_of.is_some()).count() as u64;
    if failed > 0 {
        total.push_str(&format!(", {} not read", counted(failed, "files")));
    }
    if skipped > 0 {
        total.push_str(&format!(", {} passed over", counted(skipped, "files")));
    }
    match copies {
        0 => {}
        1 => total.push_str(", 1 of them a copy of another"),
        copies => total.push_str(&format!(", {} of them copies of others", grouped(copies))),
    }
    total
}

/// The table that people read: a row for each file that was read.
pub fn to_table(sources: &[&Source]) -> Table {
    let text = ["authority", "published", "inspected", "framework", "overall"];
    let mut table = Table::new(text, ["paras", "pages", "problems"]).with_last_column("id");
    sources.iter().for_each(|source| table.push(words(source)));
    table
}

fn words(source: &Source) -> Vec<String> {
    let dash = || "-".to_owned();
    let overall = source.judgements.iter().find(|judgement| judgement.area == "overall");
    vec![
        name(source).to_owned(),
        source.published.map_or_else(dash, |day| day.to_string()),
        source.inspected.first().map_or_else(dash, |period| period.start.to_string()),
        source
            .framework
            .as_ref()
            .map_or_else(|| source.kind.as_str().to_owned(), |framework| framework.as_str().to_owned()),
        overall.map_or_else(dash, |judgement| judgement.grade.as_str().to_owned()),
        grouped(source.paragraphs),
        if source.pages > 0 { grouped(source.pages.into()) } else { dash() },
        match (&source.copy_of, source.warnings.len() as u64) {
            (Some(_), _) => "copy".to_owned(),
            (None, 0) => dash(),
            (None, warnings) => grouped(warnings),
        },
        source.id.to_string(),
    ]
}

/// The authority, else the title, else the path.
fn name(source: &Source) -> &str {
    let authority = source.authority.as_ref().map(|authority| authority.name.as_str());
    authority.or(source.title.as_deref()).unwrap_or(&source.path)
}
