//! The files of a corpus, for people.

use std::io;

use quotable::Source;
use quotable_export::source::{copy_text, split, to_table, total, warning_text};

use crate::render::page::Page;
use crate::render::table;

/// Writes the files that were read, one a line, then those that could not be read.
pub(crate) fn write(page: &mut Page<'_>, sources: &[Source]) -> io::Result<()> {
    let (read, failed) = split(sources);
    if !read.is_empty() {
        table::write(page, &to_table(&read))?;
        page.blank()?;
    }
    write_failures(page, &failed)?;
    page.text("", 0, &total(&read, &failed), &[])
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
