//! Hits as people read them: the quotation, the citation, the id.

use std::io::{self, Write};

use quotable::{Facet, Group, Hit};
use quotable_export::bibliography::BibliographyWriter;
use quotable_export::counts::summary;
use quotable_export::escape::escape;
use quotable_export::hit::{HitInContext, HitOptions, HitWriter, citation_with_notes, group_title};

use crate::args::{Cite, OutputArgs};
use crate::render::page::Page;

const QUOTE_INDENT: usize = 2;
const CITATION_INDENT: usize = 4;

/// Writes hits one after another, in the format that the arguments name.
pub(crate) enum HitPrinter<'p> {
    Text { page: Page<'p>, options: HitOptions },
    Export(HitWriter<&'p mut dyn Write>),
    Bibliography(BibliographyWriter<&'p mut dyn Write>),
}

impl<'p> HitPrinter<'p> {
    pub(crate) fn new(
        page: Page<'p>,
        output: OutputArgs,
        cite: Option<Cite>,
        options: HitOptions,
    ) -> io::Result<Self> {
        Ok(match (cite, output.export_format()) {
            (Some(cite), _) => Self::Bibliography(BibliographyWriter::new(page.out, cite.form())),
            (None, Some(format)) => Self::Export(HitWriter::new(page.out, format, options)?),
            (None, None) => Self::Text { page, options },
        })
    }

    /// Writes the heading of the group whose hits follow.
    pub(crate) fn group(&mut self, facet: &Facet, group: &Group) -> io::Result<()> {
        match self {
            Self::Text { page, .. } => group_heading(page, facet, group),
            Self::Export(writer) => writer.group(group),
            Self::Bibliography(_) => Ok(()),
        }
    }

    pub(crate) fn hit(&mut self, hit: &HitInContext<'_>) -> io::Result<()> {
        match self {
            Self::Text { page, options } => hit_text(page, hit, options),
            Self::Export(writer) => writer.hit(hit),
            Self::Bibliography(writer) => {
                writer.hit(hit.hit);
                Ok(())
            }
        }
    }

    /// Ends what must be ended: a bibliography, and answers that have room to say what they lack.
    pub(crate) fn end(self) -> io::Result<()> {
        match self {
            Self::Bibliography(writer) => writer.end(),
            Self::Export(writer) => writer.end(),
            Self::Text { .. } => Ok(()),
        }
    }
}

/// The name of a group and how much of it is shown.
fn group_heading(page: &mut Page<'_>, facet: &Facet, group: &Group) -> io::Result<()> {
    page.title(&group_title(facet, group))?;
    page.remark(&summary(group.hits.len() as u64, &group.counts))?;
    page.blank()
}

/// One hit and an empty line. With context, `>` marks the hit and `·` the paragraphs around it.
fn hit_text(page: &mut Page<'_>, hit: &HitInContext<'_>, options: &HitOptions) -> io::Result<()> {
    let excerpt = options.excerpt(hit.hit);
    if options.context {
        context(page, hit.before, options)?;
        page.text("  > ", CITATION_INDENT, &excerpt.text, &excerpt.matches)?;
        context(page, hit.after, options)?;
    } else {
        page.text("", QUOTE_INDENT, &excerpt.text, &excerpt.matches)?;
    }
    page.text("", CITATION_INDENT, &citation_with_notes(hit.hit), &[])?;
    id_and_file(page, hit.hit)?;
    page.blank()
}

/// The id and the path of the file, which stays on one line so that it can be copied.
fn id_and_file(page: &mut Page<'_>, hit: &Hit) -> io::Result<()> {
    let id = page.paint.id(&hit.id);
    writeln!(page.out, "{:CITATION_INDENT$}{id}  {}", "", page.paint.quiet(escape(&hit.citation.path)))
}

fn context(page: &mut Page<'_>, paragraphs: &[Hit], options: &HitOptions) -> io::Result<()> {
    let mut shown = paragraphs.iter().map(|hit| options.excerpt_of_context(hit));
    shown.try_for_each(|text| page.text("  · ", CITATION_INDENT, &text, &[]))
}
