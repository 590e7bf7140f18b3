//! A report without its text: details, judgements, outline.

use std::io;

use quotable::report::{Judgement, JudgementScope, Report, Section};
use quotable_export::escape::escape;
use quotable_export::report::{DEEPEST, details, name, outline_entry, period_in_words, warnings};

use crate::render::page::Page;

/// Who, what, when, and the judgements in one line: above a paragraph shown.
pub(crate) fn write_head(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    page.heading(name(report))?;
    let mut facts = Vec::new();
    facts.extend(report.series.clone());
    facts.extend(report.inspected.iter().map(|period| format!("inspected {}", period_in_words(*period))));
    facts.extend(report.published.map(|day| format!("published {}", day.in_words())));
    page.text("", 0, &facts.join(", "), &[])?;
    let grades: Vec<_> = report
        .judgements
        .iter()
        .map(|judgement| format!("{}: {}", judgement.area.as_str(), judgement.printed))
        .collect();
    page.text("", 0, &grades.join("; "), &[])?;
    let path = escape(&report.path);
    writeln!(page.out, "{}", page.paint.quiet(path))
}

/// Everything but the text.
pub(crate) fn write(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    page.heading(name(report))?;
    for (name, value) in details(report) {
        page.field(name, &value)?;
    }
    write_judgements(page, &report.judgements)?;
    write_sections(page, report)?;
    for (at, warning) in warnings(report).enumerate() {
        if at == 0 {
            page.blank()?;
            page.heading("Read with doubt")?;
        }
        page.text("", 2, &warning, &[])?;
    }
    Ok(())
}

fn write_judgements(page: &mut Page<'_>, judgements: &[Judgement]) -> io::Result<()> {
    if judgements.is_empty() {
        return Ok(());
    }
    page.blank()?;
    page.heading("Judgements")?;
    for judgement in judgements {
        let shared = match judgement.scope {
            JudgementScope::Shared => " (shared)",
            JudgementScope::Sub => " (sub-judgement)",
            _ => "",
        };
        let area = judgement.area.as_str();
        let mut line = format!("{}: {}{shared}", judgement.label, judgement.printed);
        line.push_str(&judgement.page.map(|page| format!(", p. {page}")).unwrap_or_default());
        page.text(&format!("  {area:19} "), 22, &line, &[])?;
    }
    Ok(())
}

fn write_sections(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    if report.sections.is_empty() {
        return Ok(());
    }
    page.blank()?;
    page.heading("Outline")?;
    for section in &report.sections {
        page.text("", 2 * depth(section), &outline_entry(section), &[])?;
    }
    Ok(())
}

fn depth(section: &Section) -> usize {
    usize::from(section.level.max(1)).min(DEEPEST)
}
