//! The result of checking a whole index, for people.

use std::io;

use quotable::Verification;
use quotable_export::number::counted;

use crate::render::page::Page;

/// Writes what was checked, what is damaged, and, if the sources are here, which of them changed.
pub(crate) fn write(page: &mut Page<'_>, found: &Verification, has_sources: bool) -> io::Result<()> {
    let checked = format!(
        "{} of the index, {} of {}",
        counted(found.files as u64, "files"),
        counted(found.paragraphs, "paragraphs"),
        counted(found.sources as u64, "sources")
    );
    page.field("read", &checked)?;
    page.field("sound", if found.is_sound() { "yes" } else { "no" })?;
    for flaw in &found.flaws {
        page.text("", 2, &flaw.to_string(), &[])?;
    }
    if !has_sources {
        return page.field("sources", "not on this machine, so not compared");
    }
    page.field("sources", &format!("{} as they were read", counted(found.same as u64, "files")))?;
    let differing = [("changed", &found.changed), ("gone", &found.gone), ("not opened", &found.unreadable)];
    for (how, paths) in differing.into_iter().filter(|(_, paths)| !paths.is_empty()) {
        page.field("", &format!("{} {how}:", counted(paths.len() as u64, "files")))?;
        paths.iter().try_for_each(|path| page.text("", 2, path, &[]))?;
    }
    Ok(())
}
