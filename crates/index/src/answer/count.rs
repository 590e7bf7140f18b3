//! Counts by what is known of paragraphs, with what they are to be divided by.

use std::collections::{BTreeMap, HashSet};

use quotable_query::{Query, Scope};
use serde::{Deserialize, Serialize};

use crate::answer::extent::Extent;
use crate::answer::facet::{Column, Facet};
use crate::answer::provenance::{self, Provenance};
use crate::error::{Error, ErrorKind, Result};
use crate::search::compiled::CompiledQuery;
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::search::hit::Share;
use crate::search::options::{Boilerplate, SearchOptions};
use crate::store::engine_panic::catch_engine_panic;
use crate::store::word_counts::WordCounts;

/// What is found, by one facet or two. Every number is exact.
///
/// A row stands for every value, or pair of values, that any paragraph searched has, found in or not: a year in which
/// nothing is found is a row of zeros. Occurrences and paragraphs of the rows add up to the total; reports do so only
/// by a facet of reports, as one report may have paragraphs in several rows.
///
/// Denominators are those of the *restricted corpus*: the paragraphs that are searched (body text, and tables and
/// notes if asked for, in the [part](crate::SearchOptions::within) of the corpus asked for) and pass those parts of the
/// query that hold no words, as far as they stand at its top: of `unallocated authority:marlowe date:2014..` those of
/// that authority since then. What is left out as boilerplate is left out of them too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CountTable {
    /// By what was counted.
    pub by: Vec<Facet>,
    /// In the order of the values: years and frameworks by time, grades best first, reports newest first, all else
    /// by name; those of no value last.
    pub rows: Vec<CountRow>,
    /// The whole.
    pub total: CountRow,
    /// What of the whole is boilerplate; see [`Counts::boilerplate`](crate::Counts::boilerplate).
    pub boilerplate: Share,
    /// The part of the query as read that restricts the corpus, in the query language; `None` if there is none.
    pub restriction: Option<String>,
    /// What makes the numbers repeatable.
    pub provenance: Provenance,
}

/// One row of a [`CountTable`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CountRow {
    /// The value of each facet; `None` where it is not known. Empty for the total.
    pub values: Vec<Option<String>>,
    /// Occurrences.
    pub occurrences: u64,
    /// Paragraphs that match.
    pub paragraphs: u64,
    /// Reports with at least one of them.
    pub reports: u64,
    /// What of it is boilerplate; nothing where boilerplate is left out.
    pub boilerplate: Share,
    /// Reports of the restricted corpus with at least one paragraph of these values.
    pub all_reports: u64,
    /// Paragraphs of the restricted corpus of these values.
    pub all_paragraphs: u64,
    /// Words of those paragraphs.
    pub all_words: u64,
    /// Occurrences for every 10,000 of those words; `None` if there are no words.
    pub per_10_000_words: Option<f64>,
}

impl CountRow {
    fn settle(mut self) -> Self {
        // Counts of a corpus are far below 2^53.
        let rate = self.occurrences as f64 * 10_000.0 / self.all_words as f64;
        self.per_10_000_words = (self.all_words > 0).then_some(rate);
        self
    }
}

/// The amount of text in the restricted corpus of a search.
pub(crate) fn extent(compiled: &CompiledQuery) -> Result<Extent> {
    let (all, _) = restricted(compiled)?;
    let lengths = WordCounts::open(&compiled.state)?;
    let mut words = 0;
    let counts = all.each(false, |_, place| words += lengths.get(place.segment, place.doc))?;
    Ok(Extent { paragraphs: counts.paragraphs, words, reports: counts.reports })
}

/// True if the search covers every paragraph of the parts that it searches, with or without words.
fn covers_all(options: &SearchOptions) -> bool {
    options.boilerplate != Boilerplate::Exclude && options.scope == Scope::Paragraph
}

/// The search for the whole restricted corpus, and the part of the query that restricts it.
fn restricted(compiled: &CompiledQuery) -> Result<(CompiledQuery, Option<Query>)> {
    let restriction = restriction(&compiled.read);
    let query = restriction.as_ref().unwrap_or(&Query::All);
    Ok((CompiledQuery::new(&compiled.state, query, &compiled.options)?, restriction))
}

