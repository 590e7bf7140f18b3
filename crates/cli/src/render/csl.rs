//! Citations for a reference manager: one array of CSL-JSON, an item for each place.
//!
//! The schema of CSL data (1.0.2) has a `locator` but no room for what it is a number of, so that stands in `custom`,
//! which the schema leaves to us.

use std::collections::HashSet;
use std::io::{self, Write};

use quotable::csl::{Cite, Item};
use quotable::report::Citation;
use quotable::{Hit, Id, Place};
use serde::Serialize;

use crate::render::jsonl;

/// The array as it is written.
#[derive(Debug, Default)]
pub(crate) struct Citations {
    /// True once it is open.
    open: bool,
    /// Paragraphs of which a place stands in it: two quotations may be of one, and ids must differ. Hits differ by
    /// themselves, and there may be millions.
    places: HashSet<Id>,
}

/// A place in a report, as an item of CSL data.
#[derive(Debug, Serialize)]
struct Cited<'h> {
    #[serde(flatten)]
    item: Item,
    /// The printed number of the paragraph, else the page or pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    locator: Option<String>,
    custom: Custom<'h>,
}

/// What the schema has no field for.
#[derive(Debug, Serialize)]
struct Custom<'h> {
    /// What `locator` is a number of: `paragraph` or `page`.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// The id of the report.
    report: String,
    /// The path of the report, relative to the corpus.
    path: &'h str,
    /// The words that are cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    quotation: Option<&'h str>,
}

impl Citations {
    /// The sentences of a hit, from the first that matches to the last.
    pub(crate) fn hit(&mut self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        self.write(out, &hit.id, &hit.citation, hit.text.get(hit.quote(0)).map(str::trim))
    }

    /// The words of a report that were quoted.
    pub(crate) fn place(&mut self, out: &mut dyn Write, place: &Place) -> io::Result<()> {
        if !self.places.insert(place.id.clone()) {
            return Ok(());
        }
        self.write(out, &place.id, &place.citation, Some(place.source()))
    }

    /// A report as a whole, by a citation of any of its paragraphs.
    pub(crate) fn report(&mut self, out: &mut dyn Write, citation: &Citation) -> io::Result<()> {
        self.item(out, &Id::of_report(&citation.path), citation, None, None)
    }

    fn write(
        &mut self,
        out: &mut dyn Write,
        id: &Id,
        citation: &Citation,
        quotation: Option<&str>,
    ) -> io::Result<()> {
        self.item(out, id, citation, quotation, Some(Cite::of(citation)))
    }

    fn item(
        &mut self,
        out: &mut dyn Write,
        id: &Id,
        citation: &Citation,
        quotation: Option<&str>,
        place: Option<Cite>,
    ) -> io::Result<()> {
        let mut item = Item::of(citation);
        let (locator, label) = place.map_or((None, None), |place| (place.locator, place.label));
        let report = std::mem::replace(&mut item.id, id.to_string());
        let custom = Custom { label, report, path: &citation.path, quotation };
        out.write_all(if self.open { b",\n" } else { b"[\n" })?;
        self.open = true;
        Ok(jsonl::value(out, &Cited { item, locator, custom })?)
    }

    /// Closes the array.
    pub(crate) fn end(self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.open { b"\n]\n" } else { b"[]\n" })
    }
}
