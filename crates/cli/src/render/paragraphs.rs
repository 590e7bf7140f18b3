//! The paragraphs of a report: some in their context, or all.

use std::io;

use quotable::Id;
use quotable::report::{Paragraph, Report, Role};

use crate::render::columns::cut;
use crate::render::page::Page;
use crate::render::safe::safe;

/// Room for a number and the sign of the paragraph meant.
const INDENT: usize = 8;

/// The paragraph of the given place (one-based) with `around` paragraphs before and after it, under its headings.
pub(crate) fn context(
    page: &mut Page<'_>,
    report: &Report,
    id: &Id,
    ordinal: u32,
    around: usize,
) -> io::Result<()> {
    let at = (ordinal as usize).saturating_sub(1);
    let from = at.saturating_sub(around);
    let to = at.saturating_add(around).saturating_add(1).min(report.paragraphs.len());
    let shown = report.paragraphs.get(from..to).unwrap_or_default();
    let headings = headings(report, shown.first());
    if !headings.is_empty() {
        page.heading(&headings.join(" › "))?;
        page.blank()?;
    }
    for (number, shown) in (from..).zip(shown) {
        let sign = if number == at { ">" } else { " " };
        paragraph(page, shown, sign)?;
        if number == at {
            writeln!(page.out, "{:INDENT$}{}", "", page.paint.id(id))?;
        }
        page.blank()?;
    }
    Ok(())
}

/// Every paragraph, in reading order.
pub(crate) fn whole(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    for shown in &report.paragraphs {
        paragraph(page, shown, " ")?;
        page.blank()?;
    }
    Ok(())
}

fn paragraph(page: &mut Page<'_>, shown: &Paragraph, sign: &str) -> io::Result<()> {
    if shown.role == Role::Heading {
        return page.heading(&with_page(shown));
    }
    let number = shown.number.as_deref().unwrap_or(match shown.role {
        Role::Bullet => "•",
        Role::Table => "|",
        Role::Note => "*",
        _ => "",
    });
    let hang = format!("{sign} {}", cut(&safe(number), INDENT - 3));
    page.text(&hang, INDENT, &with_page(shown), &[])
}

fn with_page(shown: &Paragraph) -> String {
    match (shown.pages.first(), shown.pages.last()) {
        (Some(first), Some(last)) if first != last => format!("{} [pp. {first}–{last}]", shown.text),
        (Some(page), _) => format!("{} [p. {page}]", shown.text),
        (None, _) => shown.text.clone(),
    }
}

/// The headings above a paragraph, outermost first.
fn headings<'r>(report: &'r Report, shown: Option<&Paragraph>) -> Vec<&'r str> {
    let above = report.above(shown.and_then(|shown| shown.section));
    let mut headings: Vec<&str> = above.map(|(_, section)| section.title.as_str()).collect();
    headings.reverse();
    headings
}
