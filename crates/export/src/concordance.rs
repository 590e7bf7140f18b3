//! A concordance: every occurrence with the words around it.

use std::io::{self, Write};

use quotable_index::{Id, Line};
use quotable_report::Citation;
use serde::Serialize;

use crate::cell::Cell;
use crate::citation::{CitationColumn, CitationRecord};
use crate::column::{self, Cited, Column};
use crate::completeness::Completeness;
use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown::{self, escape_inline};

/// An occurrence as a line of JSON. `pre`, `keyword` and `post` follow one another in the paragraph without a break.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct OccurrenceRecord<'l> {
    /// The path of the report.
    pub docname: &'l str,
    /// The first word of the occurrence: its number in the paragraph, one-based.
    pub from: u32,
    /// The last word of the occurrence: its number in the paragraph, one-based.
    pub to: u32,
    /// The words before.
    pub pre: &'l str,
    /// The occurrence.
    pub keyword: &'l str,
    /// The words after.
    pub post: &'l str,
    /// The query as it was read.
    pub pattern: &'l str,
    /// The stable id of the paragraph.
    pub id: &'l Id,
    /// Where the occurrence is; the pages are those of the occurrence.
    pub citation: CitationRecord<'l>,
    /// The number of reports with the same paragraph, if it is boilerplate.
    pub boilerplate: Option<u32>,
    /// The theme of the section that the paragraph is in.
    pub theme: Option<&'l str>,
}

impl<'l> OccurrenceRecord<'l> {
    /// The record of a line of a concordance.
    pub fn new(line: &'l Line) -> Self {
        Self {
            docname: &line.docname,
            from: line.from,
            to: line.to,
            pre: &line.pre,
            keyword: &line.keyword,
            post: &line.post,
            pattern: &line.pattern,
            id: &line.id,
            citation: CitationRecord::new(&line.citation),
            boilerplate: line.boilerplate,
            theme: line.theme.as_deref(),
        }
    }
}

/// An occurrence as a row of the table of `kwic`: the columns of quanteda's `kwic`, then the citation.
#[derive(Debug, Clone, Copy)]
pub struct OccurrenceRow<'l> {
    line: &'l Line,
    completeness: Completeness,
}

impl<'l> OccurrenceRow<'l> {
    /// The row of a line, in an answer that may lack files.
    pub fn new(line: &'l Line, completeness: impl Into<Completeness>) -> Self {
        Self { line, completeness: completeness.into() }
    }

    /// The names of the columns.
    pub fn names() -> Vec<&'static str> {
        column::names(&Self::columns())
    }

    /// The cells, in the order of the [`names`](Self::names).
    pub fn cells(&self) -> Vec<Cell<'_>> {
        column::cells(&Self::columns(), self)
    }

    fn columns() -> [Column<Self>; 27] {
        use Column::Own;
        [
            Own("docname", |row| Cell::from(&row.line.docname)),
            Own("from", |row| row.line.from.into()),
            Own("to", |row| row.line.to.into()),
            Own("pre", |row| row.line.pre.trim().into()),
            Own("keyword", |row| Cell::from(&row.line.keyword)),
            Own("post", |row| row.line.post.trim().into()),
            Own("pattern", |row| Cell::from(&row.line.pattern)),
            Column::Citation(CitationColumn::Authority),
            Column::Citation(CitationColumn::Published),
            Column::Citation(CitationColumn::Section),
            Column::Citation(CitationColumn::Paragraph),
            Column::Citation(CitationColumn::Page),
            Own("id", |row| Cell::display(&row.line.id)),
            Column::Citation(CitationColumn::Urn),
            Column::Citation(CitationColumn::Framework),
            Column::Citation(CitationColumn::Grade),
            Own("boilerplate", |row| row.line.boilerplate.into()),
            Column::Citation(CitationColumn::Citation),
            Own("complete", |row| row.completeness.is_complete().into()),
            Own("unread", |row| row.completeness.unread.into()),
            Column::Citation(CitationColumn::AuthorityKey),
            Column::Citation(CitationColumn::Region),
            Column::Citation(CitationColumn::Year),
            Column::Citation(CitationColumn::Overall),
            Own("theme", |row| row.line.theme.as_deref().into()),
            Own("skipped", |row| row.completeness.skipped.into()),
            Own("copies", |row| row.completeness.copies.into()),
        ]
    }
}

impl Cited for OccurrenceRow<'_> {
    fn citation(&self) -> Option<&Citation> {
        Some(&self.line.citation)
    }
}

/// Writes occurrences one after another, in memory that does not grow with their number.
#[derive(Debug)]
pub struct OccurrenceWriter<W> {
    out: W,
    format: Format,
    completeness: Completeness,
}

impl<W: Write> OccurrenceWriter<W> {
    /// Writes the head, if the format has one.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(mut out: W, format: Format, completeness: impl Into<Completeness>) -> io::Result<Self> {
        match format {
            Format::Csv(formulas) => CsvWriter::new(&mut out, formulas).head(OccurrenceRow::names())?,
            Format::Markdown => {
                writeln!(out, "| before | found | after | where | id |\n|---:|---|---|---|---|")?;
            }
            Format::Jsonl => {}
        }
        Ok(Self { out, format, completeness: completeness.into() })
    }

    /// Writes one occurrence.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn line(&mut self, line: &Line) -> io::Result<()> {
        let (out, completeness) = (&mut self.out, self.completeness);
        match self.format {
            Format::Jsonl => jsonl::write(out, &Versioned::of(OccurrenceRecord::new(line), completeness)),
            Format::Csv(formulas) => {
                CsvWriter::new(out, formulas).row(OccurrenceRow::new(line, completeness).cells())
            }
            Format::Markdown => {
                let parts = [&line.pre, &line.keyword, &line.post];
                let [pre, keyword, post] = parts.map(|text| escape_inline(text.trim()));
                let cite = escape_inline(&line.citation.to_string());
                writeln!(out, "| {pre} | **{keyword}** | {post} | {cite} | `{}` |", line.id)
            }
        }
    }

    /// Ends the answer: in Markdown, says which files it lacks.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn end(mut self) -> io::Result<()> {
        markdown::write_lacking(&mut self.out, self.format, self.completeness)
    }
}
