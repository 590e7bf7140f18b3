//! What was asked for and what came of it, for people.

use std::io;

use quotable::Hit;
use quotable_export::follow::{CAVEAT, FollowGroup, FollowView, parts_in_words};

use crate::render::page::Page;
use crate::render::table;

/// Writes an answer.
pub(crate) fn write(page: &mut Page<'_>, view: &FollowView<'_>) -> io::Result<()> {
    page.heading(view.earlier)?;
    page.heading(&format!("→ {}", view.later))?;
    page.blank()?;
    page.text("", 0, &view.summary(), &[])?;
    page.text("", 0, CAVEAT, &[])?;
    if let Some(sentence) = view.no_longer_judged() {
        page.text("", 0, &sentence, &[])?;
    }
    page.blank()?;
    if !view.answer.blankets.is_empty() {
        page.heading("About everything at once")?;
        view.answer.blankets.iter().try_for_each(|blanket| quote(page, "", &blanket.hit))?;
    }
    for group in FollowGroup::ALL {
        let requests = view.group(group);
        if requests.is_empty() {
            continue;
        }
        page.heading(group.heading())?;
        page.text("", 0, group.note(), &[])?;
        page.blank()?;
        for followed in requests {
            let hit = &followed.request.hit;
            page.text(&format!("{}.", followed.request.number), 4, &hit.text, &[])?;
            page.text("", 4, &hit.citation.to_string(), &[])?;
            if let Some(parts) = parts_in_words(followed) {
                page.text("", 4, &parts, &[])?;
            }
            for candidate in followed.shown() {
                quote(page, candidate.outcome.in_words(), &candidate.hit)?;
            }
            page.blank()?;
        }
    }
    if !view.answer.new.is_empty() {
        page.heading("Asked for in the later report alone")?;
        view.answer.new.iter().try_for_each(|request| quote(page, "", &request.hit))?;
        page.blank()?;
    }
    if !view.answer.grades.is_empty() {
        table::write(page, &view.grades())?;
        page.blank()?;
    }
    table::write(page, &view.concepts())?;
    page.blank()
}

/// A paragraph of the later report with its citation and id.
fn quote(page: &mut Page<'_>, label: &str, hit: &Hit) -> io::Result<()> {
    if !label.is_empty() {
        page.text("", 6, &format!("{label}:"), &[])?;
    }
    page.text("", 8, &hit.text, &hit.matches)?;
    page.text("", 8, &format!("{} [{}]", hit.citation, hit.id), &[])
}
