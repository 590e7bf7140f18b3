//! Trends: how often queries find something, period by period, with intervals.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use quotable_codebook::CodeBook;
use quotable_query::Query;
use quotable_report::UnknownName;
use quotable_stats::{Interval, poisson, wilson};
use serde::{Deserialize, Serialize};

use crate::answer::count::{covers_all, restricted};
use crate::answer::provenance::{self, Provenance};
use crate::error::{Error, ErrorKind, Result};
use crate::parallel::{in_threads, threads};
use crate::search::compiled::CompiledQuery;
use crate::search::hit::Share;
use crate::search::named_field::frameworks;
use crate::search::options::SearchOptions;
use crate::store::entry::Entry;
use crate::store::state::State;
use crate::store::word_counts::WordCounts;

/// What the periods of a trend are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Period {
    /// Years of publication, `2018`; of the end of the inspection where that day is not known.
    #[default]
    Year,
    /// Quarters of years, `2018-Q3`.
    Quarter,
    /// Months, `2018-07`.
    Month,
    /// Frameworks of inspection, in the order of time.
    Framework,
}

impl Period {
    /// Every kind of period.
    pub const ALL: [Self; 4] = [Self::Year, Self::Quarter, Self::Month, Self::Framework];

    /// The name used in tables and JSON: `year`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Framework => "framework",
        }
    }

    /// The period of a report; `None` if it is not known.
    fn of(self, entry: &Entry) -> Option<String> {
        if self == Self::Framework {
            return entry.framework.as_ref().map(|framework| framework.as_str().to_owned());
        }
        let day = entry.day()?;
        Some(match self {
            Self::Quarter => format!("{:04}-Q{}", day.year(), (day.month() - 1) / 3 + 1),
            Self::Month => format!("{:04}-{:02}", day.year(), day.month()),
            _ => format!("{:04}", day.year()),
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Period {
    type Err = UnknownName;

    /// The kind of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

/// A query of a trend, and the name of its series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendQuery {
    /// The name of the series.
    pub name: String,
    /// The query.
    pub query: Query,
}

impl TrendQuery {
    /// A query that is named by its text.
    pub fn new(query: Query) -> Self {
        Self { name: query.to_string(), query }
    }

    /// A series for every query of a code book, in the order of the book, named by its title. The options of the trend must
    /// have the same code book.
    pub fn of_codes(book: &CodeBook) -> Vec<Self> {
        let code = |code: &quotable_codebook::Code| Self {
            name: code.title.clone(),
            query: Query::named(&code.name),
        };
        book.codes().iter().map(code).collect()
    }
}

/// How often several queries find something, period by period.
///
/// Every series has a point for each period in which the corpus has a report, with or without matches. Denominators are those
/// of a [`CountTable`](crate::CountTable): filters at the top of a query restrict them. Intervals are of 95 %: exact Poisson
/// intervals of the rate (Garwood 1936), and intervals of Wilson (1927) of the share of reports. They take occurrences as
/// independent of one another; where one report repeats a word often, its rate varies more than its interval says, and the
/// share of reports is the safer number.
///
/// The documented record, which only grows, is `export::trend::TrendRecord` of the crate `quotable`; the form that serde gives
/// this type is for passing it between programs of one version.
///
/// ```
/// use quotable_index::{Index, Period, SearchOptions, TrendQuery};
/// use quotable_report::{Date, Paragraph, Report};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// for (year, text) in [(2016, "Care is late. Care is poor."), (2018, "Care is good."), (2018, "Staff stay.")] {
///     let mut report = Report::new(format!("{year} {text}"));
///     report.published = Date::new(year, 3, 1);
///     report.paragraphs.push(Paragraph::new(text));
///     writer.put(report)?;
/// }
/// writer.finish()?;
/// let queries = ["care", "good"].map(|text| TrendQuery::new(text.parse().unwrap()));
/// let trend = index.snapshot().trend(&queries, Period::Year, &SearchOptions::default())?;
/// let care: Vec<_> = trend.series[0]
///     .points
///     .iter()
///     .map(|point| (point.period.as_deref(), point.occurrences, point.all_words, point.reports, point.all_reports))
///     .collect();
/// assert_eq!(care, [(Some("2016"), 2, 6, 1, 1), (Some("2018"), 1, 5, 1, 2)]);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Trend {
    /// What the periods are.
    pub by: Period,
    /// A series for each query, in the order given.
    pub series: Vec<Series>,
}

/// How often one query finds something, period by period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Series {
    /// The name of the series.
    pub name: String,
    /// The points by time, those of reports without a period last.
    pub points: Vec<TrendPoint>,
    /// The sums over all points.
    pub total: TrendPoint,
    /// The parts of the query that restrict the corpus; `None` if none does.
    pub restriction: Option<String>,
    /// Version, corpus and query, to repeat the counts.
    pub provenance: Provenance,
}

/// One period of a series.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrendPoint {
    /// The period; `None` for reports of which it is not known, and for the total.
    pub period: Option<String>,
    /// The number of occurrences.
    pub occurrences: u64,
    /// The number of matching paragraphs.
    pub paragraphs: u64,
    /// The number of reports with a matching paragraph.
    pub reports: u64,
    /// The share of boilerplate in these.
    pub boilerplate: Share,
    /// The number of reports of the restricted corpus.
    pub all_reports: u64,
    /// The number of their paragraphs.
    pub all_paragraphs: u64,
    /// The number of words in these.
    pub all_words: u64,
    /// Occurrences for every 10,000 words; `None` if there are none.
    pub per_10_000_words: Option<f64>,
    /// The lower end of the interval of the rate.
    pub rate_low: Option<f64>,
    /// The upper end of the interval of the rate.
    pub rate_high: Option<f64>,
    /// The share of reports with a matching paragraph, from 0 to 1; `None` if there are no reports.
    pub share_of_reports: Option<f64>,
    /// The lower end of the interval of the share.
    pub share_low: Option<f64>,
    /// The upper end of the interval of the share.
    pub share_high: Option<f64>,
}

