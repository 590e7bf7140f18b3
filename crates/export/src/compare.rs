//! Two sides compared, as records, rows, Markdown and tables.

use std::io::{self, Write};

use quotable_follow::Comparison;
use quotable_index::{Extent, Keyword};
use serde::Serialize;

use crate::cell::Cell;
use crate::completeness::Completeness;
use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown::{escape_block, escape_inline, write_table};
use crate::number::grouped;
use crate::table::Table;

/// A row of `compare`. Fields that a kind has not are `None`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct CompareRecord<'c> {
    /// `size`, `topic`, `concept`, `word` or `passage`.
    pub kind: &'static str,
    /// `paragraphs`, `words` or `reports` of a size; the name of a topic or concept; the word.
    pub name: Option<&'c str>,
    /// What a topic or concept is, in words.
    pub title: Option<&'c str>,
    /// The count of the left side: paragraphs of a topic or concept, occurrences of a word.
    pub left: Option<u64>,
    /// The count of the right side.
    pub right: Option<u64>,
    /// The left count for every 100 paragraphs, or of a word for every 10,000 words.
    pub left_rate: Option<f64>,
    /// The right one.
    pub right_rate: Option<f64>,
    /// How many times the rate is doubled, from the side that has less of the word to the other.
    pub log_ratio: Option<f64>,
    /// Log-likelihood G2 of the word.
    pub log_likelihood: Option<f64>,
    /// The passage that both have.
    pub text: Option<&'c str>,
    /// Where the left side has it.
    pub left_citation: Option<String>,
    /// Where the right side has it.
    pub right_citation: Option<String>,
}

impl<'c> CompareRecord<'c> {
    fn empty(kind: &'static str) -> Self {
        Self {
            kind,
            name: None,
            title: None,
            left: None,
            right: None,
            left_rate: None,
            right_rate: None,
            log_ratio: None,
            log_likelihood: None,
            text: None,
            left_citation: None,
            right_citation: None,
        }
    }

