//! Hits as Markdown: a block quotation each, with its citation.

use std::io::{self, Write};

use quotable_index::{Facet, Group, Hit};

use super::{HitInContext, HitOptions, citation_with_notes, group_title};
use crate::counts::summary;
use crate::markdown::{escape_block, with_bold};

/// Writes a heading, and how much of the group is shown.
pub(super) fn write_group(out: &mut impl Write, facet: &Facet, group: &Group) -> io::Result<()> {
    writeln!(out, "## {}\n", escape_block(&group_title(facet, group)))?;
    writeln!(out, "{}\n", escape_block(&summary(group.hits.len() as u64, &group.counts)))
}

/// Writes one hit and an empty line.
pub(super) fn write_hit(
    out: &mut impl Write,
    hit: &HitInContext<'_>,
    options: &HitOptions,
) -> io::Result<()> {
    let excerpt = options.excerpt(hit.hit);
    write_context(out, hit.before, options)?;
    writeln!(out, "> {}\n>", with_bold(&excerpt.text, &excerpt.matches))?;
    write_context(out, hit.after, options)?;
    writeln!(out, "> — {} (`{}`)\n", escape_block(&citation_with_notes(hit.hit)), hit.hit.id)
}

fn write_context(out: &mut impl Write, paragraphs: &[Hit], options: &HitOptions) -> io::Result<()> {
    paragraphs.iter().try_for_each(|hit| {
        writeln!(out, "> *Context:* {}\n>", escape_block(&options.excerpt_of_context(hit)))
    })
}
