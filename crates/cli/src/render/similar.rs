//! Paragraphs that say the same, for people.

use std::io;

use quotable::follow::SimilarParagraphs;
use quotable_export::similar::copies_heading;

use crate::render::page::Page;

/// Writes near copies, then what is alike in content.
pub(crate) fn write(page: &mut Page<'_>, answer: &SimilarParagraphs) -> io::Result<()> {
    let groups = [(copies_heading(answer), &answer.copies), ("Alike in content".to_owned(), &answer.alike)];
    for (heading, list) in groups.iter().filter(|(_, list)| !list.is_empty()) {
        page.heading(heading)?;
        page.blank()?;
        for (at, similar) in list.iter().enumerate() {
            let hit = &similar.hit;
            page.text(&format!("{}.", at + 1), 4, &hit.text, &hit.matches)?;
            let boilerplate = hit
                .boilerplate
                .map_or_else(String::new, |reports| format!("; in {reports} reports word for word"));
            let words = match similar.containment {
                share if share > 0.0 => format!("; {:.0} % of its runs of four words", share * 100.0),
                _ => String::new(),
            };
            page.text("", 4, &format!("{}{words}{boilerplate} [{}]", hit.citation, hit.id), &[])?;
            page.blank()?;
        }
    }
    Ok(())
}
