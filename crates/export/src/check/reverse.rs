//! Paragraphs of reports with the articles that use them.

use std::io::{self, Write};

use quotable_check::{Quotation, Use, UsedParagraph, Verdict};
use quotable_index::Id;
use quotable_report::{Citation, Role};
use serde::Serialize;

use crate::cell::Cell;
use crate::citation::{CitationColumn, CitationRecord};
use crate::column::{self, Cited, Column};
use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown::{escape_block, with_bold};

/// A paragraph that articles use, as a line of JSON.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct UsedParagraphRecord<'c> {
    /// The stable id of the paragraph.
    pub id: &'c Id,
    /// Where it is.
    pub citation: CitationRecord<'c>,
    /// The role of the paragraph in its report.
    pub role: Role,
    /// The whole paragraph.
    pub text: &'c str,
    /// Who uses it.
    pub uses: Vec<UseRecord<'c>>,
    /// Where it is, in words.
    pub cite: String,
}

/// A use of a paragraph by an article.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct UseRecord<'c> {
    /// The article.
    pub article: &'c str,
    /// Its words.
    pub quotation: &'c Quotation,
    /// Exact, altered or spliced.
    pub verdict: Verdict,
    /// The part of the paragraph that is used: bytes of its text.
    pub bytes: &'c std::ops::Range<usize>,
}

impl<'c> UsedParagraphRecord<'c> {
    /// The record of a paragraph.
    pub fn new(used: &'c UsedParagraph) -> Self {
        let of = |used: &'c Use| UseRecord {
            article: &used.article,
            quotation: &used.quotation,
            verdict: used.verdict,
            bytes: &used.bytes,
        };
        Self {
            id: &used.id,
            citation: CitationRecord::new(&used.citation),
            role: used.role,
            text: &used.text,
            uses: used.uses.iter().map(of).collect(),
            cite: used.citation.to_string(),
        }
    }
}

/// A use of a paragraph as a row of the table of `check --reverse`.
#[derive(Debug, Clone, Copy)]
pub struct UseRow<'c> {
    used: &'c UsedParagraph,
    by: &'c Use,
}

impl<'c> UseRow<'c> {
    /// The rows of a paragraph: one for each use.
    pub fn all(used: &'c UsedParagraph) -> impl Iterator<Item = Self> {
        used.uses.iter().map(move |by| Self { used, by })
    }

    /// The names of the columns.
    pub fn names() -> Vec<&'static str> {
        column::names(&Self::columns())
    }

    /// The cells, in the order of the [`names`](Self::names).
    pub fn cells(&self) -> Vec<Cell<'_>> {
        column::cells(&Self::columns(), self)
    }

    fn columns() -> [Column<Self>; 13] {
        use Column::Own;
        [
            Own("article", |row| Cell::from(&row.by.article)),
            Own("kind", |row| row.by.quotation.kind.as_str().into()),
            Own("verdict", |row| row.by.verdict.as_str().into()),
            Own("words", |row| Cell::from(&row.by.quotation.text)),
            Own("source", |row| row.used.text.get(row.by.bytes.clone()).into()),
            Column::Citation(CitationColumn::Citation),
            Column::Citation(CitationColumn::Path),
            Column::Citation(CitationColumn::Authority),
            Column::Citation(CitationColumn::Published),
            Column::Citation(CitationColumn::Section),
            Column::Citation(CitationColumn::Paragraph),
            Column::Citation(CitationColumn::Page),
            Own("id", |row| row.used.id.to_string().into()),
        ]
    }
}

impl Cited for UseRow<'_> {
    fn citation(&self) -> Option<&Citation> {
        Some(&self.used.citation)
    }
}

/// Writes the paragraphs that articles use.
///
/// # Errors
/// Those of `out`.
pub fn write_used(out: &mut dyn Write, format: Format, used: &[UsedParagraph]) -> io::Result<()> {
    match format {
        Format::Jsonl => used
            .iter()
            .try_for_each(|used| jsonl::write(&mut *out, &Versioned::new(UsedParagraphRecord::new(used)))),
        Format::Csv(formulas) => {
            let mut writer = CsvWriter::new(out, formulas);
            writer.head(UseRow::names())?;
            used.iter().flat_map(UseRow::all).try_for_each(|row| writer.row(row.cells()))
        }
        Format::Markdown => {
            for used in used {
                writeln!(out, "- {} `{}`\n", escape_block(&used.citation.to_string()), used.id)?;
                let marks: Vec<_> = used.uses.iter().map(|by| by.bytes.clone()).collect();
                writeln!(out, "  > {}\n", with_bold(&used.text, &merged(marks)))?;
                for by in &used.uses {
                    writeln!(out, "  - {}", escape_block(&use_in_words(by)))?;
                }
                writeln!(out)?;
            }
            Ok(())
        }
    }
}

/// A use in words: `mercury.html, exact: “Plans drift”`.
pub fn use_in_words(by: &Use) -> String {
    let marks =
        if by.quotation.kind == quotable_check::QuotationKind::Unmarked { ", without marks" } else { "" };
    format!("{}, {}{marks}: “{}”", by.article, by.verdict, by.quotation.text)
}

/// Byte ranges in order, those that overlap as one.
pub fn merged(mut ranges: Vec<std::ops::Range<usize>>) -> Vec<std::ops::Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<std::ops::Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut().filter(|last| last.end >= range.start) {
            Some(last) => last.end = last.end.max(range.end),
            None => merged.push(range),
        }
    }
    merged
}
