//! Theme chunks: all paragraphs under one theme heading, as the unit of an answer.

use std::io::{self, Write};

use quotable_index::{Chunk, Hit, Id};
use quotable_report::{Citation, Role};
use serde::Serialize;

use crate::cell::Cell;
use crate::citation::{CitationColumn, CitationRecord};
use crate::column::{self, Cited, Column};
use crate::completeness::Completeness;
use crate::counts::CountsRecord;
use crate::csv::{CsvWriter, VALUE_SEPARATOR};
use crate::excerpt::Excerpt;
use crate::format::Format;
use crate::jsonl::{self, Versioned, byte_pairs};
use crate::markdown::{self, escape_block, with_bold};
use crate::number::counted;

/// How many paragraphs of a chunk people are shown unless they ask for the whole.
const QUOTED: usize = 3;

/// A theme chunk as a line of JSON.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ChunkRecord<'c> {
    /// The stable id of its first paragraph.
    pub id: &'c Id,
    /// The path of the report, relative to the corpus.
    pub path: &'c str,
    /// The stable name of its theme; `None` for paragraphs under no theme's heading.
    pub theme: Option<&'c str>,
    /// What was found in it; nothing for a chunk that was not searched for.
    pub counts: CountsRecord,
    /// Where it is, with all its pages.
    pub citation: CitationRecord<'c>,
    /// The same in words.
    pub cite: String,
    /// All its paragraphs in order, those that do not match too.
    pub paragraphs: Vec<ChunkParagraphRecord<'c>>,
}

/// A paragraph of a theme chunk.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ChunkParagraphRecord<'c> {
    /// The stable id of the paragraph.
    pub id: &'c Id,
    /// The role of the paragraph in its report.
    pub role: Role,
    /// The whole paragraph.
    pub text: &'c str,
    /// Its printed number.
    pub paragraph: Option<&'c str>,
    /// The page on which it begins, one-based.
    pub page: Option<u32>,
    /// The occurrences that are counted: `[start, end]` in bytes of `text`.
    pub occurrences: Vec<[usize; 2]>,
    /// The words that matched: `[start, end]` in bytes of `text`.
    pub matches: Vec<[usize; 2]>,
}

impl<'c> ChunkRecord<'c> {
    /// The record of a chunk, with its [`citation`](Chunk::citation).
    pub fn new(chunk: &'c Chunk, citation: &'c Citation) -> Self {
        Self {
            id: &chunk.id,
            path: &citation.path,
            theme: chunk.theme.as_deref(),
            counts: CountsRecord::new(&chunk.counts),
            citation: CitationRecord::new(citation),
            cite: citation.to_string(),
            paragraphs: chunk.paragraphs.iter().map(ChunkParagraphRecord::new).collect(),
        }
    }
}

impl<'c> ChunkParagraphRecord<'c> {
    fn new(hit: &'c Hit) -> Self {
        Self {
            id: &hit.id,
            role: hit.role,
            text: &hit.text,
            paragraph: hit.citation.paragraph.as_deref(),
            page: hit.citation.page,
            occurrences: byte_pairs(&hit.occurrences),
            matches: byte_pairs(&hit.matches),
        }
    }
}

/// A paragraph of a chunk as a row of the table of `search --unit theme`.
#[derive(Debug, Clone, Copy)]
pub struct ChunkRow<'c> {
    chunk: &'c Chunk,
    hit: &'c Hit,
    completeness: Completeness,
}

impl<'c> ChunkRow<'c> {
    /// A row for each paragraph of a chunk, those that do not match too, in an answer that may lack files.
    pub fn of(chunk: &'c Chunk, completeness: impl Into<Completeness>) -> impl Iterator<Item = Self> {
        let completeness = completeness.into();
        chunk.paragraphs.iter().map(move |hit| Self { chunk, hit, completeness })
    }

    /// The names of the columns.
    pub fn names() -> Vec<&'static str> {
        column::names(&Self::columns())
    }

    /// The cells, in the order of the [`names`](Self::names).
    pub fn cells(&self) -> Vec<Cell<'_>> {
        column::cells(&Self::columns(), self)
    }

    fn columns() -> [Column<Self>; 25] {
        use Column::Own;
        [
            Own("chunk", |row| Cell::display(&row.chunk.id)),
            Own("theme", |row| row.chunk.theme.as_deref().into()),
            Own("chunk_occurrences", |row| row.chunk.counts.occurrences.into()),
            Own("chunk_paragraphs", |row| row.chunk.counts.paragraphs.into()),
            Own("id", |row| Cell::display(&row.hit.id)),
            Own("text", |row| Cell::from(&row.hit.text)),
            Own("matched", |row| {
                let matched = row.hit.matches.iter().filter_map(|bytes| row.hit.text.get(bytes.clone()));
                matched.collect::<Vec<_>>().join(VALUE_SEPARATOR).into()
            }),
            Own("occurrences", |row| row.hit.occurrences.len().into()),
            Own("role", |row| row.hit.role.as_str().into()),
            Column::Citation(CitationColumn::Authority),
            Column::Citation(CitationColumn::Urn),
            Column::Citation(CitationColumn::Published),
            Column::Citation(CitationColumn::Section),
            Column::Citation(CitationColumn::Paragraph),
            Column::Citation(CitationColumn::Page),
            Column::Citation(CitationColumn::PageEnd),
            Column::Citation(CitationColumn::Path),
            Own("complete", |row| row.completeness.is_complete().into()),
            Own("unread", |row| row.completeness.unread.into()),
            Column::Citation(CitationColumn::AuthorityKey),
            Column::Citation(CitationColumn::Region),
            Column::Citation(CitationColumn::Year),
            Column::Citation(CitationColumn::Overall),
            Own("skipped", |row| row.completeness.skipped.into()),
            Own("copies", |row| row.completeness.copies.into()),
        ]
    }
}

