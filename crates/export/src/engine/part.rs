//! One part of an export: the files of some consecutive reports, in the layout of a format.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::columns::{ExportColumn, ExportTable, paragraph_rows};
use super::data::{ParagraphData, ReportData};
use super::document::{Dialect, Document};
use super::error::ExportError;
use super::file::{ExportedFile, Output};
use super::format::EngineFormat;
#[cfg(feature = "parquet")]
use super::parquet::ParquetTable;
use crate::hit::{HitInContext, HitOptions, HitRecord};
use crate::jsonl::{self, Versioned};
use crate::source::SourceRecord;

/// The most bytes of a file of documents: engines refuse requests of more than 10 MB.
const DOCUMENT_BYTES: u64 = 8 << 20;

/// The part that is being written.
pub(super) struct Part {
    pub(super) number: u64,
    run: u64,
    files: Vec<ExportedFile>,
    writer: Writer,
    /// Rows of paragraphs so far.
    paragraphs: u64,
}

enum Writer {
    #[cfg(feature = "parquet")]
    Parquet(Vec<(ExportTable, ParquetTable)>),
    Jsonl {
        reports: Lines,
        paragraphs: Lines,
    },
    Documents {
        dialect: Dialect,
        open: Option<Lines>,
        staging: std::path::PathBuf,
        columns: Vec<ExportColumn>,
    },
}

/// A file of lines.
struct Lines {
    output: Box<Output>,
    rows: u64,
    path: String,
    table: &'static str,
}

impl Lines {
    fn create(staging: &Path, path: String, table: &'static str) -> Result<Self, ExportError> {
        Ok(Self { output: Box::new(Output::create(staging.join(&path))?), rows: 0, path, table })
    }

    fn write(&mut self, record: &impl Serialize) -> Result<(), ExportError> {
        let path = self.output.path().to_owned();
        jsonl::write(&mut *self.output, record).map_err(ExportError::file(&path))?;
        self.rows += 1;
        Ok(())
    }
}

/// A paragraph as a line of JSON: the record of a hit, with what engines and statistics need besides.
#[derive(Debug, Serialize)]
struct ParagraphRecord<'p> {
    #[serde(flatten)]
    hit: HitRecord<'p>,
    report_id: String,
    searched: bool,
    folded: &'p str,
    themes: Vec<&'p str>,
    judgements: &'p [String],
    corpus_hash: &'p str,
}

impl Part {
    /// Begins a part. Its files are written below `staging`.
    pub(super) fn begin(
        format: EngineFormat,
        staging: &Path,
        run: u64,
        number: u64,
    ) -> Result<Self, ExportError> {
        let writer = match format {
            #[cfg(feature = "parquet")]
            EngineFormat::Parquet => {
                let table = |table: ExportTable| {
                    let output = Output::create(staging.join(table_path(table.name(), number, "parquet")))?;
                    Ok((table, ParquetTable::create(output, table)?))
                };
                Writer::Parquet(ExportTable::ALL.into_iter().map(table).collect::<Result<_, ExportError>>()?)
            }
            EngineFormat::Jsonl => Writer::Jsonl {
                reports: Lines::create(staging, table_path("reports", number, "jsonl"), "reports")?,
                paragraphs: Lines::create(staging, table_path("paragraphs", number, "jsonl"), "paragraphs")?,
            },
            EngineFormat::Quickwit | EngineFormat::OpenSearch => Writer::Documents {
                dialect: if format == EngineFormat::Quickwit {
                    Dialect::Quickwit
                } else {
                    Dialect::OpenSearch
                },
                open: None,
                staging: staging.to_owned(),
                columns: ExportTable::Paragraphs.columns(),
            },
        };
        Ok(Self { number, run, files: Vec::new(), writer, paragraphs: 0 })
    }

    /// True if the next report should go into another part. `most` is in paragraphs, for tables.
    pub(super) fn is_full(&self, most: u64) -> bool {
        match &self.writer {
            // A file is one request.
            Writer::Documents { open, .. } => {
                !self.files.is_empty()
                    || open.as_ref().is_some_and(|lines| lines.output.len() >= DOCUMENT_BYTES / 2)
            }
            _ => self.paragraphs >= most,
        }
    }

