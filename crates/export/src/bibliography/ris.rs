//! RIS, the exchange format of reference managers: a tag and a value a line.

use std::io::{self, Write};

use crate::csl::{Issued, Item};
use crate::escape::escape;

/// Writes one entry. Values are kept to one line, since a line is a field.
pub(super) fn write(out: &mut impl Write, item: &Item) -> io::Result<()> {
    let mut field = |tag: &str, value: &str| match escape(value.trim()) {
        value if value.is_empty() => Ok(()),
        value => write!(out, "{tag}  - {value}\r\n"),
    };
    field("TY", if item.kind == "report" { "RPRT" } else { "GEN" })?;
    field("ID", &item.id)?;
    for author in &item.author {
        // A name with a comma is read as family name and given name: the comma at the end says that all is one name.
        field(
            "AU",
            &if author.literal.contains(',') {
                author.literal.replace(',', " ")
            } else {
                author.literal.clone()
            },
        )?;
    }
    field("TI", &item.title)?;
    if let Some([year, month, day]) = item.issued.as_ref().and_then(Issued::first) {
        field("PY", &format!("{year:04}"))?;
        field("DA", &format!("{year:04}/{month:02}/{day:02}"))?;
    }
    field("PB", item.publisher.as_deref().unwrap_or_default())?;
    field("CY", item.event_place.as_deref().unwrap_or_default())?;
    field("M3", item.genre.as_deref().unwrap_or_default())?;
    field("SN", item.number.as_deref().unwrap_or_default())?;
    field("UR", item.url.as_deref().unwrap_or_default())?;
    field("N1", item.note.as_deref().unwrap_or_default())?;
    write!(out, "ER  - \r\n\r\n")
}
