//! Theme chunks in every form.

use std::io::{self, Write};
use std::ops::Range;

use quotable::report::{Citation, Role};
use quotable::{Chunk, Counts, Hit, Id};
use serde::Serialize;

use crate::args::Format;
use crate::environment::Environment;
use crate::error::Result;
use crate::render::csv::{self, Cell};
use crate::render::excerpt::joined;
use crate::render::jsonl;
use crate::render::markdown::{escaped, marked};
use crate::render::number::counted;
use crate::render::page::Page;
use crate::render::record::SCHEMA;
use crate::session::Session;

/// How many paragraphs of a chunk that was searched for are quoted to people, who may ask for the whole.
const QUOTED: usize = 3;
const INDENT: usize = 2;

/// How chunks are shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) format: Format,
    /// CSV cells as they are.
    pub(crate) raw: bool,
    /// False if some files of the corpus were still to be read.
    pub(crate) complete: bool,
    /// True to show people every paragraph, and not only what was found.
    pub(crate) whole: bool,
}

/// Writes chunks one after another.
pub(crate) struct Writer<'s> {
    page: Page<'s>,
    style: Style,
}

impl<'s> Writer<'s> {
    /// Writes what stands before all chunks.
    pub(crate) fn begin(session: &'s mut Session, style: Style) -> Result<Self> {
        let Session { out, environment } = session;
        let environment: &Environment = environment;
        let page = Page::new(out, environment);
        if style.format == Format::Csv {
            csv::row(page.out, &HEAD.map(|name| Cell::text(Some(name))), style.raw)?;
        }
        Ok(Self { page, style })
    }

    pub(crate) fn chunk(&mut self, chunk: &Chunk) -> Result<()> {
        let Some(citation) = chunk.citation() else { return Ok(()) };
        match self.style.format {
            Format::Text => text(&mut self.page, chunk, &citation, self.style)?,
            Format::Jsonl => {
                jsonl::line(self.page.out, &ChunkRecord::new(chunk, &citation, self.style.complete))?
            }
            Format::Csv => rows(self.page.out, chunk, self.style)?,
            Format::Markdown => markdown(self.page.out, chunk, &citation, self.style)?,
        }
        Ok(())
    }
}

/// The paragraphs shown to people, and how many more there are of their sort.
fn shown(chunk: &Chunk, style: Style) -> (Vec<&Hit>, usize) {
    if style.whole {
        return (chunk.paragraphs.iter().collect(), 0);
    }
    let found: Vec<&Hit> = chunk.paragraphs.iter().filter(|hit| !hit.occurrences.is_empty()).collect();
    let more = found.len().saturating_sub(QUOTED);
    (found.into_iter().take(QUOTED).collect(), more)
}

fn theme(chunk: &Chunk) -> &str {
    chunk.theme.as_deref().unwrap_or("no theme")
}

/// How much of the chunk was found, and how large it is.
fn size(chunk: &Chunk) -> String {
    let of = counted(chunk.paragraphs.len() as u64, "paragraphs");
    match chunk.counts.paragraphs {
        0 => of,
        found => format!("{} in {found} of {of}", counted(chunk.counts.occurrences, "occurrences")),
    }
}

fn text(page: &mut Page<'_>, chunk: &Chunk, citation: &Citation, style: Style) -> io::Result<()> {
    page.title(theme(chunk))?;
    page.text("", INDENT, &format!("{citation}: {}", size(chunk)), &[])?;
    writeln!(page.out, "{:INDENT$}{}", "", page.paint.id(&chunk.id))?;
    page.blank()?;
    let (paragraphs, more) = shown(chunk, style);
    for hit in paragraphs {
        let (text, matches) =
            if style.whole { (hit.text.clone(), hit.matches.clone()) } else { joined(hit, false) };
        let hang = match (&hit.citation.paragraph, hit.role) {
            (Some(number), _) if number.len() <= 5 => format!("  {number}"),
            (_, Role::Bullet) => "  •".to_owned(),
            (_, Role::Note) => "  *".to_owned(),
            _ => String::new(),
        };
        page.text(&hang, 3 * INDENT + 2, &text, &matches)?;
        page.blank()?;
    }
    if more > 0 {
        page.text("", 3 * INDENT + 2, &format!("… and {more} more"), &[])?;
        page.blank()?;
    }
    Ok(())
}