/// The confidence of the intervals.
const CONFIDENCE: f64 = 0.95;

impl TrendPoint {
    /// Computes rate, share and intervals from the counts.
    fn with_rates(mut self) -> Self {
        if self.all_words > 0 {
            // Exact up to 2^53.
            let rate = |count: f64| Some(count * 10_000.0 / self.all_words as f64);
            let Interval { low, high } = poisson(self.occurrences, CONFIDENCE);
            let rates = [self.occurrences as f64, low, high].map(rate);
            [self.per_10_000_words, self.rate_low, self.rate_high] = rates;
        }
        if self.all_reports > 0 {
            let Interval { low, high } = wilson(self.reports, self.all_reports, CONFIDENCE);
            self.share_of_reports = Some(self.reports as f64 / self.all_reports as f64);
            (self.share_low, self.share_high) = (Some(low), Some(high));
        }
        self
    }
}

/// The periods of the sources of an index.
struct Periods {
    /// In the order of time; `None` comes last.
    names: Vec<Option<String>>,
    /// By source, the index of its period.
    of: Vec<usize>,
}

impl Periods {
    fn new(state: &State, by: Period) -> Self {
        let entries = state.sources().entries();
        let each: Vec<Option<String>> = entries.iter().map(|entry| by.of(entry)).collect();
        let mut names: Vec<String> = match by {
            Period::Framework => frameworks(entries).iter().map(|name| name.as_str().to_owned()).collect(),
            _ => each.iter().flatten().cloned().collect(),
        };
        if by != Period::Framework {
            names.sort_unstable();
            names.dedup();
        }
        let places: HashMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
        let none = names.len();
        let of = each
            .iter()
            .map(|name| name.as_ref().and_then(|name| places.get(name.as_str()).copied()).unwrap_or(none));
        let of = of.collect();
        Self { names: names.into_iter().map(Some).chain([None]).collect(), of }
    }

    fn of(&self, source: u32) -> usize {
        self.of.get(source as usize).copied().unwrap_or(self.names.len() - 1)
    }

    fn points(&self) -> Vec<TrendPoint> {
        let point = |period: &Option<String>| TrendPoint { period: period.clone(), ..TrendPoint::default() };
        self.names.iter().map(point).collect()
    }
}

/// The points without matches, which queries with the same restriction share.
type Denominators = Mutex<HashMap<Option<String>, Arc<Vec<TrendPoint>>>>;

