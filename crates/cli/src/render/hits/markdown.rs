//! Hits to be pasted: a block quotation each, with its citation.

use std::io::{self, Write};

use quotable::{Facet, Group, Hit};

use super::{Shown, Style, citation, name, summary};
use crate::render::excerpt::joined;
use crate::render::markdown::{escaped, marked};

/// A heading, and how much of the group is shown.
pub(super) fn group(out: &mut dyn Write, by: Facet, group: &Group) -> io::Result<()> {
    writeln!(out, "## {}\n", escaped(&name(by, group)))?;
    writeln!(out, "{}\n", escaped(&summary(group.hits.len() as u64, &group.counts)))
}

/// One hit, with an empty line after it.
pub(super) fn hit(out: &mut dyn Write, shown: &Shown<'_>, style: Style) -> io::Result<()> {
    let (text, matches) = joined(shown.hit, style.sentences);
    let others = |out: &mut dyn Write, others: &[Hit]| {
        others.iter().try_for_each(|other| writeln!(out, "> *Context:* {}\n>", escaped(&other.text)))
    };
    others(out, shown.before)?;
    writeln!(out, "> {}\n>", marked(&text, &matches))?;
    others(out, shown.after)?;
    writeln!(out, "> — {} (`{}`)\n", escaped(&citation(shown.hit)), shown.hit.id)
}
