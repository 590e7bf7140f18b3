//! The files of a corpus, for people.

use std::io;

use quotable::Source;
use quotable::report::Period;
use quotable_export::Table;
use quotable_export::number::counted;
use quotable_export::source::{copy_text, split, to_table, total, warning_text};

use crate::render::page::Page;
use crate::render::table;
use crate::render::width::cut;

/// Writes the files that were read, one a line, then those that could not be read.
pub(crate) fn write(page: &mut Page<'_>, sources: &[Source]) -> io::Result<()> {
    let (read, failed) = split(sources);
    if !read.is_empty() {
        let table = if page.line_width < WIDE { narrow(&read) } else { to_table(&read) };
        table::write(page, &table)?;
        page.blank()?;
    }
    write_failures(page, &failed)?;
    page.text("", 0, &total(&read, &failed), &[])?;
    let doubtful = read.iter().filter(|source| !source.warnings.is_empty()).count() as u64;
    if doubtful > 0 && page.line_width < WIDE {
        let doubtful = counted(doubtful, "reports");
        page.text("", 0, &format!("{doubtful} read with doubt: quotable reports --problems"), &[])?;
    }
    Ok(())
}

/// A terminal of fewer columns has a table of fewer columns.
const WIDE: usize = 120;

/// The table for a terminal of the usual width.
fn narrow(sources: &[&Source]) -> Table {
    let mut table = Table::new(["authority", "date", "kind", "overall"], ["pages"]).with_last_column("id");
    let dash = || "-".to_owned();
    for source in sources {
        let authority = source.authority.as_ref().map(|authority| authority.name.as_str());
        let day = source.published.or_else(|| Period::last_day(&source.inspected));
        let overall = source.judgements.iter().find(|judgement| judgement.area == "overall");
        let framework = source.framework.as_ref().map(|framework| framework.as_str());
        table.push(vec![
            cut(authority.or(source.title.as_deref()).unwrap_or(&source.path), 24),
            day.map_or_else(dash, |day| day.to_string()),
            cut(framework.unwrap_or_else(|| source.kind.as_str()), 10),
            overall.map_or_else(dash, |judgement| cut(judgement.grade.as_str(), 11)),
            if source.pages > 0 { source.pages.to_string() } else { dash() },
            source.id.to_string(),
        ]);
    }
    table
}

/// Writes files that have problems, and what the problems are.
pub(crate) fn write_problems(page: &mut Page<'_>, sources: &[Source]) -> io::Result<()> {
    let (doubtful, failed) = split(sources);
    write_failures(page, &failed)?;
    let (copies, doubtful): (Vec<&Source>, Vec<&Source>) =
        doubtful.into_iter().partition(|source| source.copy_of.is_some());
    if !copies.is_empty() {
        page.heading("Copies")?;
        for source in copies {
            page.text("", 2, &source.path, &[])?;
            page.text("", 4, &copy_text(source.copy_of.as_deref().unwrap_or_default()), &[])?;
        }
        page.blank()?;
    }
    if doubtful.is_empty() {
        return Ok(());
    }
    page.heading("Read with doubt")?;
    for source in doubtful {
        page.text("", 2, &source.path, &[])?;
        for warning in &source.warnings {
            page.text("", 4, &warning_text(warning), &[])?;
        }
    }
    page.blank()
}

fn write_failures(page: &mut Page<'_>, failed: &[&Source]) -> io::Result<()> {
    let failures = failed.iter().filter_map(|source| source.failure.as_ref());
    let (skipped, failed): (Vec<_>, Vec<_>) = failures.partition(|failure| failure.kind.is_skipped());
    for (heading, failures) in [("Not read", failed), ("Passed over", skipped)] {
        if failures.is_empty() {
            continue;
        }
        page.heading(heading)?;
        for failure in failures {
            page.text("", 2, &failure.path, &[])?;
            page.text("", 4, &format!("{} ({})", failure.message, failure.kind.as_str()), &[])?;
        }
        page.blank()?;
    }
    Ok(())
}