impl Cited for ChunkRow<'_> {
    fn citation(&self) -> Option<&Citation> {
        Some(&self.hit.citation)
    }
}

/// What is written of each chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChunkOptions {
    /// True to quote every paragraph to people; false to quote the first that match. JSON and CSV have every paragraph.
    pub whole: bool,
    /// False if files of the corpus were still to be read, or could not be read.
    pub is_complete: bool,
}

/// Writes chunks one after another.
#[derive(Debug)]
pub struct ChunkWriter<W> {
    out: W,
    format: Format,
    options: ChunkOptions,
    completeness: Completeness,
}

impl<W: Write> ChunkWriter<W> {
    /// Writes the head, if the format has one.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(mut out: W, format: Format, options: ChunkOptions) -> io::Result<Self> {
        if let Format::Csv(formulas) = format {
            CsvWriter::new(&mut out, formulas).head(ChunkRow::names())?;
        }
        Ok(Self { out, format, options, completeness: options.is_complete.into() })
    }

    /// The same writer, which says of each chunk which files the answer lacks.
    #[must_use]
    pub fn lacking(self, completeness: impl Into<Completeness>) -> Self {
        Self { completeness: completeness.into(), ..self }
    }

    /// Writes one chunk.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn chunk(&mut self, chunk: &Chunk) -> io::Result<()> {
        let Some(citation) = chunk.citation() else {
            debug_assert!(false, "a chunk has at least one paragraph");
            return Ok(());
        };
        let out = &mut self.out;
        let (whole, completeness) = (self.options.whole, self.completeness);
        match self.format {
            Format::Jsonl => {
                jsonl::write(out, &Versioned::of(ChunkRecord::new(chunk, &citation), completeness))
            }
            Format::Csv(formulas) => {
                let mut csv = CsvWriter::new(out, formulas);
                ChunkRow::of(chunk, completeness).try_for_each(|row| csv.row(row.cells()))
            }
            Format::Markdown => write_markdown(out, chunk, &citation, whole),
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

fn write_markdown(out: &mut impl Write, chunk: &Chunk, citation: &Citation, whole: bool) -> io::Result<()> {
    writeln!(out, "## {}\n", escape_block(theme_name(chunk)))?;
    writeln!(out, "{} (`{}`)\n", escape_block(&size(chunk)), chunk.id)?;
    let (paragraphs, more) = quoted(chunk, whole);
    for hit in paragraphs {
        let excerpt = if whole { Excerpt::whole(hit) } else { Excerpt::of(hit) };
        let number = hit.citation.paragraph.as_ref().map(|number| format!("{}\\. ", escape_block(number)));
        let text = with_bold(&excerpt.text, &excerpt.matches);
        writeln!(out, "> {}{text}\n>", number.unwrap_or_default())?;
    }
    if more > 0 {
        writeln!(out, "> … and {more} more\n>")?;
    }
    writeln!(out, "> — {}\n", escape_block(&citation.to_string()))
}

/// The paragraphs that people are shown of a chunk, and how many more match.
pub fn quoted(chunk: &Chunk, whole: bool) -> (Vec<&Hit>, usize) {
    if whole {
        return (chunk.paragraphs.iter().collect(), 0);
    }
    let found: Vec<&Hit> = chunk.paragraphs.iter().filter(|hit| !hit.occurrences.is_empty()).collect();
    let more = found.len().saturating_sub(QUOTED);
    (found.into_iter().take(QUOTED).collect(), more)
}

/// The stable name of the theme, or `no theme`.
pub fn theme_name(chunk: &Chunk) -> &str {
    chunk.theme.as_deref().unwrap_or("no theme")
}

/// How much was found in the chunk, and how large it is.
pub fn size(chunk: &Chunk) -> String {
    let all = counted(chunk.paragraphs.len() as u64, "paragraphs");
    match chunk.counts.paragraphs {
        0 => all,
        found => format!("{} in {found} of {all}", counted(chunk.counts.occurrences, "occurrences")),
    }
}
