//! Counts by facet, with their denominators.

use std::collections::{BTreeMap, HashSet};

use quotable_query::{Query, Scope};
use serde::{Deserialize, Serialize};

use crate::answer::extent::Extent;
use crate::answer::facet::{Column, Facet};
use crate::answer::provenance::{self, Provenance};
use crate::error::{Error, ErrorKind, Result};
use crate::search::compiled::CompiledQuery;
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::search::hit::{Counts, Share};
use crate::search::options::{Boilerplate, SearchOptions};
use crate::store::kept_sums::{RowSums, Sums};
use crate::store::word_counts::WordCounts;

/// Counts by one to three facets. Every number is exact.
///
/// There is a row for every value, or combination of values that occurs, of the searched paragraphs, with or without matches: a year without
/// matches is a row of zeros. Occurrences and paragraphs add up over the rows to the total. Reports add up only for a facet
/// of reports: otherwise one report may have paragraphs in several rows.
///
/// Denominators are those of the *restricted corpus*: the searched paragraphs (body text, and tables and notes if the
/// options include them, within the [part](crate::SearchOptions::within) of the corpus that the options name) that pass
/// the top-level parts of the query without words. For `unallocated authority:marlowe date:2014..` these are the paragraphs
/// of that authority since 2014. Excluded boilerplate is excluded from denominators too.
///
/// The documented record, which only grows, is `export::count::CountTableRecord` of the crate `quotable`; the form
/// that serde gives this type is for passing it between programs of one version.
///
/// ```
/// use quotable_index::{Facet, Index};
/// use quotable_report::{Date, Paragraph, Report};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// for (year, text) in [(2018, "Care is poor. Care is late."), (2024, "All is well.")] {
///     let mut report = Report::new(year.to_string());
///     report.published = Date::new(year, 3, 1);
///     report.paragraphs.push(Paragraph::new(text));
///     writer.put(report)?;
/// }
/// writer.finish()?;
/// let table = index.search(&"care".parse()?)?.count_by(&[Facet::Year])?;
/// let counts: Vec<_> =
///     table.rows.iter().map(|row| (row.values[0].as_deref(), row.occurrences, row.all_words)).collect();
/// assert_eq!(counts, [(Some("2018"), 2, 6), (Some("2024"), 0, 3)]);
/// assert_eq!((table.total.reports, table.total.all_reports), (1, 2));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CountTable {
    /// The facets.
    pub by: Vec<Facet>,
    /// Sorted by value: years and frameworks by time, grades from the best, reports from the newest, other facets by name.
    /// Rows without a value come last.
    pub rows: Vec<CountRow>,
    /// The counts over all rows.
    pub total: CountRow,
    /// The share of boilerplate in the total; see [`Counts::boilerplate`](crate::Counts::boilerplate).
    pub boilerplate: Share,
    /// The parts of the resolved query that restrict the corpus, in the query language; `None` if none does.
    pub restriction: Option<String>,
    /// The printed name of every authority, by the key that is the value of its rows; empty without the facet
    /// [`Authority`](Facet::Authority).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub authority_names: BTreeMap<String, String>,
    /// Version, corpus and query, to repeat the counts.
    pub provenance: Provenance,
}

/// One row of a [`CountTable`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CountRow {
    /// The value of each facet; `None` if unknown. Empty for the total.
    pub values: Vec<Option<String>>,
    /// The number of occurrences.
    pub occurrences: u64,
    /// The number of matching paragraphs.
    pub paragraphs: u64,
    /// The number of reports with at least one matching paragraph.
    pub reports: u64,
    /// The share of boilerplate; zero if boilerplate is excluded.
    pub boilerplate: Share,
    /// The number of reports of the restricted corpus with at least one paragraph of these values.
    pub all_reports: u64,
    /// The number of paragraphs of the restricted corpus with these values.
    pub all_paragraphs: u64,
    /// The number of words in those paragraphs.
    pub all_words: u64,
    /// Occurrences per 10,000 of those words; `None` if there are none.
    pub per_10_000_words: Option<f64>,
}

