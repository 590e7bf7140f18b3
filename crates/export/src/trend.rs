//! Trends: how often queries find something, period by period.

use std::io::{self, Write};

use quotable_index::{Series, Trend, TrendPoint};
use serde::Serialize;

use crate::cell::Cell;
use crate::counts::ShareRecord;
use crate::csv::CsvWriter;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown;
use crate::number::{counted, grouped};
use crate::provenance::{AnswerProvenance, ProvenanceRecord};
use crate::table::Table;

/// One period of one series, as a line of JSON.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct TrendRecord<'t> {
    /// The name of the series.
    pub series: &'t str,
    /// What the periods are.
    pub by: &'static str,
    /// The period; `None` for reports of which it is not known.
    pub period: Option<&'t str>,
    /// Occurrences.
    pub occurrences: u64,
    /// Paragraphs that match.
    pub paragraphs: u64,
    /// Reports with at least one of them.
    pub reports: u64,
    /// The part that is boilerplate.
    pub boilerplate: ShareRecord,
    /// All reports of the period.
    pub all_reports: u64,
    /// Their paragraphs.
    pub all_paragraphs: u64,
    /// The words of those.
    pub all_words: u64,
    /// Occurrences for every 10,000 of those words; `None` if there are none.
    pub per_10_000_words: Option<f64>,
    /// The lower end of its interval.
    pub rate_low: Option<f64>,
    /// The upper end of its interval.
    pub rate_high: Option<f64>,
    /// The share of reports; `None` if there are none.
    pub share_of_reports: Option<f64>,
    /// The lower end of its interval.
    pub share_low: Option<f64>,
    /// The upper end of its interval.
    pub share_high: Option<f64>,
    /// The part of the query that restricts the corpus; `None` if nothing does.
    pub restriction: Option<&'t str>,
    /// What makes the numbers repeatable.
    pub provenance: ProvenanceRecord<'t>,
}

impl<'t> TrendRecord<'t> {
    /// The record of a point.
    pub fn new(point: &'t TrendPoint, series: &'t Series, trend: &Trend) -> Self {
        Self {
            series: &series.name,
            by: trend.by.as_str(),
            period: point.period.as_deref(),
            occurrences: point.occurrences,
            paragraphs: point.paragraphs,
            reports: point.reports,
            boilerplate: ShareRecord::new(&point.boilerplate),
            all_reports: point.all_reports,
            all_paragraphs: point.all_paragraphs,
            all_words: point.all_words,
            per_10_000_words: point.per_10_000_words,
            rate_low: point.rate_low,
            rate_high: point.rate_high,
            share_of_reports: point.share_of_reports,
            share_low: point.share_low,
            share_high: point.share_high,
            restriction: series.restriction.as_deref(),
            provenance: ProvenanceRecord::new(&series.provenance),
        }
    }
}

/// The names of the columns before those of the provenance.
const NAMES: [&str; 18] = [
    "series",
    "by",
    "period",
    "occurrences",
    "paragraphs",
    "reports",
    "all_reports",
    "all_paragraphs",
    "all_words",
    "per_10_000_words",
    "rate_low",
    "rate_high",
    "share_of_reports",
    "share_low",
    "share_high",
    "boilerplate_occurrences",
    "boilerplate_paragraphs",
    "restriction",
];

/// The names of the columns of CSV.
pub fn names() -> Vec<&'static str> {
    NAMES.into_iter().chain(AnswerProvenance::NAMES).collect()
}

/// The cells of a point, in the order of the [`names`].
pub fn cells<'t>(point: &'t TrendPoint, series: &'t Series, trend: &Trend) -> Vec<Cell<'t>> {
    let exact = |value: Option<f64>| value.map_or(Cell::Empty, Cell::exact);
    let own: [Cell<'t>; 18] = [
        Cell::from(&series.name),
        trend.by.as_str().into(),
        point.period.as_deref().into(),
        point.occurrences.into(),
        point.paragraphs.into(),
        point.reports.into(),
        point.all_reports.into(),
        point.all_paragraphs.into(),
        point.all_words.into(),
        exact(point.per_10_000_words),
        exact(point.rate_low),
        exact(point.rate_high),
        exact(point.share_of_reports),
        exact(point.share_low),
        exact(point.share_high),
        point.boilerplate.occurrences.into(),
        point.boilerplate.paragraphs.into(),
        series.restriction.as_deref().into(),
    ];
    own.into_iter().chain(AnswerProvenance::cells(&series.provenance)).collect()
}

/// The name of a period for people.
pub(crate) fn period_name(point: &TrendPoint) -> &str {
    point.period.as_deref().unwrap_or("-")
}

/// The table that people read: of one series, a row for each period with its rate as the bar; of several, a row for each series
/// with the rate of each period and a line of them all.
pub fn to_table(trend: &Trend) -> Table {
    match trend.series.as_slice() {
        [one] => table_of_one(trend, one),
        several => table_of_several(several),
    }
}

fn table_of_one(trend: &Trend, series: &Series) -> Table {
    let numbers = ["occurrences", "per 10,000 words", "95 % interval", "reports", "share", "95 % interval"];
    let mut table = Table::new([trend.by.as_str()], numbers);
    for point in &series.points {
        table.push_with_bar(row_of(period_name(point), point), point.per_10_000_words);
    }
    table.push_total(row_of("all", &series.total));
    table
}

