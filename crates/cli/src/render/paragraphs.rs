//! The paragraphs of a report: some in their context, or all.

use std::io;

use quotable::Id;
use quotable::report::{Paragraph, Report, Role};
use quotable_export::escape::escape;

use crate::render::page::Page;
use crate::render::width::cut;

/// Room for the sign of the paragraph asked for, and a printed number.
const INDENT: usize = 8;

/// Writes the paragraph with the given ordinal (one-based), `around` paragraphs before and after it, and the headings
/// above the first of them.
pub(crate) fn write_context(
    page: &mut Page<'_>,
    report: &Report,
    id: &Id,
    ordinal: u32,
    around: usize,
) -> io::Result<()> {
    let at = (ordinal as usize).saturating_sub(1);
    let from = at.saturating_sub(around);
    let to = at.saturating_add(around).saturating_add(1).min(report.paragraphs.len());
    let paragraphs = report.paragraphs.get(from..to).unwrap_or_default();
    let headings = headings(report, paragraphs.first());
    if !headings.is_empty() {
        page.heading(&headings.join(" › "))?;
        page.blank()?;
    }
    for (index, paragraph) in (from..).zip(paragraphs) {
        let sign = if index == at { ">" } else { " " };
        write_paragraph(page, paragraph, sign)?;
        if index == at {
            writeln!(page.out, "{:INDENT$}{}", "", page.paint.id(id))?;
        }
        page.blank()?;
    }
    Ok(())
}

/// Writes every paragraph, in reading order.
pub(crate) fn write_all(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    for paragraph in &report.paragraphs {
        write_paragraph(page, paragraph, " ")?;
        page.blank()?;
    }
    Ok(())
}

fn write_paragraph(page: &mut Page<'_>, paragraph: &Paragraph, sign: &str) -> io::Result<()> {
    if paragraph.role == Role::Heading {
        return page.heading(&with_pages(paragraph));
    }
    let number = paragraph.number.as_deref().unwrap_or(match paragraph.role {
        Role::Bullet => "•",
        Role::Table => "|",
        Role::Note => "*",
        _ => "",
    });
    let lead = format!("{sign} {}", cut(&escape(number), INDENT - 3));
    page.text(&lead, INDENT, &with_pages(paragraph), &[])
}

fn with_pages(paragraph: &Paragraph) -> String {
    match (paragraph.pages.first(), paragraph.pages.last()) {
        (Some(first), Some(last)) if first != last => format!("{} [pp. {first}–{last}]", paragraph.text),
        (Some(page), _) => format!("{} [p. {page}]", paragraph.text),
        (None, _) => paragraph.text.clone(),
    }
}

/// The headings above a paragraph, outermost first.
fn headings<'r>(report: &'r Report, paragraph: Option<&Paragraph>) -> Vec<&'r str> {
    let above = report.above(paragraph.and_then(|paragraph| paragraph.section));
    let mut headings: Vec<&str> = above.map(|(_, section)| section.title.as_str()).collect();
    headings.reverse();
    headings
}