/// The order of the rows of a count table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CountSort {
    /// By the values of the facets: time, rank or name.
    #[default]
    Value,
    /// Most occurrences first.
    Count,
    /// The highest rate first; rows without words last.
    Rate,
}

impl CountTable {
    /// The counts of the total, as [`Search::count`](crate::Search::count) gives them.
    pub fn counts(&self) -> Counts {
        let CountRow { occurrences, paragraphs, reports, .. } = self.total;
        Counts { occurrences, paragraphs, reports, boilerplate: self.boilerplate, exact: true }
    }

    /// Sorts the rows. Rows that are equal in the new order keep their places.
    pub fn sort(&mut self, sort: CountSort) {
        match sort {
            // The order in which tables are made.
            CountSort::Value => {}
            CountSort::Count => self.rows.sort_by_key(|row| std::cmp::Reverse(row.occurrences)),
            CountSort::Rate => self.rows.sort_by(|one, other| {
                let rate = |row: &CountRow| row.per_10_000_words.unwrap_or(-1.0);
                rate(other).total_cmp(&rate(one))
            }),
        }
    }
}

impl CountRow {
    /// Computes the rate from the counts.
    fn with_rate(mut self) -> Self {
        // The conversion is exact: counts of a corpus are far below 2^53.
        let rate = self.occurrences as f64 * 10_000.0 / self.all_words as f64;
        self.per_10_000_words = (self.all_words > 0).then_some(rate);
        self
    }
}

/// The amount of text in the restricted corpus of a search.
pub(crate) fn extent(compiled: &CompiledQuery) -> Result<Extent> {
    let (all, restriction) = restricted(compiled)?;
    if restriction.is_none() && covers_all(&compiled.options) {
        // On record by source: no paragraph has to be read.
        let mut extent = Extent::default();
        for (_, paragraphs, words) in searched_sources(&all) {
            extent.paragraphs += paragraphs;
            extent.words += words;
            extent.reports += 1;
        }
        return Ok(extent);
    }
    let lengths = WordCounts::open(&compiled.state)?;
    let mut words = 0;
    let counts = all.each(false, |_, place| words += lengths.get(place.segment, place.doc))?;
    Ok(Extent { paragraphs: counts.paragraphs, words, reports: counts.reports })
}

/// The sources that a search for the whole corpus searches: the number of each, and its paragraphs and words, if it has any.
/// Right where the search [covers all](covers_all) of each source.
fn searched_sources(all: &CompiledQuery) -> impl Iterator<Item = (u32, u64, u64)> {
    let CompiledQuery { state, plan, options, .. } = all;
    let parts = [true, options.tables, options.notes];
    let each = (0..).zip(state.sources().entries()).filter(|(source, _)| {
        plan.searched.as_ref().is_none_or(|searched| searched.get(*source as usize) == Some(&true))
    });
    each.filter_map(move |(source, entry)| {
        let (paragraphs, words) = entry.size(parts);
        (paragraphs > 0).then_some((source, paragraphs, words))
    })
}

/// True if the denominators of sources can come from the source table: no paragraph is left out as boilerplate, and
/// paragraphs are the unit of the search.
pub(super) fn covers_all(options: &SearchOptions) -> bool {
    options.boilerplate != Boilerplate::Exclude && options.scope == Scope::Paragraph
}

/// A search for the whole restricted corpus, and the parts of the query that restrict it.
pub(super) fn restricted(compiled: &CompiledQuery) -> Result<(CompiledQuery, Option<Query>)> {
    let restriction = restriction(&compiled.read);
    let query = restriction.as_ref().unwrap_or(&Query::All);
    Ok((CompiledQuery::new(&compiled.state, query, &compiled.options)?, restriction))
}

/// The most facets of a table.
const MOST_FACETS: usize = 3;

/// The number of the value of each facet; zero for facets that the table lacks.
type Values = [u32; MOST_FACETS];

/// Counts by one to three facets.
pub(crate) fn by(compiled: &CompiledQuery, facets: &[Facet]) -> Result<CountTable> {
    let mut tables = by_each(compiled, &[facets])?;
    tables.pop().ok_or_else(|| Error::new(ErrorKind::Invalid, "choose what to count by"))
}

