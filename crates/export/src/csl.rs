//! Citations of single places: an array of CSL-JSON, the input format of the Citation Style Language.
//!
//! The schema of CSL data (1.0.2) has a `locator` but no field for its unit, paragraph or page. That goes into
//! `custom`, which the schema leaves to applications.
//!
//! ```
//! use quotable_export::csl::{CslRecord, CslWriter};
//! use quotable_index::Index;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let index = Index::in_memory()?;
//! let mut writer = index.writer()?;
//! writer.put_bytes("west.txt", b"Too many children wait.")?;
//! writer.finish()?;
//! let hits = index.search(&"children".parse()?)?.top(10)?.hits;
//! assert_eq!(CslRecord::of_hit(&hits[0]).custom.quotation, Some("Too many children wait."));
//! // A bibliography of all hits.
//! let mut json = Vec::new();
//! let mut csl = CslWriter::new(&mut json);
//! for hit in &hits {
//!     csl.hit(hit)?;
//! }
//! csl.end()?;
//! assert!(json.starts_with(b"["));
//! # Ok(())
//! # }
//! ```

mod item;

use std::collections::HashSet;
use std::io::{self, Write};

pub use self::item::{Author, Cite, Issued, Item};
use quotable_check::Place;
use quotable_index::{Hit, Id};
use quotable_report::Citation;
use serde::Serialize;

use crate::jsonl;

/// A report, or a place in it, as an item of CSL data.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct CslRecord<'c> {
    /// The report. Its `id` is replaced by that of the place, so that the items of one report differ.
    #[serde(flatten)]
    pub item: Item,
    /// The printed number of the paragraph, else the page or pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// What the schema has no field for.
    pub custom: CslCustom<'c>,
}

/// The fields that the schema of CSL leaves to applications.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct CslCustom<'c> {
    /// The unit of `locator`: `paragraph` or `page`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The id of the report.
    pub report: String,
    /// The path of the report, relative to the corpus.
    pub path: &'c str,
    /// The words that are cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotation: Option<&'c str>,
}

impl<'c> CslRecord<'c> {
    /// A hit: the quotation runs from the first sentence that matches to the last.
    pub fn of_hit(hit: &'c Hit) -> Self {
        let quotation = hit.text.get(hit.quote(0)).map(str::trim);
        Self::new(&hit.id, &hit.citation, quotation, Some(Cite::of(&hit.citation)))
    }

    /// A place where a quotation was found: the quotation is in the words of the report.
    pub fn of_place(place: &'c Place) -> Self {
        Self::new(&place.id, &place.citation, Some(place.source()), Some(Cite::of(&place.citation)))
    }

    /// A whole report, by the citation of any of its paragraphs.
    pub fn of_report(citation: &'c Citation) -> Self {
        Self::new(&Id::of_report(&citation.path), citation, None, None)
    }

    fn new(id: &Id, citation: &'c Citation, quotation: Option<&'c str>, place: Option<Cite>) -> Self {
        let mut item = Item::of(citation);
        let report = std::mem::replace(&mut item.id, id.to_string());
        let (locator, label) = place.map_or((None, None), |place| (place.locator, place.label));
        Self { item, locator, custom: CslCustom { label, report, path: &citation.path, quotation } }
    }
}

/// Writes an array of items, one after another.
#[derive(Debug)]
pub struct CslWriter<W> {
    out: W,
    is_open: bool,
    /// Paragraphs with a place written: two quotations may come from one paragraph, and ids must not repeat. The ids
    /// of hits are not kept: they differ by themselves, and there may be millions.
    places: HashSet<Id>,
}

impl<W: Write> CslWriter<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self { out, is_open: false, places: HashSet::new() }
    }

    /// Writes a hit.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        self.record(&CslRecord::of_hit(hit))
    }

    /// Writes a place where a quotation was found, unless one in the same paragraph has been written.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn place(&mut self, place: &Place) -> io::Result<()> {
        if !self.places.insert(place.id.clone()) {
            return Ok(());
        }
        self.record(&CslRecord::of_place(place))
    }

    /// Writes a whole report, by the citation of any of its paragraphs.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn report(&mut self, citation: &Citation) -> io::Result<()> {
        self.record(&CslRecord::of_report(citation))
    }

    fn record(&mut self, record: &CslRecord<'_>) -> io::Result<()> {
        self.out.write_all(if self.is_open { b",\n" } else { b"[\n" })?;
        self.is_open = true;
        jsonl::write_value(&mut self.out, record)
    }

    /// Closes the array. Without it, what was written is not JSON.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn end(mut self) -> io::Result<()> {
        self.out.write_all(if self.is_open { b"\n]\n" } else { b"[]\n" })
    }
}
