//! The files of a corpus, as a table.

use std::io::{self, Write};

use quotable::Source;
use quotable::report::{Area, Judgement, Warning};

use crate::render::csv::{self, Cell};
use crate::render::markdown::escaped;
use crate::render::number::{counted, grouped};
use crate::render::page::Page;
use crate::render::table::Table;

/// What was read, a line each, then what could not be read.
pub(crate) fn text(page: &mut Page<'_>, sources: &[Source]) -> io::Result<()> {
    let (read, failed): (Vec<_>, Vec<_>) = sources.iter().partition(|source| source.failure.is_none());
    if !read.is_empty() {
        table(&read).text(page)?;
        page.blank()?;
    }
    failures(page, &failed)?;
    page.text("", 0, &total(&read, &failed), &[])
}

/// The same as a table and a list.
pub(crate) fn markdown(out: &mut dyn Write, sources: &[Source]) -> io::Result<()> {
    let (read, failed): (Vec<_>, Vec<_>) = sources.iter().partition(|source| source.failure.is_none());
    if !read.is_empty() {
        table(&read).markdown(out)?;
        writeln!(out)?;
    }
    for failure in failed.iter().filter_map(|source| source.failure.as_ref()) {
        writeln!(out, "- not read: {}", escaped(&failure.to_string()))?;
    }
    writeln!(out, "- {}", escaped(&total(&read, &failed)))
}

/// A list of the files with problems.
pub(crate) fn problems_markdown(out: &mut dyn Write, sources: &[Source]) -> io::Result<()> {
    for source in sources {
        if let Some(failure) = &source.failure {
            writeln!(out, "- not read: {}", escaped(&failure.to_string()))?;
            continue;
        }
        writeln!(out, "- {}", escaped(&source.path))?;
        for warning in &source.warnings {
            writeln!(out, "  - {}", escaped(&doubt(warning)))?;
        }
    }
    Ok(())
}

fn doubt(warning: &Warning) -> String {
    let place = warning.page.map(|page| format!(" (p. {page})")).unwrap_or_default();
    format!("{}{place}", warning.message)
}

fn total(read: &[&Source], failed: &[&Source]) -> String {
    let paragraphs = read.iter().map(|source| source.paragraphs).sum();
    let mut total =
        format!("{}, {}", counted(read.len() as u64, "reports"), counted(paragraphs, "paragraphs"));
    if !failed.is_empty() {
        total.push_str(&format!(", {} not read", counted(failed.len() as u64, "files")));
    }
    total
}

fn table(sources: &[&Source]) -> Table {
    let text = ["authority", "published", "inspected", "framework", "overall"];
    let mut table = Table::new(text, ["paras", "pages", "problems"]).and("id");
    sources.iter().for_each(|source| table.row(cells(source)));
    table
}

fn cells(source: &Source) -> Vec<String> {
    let dash = || "-".to_owned();
    vec![
        name(source).to_owned(),
        source.published.map_or_else(dash, |day| day.to_string()),
        source.inspected.first().map_or_else(dash, |period| period.start.to_string()),
        source
            .framework
            .map_or_else(|| source.kind.as_str().to_owned(), |framework| framework.as_str().to_owned()),
        overall(source).map_or_else(dash, |judgement| judgement.grade.as_str().to_owned()),
        grouped(source.paragraphs),
        if source.pages > 0 { grouped(source.pages.into()) } else { dash() },
        if source.warnings.is_empty() { dash() } else { grouped(source.warnings.len() as u64) },
        source.id.to_string(),
    ]
}

fn name(source: &Source) -> &str {
    let authority = source.authority.as_ref().map(|authority| authority.name.as_str());
    authority.or(source.title.as_deref()).unwrap_or(&source.path)
}

fn overall(source: &Source) -> Option<&Judgement> {
    source.judgements.iter().find(|judgement| judgement.area == Area::Overall)
}

/// The files with problems, and what they are.
pub(crate) fn problems(page: &mut Page<'_>, sources: &[Source]) -> io::Result<()> {
    let (doubtful, failed): (Vec<_>, Vec<_>) = sources.iter().partition(|source| source.failure.is_none());
    failures(page, &failed)?;
    if doubtful.is_empty() {
        return Ok(());
    }
    page.heading("Read with doubt")?;
    for source in doubtful {
        page.text("", 2, &source.path, &[])?;
        for warning in &source.warnings {
            page.text("", 4, &doubt(warning), &[])?;
        }
    }
    page.blank()
}

fn failures(page: &mut Page<'_>, failed: &[&Source]) -> io::Result<()> {
    if failed.is_empty() {
        return Ok(());
    }
    page.heading("Not read")?;
    for failure in failed.iter().filter_map(|source| source.failure.as_ref()) {
        page.text("", 2, &failure.path, &[])?;
        page.text("", 4, &format!("{} ({})", failure.message, failure.kind.as_str()), &[])?;
    }
    page.blank()
}

/// A row for each file, those that could not be read too.
pub(crate) fn csv(out: &mut dyn Write, sources: &[Source], raw: bool) -> io::Result<()> {
    const BEFORE: [&str; 10] = [
        "id",
        "path",
        "kind",
        "authority",
        "urn",
        "title",
        "framework",
        "inspected_from",
        "inspected_to",
        "published",
    ];
    const AFTER: [&str; 8] =
        ["paragraphs", "words", "pages", "table_rows", "notes", "warnings", "failure", "reason"];
    let areas = Area::ALL.map(Area::as_str);
    let head: Vec<_> =
        BEFORE.iter().chain(&areas).chain(&AFTER).map(|name| Cell::Text((*name).to_owned())).collect();
    csv::row(out, &head, raw)?;
    sources.iter().try_for_each(|source| csv::row(out, &row(source), raw))
}

fn row(source: &Source) -> Vec<Cell> {
    let authority = source.authority.as_ref();
    let mut row = vec![
        Cell::text(Some(&source.id)),
        Cell::text(Some(&source.path)),
        Cell::text(Some(source.kind.as_str())),
        Cell::text(authority.map(|authority| &authority.name)),
        Cell::text(authority.and_then(|authority| authority.urn.as_ref())),
        Cell::text(source.title.as_ref()),
        Cell::text(source.framework.map(|framework| framework.as_str())),
        Cell::text(source.inspected.first().map(|period| period.start)),
        Cell::text(source.inspected.last().map(|period| period.end)),
        Cell::text(source.published),
    ];
    row.extend(Area::ALL.map(|area| {
        let judged = source.judgements.iter().find(|judgement| judgement.area == area);
        Cell::text(judged.map(|judgement| judgement.grade.as_str()))
    }));
    let numbers = [source.paragraphs, source.words, source.pages.into(), source.table_rows, source.notes];
    row.extend(numbers.map(Cell::Number));
    row.push(Cell::Number(source.warnings.len() as u64));
    row.push(Cell::text(source.failure.as_ref().map(|failure| failure.kind.as_str())));
    row.push(Cell::text(source.failure.as_ref().map(|failure| &failure.message)));
    row
}