/// Several tables, in one pass over the paragraphs found and one over the restricted corpus.
pub(crate) fn by_each(compiled: &CompiledQuery, tables: &[&[Facet]]) -> Result<Vec<CountTable>> {
    let mut all_cells: Vec<Cells> = Vec::with_capacity(tables.len());
    for facets in tables {
        check_facets(facets)?;
        let columns = facets.iter().map(|facet| Column::new(&compiled.state, facet));
        all_cells.push(Cells::new(facets, columns.collect::<Result<_>>()?));
    }
    let (all, restriction) = restricted(compiled)?;
    let all = all.of_one_answer();
    // Denominators by source are on record: no paragraph has to be read.
    let on_record = restriction.is_none() && covers_all(&compiled.options);
    // Those of paragraphs depend on what is searched alone: a page in the browser asks for them with every query.
    let kept = compiled.state.kept_sums();
    let key = |cells: &Cells| cells.key(&compiled.options);
    let mut steps = 0;
    for cells in all_cells.iter_mut().filter(|cells| on_record && !cells.are_of_sources()) {
        if let Some(sums) = kept.get(&key(cells)) {
            cells.put_denominators(&sums);
            steps = steps.max(sums.steps);
        }
    }
    let (mut of_sources, mut of_paragraphs): (Vec<&mut Cells>, Vec<&mut Cells>) =
        all_cells.iter_mut().partition(|cells| cells.are_of_sources());
    // Tables of sources alone are made of sums by source: a paragraph is added once, however many tables there are.
    let mut by_source = vec![OfSource::default(); compiled.state.sources().len()];
    if on_record {
        for (source, paragraphs, words) in searched_sources(&all) {
            if let Some(of_source) = by_source.get_mut(source as usize) {
                (of_source.all_paragraphs, of_source.all_words) = (paragraphs, words);
            }
        }
    }
    let mut unknown: Vec<&mut &mut Cells> =
        of_paragraphs.iter_mut().filter(|cells| !cells.has_denominators).collect();
    if !unknown.is_empty() || (!on_record && !of_sources.is_empty()) {
        let words = WordCounts::open(&compiled.state)?;
        let taken = || all.options.account.as_ref().map_or(0, |account| account.taken());
        let before = taken();
        all.each(false, |found, place| {
            let words = words.get(place.segment, place.doc);
            if !on_record && let Some(of_source) = by_source.get_mut(found.source as usize) {
                of_source.all_paragraphs += 1;
                of_source.all_words += words;
            }
            for cells in &mut unknown {
                cells.each(&found, place, |row, is_new| {
                    row.all_reports += u64::from(is_new);
                    row.all_paragraphs += 1;
                    row.all_words += words;
                });
            }
        })?;
        let steps = taken() - before;
        for cells in unknown.iter().filter(|_| on_record) {
            kept.keep(key(cells), cells.rows.len(), || cells.denominators(steps));
        }
    } else {
        let mut interrupt = all.options.interrupt();
        interrupt.charge(steps)?;
        interrupt.look()?;
    }
    // The pass for the numerators counts reports from the start.
    of_paragraphs.iter_mut().for_each(|cells| cells.forget_reports());
    let counts = compiled.each(false, |found, place| {
        if let Some(of_source) = by_source.get_mut(found.source as usize) {
            of_source.paragraphs += 1;
            of_source.occurrences += u64::from(found.occurrences);
            if found.boilerplate > 0 {
                of_source.boilerplate.add(found.occurrences);
            }
        }
        for cells in &mut of_paragraphs {
            cells.each(&found, place, |row, is_new| {
                row.reports += u64::from(is_new);
                row.paragraphs += 1;
                row.occurrences += u64::from(found.occurrences);
                if found.boilerplate > 0 {
                    row.boilerplate.add(found.occurrences);
                }
            });
        }
    })?;
    for cells in &mut of_sources {
        cells.add_sources(&by_source);
    }
    let restriction = restriction.map(|restriction| restriction.to_string());
    let provenance = provenance::of(compiled);
    let table = |cells: Cells| {
        let Cells { facets, columns, places, rows, total, .. } = cells;
        let named = |(numbers, row): (Values, usize)| {
            let values = columns.iter().zip(numbers).map(|(column, number)| column.value(number));
            let counted = rows[row].row.clone();
            CountRow { values: values.map(|value| value.map(str::to_owned)).collect(), ..counted }.with_rate()
        };
        CountTable {
            rows: places.into_iter().map(named).collect(),
            total: total.row.with_rate(),
            boilerplate: counts.boilerplate,
            restriction: restriction.clone(),
            authority_names: if facets.contains(&Facet::Authority) {
                names(compiled)
            } else {
                BTreeMap::new()
            },
            provenance: provenance.clone(),
            by: facets,
        }
    };
    Ok(all_cells.into_iter().map(table).collect())
}

