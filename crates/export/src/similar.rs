//! Paragraphs that say the same, as records, rows and Markdown.

use std::io::{self, Write};

use quotable_follow::{Similar, SimilarParagraphs};
use serde::Serialize;

use crate::cell::Cell;
use crate::completeness::Completeness;
use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned, byte_pairs};
use crate::markdown::{escape_inline, with_bold};

/// A paragraph that is like another, or like a text.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct SimilarRecord<'s> {
    /// `copy` for a near copy, `alike` for one that is alike in content.
    pub kind: &'static str,
    /// Its place among those of its kind, from 1.
    pub rank: u64,
    /// The share of the runs of four words of both that both have.
    pub resemblance: f64,
    /// The share of the runs of four words of the shorter of both that both have.
    pub containment: f64,
    /// The number of reports that have the paragraph word for word, if five or more do.
    pub boilerplate: Option<u32>,
    /// The words of the paragraph.
    pub text: &'s str,
    /// The words that both have, by their stems, as pairs of bytes.
    pub matches: Vec<[usize; 2]>,
    /// The heading above it.
    pub section: Option<&'s str>,
    /// Its printed number.
    pub paragraph: Option<&'s str>,
    /// Its page.
    pub page: Option<u32>,
    /// Its citation.
    pub citation: String,
    /// Its id.
    pub id: String,
    /// The path of its report.
    pub path: &'s str,
}

impl<'s> SimilarRecord<'s> {
    /// The records of an answer: near copies, then those alike in content.
    pub fn of(answer: &'s SimilarParagraphs) -> Vec<Self> {
        let records = |kind, list: &'s [Similar]| {
            list.iter().enumerate().map(move |(at, similar)| Self::new(kind, at + 1, similar))
        };
        records("copy", &answer.copies).chain(records("alike", &answer.alike)).collect()
    }

    fn new(kind: &'static str, rank: usize, similar: &'s Similar) -> Self {
        let hit = &similar.hit;
        let rounded = |value: f64| (value * 1e4).round() / 1e4;
        Self {
            kind,
            rank: rank as u64,
            resemblance: rounded(similar.resemblance),
            containment: rounded(similar.containment),
            boilerplate: hit.boilerplate,
            text: &hit.text,
            matches: byte_pairs(&hit.matches),
            section: hit.citation.section(),
            paragraph: hit.citation.paragraph.as_deref(),
            page: hit.citation.page,
            citation: hit.citation.to_string(),
            id: hit.id.to_string(),
            path: &hit.citation.path,
        }
    }

    /// The names of the columns of CSV.
    pub fn names() -> Vec<&'static str> {
        vec![
            "kind", "rank", "resemblance", "containment", "boilerplate", "text", "section", "paragraph",
            "page", "citation", "id", "path",
        ]
    }

    /// The cells, in the order of the [`names`](Self::names).
    pub fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            self.kind.into(),
            self.rank.into(),
            Cell::rounded(self.resemblance, 4),
            Cell::rounded(self.containment, 4),
            self.boilerplate.into(),
            self.text.into(),
            self.section.into(),
            self.paragraph.into(),
            self.page.into(),
            Cell::from(&self.citation),
            Cell::from(&self.id),
            self.path.into(),
        ]
    }
}

/// The heading above near copies, for people.
pub fn copies_heading(answer: &SimilarParagraphs) -> String {
    match answer.total_copies - answer.copies.len() as u64 {
        0 => "Near copies".to_owned(),
        _ => format!("Near copies (the first {} of {})", answer.copies.len(), answer.total_copies),
    }
}

/// Writes an answer in a format.
///
/// # Errors
/// Those of `out`.
pub fn write(
    out: &mut impl Write,
    format: Format,
    answer: &SimilarParagraphs,
    completeness: Completeness,
) -> io::Result<()> {
    match format {
        Format::Jsonl => {
            let mut records = SimilarRecord::of(answer).into_iter();
            records.try_for_each(|record| jsonl::write(out, &Versioned::of(record, completeness)))
        }
        Format::Csv(formulas) => {
            let mut csv = CsvWriter::new(out, formulas);
            csv.head(SimilarRecord::names())?;
            SimilarRecord::of(answer).iter().try_for_each(|record| csv.row(record.cells()))
        }
        Format::Markdown => {
            for (heading, list) in
                [(copies_heading(answer), &answer.copies), ("Alike in content".to_owned(), &answer.alike)]
            {
                if list.is_empty() {
                    continue;
                }
                writeln!(out, "### {heading}\n")?;
                for similar in list {
                    let (text, citation) = (
                        with_bold(&similar.hit.text, &similar.hit.matches),
                        similar.hit.citation.to_string(),
                    );
                    writeln!(out, "> {text}\n>\n> {}\n", escape_inline(&citation))?;
                }
            }
            Ok(())
        }
    }
}
