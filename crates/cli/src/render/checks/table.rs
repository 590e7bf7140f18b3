//! Checked quotations as rows.

use std::io::{self, Write};

use super::{Checked, change, speaker};
use crate::render::csv::{self, Cell};

const HEAD: [&str; 17] = [
    "number",
    "verdict",
    "kind",
    "quotation",
    "speaker",
    "similarity",
    "changes",
    "source",
    "citation",
    "path",
    "authority",
    "published",
    "section",
    "paragraph",
    "page",
    "id",
    "places",
];

/// The names of the columns.
pub(super) fn csv_head(out: &mut dyn Write, raw: bool) -> io::Result<()> {
    csv::row(out, &HEAD.map(|name| Cell::text(Some(name))), raw)
}

/// A row: the first place, or the nearest of an absent quotation, whose number of places is 0.
pub(super) fn csv(out: &mut dyn Write, one: &Checked<'_>, raw: bool) -> io::Result<()> {
    let check = one.check;
    let place = check.places.first().or(check.nearest.as_ref());
    let citation = place.map(|place| &place.citation);
    let changes: Vec<_> = if check.places.is_empty() {
        Vec::new()
    } else {
        check.edits.iter().filter(|edit| !edit.kind.is_folded()).map(change).collect()
    };
    let cells = [
        Cell::Number(one.number),
        Cell::text(Some(check.verdict)),
        Cell::text(Some(one.quotation.kind.as_str())),
        Cell::text(Some(&one.quotation.text)),
        Cell::text(Some(speaker(&one.quotation.speaker))),
        Cell::Text(format!("{:.3}", check.similarity)),
        Cell::Text(changes.join("; ")),
        Cell::text(place.map(|place| place.source())),
        Cell::text(citation),
        Cell::text(citation.map(|citation| &citation.path)),
        Cell::text(citation.and_then(|citation| citation.authority.as_ref())),
        Cell::text(citation.and_then(|citation| citation.published)),
        Cell::text(citation.and_then(|citation| citation.section())),
        Cell::text(citation.and_then(|citation| citation.paragraph.as_ref())),
        Cell::text(citation.and_then(|citation| citation.page)),
        Cell::text(place.map(|place| &place.id)),
        Cell::Number(check.total),
    ];
    csv::row(out, &cells, raw)
}
