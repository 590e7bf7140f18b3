//! Where in each report a query finds something.

use quotable_report::Date;
use serde::{Deserialize, Serialize};

use crate::answer::count::restricted;
use crate::answer::provenance::{self, Provenance};
use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::hit::Counts;
use crate::store::state::State;
use crate::store::word_counts::WordCounts;

/// Where in each report of the restricted corpus a query finds something: what a dispersion plot draws.
///
/// ```
/// use quotable_index::Index;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.put_bytes("west.txt", b"Care is late.\n\nStaff say that care is poor.")?;
/// writer.put_bytes("east.txt", b"All is well.")?;
/// writer.finish()?;
/// let found = index.search(&"care".parse()?)?.dispersal()?;
/// let (east, west) = (&found.reports[0], &found.reports[1]);
/// assert_eq!((east.path.as_str(), east.words, east.occurrences.as_slice()), ("east.txt", 3, [].as_slice()));
/// assert_eq!((west.path.as_str(), west.words, west.occurrences.as_slice()), ("west.txt", 9, [0, 6].as_slice()));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Dispersal {
    /// Every report of the restricted corpus, in report order.
    pub reports: Vec<ReportOccurrences>,
    /// What the query found.
    pub counts: Counts,
    /// Version, corpus and query, to repeat the counts.
    pub provenance: Provenance,
}

/// The places of the occurrences in one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReportOccurrences {
    /// The path of the report.
    pub path: String,
    /// The name of the authority.
    pub authority: Option<String>,
    /// The day of publication, or of the end of the inspection.
    pub dated: Option<Date>,
    /// The number of words of the paragraphs that are searched.
    pub words: u64,
    /// For each occurrence, how many words of those paragraphs come before it; ascending.
    pub occurrences: Vec<u64>,
}

/// The places of the occurrences in every report.
pub(crate) fn dispersal(compiled: &CompiledQuery) -> Result<Dispersal> {
    let state: &State = &compiled.state;
    let (all, _) = restricted(compiled)?;
    let lengths = WordCounts::open(state)?;
    let mut paragraphs: Vec<(u32, u32, u64)> = Vec::new();
    all.each(false, |found, place| {
        paragraphs.push((found.source, found.ordinal, lengths.get(place.segment, place.doc)));
    })?;
    paragraphs.sort_unstable();
    // From here on the words before each paragraph in its report.
    let mut reports: Vec<(u32, ReportOccurrences)> = Vec::new();
    for (source, _, words) in &mut paragraphs {
        if reports.last().is_none_or(|(last, _)| last != source) {
            let entry = state.sources().entry(*source);
            let report = ReportOccurrences {
                path: entry.map(|entry| entry.path.clone()).unwrap_or_default(),
                authority: entry.and_then(|entry| Some(entry.authority.as_ref()?.name.clone())),
                dated: entry.and_then(|entry| entry.day()),
                words: 0,
                occurrences: Vec::new(),
            };
            reports.push((*source, report));
        }
        if let Some((_, report)) = reports.last_mut() {
            report.words += std::mem::replace(words, report.words);
        }
    }
    let counts = compiled.each_occurrence(|found, _, positions| {
        let key = (found.source, found.ordinal);
        let paragraph = paragraphs.binary_search_by_key(&key, |(source, ordinal, _)| (*source, *ordinal));
        let report = reports.binary_search_by_key(&found.source, |(source, _)| *source);
        if let (Some((_, _, before)), Some((_, report))) =
            (paragraph.ok().and_then(|at| paragraphs.get(at)), report.ok().and_then(|at| reports.get_mut(at)))
        {
            report
                .occurrences
                .extend(positions.iter().map(|occurrence| before + u64::from(occurrence.start)));
        }
    })?;
    let sorted = |(_, mut report): (u32, ReportOccurrences)| {
        report.occurrences.sort_unstable();
        report
    };
    Ok(Dispersal {
        reports: reports.into_iter().map(sorted).collect(),
        counts,
        provenance: provenance::of(compiled),
    })
}