fn row_of(name: &str, point: &TrendPoint) -> Vec<String> {
    let interval = |low: Option<f64>, high: Option<f64>, show: fn(f64) -> String| match (low, high) {
        (Some(low), Some(high)) => format!("{} to {}", show(low), show(high)),
        _ => "-".to_owned(),
    };
    let rate = |rate: f64| format!("{rate:.2}");
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    vec![
        name.to_owned(),
        grouped(point.occurrences),
        point.per_10_000_words.map_or_else(|| "-".to_owned(), rate),
        interval(point.rate_low, point.rate_high, rate),
        format!("{} of {}", grouped(point.reports), grouped(point.all_reports)),
        point.share_of_reports.map_or_else(|| "-".to_owned(), percent),
        interval(point.share_low, point.share_high, percent),
    ]
}

fn table_of_several(several: &[Series]) -> Table {
    // Filters of one query may leave out periods that another has.
    let mut names: Vec<&str> = Vec::new();
    for series in several {
        let mut at = 0;
        for name in series.points.iter().map(period_name) {
            match names.iter().position(|known| *known == name) {
                Some(known) => at = known + 1,
                None => {
                    names.insert(at, name);
                    at += 1;
                }
            }
        }
    }
    let head = ["occurrences"].into_iter().chain(names.iter().copied()).chain(["all"]);
    let mut table = Table::new(["per 10,000 words"], head).with_last_column("");
    for series in several {
        let rate = |point: Option<&TrendPoint>| point.and_then(|point| point.per_10_000_words);
        let of = |name: &&str| rate(series.points.iter().find(|point| period_name(point) == *name));
        let rates: Vec<Option<f64>> = names.iter().map(of).collect();
        let shown = |rate: Option<f64>| rate.map_or_else(|| "-".to_owned(), |rate| format!("{rate:.2}"));
        let mut cells = vec![series.name.clone(), grouped(series.total.occurrences)];
        cells.extend(rates.iter().map(|rate| shown(*rate)));
        cells.push(shown(series.total.per_10_000_words));
        // The line has no place for reports without a period.
        let dated = names.iter().zip(&rates).filter(|(name, _)| **name != "-").map(|(_, rate)| *rate);
        cells.push(sparkline(&dated.collect::<Vec<_>>()));
        table.push(cells);
    }
    table
}

/// Values as a line of small bars, each in proportion to the greatest; a space where there is no value.
pub fn sparkline(values: &[Option<f64>]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let greatest = values.iter().flatten().copied().fold(0.0, f64::max);
    let bar = |value: f64| {
        if greatest <= 0.0 {
            return BARS[0];
        }
        // Between zero and seven.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and not negative")]
        let at = (value / greatest * 7.0).round() as usize;
        BARS[at.min(7)]
    };
    values.iter().map(|value| value.map_or(' ', bar)).collect()
}

/// The lines under the table: the totals that rates divide by, what intervals say, and the provenance.
pub fn notes(trend: &Trend) -> Vec<String> {
    let mut notes = Vec::new();
    let totals = |series: &Series| {
        let TrendPoint { all_paragraphs, all_reports, all_words, .. } = series.total;
        let mut text = format!(
            "among {} of {}, {}",
            counted(all_paragraphs, "paragraphs"),
            counted(all_reports, "reports"),
            counted(all_words, "words")
        );
        if let Some(restriction) = &series.restriction {
            text.push_str(&format!(": {restriction}"));
        }
        text
    };
    let mut all: Vec<String> = trend.series.iter().map(totals).collect();
    all.dedup();
    notes.extend(all);
    if trend.series.len() == 1 {
        notes.push(
            "intervals take occurrences as independent; where one report repeats a word, the share of reports is safer"
                .to_owned(),
        );
    }
    match trend.series.as_slice() {
        [one] => notes.push(one.provenance.to_string()),
        [first, ..] => {
            let line = first.provenance.to_string();
            let line = line.split("; query: ").next().unwrap_or(&line);
            notes.push(format!("{line}; {}", counted(trend.series.len() as u64, "queries")));
        }
        [] => {}
    }
    notes
}

/// Writes a trend.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut impl Write, format: Format, trend: &Trend) -> io::Result<()> {
    let mut points =
        trend.series.iter().flat_map(|series| series.points.iter().map(move |point| (point, series)));
    match format {
        Format::Jsonl => points.try_for_each(|(point, series)| {
            jsonl::write(out, &Versioned::of(TrendRecord::new(point, series, trend), &series.provenance))
        }),
        Format::Csv(formulas) => {
            let mut csv = CsvWriter::new(out, formulas);
            csv.head(names())?;
            points.try_for_each(|(point, series)| csv.row(cells(point, series, trend)))
        }
        Format::Markdown => markdown::write_with_notes(out, &to_table(trend), &notes(trend)),
    }
}

#[cfg(test)]
mod tests {
    use super::sparkline;

    #[test]
    fn sparklines_are_in_proportion_and_keep_gaps() {
        assert_eq!(sparkline(&[Some(0.0), Some(3.5), None, Some(7.0)]), "▁▅ █");
        assert_eq!(sparkline(&[Some(0.0), Some(0.0)]), "▁▁");
        assert_eq!(sparkline(&[]), "");
    }
}
