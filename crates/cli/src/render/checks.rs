//! Checked articles as people read them: how many verdicts of which kind, then each text, the worst first.

use std::io::{self, Write};

use quotable::{Place, UsedParagraph, Verdict};
use quotable_export::bibliography::BibliographyWriter;
use quotable_export::check::{
    CheckFormat, CheckWriter, CheckedArticle, CheckedQuotation, TextGroup, in_one_line, is_wanted, merged,
    similar_sentences, use_in_words, write_used,
};
use quotable_export::escape::escape;
use quotable_export::number::grouped;

use crate::args::{CheckOutputArgs, Cite};
use crate::render::page::Page;
use crate::render::width::cut;
use crate::render::wrap::wrap;

const INDENT: usize = 4;

/// Writes checked articles one after another, in the format that the arguments name.
pub(crate) struct CheckPrinter<'p> {
    form: Form<'p>,
    /// The verdicts to show; all if empty.
    only: &'p [Verdict],
    articles: usize,
    /// The summaries that the format has no room for.
    summaries: Vec<String>,
}

enum Form<'p> {
    Text(Page<'p>),
    Export(CheckWriter<'p, &'p mut dyn Write>),
    Bibliography(BibliographyWriter<&'p mut dyn Write>),
}

impl<'p> CheckPrinter<'p> {
    pub(crate) fn new(
        page: Page<'p>,
        output: CheckOutputArgs,
        cite: Option<Cite>,
        only: &'p [Verdict],
    ) -> io::Result<Self> {
        let form = match (cite, output.export_format()) {
            (Some(cite), _) => Form::Bibliography(BibliographyWriter::new(page.out, cite.form())),
            (None, Some(format)) => Form::Export(CheckWriter::new(page.out, format, only)?),
            (None, None) => Form::Text(page),
        };
        Ok(Self { form, only, articles: 0, summaries: Vec::new() })
    }

    pub(crate) fn article(&mut self, article: &CheckedArticle<'_>) -> io::Result<()> {
        self.articles += 1;
        let empty = article.texts().next().is_none();
        match &mut self.form {
            Form::Text(_) if empty => Ok(()),
            Form::Text(page) => article_text(page, article, self.only, self.articles),
            Form::Export(writer) => {
                if !writer.article(article)? && !empty {
                    self.summaries.push(article.summary().to_string());
                }
                Ok(())
            }
            Form::Bibliography(writer) => {
                self.summaries.extend((!empty).then(|| article.summary().to_string()));
                // Scare quotes cite no report.
                let cited = article.texts().filter(|text| {
                    text.group() != TextGroup::Scare && is_wanted(text.check.verdict, self.only)
                });
                cited.flat_map(|text| &text.check.places).for_each(|place| writer.place(place));
                Ok(())
            }
        }
    }

    /// Ends the output. Returns the summaries for which the format has no room, to be noted beside the results.
    pub(crate) fn end(self) -> io::Result<Vec<String>> {
        match self.form {
            Form::Bibliography(writer) => writer.end()?,
            Form::Text(_) => {}
            Form::Export(writer) => writer.end()?,
        }
        Ok(self.summaries)
    }
}

/// The verdicts in a line for the report’s words and one for people’s, what the article is about, then the texts.
fn article_text(
    page: &mut Page<'_>,
    article: &CheckedArticle<'_>,
    only: &[Verdict],
    number: usize,
) -> io::Result<()> {
    if number > 1 {
        page.blank()?;
    }
    page.title(article.title())?;
    for group in [TextGroup::Report, TextGroup::People] {
        counts_line(page, article, group)?;
    }
    let claims = article.claims_in_words();
    if !claims.is_empty() {
        page.text("", 0, &claims, &[])?;
    }
    if let Some(about) = &article.check.about {
        page.text("", 0, &format!("about: {about}"), &[])?;
    }
    let mut after_blank = false;
    for group in TextGroup::ALL {
        let texts = article.group(group, only);
        if texts.is_empty() {
            continue;
        }
        // A text that is shown whole ends in a blank line.
        if !after_blank {
            page.blank()?;
        }
        page.title(group.heading())?;
        page.blank()?;
        let (lines, whole): (Vec<_>, Vec<_>) = texts.iter().partition(|text| text.is_folded());
        for text in whole {
            quotation_text(page, text)?;
        }
        after_blank = lines.is_empty();
        for text in lines {
            let line = in_one_line(text);
            if page.is_terminal() {
                let line = escape(&line).into_owned();
                writeln!(page.out, "{}", cut(&line, page.line_width))?;
            } else {
                page.remark(&line)?;
            }
        }
    }
    if !after_blank {
        page.blank()?;
    }
    page.text("", 0, &article.summary().to_string(), &[])
}

/// `The report’s words: 12 exact, 1 altered`, each verdict in its colour.
fn counts_line(page: &mut Page<'_>, article: &CheckedArticle<'_>, group: TextGroup) -> io::Result<()> {
    let counts = article.counts(group);
    write!(page.out, "{}: ", group.heading())?;
    if counts.is_empty() {
        return writeln!(page.out, "none quoted");
    }
    for (at, (verdict, count)) in counts.iter().enumerate() {
        let separator = if at == 0 { "" } else { ", " };
        let words = format!("{} {verdict}", grouped(*count));
        // What people said need not stand in a report.
        if group == TextGroup::Report {
            write!(page.out, "{separator}{}", page.paint.verdict(*verdict, words))?;
        } else {
            write!(page.out, "{separator}{words}")?;
        }
    }
    writeln!(page.out)
}

/// One text and an empty line: the changes are marked in the quotation and in its source, then named.
fn quotation_text(page: &mut Page<'_>, checked: &CheckedQuotation<'_>) -> io::Result<()> {
    let check = checked.check;
    headline(page, checked)?;
    page.text("", INDENT, &checked.quotation.text, &checked.changed_in_quotation())?;
    // What the article's own reports have comes before what others have.
    if checked.in_about_leads() {
        in_about(page, checked)?;
    }
    for (index, place) in checked.shown_places() {
        if !check.verdict.is_exact() && check.verdict != Verdict::Elsewhere {
            page.text("  = ", INDENT, place.source(), &checked.changed_in_source(index, place))?;
        }
        citation(page, checked, place)?;
    }
    for line in checked.change_lines() {
        page.text("  - ", INDENT, &line, &[])?;
    }
    if !checked.in_about_leads() {
        in_about(page, checked)?;
    }
    if let Some(nearest) = &check.nearest {
        page.text("", INDENT, &checked.nearest_label(), &[])?;
        let (sentences, marks) = similar_sentences(nearest);
        page.text("  ~ ", INDENT, sentences, &marks)?;
        citation(page, checked, nearest)?;
    }
    let outside = checked.outside_line();
    if !outside.is_empty() {
        page.text("  ~ ", INDENT, &outside, &[])?;
    }
    page.blank()
}

/// What became of a quotation in the reports that the article is about, where others have it.
fn in_about(page: &mut Page<'_>, checked: &CheckedQuotation<'_>) -> io::Result<()> {
    let Some(here) = &checked.check.in_about else { return Ok(()) };
    page.text("", INDENT, &checked.in_about_label(), &[])?;
    if let (Some(place), Some((sentences, marks))) = (&here.place, checked.in_about_sentences()) {
        page.text("  ~ ", INDENT, sentences, &marks)?;
        page.text("", INDENT, &place.citation.to_string(), &[])?;
    }
    Ok(())
}

/// The number, the verdict in its colour, and its reservations.
fn headline(page: &mut Page<'_>, checked: &CheckedQuotation<'_>) -> io::Result<()> {
    let verdict = checked.check.verdict;
    let lead = format!("{}. ", checked.number);
    let whole = format!("{lead}{}", checked.headline());
    for (at, line) in wrap(&whole, &[], page.width, page.paint).into_iter().enumerate() {
        let rest =
            line.strip_prefix(&lead).and_then(|line| line.strip_prefix(verdict.as_str())).filter(|_| at == 0);
        match rest {
            Some(rest) => {
                let (lead, verdict) =
                    (page.paint.heading(&lead), page.paint.verdict(verdict, verdict.as_str()));
                writeln!(page.out, "{lead}{verdict}{}", page.paint.heading(rest))?;
            }
            None => writeln!(page.out, "{}", page.paint.heading(line))?,
        }
    }
    Ok(())
}

fn citation(page: &mut Page<'_>, checked: &CheckedQuotation<'_>, place: &Place) -> io::Result<()> {
    page.text("", INDENT, &format!("{}{}", checked.cited(place), checked.other_places()), &[])?;
    writeln!(page.out, "{:INDENT$}{}", "", page.paint.id(&place.id))
}

/// The paragraphs that articles use, each with what is used of it marked and who uses it.
pub(crate) fn print_used(
    mut page: Page<'_>,
    output: CheckOutputArgs,
    used: &[UsedParagraph],
) -> io::Result<()> {
    if let Some(CheckFormat::Common(format)) = output.export_format() {
        return write_used(page.out, format, used);
    }
    for used in used {
        page.heading(&used.citation.to_string())?;
        let marks = merged(used.uses.iter().map(|by| by.bytes.clone()).collect());
        page.text("", INDENT, &used.text, &marks)?;
        for by in &used.uses {
            page.text("  - ", INDENT, &use_in_words(by), &[])?;
        }
        writeln!(page.out, "{:INDENT$}{}", "", page.paint.id(&used.id))?;
        page.blank()?;
    }
    Ok(())
}
