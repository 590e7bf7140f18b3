//! Checked quotations as people read them: the verdict, the place, and what was changed.

use std::io::{self, Write};

use quotable::{About, Place, UsedParagraph, Verdict};
use quotable_export::bibliography::BibliographyWriter;
use quotable_export::check::{
    CheckSummary, CheckWriter, CheckedQuotation, merged, similar_sentences, use_in_words, write_used,
};

use crate::args::{Cite, OutputArgs};
use crate::render::page::Page;

const INDENT: usize = 4;

/// Writes checked quotations one after another, in the format that the arguments name.
pub(crate) struct CheckPrinter<'p> {
    form: Form<'p>,
    summary: CheckSummary,
}

enum Form<'p> {
    Text(Page<'p>),
    Export(CheckWriter<&'p mut dyn Write>),
    Bibliography(BibliographyWriter<&'p mut dyn Write>),
}

impl<'p> CheckPrinter<'p> {
    pub(crate) fn new(page: Page<'p>, output: OutputArgs, cite: Option<Cite>) -> io::Result<Self> {
        let form = match (cite, output.export_format()) {
            (Some(cite), _) => Form::Bibliography(BibliographyWriter::new(page.out, cite.form())),
            (None, Some(format)) => Form::Export(CheckWriter::new(page.out, format)?),
            (None, None) => Form::Text(page),
        };
        Ok(Self { form, summary: CheckSummary::default() })
    }

    /// Says first what the article is about.
    pub(crate) fn about(&mut self, about: Option<&About>) -> io::Result<()> {
        match &mut self.form {
            Form::Text(page) => {
                let Some(about) = about else { return Ok(()) };
                page.text("", 0, &format!("about: {about}"), &[])?;
                page.blank()
            }
            Form::Export(writer) => {
                writer.set_about(about);
                Ok(())
            }
            Form::Bibliography(_) => Ok(()),
        }
    }

    pub(crate) fn quotation(&mut self, checked: &CheckedQuotation<'_>) -> io::Result<()> {
        self.summary.add(checked);
        match &mut self.form {
            Form::Text(page) => quotation_text(page, checked),
            Form::Export(writer) => writer.quotation(checked),
            // Scare quotes cite no report.
            Form::Bibliography(_) if checked.is_scare() => Ok(()),
            Form::Bibliography(writer) => {
                checked.check.places.iter().for_each(|place| writer.place(place));
                Ok(())
            }
        }
    }

    /// Writes the summary, where the format has room for it; else returns it, to be noted beside the results.
    /// `unchecked` is the number of quotations left out at the end of the article.
    pub(crate) fn end(mut self, unchecked: u64) -> io::Result<Option<String>> {
        self.summary.set_unchecked_quotations(unchecked);
        let is_empty = self.summary.is_empty();
        let summary = self.summary.to_string();
        match self.form {
            Form::Bibliography(writer) => writer.end().map(|()| Some(summary)),
            _ if is_empty => Ok(None),
            Form::Text(mut page) => page.text("", 0, &summary, &[]).map(|()| None),
            Form::Export(writer) => Ok((!writer.end(&self.summary)?).then_some(summary)),
        }
    }
}

/// One quotation and an empty line: the changes are marked in the quotation and in its source, then named.
fn quotation_text(page: &mut Page<'_>, checked: &CheckedQuotation<'_>) -> io::Result<()> {
    let check = checked.check;
    page.heading(&format!("{}. {}", checked.number, checked.headline()))?;
    page.text("", INDENT, &checked.quotation.text, &checked.changed_in_quotation())?;
    for (index, place) in checked.shown_places() {
        if !check.verdict.is_exact() && check.verdict != Verdict::Elsewhere {
            page.text("  = ", INDENT, place.source(), &checked.changed_in_source(index, place))?;
        }
        citation(page, checked, place)?;
    }
    for line in checked.change_lines() {
        page.text("  - ", INDENT, &line, &[])?;
    }
    if let Some(here) = &check.in_about {
        page.text("", INDENT, &checked.in_about_label(), &[])?;
        if let Some(place) = &here.place {
            let (sentences, marks) = similar_sentences(place);
            page.text("  ~ ", INDENT, sentences, &marks)?;
            page.text("", INDENT, &place.citation.to_string(), &[])?;
        }
    }
    if let Some(nearest) = &check.nearest {
        page.text("", INDENT, &checked.nearest_label(), &[])?;
        let (sentences, marks) = similar_sentences(nearest);
        page.text("  ~ ", INDENT, sentences, &marks)?;
        citation(page, checked, nearest)?;
    }
    page.blank()
}

fn citation(page: &mut Page<'_>, checked: &CheckedQuotation<'_>, place: &Place) -> io::Result<()> {
    let cited = match checked.check.citation() {
        Some(whole) if checked.check.consecutive => whole,
        _ => place.citation.clone(),
    };
    page.text("", INDENT, &format!("{cited}{}", checked.other_places()), &[])?;
    writeln!(page.out, "{:INDENT$}{}", "", page.paint.id(&place.id))
}

/// The paragraphs that articles use, each with what is used of it marked and who uses it.
pub(crate) fn print_used(mut page: Page<'_>, output: OutputArgs, used: &[UsedParagraph]) -> io::Result<()> {
    if let Some(format) = output.export_format() {
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
