//! A bibliography of what an answer cites: one entry a report, with the cited places in its note.
//!
//! A reference manager keeps works, not places. An entry for every paragraph would give it a hundred copies of one report.

mod bibtex;
mod ris;

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use quotable_check::Place;
use quotable_index::{Hit, Id};
use quotable_report::Citation;
use serde::Serialize;

use crate::csl::{Cite, Item};
use crate::jsonl;

/// The forms of a bibliography.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BibliographyForm {
    /// An array of CSL-JSON: Zotero, pandoc, citation processors.
    Csl,
    /// RIS: EndNote, Mendeley, RefWorks.
    Ris,
    /// BibLaTeX: LaTeX, JabRef.
    Bibtex,
}

/// The most places that the note of one entry names; further ones are counted.
const MAX_PLACES_IN_NOTE: usize = 100;

/// A report with the places in it that an answer cites.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Reference {
    /// The report. Its note names the places.
    #[serde(flatten)]
    pub item: Item,
    /// What the schema of CSL has no field for.
    pub custom: ReferenceCustom,
    #[serde(skip)]
    seen: HashSet<String>,
}

/// The part of a [`Reference`] that the schema of CSL leaves to applications.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ReferenceCustom {
    /// The id of the report.
    pub report: String,
    /// The path of the report, relative to the corpus.
    pub path: String,
    /// The authority as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// The stable key of the authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority_key: Option<String>,
    /// The cited places, in the order of the answer.
    pub places: Vec<CitedPlace>,
}

/// A place that an answer cites.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct CitedPlace {
    /// The id of the paragraph.
    pub id: String,
    /// The printed number of the paragraph, else the page or pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// The unit of `locator`: `paragraph` or `page`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The words that are cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotation: Option<String>,
}

impl Reference {
    /// A report without places, by the citation of any of its paragraphs.
    pub fn new(citation: &Citation) -> Self {
        let item = Item::of(citation);
        let custom = ReferenceCustom {
            report: item.id.clone(),
            path: citation.path.clone(),
            authority: citation.authority.clone(),
            authority_key: citation.authority_key.clone(),
            places: Vec::new(),
        };
        Self { item, custom, seen: HashSet::new() }
    }

    /// Adds a place, unless the paragraph has one.
    fn add(&mut self, id: &Id, citation: &Citation, quotation: Option<&str>) {
        let id = id.to_string();
        if self.seen.insert(id.clone()) {
            let Cite { locator, label, .. } = Cite::of(citation);
            self.custom.places.push(CitedPlace {
                id,
                locator,
                label,
                quotation: quotation.map(str::to_owned),
            });
        }
    }

    /// Writes the places into the note: `Cited: paras 12, 14; p. 9`.
    fn with_note(mut self) -> Self {
        let places = &self.custom.places;
        let of = |label: &str| -> Vec<&str> {
            let mut found: Vec<&str> = Vec::new();
            let places = places.iter().take(MAX_PLACES_IN_NOTE);
            for locator in places
                .filter(|place| place.label.as_deref() == Some(label))
                .filter_map(|place| place.locator.as_deref())
            {
                if !found.contains(&locator) {
                    found.push(locator);
                }
            }
            found
        };
        let mut parts = Vec::new();
        match of("paragraph").as_slice() {
            [] => {}
            [one] => parts.push(format!("para {one}")),
            more => parts.push(format!("paras {}", more.join(", "))),
        }
        match of("page").as_slice() {
            [] => {}
            [one] if !one.contains('-') => parts.push(format!("p. {one}")),
            more => parts.push(format!("pp. {}", more.join(", ").replace('-', "–"))),
        }
        if !parts.is_empty() {
            let more = places.len().saturating_sub(MAX_PLACES_IN_NOTE);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            self.item.note = Some(format!("Cited: {}{more}", parts.join("; ")));
        }
        self
    }
}

/// Collects what an answer cites, and writes it as a bibliography when the answer ends. Takes memory for each cited place.
#[derive(Debug)]
pub struct BibliographyWriter<W> {
    out: W,
    form: BibliographyForm,
    references: Vec<Reference>,
    by_report: HashMap<String, usize>,
}

impl<W: Write> BibliographyWriter<W> {
    /// Writes to `out`.
    pub fn new(out: W, form: BibliographyForm) -> Self {
        Self { out, form, references: Vec::new(), by_report: HashMap::new() }
    }

    /// Cites a hit: the quotation runs from the first sentence that matches to the last.
    pub fn hit(&mut self, hit: &Hit) {
        let quotation = hit.text.get(hit.quote(0)).map(str::trim);
        self.reference(&hit.citation).add(&hit.id, &hit.citation, quotation);
    }

    /// Cites a place where a quotation was found: the quotation is in the words of the report.
    pub fn place(&mut self, place: &Place) {
        self.reference(&place.citation).add(&place.id, &place.citation, Some(place.source()));
    }

    /// Cites a whole report, by the citation of any of its paragraphs.
    pub fn report(&mut self, citation: &Citation) {
        self.reference(citation);
    }

    fn reference(&mut self, citation: &Citation) -> &mut Reference {
        let references = &mut self.references;
        let at = *self.by_report.entry(citation.path.clone()).or_insert_with(|| {
            references.push(Reference::new(citation));
            references.len() - 1
        });
        &mut self.references[at]
    }

    /// Writes the bibliography.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn end(mut self) -> io::Result<()> {
        let references = self.references.into_iter().map(Reference::with_note);
        let out = &mut self.out;
        match self.form {
            BibliographyForm::Csl => {
                let mut is_open = false;
                for reference in references {
                    out.write_all(if is_open { b",\n" } else { b"[\n" })?;
                    is_open = true;
                    jsonl::write_value(out, &reference)?;
                }
                out.write_all(if is_open { b"\n]\n" } else { b"[]\n" })
            }
            BibliographyForm::Ris => {
                references.into_iter().try_for_each(|reference| ris::write(out, &reference.item))
            }
            BibliographyForm::Bibtex => {
                let mut keys = HashSet::new();
                references
                    .into_iter()
                    .try_for_each(|reference| bibtex::write(out, &reference.item, &mut keys))
            }
        }
    }
}
