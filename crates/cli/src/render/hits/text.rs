//! Hits as people read them: the quotation, the citation, the id.

use std::io;

use quotable::report::Role;
use quotable::{Facet, Group, Hit};

use super::{Shown, Style, name, summary};
use crate::render::excerpt::joined;
use crate::render::number::counted;
use crate::render::page::Page;

const QUOTE: usize = 2;
const CITATION: usize = 4;

/// The name of a group and how much of it is shown.
pub(super) fn group(page: &mut Page<'_>, by: Facet, group: &Group) -> io::Result<()> {
    page.title(&name(by, group))?;
    page.said(&summary(group.hits.len() as u64, &group.counts))?;
    page.blank()
}

/// One hit, with an empty line after it. Where others are shown with it, signs tell which is the hit.
pub(super) fn hit(page: &mut Page<'_>, shown: &Shown<'_>, style: Style) -> io::Result<()> {
    let hit = shown.hit;
    let (text, matches) = joined(hit, style.sentences);
    let others = |page: &mut Page<'_>, others: &[Hit]| {
        others.iter().try_for_each(|other| page.text("  · ", CITATION, &other.text, &[]))
    };
    if style.context {
        others(page, shown.before)?;
        page.text("  > ", CITATION, &text, &matches)?;
        others(page, shown.after)?;
    } else {
        page.text("", QUOTE, &text, &matches)?;
    }
    page.text("", CITATION, &citation(hit), &[])?;
    writeln!(page.out, "{:CITATION$}{}", "", page.paint.id(&hit.id))?;
    page.blank()
}

/// The citation, what the paragraph is where it is not running text, and that it is boilerplate if it is.
pub(crate) fn citation(hit: &Hit) -> String {
    let repeated =
        hit.boilerplate.map(|reports| format!("word for word in {}", counted(reports.into(), "reports")));
    let notes: Vec<_> = kind(hit.role).map(str::to_owned).into_iter().chain(repeated).collect();
    match notes.as_slice() {
        [] => hit.citation.to_string(),
        notes => format!("{} ({})", hit.citation, notes.join("; ")),
    }
}

fn kind(role: Role) -> Option<&'static str> {
    match role {
        Role::Heading => Some("heading"),
        Role::Table => Some("table"),
        Role::Note => Some("footnote"),
        _ => None,
    }
}
