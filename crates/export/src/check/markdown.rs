//! Checked articles as Markdown: how many verdicts of which kind, then a list item for each text, the worst first, with what
//! was changed in bold.

use std::io::{self, Write};

use quotable_check::Verdict;

use super::CheckedQuotation;
use super::article::{CheckedArticle, TextGroup, in_one_line};
use super::words::similar_sentences;
use crate::markdown::{escape_block, with_bold};

/// Writes an article. `only` keeps texts with one of the verdicts; all if it is empty.
pub(super) fn write(out: &mut impl Write, article: &CheckedArticle<'_>, only: &[Verdict]) -> io::Result<()> {
    writeln!(out, "## {}\n", escape_block(article.title()))?;
    for group in [TextGroup::Report, TextGroup::People] {
        writeln!(out, "- {}: {}", group.heading(), article.counts_in_words(group))?;
    }
    let claims = article.claims_in_words();
    if !claims.is_empty() {
        writeln!(out, "- {claims}")?;
    }
    if let Some(about) = &article.check.about {
        writeln!(out, "- About: {}", escape_block(&about.to_string()))?;
    }
    writeln!(out)?;
    for group in TextGroup::ALL {
        let texts = article.group(group, only);
        if texts.is_empty() {
            continue;
        }
        writeln!(out, "### {}\n", group.heading())?;
        let (lines, whole): (Vec<_>, Vec<_>) = texts.iter().partition(|text| text.is_folded());
        for text in whole {
            write_text(out, text)?;
        }
        for text in &lines {
            writeln!(out, "- {}", escape_block(&in_one_line(text)))?;
        }
        if !lines.is_empty() {
            writeln!(out)?;
        }
    }
    writeln!(out, "{}\n", escape_block(&article.summary().to_string()))
}

/// Writes one item and an empty line.
fn write_text(out: &mut impl Write, checked: &CheckedQuotation<'_>) -> io::Result<()> {
    let check = checked.check;
    writeln!(out, "{}. **{}**", checked.number, escape_block(&checked.headline()))?;
    writeln!(out, "\n   > {}\n", with_bold(&checked.quotation.text, &checked.changed_in_quotation()))?;
    let nearest = check.nearest.iter().map(|place| (0, place));
    for (index, place) in checked.shown_places().chain(nearest) {
        let label = match check.verdict {
            Verdict::Absent => format!("{} ", checked.nearest_label()),
            _ => String::new(),
        };
        let cited = escape_block(&format!("{label}{}{}", checked.cited(place), checked.other_places()));
        writeln!(out, "   - {cited} `{}`", place.id)?;
        if check.verdict == Verdict::Absent {
            let (sentences, marks) = similar_sentences(place);
            writeln!(out, "     there: {}", with_bold(sentences, &marks))?;
        } else if !check.verdict.is_exact() && check.verdict != Verdict::Elsewhere {
            let marks = checked.changed_in_source(index, place);
            writeln!(out, "     source: {}", with_bold(place.source(), &marks))?;
        }
    }
    if let Some(here) = &check.in_about {
        writeln!(out, "   - {}", escape_block(&checked.in_about_label()))?;
        if let (Some(place), Some((sentences, marks))) = (&here.place, checked.in_about_sentences()) {
            writeln!(out, "     there: {}", with_bold(sentences, &marks))?;
            writeln!(out, "     {} `{}`", escape_block(&place.citation.to_string()), place.id)?;
        }
    }
    for line in checked.change_lines().into_iter().chain(Some(checked.outside_line())) {
        if line.is_empty() {
            continue;
        }
        writeln!(out, "   - {}", escape_block(&line))?;
    }
    writeln!(out)
}