/// # Errors
/// [`Invalid`](ErrorKind::Invalid) for no facet, too many, or the same one twice.
fn check_facets(facets: &[Facet]) -> Result<()> {
    if let Some(at) = (1..facets.len()).find(|&at| facets[..at].contains(&facets[at])) {
        let message = format!("“{}” is named twice; count by each thing once", facets[at]);
        return Err(Error::new(ErrorKind::Invalid, message));
    }
    if facets.is_empty() || facets.len() > MOST_FACETS {
        return Err(Error::new(ErrorKind::Invalid, "choose one, two or three different things to count by"));
    }
    Ok(())
}

/// The printed names of the authorities of the corpus, by key.
fn names(compiled: &CompiledQuery) -> BTreeMap<String, String> {
    let authorities = compiled.state.sources().entries().iter().filter_map(|entry| entry.authority.as_ref());
    authorities.map(|authority| (authority.key.clone(), authority.name.clone())).collect()
}

/// A table without facets: the total alone.
pub(crate) fn total(compiled: &CompiledQuery) -> Result<CountTable> {
    // The total is the same by any facet. Kind has the fewest values.
    let mut table = by(compiled, &[Facet::Kind])?;
    table.by.clear();
    table.rows.clear();
    Ok(table)
}

/// What a source has of the paragraphs found, and of all that are searched.
#[derive(Clone, Copy, Default)]
struct OfSource {
    paragraphs: u64,
    occurrences: u64,
    boilerplate: Share,
    all_paragraphs: u64,
    all_words: u64,
}

/// The rows of a table while they are counted.
struct Cells {
    facets: Vec<Facet>,
    columns: Vec<Column>,
    /// The index of the row of each combination of values. Sorted, which gives the order of the table.
    places: BTreeMap<Values, usize>,
    rows: Vec<Cell>,
    /// The last values and their row. Neighbouring paragraphs mostly have the same values, which saves the lookup.
    last: Option<(Values, usize)>,
    total: Cell,
    /// True if the denominators are those that were kept.
    has_denominators: bool,
}

/// A row, and the reports counted in it.
#[derive(Default)]
struct Cell {
    row: CountRow,
    /// The last report, checked before the set: neighbouring paragraphs are mostly of one report.
    last: Option<u32>,
    /// All reports counted.
    seen: HashSet<u32>,
}

impl Cell {
    /// Marks a report as counted; true if it was not before.
    fn insert_report(&mut self, source: u32) -> bool {
        self.last.replace(source) != Some(source) && self.seen.insert(source)
    }
}

impl Cells {
    fn new(facets: &[Facet], columns: Vec<Column>) -> Self {
        let (places, rows, total) = (BTreeMap::new(), Vec::new(), Cell::default());
        Self { facets: facets.to_vec(), columns, places, rows, last: None, total, has_denominators: false }
    }

    /// What the denominators depend on, where no part of the query restricts the corpus.
    fn key(&self, options: &SearchOptions) -> String {
        let SearchOptions { tables, notes, duplicates, within, .. } = options;
        format!("{:?}", (&self.facets, tables, notes, duplicates, within))
    }

    /// The denominators, which took so many steps to find.
    fn denominators(&self, steps: u64) -> Sums {
        let sums = |row: &CountRow| RowSums {
            reports: row.all_reports,
            paragraphs: row.all_paragraphs,
            words: row.all_words,
        };
        let rows =
            self.places.iter().filter_map(|(values, at)| Some((*values, sums(&self.rows.get(*at)?.row))));
        Sums { rows: rows.collect(), total: sums(&self.total.row), steps }
    }