/// The trend of several queries.
pub(crate) fn trend(
    state: &Arc<State>,
    queries: &[TrendQuery],
    by: Period,
    options: &SearchOptions,
) -> Result<Trend> {
    if queries.is_empty() {
        return Err(Error::new(ErrorKind::Invalid, "a trend needs at least one query"));
    }
    let periods = Periods::new(state, by);
    let (next, finished) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let known = Denominators::default();
    let found = in_threads(threads().min(queries.len()), |_| {
        let mut own = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(query) = queries.get(number) else { return Ok(own) };
            own.push((number, series(state, query, &periods, options, &known)?));
            let done = finished.fetch_add(1, Ordering::Relaxed) + 1;
            options.advance("counting queries", done as u64, queries.len() as u64)?;
        }
    })?;
    let mut series: Vec<(usize, Series)> = found.into_iter().flatten().collect();
    series.sort_unstable_by_key(|(number, _)| *number);
    Ok(Trend { by, series: series.into_iter().map(|(_, series)| series).collect() })
}

fn series(
    state: &Arc<State>,
    query: &TrendQuery,
    periods: &Periods,
    options: &SearchOptions,
    known: &Denominators,
) -> Result<Series> {
    let compiled = CompiledQuery::new(state, &query.query, options)?;
    let (all, restriction) = restricted(&compiled)?;
    let restriction = restriction.map(|restriction| restriction.to_string());
    let lock = || known.lock().unwrap_or_else(PoisonError::into_inner);
    let shared = lock().get(&restriction).cloned();
    let empty = match shared {
        Some(empty) => empty,
        None => {
            let empty = Arc::new(denominators(&all, restriction.is_some(), periods)?);
            lock().insert(restriction.clone(), Arc::clone(&empty));
            empty
        }
    };
    let mut points = empty.to_vec();
    let mut last_source = None;
    compiled.each(false, |found, _| {
        let Some(point) = points.get_mut(periods.of(found.source)) else { return };
        point.occurrences += u64::from(found.occurrences);
        point.paragraphs += 1;
        point.reports += u64::from(last_source.replace(found.source) != Some(found.source));
        if found.boilerplate > 0 {
            point.boilerplate.add(found.occurrences);
        }
    })?;
    points.retain(|point| point.all_reports > 0 || point.paragraphs > 0);
    let mut total = TrendPoint::default();
    for point in &points {
        total.occurrences += point.occurrences;
        total.paragraphs += point.paragraphs;
        total.reports += point.reports;
        total.boilerplate.merge(point.boilerplate);
        total.all_reports += point.all_reports;
        total.all_paragraphs += point.all_paragraphs;
        total.all_words += point.all_words;
    }
    Ok(Series {
        name: query.name.clone(),
        points: points.into_iter().map(TrendPoint::with_rates).collect(),
        total: total.with_rates(),
        restriction,
        provenance: provenance::of(&compiled),
    })
}

/// The amounts of text of each period.
fn denominators(all: &CompiledQuery, is_restricted: bool, periods: &Periods) -> Result<Vec<TrendPoint>> {
    let mut points = periods.points();
    if is_restricted || !covers_all(&all.options) {
        let words = WordCounts::open(&all.state)?;
        let mut last_source = None;
        all.each(false, |found, place| {
            let Some(point) = points.get_mut(periods.of(found.source)) else { return };
            point.all_paragraphs += 1;
            point.all_words += words.get(place.segment, place.doc);
            point.all_reports += u64::from(last_source.replace(found.source) != Some(found.source));
        })?;
        return Ok(points);
    }
    // Sizes of sources are on record: no paragraph has to be read.
    let parts = [true, all.options.tables, all.options.notes];
    let searched = all.plan.searched.as_deref();
    for (source, entry) in (0..).zip(all.state.sources().entries()) {
        let (paragraphs, words) = entry.size(parts);
        let is_searched = searched.is_none_or(|searched| searched.get(source as usize) == Some(&true));
        if let Some(point) = points.get_mut(periods.of(source))
            && paragraphs > 0
            && is_searched
        {
            point.all_reports += 1;
            point.all_paragraphs += paragraphs;
            point.all_words += words;
        }
    }
    Ok(points)
}

#[cfg(test)]
mod tests {
    use quotable_report::{Date, Paragraph, Report};

    use super::*;
    use crate::answer::facet::Facet;
    use crate::api::index::Index;
    use crate::search::options::Boilerplate;