fn markdown(out: &mut dyn Write, chunk: &Chunk, citation: &Citation, style: Style) -> io::Result<()> {
    writeln!(out, "## {}\n", escaped(theme(chunk)))?;
    writeln!(out, "{} (`{}`)\n", escaped(&size(chunk)), chunk.id)?;
    let (paragraphs, more) = shown(chunk, style);
    for hit in paragraphs {
        let (text, matches) =
            if style.whole { (hit.text.clone(), hit.matches.clone()) } else { joined(hit, false) };
        let number = hit.citation.paragraph.as_ref().map(|number| format!("{}\\. ", escaped(number)));
        writeln!(out, "> {}{}\n>", number.unwrap_or_default(), marked(&text, &matches))?;
    }
    if more > 0 {
        writeln!(out, "> … and {more} more\n>")?;
    }
    writeln!(out, "> — {}\n", escaped(&citation.to_string()))
}

/// The columns: the chunk, then its paragraph.
const HEAD: [&str; 18] = [
    "chunk",
    "theme",
    "chunk_occurrences",
    "chunk_paragraphs",
    "id",
    "text",
    "matched",
    "occurrences",
    "role",
    "authority",
    "urn",
    "published",
    "section",
    "paragraph",
    "page",
    "page_end",
    "path",
    "complete",
];

/// What parts two matches in one cell.
const AND: &str = " | ";

/// A row for each paragraph, found or not.
fn rows(out: &mut dyn Write, chunk: &Chunk, style: Style) -> io::Result<()> {
    for hit in &chunk.paragraphs {
        let matched: Vec<_> = hit.matches.iter().filter_map(|bytes| hit.text.get(bytes.clone())).collect();
        let citation = &hit.citation;
        let cells = [
            Cell::text(Some(&chunk.id)),
            Cell::text(chunk.theme.as_ref()),
            Cell::Number(chunk.counts.occurrences),
            Cell::Number(chunk.counts.paragraphs),
            Cell::text(Some(&hit.id)),
            Cell::text(Some(&hit.text)),
            Cell::Text(matched.join(AND)),
            Cell::Number(hit.occurrences.len() as u64),
            Cell::text(Some(hit.role.as_str())),
            Cell::text(citation.authority.as_ref()),
            Cell::text(citation.urn.as_ref()),
            Cell::text(citation.published),
            Cell::text(citation.section()),
            Cell::text(citation.paragraph.as_ref()),
            Cell::text(citation.page),
            Cell::text(citation.page_end),
            Cell::text(Some(&citation.path)),
            Cell::text(Some(style.complete)),
        ];
        csv::row(out, &cells, style.raw)?;
    }
    Ok(())
}

/// A theme chunk as programs read it.
#[derive(Debug, Serialize)]
struct ChunkRecord<'c> {
    /// The version of the record: 1.
    schema: u32,
    /// Said of what comes from an index of which some files were still to be read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    incomplete: bool,
    /// The stable id of its first paragraph.
    id: &'c Id,
    path: &'c str,
    theme: Option<&'c str>,
    counts: Counts,
    citation: &'c Citation,
    cite: String,
    paragraphs: Vec<Part<'c>>,
}

/// A paragraph of a chunk.
#[derive(Debug, Serialize)]
struct Part<'c> {
    id: &'c Id,
    role: Role,
    text: &'c str,
    /// Its printed number.
    paragraph: Option<&'c str>,
    /// The page on which it begins, one-based.
    page: Option<u32>,
    /// Pairs of bytes of the text.
    occurrences: Vec<[usize; 2]>,
    matches: Vec<[usize; 2]>,
}

impl<'c> ChunkRecord<'c> {
    fn new(chunk: &'c Chunk, citation: &'c Citation, complete: bool) -> Self {
        let spans = |ranges: &[Range<usize>]| ranges.iter().map(|range| [range.start, range.end]).collect();
        let paragraphs = chunk.paragraphs.iter().map(|hit| Part {
            id: &hit.id,
            role: hit.role,
            text: &hit.text,
            paragraph: hit.citation.paragraph.as_deref(),
            page: hit.citation.page,
            occurrences: spans(&hit.occurrences),
            matches: spans(&hit.matches),
        });
        Self {
            schema: SCHEMA,
            incomplete: !complete,
            id: &chunk.id,
            path: &citation.path,
            theme: chunk.theme.as_deref(),
            counts: chunk.counts,
            citation,
            cite: citation.to_string(),
            paragraphs: paragraphs.collect(),
        }
    }
}
