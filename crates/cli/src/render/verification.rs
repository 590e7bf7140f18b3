//! What was found of a whole index.

use std::io;

use quotable::Verification;

use crate::render::number::counted;
use crate::render::page::Page;

/// What was looked at, what is wrong, and how the sources compare if they are here.
pub(crate) fn lines(page: &mut Page<'_>, found: &Verification, sources: bool) -> io::Result<()> {
    let looked = format!(
        "{} of the index, {} of {}",
        counted(found.files as u64, "files"),
        counted(found.paragraphs, "paragraphs"),
        counted(found.sources as u64, "sources")
    );
    page.field("read", &looked)?;
    page.field("sound", if found.is_sound() { "yes" } else { "no" })?;
    for flaw in &found.flaws {
        page.text("", 2, &flaw.to_string(), &[])?;
    }
    if !sources {
        return page.field("sources", "not here, and not compared");
    }
    page.field("sources", &format!("{} as they were read", counted(found.same as u64, "files")))?;
    let differing = [("changed", &found.changed), ("gone", &found.gone), ("not opened", &found.unreadable)];
    for (how, paths) in differing.into_iter().filter(|(_, paths)| !paths.is_empty()) {
        page.field("", &format!("{} {how}:", counted(paths.len() as u64, "files")))?;
        paths.iter().try_for_each(|path| page.text("", 2, path, &[]))?;
    }
    Ok(())
}
