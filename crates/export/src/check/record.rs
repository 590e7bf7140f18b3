//! A checked quotation as a line of JSON.

use std::ops::Range;

use quotable_check::Quotation;
use quotable_check::{About, Check, Edit, InAbout, Place, Verdict};
use quotable_index::Id;
use quotable_report::Role;
use serde::Serialize;

use super::CheckedQuotation;
use crate::citation::CitationRecord;

/// A quotation of an article and the check of it.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct CheckedQuotationRecord<'c> {
    /// Its number in the article, one-based.
    pub number: u64,
    /// The quotation.
    pub quotation: &'c Quotation,
    /// The check.
    pub check: CheckRecord<'c>,
    /// Where it was found, in words: the first place, or the most similar of one that is absent.
    pub cite: Option<String>,
    /// What the article is about, if that is known.
    pub about: Option<&'c About>,
    /// The name of the article, if it is known.
    pub article: Option<&'c str>,
    /// What the text is, and so how it counts: `report`, `people`, `claim`, `passage` or `scare`.
    pub group: &'static str,
}

/// The check of a quotation.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct CheckRecord<'c> {
    /// The verdict.
    pub verdict: Verdict,
    /// The text that was checked.
    pub text: &'c str,
    /// Where it was found, the likeliest first; of a splice, its pieces.
    pub places: Vec<PlaceRecord<'c>>,
    /// True if the places are consecutive paragraphs that it runs over, and count as one.
    pub consecutive: bool,
    /// How many places there are in all.
    pub total: u64,
    /// How many reports have it.
    pub reports: u64,
    /// What was changed, the most serious first.
    pub edits: &'c [Edit],
    /// How similar it is to its source, or to the most similar place: from 0 to 1.
    pub similarity: f64,
    /// The most similar place, for a quotation that is absent.
    pub nearest: Option<PlaceRecord<'c>>,
    /// True if so many reports have it that it says little of any one.
    pub boilerplate: bool,
    /// True if it is too short to tell its source.
    pub short: bool,
    /// Words at its end that were not checked.
    pub unchecked: usize,
    /// False if files were still to be read, or could not be read.
    pub complete: bool,
    /// Files that could not be read, in the part that was searched.
    pub unread: u64,
    /// True if files were still to be read.
    pub unfinished: bool,
    /// What became of it in the reports that the article is about, if its places are in others.
    pub in_about: Option<InAboutRecord<'c>>,
    /// Where an absent quotation stands in a report that the filter or folder leaves out.
    pub outside: Option<PlaceRecord<'c>>,
    /// The reports that its sentence names, in words, if those are others than the one where it stands.
    pub addressed: Option<&'c str>,
    /// True if the words stand only in reports that are younger than the article.
    pub younger: bool,
    /// What the report has in place of what a claim claims.
    pub found: Option<&'c str>,
}

/// A quotation that stands in other reports, in the reports that the article is about.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct InAboutRecord<'c> {
    /// Altered, spliced or absent.
    pub verdict: Verdict,
    /// The place of the altered words, or the most similar one.
    pub place: Option<PlaceRecord<'c>>,
    /// What was changed, the most serious first.
    pub edits: &'c [Edit],
    /// How similar it is to the place: from 0 to 1.
    pub similarity: f64,
}

/// A place in a report.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct PlaceRecord<'c> {
    /// The stable id of the paragraph.
    pub id: &'c Id,
    /// Where it is.
    pub citation: CitationRecord<'c>,
    /// The role of the paragraph in its report.
    pub role: Role,
    /// The whole paragraph.
    pub text: &'c str,
    /// The part that is quoted: bytes of `text`.
    pub bytes: &'c Range<usize>,
    /// The part of the quotation that was found here: bytes of its text.
    pub quoted: &'c Range<usize>,
}

impl<'c> CheckedQuotationRecord<'c> {
    /// The record of a checked quotation.
    pub fn new(checked: &CheckedQuotation<'c>) -> Self {
        let CheckedQuotation { number, quotation, check } = *checked;
        let nearest = || check.nearest.as_ref().map(|place| place.citation.clone());
        let cite = check.citation().or_else(nearest).map(|citation| citation.to_string());
        Self {
            number,
            quotation,
            check: CheckRecord::new(check),
            cite,
            about: None,
            article: None,
            group: checked.group().as_str(),
        }
    }

    /// The same record with the name of the article.
    #[must_use]
    pub fn article(mut self, name: &'c str) -> Self {
        self.article = Some(name);
        self
    }

    /// The same record with what the article is about.
    #[must_use]
    pub fn about(mut self, about: Option<&'c About>) -> Self {
        self.about = about;
        self
    }
}

impl<'c> CheckRecord<'c> {
    /// The record of a check.
    pub fn new(check: &'c Check) -> Self {
        Self {
            verdict: check.verdict,
            text: &check.text,
            places: check.places.iter().map(PlaceRecord::new).collect(),
            consecutive: check.consecutive,
            total: check.total,
            reports: check.reports,
            edits: &check.edits,
            similarity: check.similarity,
            nearest: check.nearest.as_ref().map(PlaceRecord::new),
            boilerplate: check.boilerplate,
            short: check.short,
            unchecked: check.unchecked,
            complete: check.complete,
            unread: check.unread,
            unfinished: check.unfinished,
            in_about: check.in_about.as_ref().map(InAboutRecord::new),
            outside: check.outside.as_ref().map(PlaceRecord::new),
            addressed: check.addressed.as_deref(),
            younger: check.younger,
            found: check.found.as_deref(),
        }
    }
}

impl<'c> InAboutRecord<'c> {
    /// The record of a quotation in the reports that its article is about.
    pub fn new(found: &'c InAbout) -> Self {
        let InAbout { verdict, place, edits, similarity, .. } = found;
        let place = place.as_ref().map(PlaceRecord::new);
        Self { verdict: *verdict, place, edits, similarity: *similarity }
    }
}

impl<'c> PlaceRecord<'c> {
    /// The record of a place.
    pub fn new(place: &'c Place) -> Self {
        Self {
            id: &place.id,
            citation: CitationRecord::new(&place.citation),
            role: place.role,
            text: &place.text,
            bytes: &place.bytes,
            quoted: &place.quoted,
        }
    }
}
