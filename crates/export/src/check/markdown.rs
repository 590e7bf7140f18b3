//! Checked quotations as Markdown: a list item each, with what was changed in bold.

use std::io::{self, Write};

use quotable_check::Verdict;

use super::CheckedQuotation;
use super::words::similar_sentences;
use crate::markdown::{escape_block, with_bold};

/// Writes one item and an empty line.
pub(super) fn write(out: &mut impl Write, checked: &CheckedQuotation<'_>) -> io::Result<()> {
    let check = checked.check;
    writeln!(out, "{}. **{}**", checked.number, escape_block(&checked.headline()))?;
    writeln!(out, "\n   > {}\n", with_bold(&checked.quotation.text, &checked.changed_in_quotation()))?;
    let nearest = check.nearest.iter().map(|place| (0, place));
    for (index, place) in checked.shown_places().chain(nearest) {
        let label = match check.verdict {
            Verdict::Absent => format!("{} ", checked.nearest_label()),
            _ => String::new(),
        };
        let cited = escape_block(&format!("{label}{}{}", place.citation, checked.other_places()));
        writeln!(out, "   - {cited} `{}`", place.id)?;
        if check.verdict == Verdict::Absent {
            let (sentences, marks) = similar_sentences(place);
            writeln!(out, "     there: {}", with_bold(sentences, &marks))?;
        } else if !check.verdict.is_exact() && check.verdict != Verdict::Elsewhere {
            let marks = checked.changed_in_source(index, place);
            writeln!(out, "     source: {}", with_bold(place.source(), &marks))?;
        }
    }
    for line in checked.change_lines() {
        writeln!(out, "   - {}", escape_block(&line))?;
    }
    writeln!(out)
}
