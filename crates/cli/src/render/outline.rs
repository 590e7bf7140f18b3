//! What was understood of a report: what it is, what was judged, its outline.

use std::io;

use quotable::Id;
use quotable::report::{Judgement, JudgementScope, Period, Report};

use crate::render::number::counted;
use crate::render::page::Page;
use crate::render::safe::safe;

/// Who, what, when, and the judgements in one line: above a paragraph shown.
pub(crate) fn head(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    page.heading(name(report))?;
    let mut facts = Vec::new();
    facts.extend(report.framework.map(|framework| framework.title().to_owned()));
    facts.extend(report.inspected.iter().map(|period| format!("inspected {}", days(*period))));
    facts.extend(report.published.map(|day| format!("published {}", day.in_words())));
    page.text("", 0, &facts.join(", "), &[])?;
    let grades: Vec<_> =
        report.judgements.iter().map(|one| format!("{}: {}", one.area.as_str(), one.printed)).collect();
    page.text("", 0, &grades.join("; "), &[])?;
    let path = safe(&report.path);
    writeln!(page.out, "{}", page.paint.quiet(path))
}

/// Everything that was understood, without the text.
pub(crate) fn report(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    page.heading(name(report))?;
    page.field("title", report.title.as_deref().unwrap_or_default())?;
    page.field("path", &report.path)?;
    page.field("id", &Id::of_report(&report.path).to_string())?;
    page.field("kind", report.kind.as_str())?;
    if let Some(authority) = &report.authority {
        page.field("authority", &authority.name)?;
        page.field("urn", authority.urn.as_deref().unwrap_or_default())?;
    }
    page.field(
        "framework",
        &report.framework.map(|it| format!("{} ({})", it.title(), it.as_str())).unwrap_or_default(),
    )?;
    let inspected: Vec<_> = report.inspected.iter().map(|period| days(*period)).collect();
    page.field("inspected", &inspected.join("; "))?;
    page.field("published", &report.published.map(|day| day.in_words()).unwrap_or_default())?;
    page.field("inspector", report.lead_inspector.as_deref().unwrap_or_default())?;
    page.field("size", &size(report))?;
    judgements(page, &report.judgements)?;
    sections(page, report)?;
    for (at, warning) in report.warnings.iter().enumerate() {
        if at == 0 {
            page.blank()?;
            page.heading("Read with doubt")?;
        }
        let place = warning.page.map(|page| format!(" (p. {page})")).unwrap_or_default();
        page.text("", 2, &format!("{}{place}", warning.message), &[])?;
    }
    Ok(())
}

fn name(report: &Report) -> &str {
    let authority = report.authority.as_ref().map(|authority| authority.name.as_str());
    authority.or(report.title.as_deref()).unwrap_or(&report.path)
}

fn size(report: &Report) -> String {
    let body = report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()).count();
    let mut size = counted(body as u64, "paragraphs");
    if report.pages > 0 {
        size.push_str(&format!(" on {}", counted(report.pages.into(), "pages")));
    }
    size
}

fn judgements(page: &mut Page<'_>, judgements: &[Judgement]) -> io::Result<()> {
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

fn sections(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    if report.sections.is_empty() {
        return Ok(());
    }
    page.blank()?;
    page.heading("Outline")?;
    for section in &report.sections {
        let mut line = section.title.clone();
        line.push_str(&section.page.map(|page| format!(", p. {page}")).unwrap_or_default());
        line.push_str(&section.theme.as_ref().map(|theme| format!(" [{theme}]")).unwrap_or_default());
        // Deep enough for any report; a file that nests without end stays on the page.
        page.text("", 2 * usize::from(section.level.clamp(1, 8)), &line, &[])?;
    }
    Ok(())
}

/// `6 to 30 November 2017`, with what the two days have in common said once.
pub(crate) fn days(period: Period) -> String {
    let (start, end) = (period.start, period.end);
    let month = |day: quotable::report::Date| (day.year(), day.month());
    if start == end {
        start.in_words()
    } else if month(start) == month(end) {
        format!("{} to {}", start.day(), end.in_words())
    } else {
        format!("{} to {}", start.in_words(), end.in_words())
    }
}
