//! Theme chunks as people read them.

use std::io::{self, Write};

use quotable::Chunk;
use quotable::report::Role;
use quotable_export::Excerpt;
use quotable_export::chunk::{ChunkOptions, ChunkWriter, quoted, size, theme_name};
use quotable_export::completeness::Completeness;

use crate::args::OutputArgs;
use crate::render::page::Page;

const CITATION_INDENT: usize = 2;
const TEXT_INDENT: usize = 8;

/// Writes chunks one after another, in the format that the arguments name.
pub(crate) enum ChunkPrinter<'p> {
    Text { page: Page<'p>, whole: bool },
    Export(ChunkWriter<&'p mut dyn Write>),
}

impl<'p> ChunkPrinter<'p> {
    pub(crate) fn new(
        page: Page<'p>,
        output: OutputArgs,
        options: ChunkOptions,
        completeness: Completeness,
    ) -> io::Result<Self> {
        Ok(match output.export_format() {
            Some(format) => Self::Export(ChunkWriter::new(page.out, format, options)?.lacking(completeness)),
            None => Self::Text { page, whole: options.whole },
        })
    }

    pub(crate) fn chunk(&mut self, chunk: &Chunk) -> io::Result<()> {
        match self {
            Self::Text { page, whole } => chunk_text(page, chunk, *whole),
            Self::Export(writer) => writer.chunk(chunk),
        }
    }

    /// Ends the answer, in formats that have room to say what it lacks.
    pub(crate) fn end(self) -> io::Result<()> {
        match self {
            Self::Text { .. } => Ok(()),
            Self::Export(writer) => writer.end(),
        }
    }
}

fn chunk_text(page: &mut Page<'_>, chunk: &Chunk, whole: bool) -> io::Result<()> {
    let Some(citation) = chunk.citation() else {
        debug_assert!(false, "a chunk has at least one paragraph");
        return Ok(());
    };
    page.title(theme_name(chunk))?;
    page.text("", CITATION_INDENT, &format!("{citation}: {}", size(chunk)), &[])?;
    writeln!(page.out, "{:CITATION_INDENT$}{}", "", page.paint.id(&chunk.id))?;
    page.blank()?;
    let (paragraphs, more) = quoted(chunk, whole);
    for hit in paragraphs {
        let excerpt = if whole { Excerpt::whole(hit) } else { Excerpt::of(hit) };
        let lead = match (&hit.citation.paragraph, hit.role) {
            // A longer number does not fit in the indent.
            (Some(number), _) if number.len() <= 5 => format!("  {number}"),
            (_, Role::Bullet) => "  •".to_owned(),
            (_, Role::Note) => "  *".to_owned(),
            _ => String::new(),
        };
        page.text(&lead, TEXT_INDENT, &excerpt.text, &excerpt.matches)?;
        page.blank()?;
    }
    if more > 0 {
        page.text("", TEXT_INDENT, &format!("… and {more} more"), &[])?;
        page.blank()?;
    }
    Ok(())
}
