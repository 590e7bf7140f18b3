//! Hits as people read them: the quotation, the citation, the id.

use std::io;

use quotable::report::Role;
use quotable::{Counts, Hit};

use crate::render::excerpt::joined;
use crate::render::number::{counted, grouped};
use crate::render::page::Page;

const QUOTE: usize = 2;
const CITATION: usize = 4;

/// One hit, with an empty line after it.
pub(crate) fn hit(page: &mut Page<'_>, hit: &Hit) -> io::Result<()> {
    let (text, matches) = joined(hit);
    page.text("", QUOTE, &text, &matches)?;
    page.text("", CITATION, &citation(hit), &[])?;
    writeln!(page.out, "{:CITATION$}{}", "", page.paint.id(&hit.id))?;
    page.blank()
}

/// The citation, and what the paragraph is where it is not running text.
pub(crate) fn citation(hit: &Hit) -> String {
    match kind(hit.role) {
        Some(kind) => format!("{} ({kind})", hit.citation),
        None => hit.citation.to_string(),
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

/// How much was found, and how much of it was shown.
pub(crate) fn summary(shown: u64, counts: &Counts) -> String {
    let paragraphs = counted(counts.paragraphs, "paragraphs");
    let among =
        format!("{} in {}", counted(counts.occurrences, "occurrences"), counted(counts.reports, "reports"));
    let least = if counts.exact { "" } else { "at least " };
    if shown < counts.paragraphs {
        format!("showing {} of {least}{paragraphs} ({among})", grouped(shown))
    } else {
        format!("{least}{paragraphs} ({among})")
    }
}