    /// Adds a report.
    pub(super) fn add(&mut self, report: &ReportData) -> Result<(), ExportError> {
        self.paragraphs += report.paragraphs.len() as u64;
        match &mut self.writer {
            #[cfg(feature = "parquet")]
            Writer::Parquet(tables) => {
                let mut failure = None;
                super::columns::visit_rows(report, |table, row| {
                    let found = tables.iter_mut().find(|(known, _)| *known == table);
                    if let (Some((_, file)), None) = (found, &failure) {
                        failure = file.push(row).err();
                    }
                });
                failure.map_or(Ok(()), Err)
            }
            Writer::Jsonl { reports, paragraphs } => {
                reports.write(&Versioned::new(SourceRecord::new(&report.source)))?;
                let options = HitOptions::default().ranked(false);
                report.paragraphs.iter().try_for_each(|data| {
                    let record = ParagraphRecord {
                        hit: HitRecord::new(&HitInContext::new(&data.hit), &options),
                        report_id: report.source.id.to_string(),
                        searched: data.hit.role.is_body(),
                        folded: &data.words,
                        themes: data.labels.iter().map(|label| label.theme.as_str()).collect(),
                        judgements: &report.grades,
                        corpus_hash: &report.corpus_hash,
                    };
                    paragraphs.write(&Versioned::new(record))
                })
            }
            Writer::Documents { dialect, open, staging, columns } => {
                let (files, number, run) = (&mut self.files, self.number, self.run);
                let mut failure = None;
                paragraph_rows(report, |data, row| {
                    let mut write = || {
                        // A report may be larger than a request.
                        if open.as_ref().is_some_and(|lines| lines.output.len() >= DOCUMENT_BYTES)
                            && let Some(lines) = open.take()
                        {
                            files.push(finished(lines, number, run)?);
                        }
                        let lines = match open {
                            Some(lines) => lines,
                            None => open.insert(Lines::create(
                                staging,
                                run_path(run, &format!("documents-{number:06}-{:02}", files.len() + 1)),
                                "documents",
                            )?),
                        };
                        write_document(lines, *dialect, columns, data, row)
                    };
                    if failure.is_none() {
                        failure = write().err();
                    }
                });
                failure.map_or(Ok(()), Err)
            }
        }
    }

    /// Ends the part. Returns its files.
    pub(super) fn finish(self) -> Result<Vec<ExportedFile>, ExportError> {
        let Self { number, run, mut files, writer, .. } = self;
        match writer {
            #[cfg(feature = "parquet")]
            Writer::Parquet(tables) => {
                for (table, file) in tables {
                    let (rows, output) = file.finish()?;
                    let (bytes, blake3) = output.finish()?;
                    let path = table_path(table.name(), number, "parquet");
                    files.push(ExportedFile {
                        path,
                        table: table.name().to_owned(),
                        part: number,
                        run,
                        rows,
                        bytes,
                        blake3,
                    });
                }
            }
            Writer::Jsonl { reports, paragraphs } => {
                files.push(finished(reports, number, run)?);
                files.push(finished(paragraphs, number, run)?);
            }
            Writer::Documents { open, .. } => {
                if let Some(lines) = open {
                    files.push(finished(lines, number, run)?);
                }
            }
        }
        Ok(files)
    }
}

fn finished(lines: Lines, part: u64, run: u64) -> Result<ExportedFile, ExportError> {
    let Lines { output, rows, path, table } = lines;
    let (bytes, blake3) = output.finish()?;
    Ok(ExportedFile { path, table: table.to_owned(), part, run, rows, bytes, blake3 })
}

/// A paragraph for an engine. OpenSearch wants a line before it that names the index and the id.
fn write_document(
    lines: &mut Lines,
    dialect: Dialect,
    columns: &[ExportColumn],
    data: &ParagraphData,
    row: &[super::value::Value<'_>],
) -> Result<(), ExportError> {
    if dialect == Dialect::OpenSearch {
        let path = lines.output.path().to_owned();
        writeln!(lines.output, "{{\"index\":{{\"_id\":\"{}\"}}}}", data.hit.id)
            .map_err(ExportError::file(&path))?;
    }
    lines.write(&Document { columns, row, dialect })
}

/// Writes what an engine must forget before it takes the documents of a run: all paragraphs of the reports with these ids,
/// each with the number of its paragraphs before and now.
pub(super) fn write_deletes(
    format: EngineFormat,
    staging: &Path,
    run: u64,
    reports: &[(String, u64, u64)],
) -> Result<Option<ExportedFile>, ExportError> {
    if reports.is_empty() {
        return Ok(None);
    }
    let mut lines = Lines::create(staging, run_path(run, "deletes"), "deletes")?;
    match format {
        EngineFormat::Quickwit => {
            // Each line is the body of one request, and every task reads the whole index. Quickwit carries it out later, and then also
            // on a split that was merged since with documents of this run: these must stay.
            for some in reports.chunks(500) {
                let ids: Vec<&str> = some.iter().map(|(id, _, _)| id.as_str()).collect();
                let query =
                    format!("+report_id:IN [{}] +run:[* TO {}]", ids.join(" "), run.saturating_sub(1));
                lines.write(&serde_json::json!({ "query": query }))?;
            }
        }
        _ => {
            for (id, before, now) in reports {
                // The others are overwritten, since their ids are the same.
                for ordinal in now + 1..=*before {
                    lines.write(&serde_json::json!({"delete": {"_id": format!("{id}.{ordinal}")}}))?;
                }
            }
        }
    }
    if lines.rows == 0 {
        return Ok(None);
    }
    finished(lines, 0, run).map(Some)
}

fn table_path(table: &str, part: u64, extension: &str) -> String {
    format!("{table}/part-{part:06}.{extension}")
}

fn run_path(run: u64, name: &str) -> String {
    format!("run-{run:06}/{name}.ndjson")
}