    /// Makes the rows of denominators that were kept.
    fn put_denominators(&mut self, sums: &Sums) {
        let put = |row: &mut CountRow, sums: &RowSums| {
            (row.all_reports, row.all_paragraphs, row.all_words) =
                (sums.reports, sums.paragraphs, sums.words);
        };
        self.has_denominators = true;
        put(&mut self.total.row, &sums.total);
        for (values, sums) in &sums.rows {
            let at = self.row_of_values(*values);
            if let Some(cell) = self.rows.get_mut(at) {
                put(&mut cell.row, sums);
            }
        }
    }

    /// True if the values depend on the source alone.
    fn are_of_sources(&self) -> bool {
        self.columns.iter().all(Column::is_of_sources)
    }

    /// Adds the sums by source to their rows and to the total.
    fn add_sources(&mut self, by_source: &[OfSource]) {
        for (source, of_source) in (0..).zip(by_source) {
            if of_source.all_paragraphs == 0 && of_source.paragraphs == 0 {
                continue;
            }
            let found = FoundParagraph { source, ..FoundParagraph::default() };
            let at = self.row_of(&found, SegmentDoc { segment: 0, doc: 0 });
            for Cell { row, .. } in self.rows.get_mut(at).into_iter().chain([&mut self.total]) {
                row.all_reports += u64::from(of_source.all_paragraphs > 0);
                row.all_paragraphs += of_source.all_paragraphs;
                row.all_words += of_source.all_words;
                row.reports += u64::from(of_source.paragraphs > 0);
                row.paragraphs += of_source.paragraphs;
                row.occurrences += of_source.occurrences;
                row.boilerplate.merge(of_source.boilerplate);
            }
        }
    }

    /// Calls `add` with the row of a paragraph and with the total. The flag says that the report is new to the row.
    fn each(&mut self, found: &FoundParagraph, place: SegmentDoc, mut add: impl FnMut(&mut CountRow, bool)) {
        let at = self.row_of(found, place);
        for cell in self.rows.get_mut(at).into_iter().chain([&mut self.total]) {
            let is_new = cell.insert_report(found.source);
            add(&mut cell.row, is_new);
        }
    }

    /// The index of the row of a paragraph.
    fn row_of(&mut self, found: &FoundParagraph, place: SegmentDoc) -> usize {
        let mut values = Values::default();
        for (value, column) in values.iter_mut().zip(&self.columns) {
            *value = column.of(found, place);
        }
        self.row_of_values(values)
    }

    /// The index of the row with these values.
    fn row_of_values(&mut self, values: Values) -> usize {
        let at = match self.last {
            Some((last, at)) if last == values => at,
            _ => *self.places.entry(values).or_insert_with(|| {
                self.rows.push(Cell::default());
                self.rows.len() - 1
            }),
        };
        self.last = Some((values, at));
        at
    }

    /// Clears the sets of counted reports.
    fn forget_reports(&mut self) {
        for cell in self.rows.iter_mut().chain([&mut self.total]) {
            cell.last = None;
            cell.seen = HashSet::new();
        }
    }
}

/// The top-level parts of a query without words; `None` if there are none.
pub(super) fn restriction(query: &Query) -> Option<Query> {
    let mut parts = match query.clone().normalised() {
        Query::And(parts) => parts,
        one => vec![one],
    };
    parts.retain(is_wordless);
    (!parts.is_empty()).then(|| Query::And(parts).normalised())
}

/// True if the query consists of filters alone.
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
    fn parts_without_words_restrict_the_corpus() {
        let of = |query: &str| restriction(&query.parse().unwrap()).map(|query| query.to_string());
        assert_eq!(of("care date:2014.. -kind:article").unwrap(), "date:2014.. NOT kind:article");
        assert_eq!(of("care (page:1 OR page:2)").unwrap(), "page:1 OR page:2");
        assert_eq!(of("(care page:1) OR page:2"), None);
        assert_eq!(of("care -leavers"), None);
    }
}
