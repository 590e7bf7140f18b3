//! What was understood of a report: what it is, what was judged, its outline.

use std::io::{self, Write};

use quotable::Id;
use quotable::report::{Judgement, JudgementScope, Period, Report, Section};

use crate::render::markdown::escaped;
use crate::render::number::counted;
use crate::render::page::Page;
use crate::render::safe::safe;
use crate::render::table::Table;

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
    for (name, value) in facts(report) {
        page.field(name, &value)?;
    }
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

/// What is known of a report, by name; empty where it is not.
fn facts(report: &Report) -> Vec<(&'static str, String)> {
    let authority = report.authority.as_ref();
    let framework = report.framework.map(|it| format!("{} ({})", it.title(), it.as_str()));
    let inspected: Vec<_> = report.inspected.iter().map(|period| days(*period)).collect();
    vec![
        ("title", report.title.clone().unwrap_or_default()),
        ("path", report.path.clone()),
        ("id", Id::of_report(&report.path).to_string()),
        ("kind", report.kind.as_str().to_owned()),
        ("authority", authority.map(|authority| authority.name.clone()).unwrap_or_default()),
        ("urn", authority.and_then(|authority| authority.urn.clone()).unwrap_or_default()),
        ("framework", framework.unwrap_or_default()),
        ("inspected", inspected.join("; ")),
        ("published", report.published.map(|day| day.in_words()).unwrap_or_default()),
        ("inspector", report.lead_inspector.clone().unwrap_or_default()),
        ("size", size(report)),
    ]
}

/// The same in Markdown: a heading, lists, and the judgements as a table.
pub(crate) fn markdown(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "# {}\n", escaped(name(report)))?;
    for (name, value) in facts(report).iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "- {name}: {}", escaped(value))?;
    }
    if !report.judgements.is_empty() {
        writeln!(out, "\n## Judgements\n")?;
        let mut table = Table::new(["area", "label", "grade"], ["page"]);
        for one in &report.judgements {
            let page = one.page.map(|page| page.to_string()).unwrap_or_default();
            table.row(vec![one.area.as_str().to_owned(), one.label.clone(), one.printed.clone(), page]);
        }
        table.markdown(out)?;
    }
    if !report.sections.is_empty() {
        writeln!(out, "\n## Outline\n")?;
    }
    // An item too deep for the one above it would be code, so a level that is left out is no indent.
    let mut depths: Vec<usize> = Vec::with_capacity(report.sections.len());
    for section in &report.sections {
        let above = section.parent.and_then(|parent| depths.get(parent as usize));
        let depth = above.map_or(0, |above| above + 1);
        depths.push(depth);
        writeln!(out, "{:indent$}- {}", "", escaped(&entry(section)), indent = 2 * depth.min(DEEPEST))?;
    }
    for (at, warning) in report.warnings.iter().enumerate() {
        let head = if at == 0 { "\n## Read with doubt\n\n" } else { "" };
        writeln!(out, "{head}- {}", escaped(&warning.message))?;
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
        page.text("", 2 * depth(section), &entry(section), &[])?;
    }
    Ok(())
}

/// A heading, its page and its theme.
fn entry(section: &Section) -> String {
    let mut line = section.title.clone();
    line.push_str(&section.page.map(|page| format!(", p. {page}")).unwrap_or_default());
    line.push_str(&section.theme.as_ref().map(|theme| format!(" [{theme}]")).unwrap_or_default());
    line
}

fn depth(section: &Section) -> usize {
    usize::from(section.level.max(1)).min(DEEPEST)
}

/// Deep enough for any report; a file that nests without end stays on the page.
const DEEPEST: usize = 8;

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
