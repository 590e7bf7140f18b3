//! What was asked for and what came of it as Markdown.

use std::io::{self, Write};

use quotable_index::Hit;

use super::{CAVEAT, FollowGroup, FollowView, parts_in_words};
use crate::markdown::{escape_block, escape_inline, with_bold, write_table};

/// Writes an answer.
pub(super) fn write(out: &mut (impl Write + ?Sized), view: &FollowView<'_>) -> io::Result<()> {
    writeln!(out, "## {} → {}\n", escape_inline(view.earlier), escape_inline(view.later))?;
    writeln!(out, "{}\n\n{}\n", escape_block(&view.summary()), escape_block(CAVEAT))?;
    if let Some(sentence) = view.no_longer_judged() {
        writeln!(out, "{}\n", escape_block(&sentence))?;
    }
    if !view.answer.blankets.is_empty() {
        writeln!(out, "### About everything at once\n")?;
        view.answer.blankets.iter().try_for_each(|blanket| quote(out, &blanket.hit))?;
    }
    for group in FollowGroup::ALL {
        let requests = view.group(group);
        if requests.is_empty() {
            continue;
        }
        writeln!(out, "### {}\n\n{}\n", group.heading(), escape_block(group.note()))?;
        for followed in requests {
            let hit = &followed.request.hit;
            writeln!(out, "**Asked:** {}\n", escape_inline(&hit.text))?;
            writeln!(out, "({})\n", escape_inline(&hit.citation.to_string()))?;
            if let Some(parts) = parts_in_words(followed) {
                writeln!(out, "{}\n", escape_block(&parts))?;
            }
            for candidate in followed.shown() {
                writeln!(out, "*{}:*\n", candidate.outcome.in_words())?;
                quote(out, &candidate.hit)?;
            }
        }
    }
    if !view.answer.new.is_empty() {
        writeln!(out, "### Asked for in the later report alone\n")?;
        view.answer.new.iter().try_for_each(|request| quote(out, &request.hit))?;
    }
    writeln!(out, "### Grades and concepts\n")?;
    if !view.answer.grades.is_empty() {
        write_table(out, &view.grades())?;
        writeln!(out)?;
    }
    write_table(out, &view.concepts())?;
    writeln!(out)
}

fn quote(out: &mut (impl Write + ?Sized), hit: &Hit) -> io::Result<()> {
    writeln!(
        out,
        "> {}\n>\n> {}\n",
        with_bold(&hit.text, &hit.matches),
        escape_inline(&hit.citation.to_string())
    )
}