/// Counts by one facet or two.
pub(crate) fn by(compiled: &CompiledQuery, facets: &[Facet]) -> Result<CountTable> {
    let (first, second) = match *facets {
        [first] => (first, None),
        [first, second] if first != second => (first, Some(second)),
        _ => return Err(Error::new(ErrorKind::Invalid, "choose one thing to count by, or two of them")),
    };
    let column = |facet| catch_engine_panic(|| Column::new(&compiled.state, facet));
    let first = column(first)?;
    let second = second.map(column).transpose()?;
    let mut cells = Cells::new(first, second);
    let (all, restriction) = restricted(compiled)?;
    if restriction.is_none() && cells.are_of_sources() && covers_all(&compiled.options) {
        cells.add_sources(&all);
    } else {
        let words = WordCounts::open(&compiled.state)?;
        all.each(false, |found, place| {
            let words = words.get(place.segment, place.doc);
            cells.each(&found, place, |row, is_new| {
                row.all_reports += u64::from(is_new);
                row.all_paragraphs += 1;
                row.all_words += words;
            });
        })?;
    }
    cells.forget();
    let counts = compiled.each(false, |found, place| {
        cells.each(&found, place, |row, is_new| {
            row.reports += u64::from(is_new);
            row.paragraphs += 1;
            row.occurrences += u64::from(found.occurrences);
            if found.boilerplate > 0 {
                row.boilerplate.add(found.occurrences);
            }
        });
    })?;
    let Cells { first, second, places, rows, total, .. } = cells;
    let named = |((one, other), row): ((u32, u32), usize)| {
        let values =
            std::iter::once(first.value(one)).chain(second.as_ref().map(|second| second.value(other)));
        let counted = rows.get(row).map(|cell| cell.row.clone()).unwrap_or_default();
        CountRow { values: values.map(|value| value.map(str::to_owned)).collect(), ..counted }.settle()
    };
    Ok(CountTable {
        by: facets.to_vec(),
        rows: places.into_iter().map(named).collect(),
        total: total.row.settle(),
        boilerplate: counts.boilerplate,
        restriction: restriction.map(|restriction| restriction.to_string()),
        provenance: provenance::of(compiled),
    })
}

/// The rows while they are counted.
struct Cells {
    first: Column,
    second: Option<Column>,
    /// Where the row of each pair of values is.
    places: BTreeMap<(u32, u32), usize>,
    rows: Vec<Cell>,
    /// The pair seen last, which is mostly the next one too, and its row.
    last: Option<((u32, u32), usize)>,
    total: Cell,
}

#[derive(Default)]
struct Cell {
    row: CountRow,
    /// The report seen last, which is mostly the next one too.
    last: Option<u32>,
    /// All reports seen.
    seen: HashSet<u32>,
}

impl Cell {
    /// True if the report is seen for the first time.
    fn see(&mut self, source: u32) -> bool {
        self.last.replace(source) != Some(source) && self.seen.insert(source)
    }
}

impl Cells {
    fn new(first: Column, second: Option<Column>) -> Self {
        let (places, rows, total) = (BTreeMap::new(), Vec::new(), Cell::default());
        Self { first, second, places, rows, last: None, total }
    }

    /// True if all paragraphs of a source have the same values.
    fn are_of_sources(&self) -> bool {
        self.first.is_of_sources() && self.second.as_ref().is_none_or(Column::is_of_sources)
    }

    /// Adds all that is searched, as what is known of sources has it.
    fn add_sources(&mut self, all: &CompiledQuery) {
        let CompiledQuery { state, plan, options, .. } = all;
        let parts = [true, options.tables, options.notes];
        for (source, entry) in (0..).zip(state.sources().entries()) {
            let (paragraphs, words) = entry.size(parts);
            let is_searched =
                plan.within.as_ref().is_none_or(|within| within.get(source as usize) == Some(&true));
            if paragraphs > 0 && is_searched {
                let found = FoundParagraph { source, ..FoundParagraph::default() };
                self.each(&found, SegmentDoc { segment: 0, doc: 0 }, |row, is_new| {
                    row.all_reports += u64::from(is_new);
                    row.all_paragraphs += paragraphs;
                    row.all_words += words;
                });
            }
        }
    }

    fn each(&mut self, found: &FoundParagraph, place: SegmentDoc, mut add: impl FnMut(&mut CountRow, bool)) {
        let second = self.second.as_ref().map_or(0, |second| second.of(found, place));
        let pair = (self.first.of(found, place), second);
        let at = match self.last {
            Some((last, at)) if last == pair => at,
            _ => *self.places.entry(pair).or_insert_with(|| {
                self.rows.push(Cell::default());
                self.rows.len() - 1
            }),
        };
        self.last = Some((pair, at));
        for cell in self.rows.get_mut(at).into_iter().chain([&mut self.total]) {
            let is_new = cell.see(found.source);
            add(&mut cell.row, is_new);
        }
    }

    /// Forgets which reports were seen.
    fn forget(&mut self) {
        for cell in self.rows.iter_mut().chain([&mut self.total]) {
            cell.last = None;
            cell.seen = HashSet::new();
        }
    }
}

/// The parts at the top of the query that hold no words, if there are any.
fn restriction(query: &Query) -> Option<Query> {
    let mut parts = match query.clone().normalised() {
        Query::And(parts) => parts,
        one => vec![one],
    };
    parts.retain(is_wordless);
    (!parts.is_empty()).then(|| Query::And(parts).normalised())
}

fn is_wordless(query: &Query) -> bool {
    match query {
        Query::Filter(_) | Query::All => true,
        Query::And(parts) | Query::Or(parts) => parts.iter().all(is_wordless),
        Query::Not(part) => is_wordless(part),
        Query::Within { query, .. } => is_wordless(query),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::restriction;

    #[test]
    fn what_holds_no_words_restricts() {
        let of = |query: &str| restriction(&query.parse().unwrap()).map(|query| query.to_string());
        assert_eq!(of("care date:2014.. -kind:article").unwrap(), "date:2014.. NOT kind:article");
        assert_eq!(of("care (page:1 OR page:2)").unwrap(), "page:1 OR page:2");
        assert_eq!(of("(care page:1) OR page:2"), None);
        assert_eq!(of("care -leavers"), None);
    }
}