    fn index() -> Index {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        let reports = [
            ("a.txt", Some((2016, 2)), "Care is late. Care is poor.\n"),
            ("b.txt", Some((2016, 11)), "Staff stay here."),
            ("c.txt", Some((2018, 3)), "Care is good, and homes are good."),
            ("d.txt", None, "Care again."),
        ];
        for (path, day, text) in reports {
            let mut report = Report::new(path);
            report.published = day.and_then(|(year, month)| Date::new(year, month, 5));
            report.paragraphs.push(Paragraph::new(text));
            writer.put(report).unwrap();
            writer.commit().unwrap();
        }
        writer.finish().unwrap();
        index
    }

    fn trend(queries: &[&str], by: Period, options: &SearchOptions) -> Trend {
        let queries: Vec<_> = queries.iter().map(|text| TrendQuery::new(text.parse().unwrap())).collect();
        index().snapshot().trend(&queries, by, options).unwrap()
    }

    fn points(series: &Series) -> Vec<(&str, u64, u64)> {
        let point = |point: &'_ TrendPoint| (point.occurrences, point.all_words);
        let names = series.points.iter().map(|point| point.period.as_deref().unwrap_or("-"));
        names
            .zip(series.points.iter().map(point))
            .map(|(name, (count, words))| (name, count, words))
            .collect()
    }

    #[test]
    fn every_kind_of_period() {
        let options = SearchOptions::default();
        let by = |by| trend(&["care"], by, &options);
        assert_eq!(points(&by(Period::Year).series[0]), [("2016", 2, 9), ("2018", 1, 7), ("-", 1, 2)]);
        let quarters = [("2016-Q1", 2, 6), ("2016-Q4", 0, 3), ("2018-Q1", 1, 7), ("-", 1, 2)];
        assert_eq!(points(&by(Period::Quarter).series[0]), quarters);
        let months = [("2016-02", 2, 6), ("2016-11", 0, 3), ("2018-03", 1, 7), ("-", 1, 2)];
        assert_eq!(points(&by(Period::Month).series[0]), months);
        assert_eq!(points(&by(Period::Framework).series[0]), [("-", 4, 18)]);
    }

    #[test]
    fn counts_by_year_are_those_of_a_count_table() {
        let index = index();
        let exclude = SearchOptions::default().boilerplate(Boilerplate::Exclude);
        for options in [SearchOptions::default(), exclude, SearchOptions::default().within("a.txt")] {
            for query in ["care", "good date:2018", "care -path:a.txt", "heron"] {
                let query: Query = query.parse().unwrap();
                let trend = index.snapshot().trend(&[TrendQuery::new(query.clone())], Period::Year, &options);
                let series = trend.unwrap().series.remove(0);
                let table = index.search_with(&query, &options).unwrap().count_by(&[Facet::Year]).unwrap();
                let rows: Vec<_> = table
                    .rows
                    .iter()
                    .map(|row| {
                        (row.values[0].clone(), row.occurrences, row.reports, row.all_reports, row.all_words)
                    })
                    .collect();
                let points: Vec<_> = series
                    .points
                    .iter()
                    .map(|point| {
                        let TrendPoint { period, occurrences, reports, all_reports, all_words, .. } = point;
                        (period.clone(), *occurrences, *reports, *all_reports, *all_words)
                    })
                    .collect();
                assert_eq!(points, rows, "{query}");
                assert_eq!(series.total.per_10_000_words, table.total.per_10_000_words);
                assert_eq!(series.restriction, table.restriction);
            }
        }
    }

    #[test]
    fn rates_and_shares_lie_in_their_intervals() {
        let trend = trend(&["care", "good"], Period::Year, &SearchOptions::default());
        assert_eq!(trend.series.len(), 2);
        for point in trend.series.iter().flat_map(|series| series.points.iter().chain([&series.total])) {
            let within = |low: Option<f64>, value: Option<f64>, high: Option<f64>| {
                low.unwrap() <= value.unwrap() && value.unwrap() <= high.unwrap()
            };
            assert!(within(point.rate_low, point.per_10_000_words, point.rate_high), "{point:?}");
            assert!(within(point.share_low, point.share_of_reports, point.share_high), "{point:?}");
        }
        let first = &trend.series[0].points[0];
        assert_eq!((first.share_of_reports, first.per_10_000_words), (Some(0.5), Some(2.0 * 10_000.0 / 9.0)));
    }

    #[test]
    fn a_trend_of_nothing_is_refused() {
        let none = index().snapshot().trend(&[], Period::Year, &SearchOptions::default());
        assert_eq!(none.unwrap_err().kind(), ErrorKind::Invalid);
    }
}