    /// The rows of a comparison: sizes, topics and concepts, words of the left and of the right, passages.
    pub fn of(comparison: &'c Comparison) -> Vec<Self> {
        let (left, right) = (&comparison.left, &comparison.right);
        let sizes = [
            ("paragraphs", left.paragraphs, right.paragraphs),
            ("words", left.words, right.words),
            ("reports", left.reports, right.reports),
        ];
        let mut rows: Vec<Self> = sizes
            .map(|(name, left, right)| Self {
                name: Some(name),
                left: Some(left),
                right: Some(right),
                ..Self::empty("size")
            })
            .into();
        let rate =
            |count: u64, of: &Extent| Some(rounded(count as f64 * 100.0 / of.paragraphs.max(1) as f64));
        rows.extend(comparison.codes.iter().map(|code| Self {
            name: Some(&code.name),
            title: Some(&code.title),
            left: Some(code.left),
            right: Some(code.right),
            left_rate: rate(code.left, left),
            right_rate: rate(code.right, right),
            ..Self::empty(code.kind.as_str())
        }));
        let word = |word: &'c Keyword| Self {
            name: Some(&word.words),
            left: Some(word.count),
            right: Some(word.reference_count),
            left_rate: Some(rounded(word.per_10_000_words)),
            right_rate: Some(rounded(word.reference_per_10_000_words)),
            log_ratio: Some(rounded(word.log_ratio)),
            log_likelihood: Some(rounded(word.log_likelihood)),
            ..Self::empty("word")
        };
        rows.extend(comparison.left_words.iter().map(word));
        rows.extend(comparison.right_words.iter().map(word).map(|row| Self {
            left: row.right,
            right: row.left,
            left_rate: row.right_rate,
            right_rate: row.left_rate,
            ..row
        }));
        rows.extend(comparison.same.iter().map(|(left, right)| Self {
            text: Some(&left.text),
            left_citation: Some(left.citation.to_string()),
            right_citation: Some(right.citation.to_string()),
            ..Self::empty("passage")
        }));
        rows
    }

    /// The names of the columns of CSV.
    pub fn names() -> Vec<&'static str> {
        vec![
            "kind", "name", "title", "left", "right", "left_rate", "right_rate", "log_ratio",
            "log_likelihood", "text", "left_citation", "right_citation",
        ]
    }

    /// The cells, in the order of the [`names`](Self::names).
    pub fn cells(&self) -> Vec<Cell<'_>> {
        let number = |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::rounded(value, 4));
        vec![
            self.kind.into(),
            self.name.into(),
            self.title.into(),
            self.left.into(),
            self.right.into(),
            number(self.left_rate),
            number(self.right_rate),
            number(self.log_ratio),
            number(self.log_likelihood),
            self.text.into(),
            self.left_citation.as_deref().into(),
            self.right_citation.as_deref().into(),
        ]
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// The tables that people read, each with its heading: sizes, themes and concepts, words of either side.
pub fn to_tables(comparison: &Comparison) -> Vec<(&'static str, Table)> {
    let count = |value: Option<u64>| value.map_or_else(String::new, grouped);
    let rate = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.1}"));
    let records = CompareRecord::of(comparison);
    let mut tables = Vec::new();
    let mut sizes = Table::new(["size"], ["left", "right"]);
    let mut codes = Table::new(["theme or concept"], ["left", "right", "left per 100", "right per 100"]);
    for record in &records {
        let name = record.title.or(record.name).unwrap_or_default().to_owned();
        match record.kind {
            "size" => sizes.push(vec![name, count(record.left), count(record.right)]),
            "topic" | "concept" => codes.push(vec![
                name,
                count(record.left),
                count(record.right),
                rate(record.left_rate),
                rate(record.right_rate),
            ]),
            _ => {}
        }
    }
    tables.push(("Size", sizes));
    tables.push(("Paragraphs on each theme and concept", codes));
    let sides = [
        ("Words of the left side", &comparison.left_words),
        ("Words of the right side", &comparison.right_words),
    ];
    for (heading, words) in sides {
        let mut table = Table::new(["word"], ["here", "there", "log ratio", "G2"]);
        for word in words {
            let (ratio, likelihood) =
                (format!("{:.2}", word.log_ratio), format!("{:.1}", word.log_likelihood));
            table.push(vec![
                word.words.clone(),
                grouped(word.count),
                grouped(word.reference_count),
                ratio,
                likelihood,
            ]);
        }
        if !words.is_empty() {
            tables.push((heading, table));
        }
    }
    tables
}

/// Writes a comparison in a format.
///
/// # Errors
/// Those of `out`.
pub fn write(
    out: &mut impl Write,
    format: Format,
    comparison: &Comparison,
    completeness: Completeness,
) -> io::Result<()> {
    match format {
        Format::Jsonl => {
            let mut records = CompareRecord::of(comparison).into_iter();
            records.try_for_each(|record| jsonl::write(out, &Versioned::of(record, completeness)))
        }
        Format::Csv(formulas) => {
            let mut csv = CsvWriter::new(out, formulas);
            csv.head(CompareRecord::names())?;
            CompareRecord::of(comparison).iter().try_for_each(|record| csv.row(record.cells()))
        }
        Format::Markdown => {
            for (heading, table) in to_tables(comparison) {
                writeln!(out, "### {heading}\n")?;
                write_table(out, &table)?;
                writeln!(out)?;
            }
            if !comparison.same.is_empty() {
                writeln!(out, "### The same word for word\n")?;
            }
            comparison.same.iter().try_for_each(|(left, right)| {
                let cited = format!("{}; {}", left.citation, right.citation);
                writeln!(out, "> {}\n>\n> {}\n", escape_block(&left.text), escape_inline(&cited))
            })
        }
    }
}
