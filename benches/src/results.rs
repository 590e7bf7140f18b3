//! The results of a run of `engines`.

mod picture;
mod summary;
mod tables;

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::clock::micros;
use crate::corpus::CorpusKind;
use crate::machine::Machine;
use crate::measurement::Measurement;
use crate::queries::{QueryClass, Task};
use crate::stats::Spread;

pub use self::picture::picture;
pub use self::tables::{details, headlines, overview};

/// A run.
#[derive(Debug, Clone)]
pub struct Run {
    /// The day (UTC): `2026-11-22`.
    pub day: String,
    /// The machine.
    pub machine: Machine,
    /// A remark for readers of the tables; may be empty.
    pub note: String,
    /// The kind of corpus.
    pub corpus: CorpusKind,
    /// The seed of generated or resampled reports.
    pub seed: u64,
    /// The results at each scale, the smallest first.
    pub scales: Vec<ScaleResult>,
}

impl Run {
    /// The name of the run's files, without extension: day, architecture, hardware threads and `suffix`.
    pub fn file_name(&self, suffix: &str) -> String {
        let Self { day, machine, .. } = self;
        format!("{day}-{}-{}-{suffix}", machine.architecture, machine.threads)
    }

    /// Everything measured, for a CSV file. The oracle's counts are rows of an engine `oracle`.
    pub fn measurements(&self) -> Vec<Measurement> {
        self.scales.iter().flat_map(ScaleResult::measurements).collect()
    }
}

/// The engine that all others are compared with: tantivy alone.
pub const BASELINE: &str = "tantivy";

/// The results on one corpus.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScaleResult {
    /// Size of the corpus, as a multiple of 1x.
    pub scale: u64,
    /// Paragraphs.
    pub paragraphs: u64,
    /// Bytes of text.
    pub bytes: u64,
    /// The index of each engine: first this library, then the baseline, then the others.
    pub indexes: Vec<IndexResult>,
    /// One row for each query and task.
    pub rows: Vec<QueryResult>,
}

impl ScaleResult {
    /// The position of the baseline in [`ScaleResult::indexes`].
    pub fn baseline(&self) -> Option<usize> {
        self.indexes.iter().position(|index| index.engine == BASELINE)
    }

    /// The rows of a task, of one class of query or of all.
    pub fn rows(&self, class: Option<QueryClass>, task: Task) -> impl Iterator<Item = &QueryResult> {
        self.rows.iter().filter(move |row| row.task == task && class.is_none_or(|class| class == row.class))
    }

    fn measurements(&self) -> Vec<Measurement> {
        let row = |engine: &str, kind: &str, figure: &str, unit, values| Measurement {
            engine: engine.to_owned(),
            corpus: (self.paragraphs, "paragraphs"),
            kind: kind.to_owned(),
            query: String::new(),
            figure: figure.to_owned(),
            unit,
            values,
            fault: String::new(),
        };
        let single = |value: u64| Some(Spread::single(value as f64));
        let mut measurements = vec![row("oracle", "corpus", "text", "bytes", single(self.bytes))];
        for index in &self.indexes {
            let seconds = index.seconds.map(Spread::single);
            measurements.push(row(&index.engine, "index", "CPU", "s", seconds));
            measurements.push(row(&index.engine, "index", "size", "bytes", single(index.size)));
            measurements.push(row(
                &index.engine,
                "index",
                "segments",
                "segments",
                single(index.segments as u64),
            ));
            measurements.push(row(&index.engine, "index", "peak memory", "MiB", single(index.peak)));
            measurements.push(row(&index.engine, "index", "open", "us", index.open));
        }
        for result in &self.rows {
            let with_query = |measurement| Measurement { query: result.query.clone(), ..measurement };
            let class = result.class.name();
            for (unit, count) in [("paragraphs", result.paragraphs), ("occurrences", result.occurrences)] {
                let count = row("oracle", class, result.task.name(), unit, single(count));
                measurements.push(with_query(count));
            }
            for (timing, index) in result.timings.iter().zip(&self.indexes) {
                let time = row(&index.engine, class, result.task.name(), "us", timing.micros);
                let fault = timing.fault.clone().unwrap_or_default();
                measurements.push(Measurement { fault, ..with_query(time) });
            }
        }
        measurements
    }
}

/// The index of one engine.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IndexResult {
    /// The engine.
    pub engine: String,
    /// Its version.
    pub version: String,
    /// CPU time to build the index in seconds, without the time to read the corpus; `None` for an engine without index.
    pub seconds: Option<f64>,
    /// Size of its files, in bytes.
    pub size: u64,
    /// Segments.
    pub segments: usize,
    /// Peak memory while building, in MiB.
    pub peak: u64,
    /// CPU time to open the index in microseconds, its files in the page cache; `None` for an engine without index.
    pub open: Option<Spread>,
}

/// One query and task on all engines.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct QueryResult {
    /// The class of the query.
    pub class: QueryClass,
    /// The query.
    pub query: String,
    /// The task.
    pub task: Task,
    /// Matching paragraphs, by the oracle.
    pub paragraphs: u64,
    /// Occurrences, by the oracle.
    pub occurrences: u64,
    /// The timing of each engine, in the order of [`ScaleResult::indexes`].
    pub timings: Vec<Timing>,
}

/// The time of one query and task on one engine.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Timing {
    /// In microseconds; `None` if the engine cannot run the query or the task.
    pub micros: Option<Spread>,
    /// What is wrong with the answer. The time of a wrong answer does not count.
    pub fault: Option<String>,
}

impl Timing {
    /// The timing of repeated runs.
    pub fn of(times: &[Duration], fault: Option<String>) -> Self {
        Self { micros: Spread::of(times.iter().copied().map(micros)), fault }
    }
}

impl QueryResult {
    /// Median time of an engine in microseconds; `None` if it does not count.
    pub fn time(&self, engine: usize) -> Option<f64> {
        let timing = self.timings.get(engine)?;
        timing.micros.filter(|_| timing.fault.is_none()).map(|spread| spread.median)
    }

    /// Median time of an engine, divided by that of another; `None` if either does not count.
    pub fn ratio(&self, engine: usize, other: usize) -> Option<f64> {
        let other = self.time(other).filter(|time| *time > 0.0)?;
        Some(self.time(engine)? / other)
    }
}

/// A number with `decimals` decimal places; `-` for none.
fn shown(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.decimals$}"))
}

/// Today (UTC), in ISO 8601.
pub fn today() -> String {
    let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let mut days = since_epoch.as_secs() / 86_400;
    let mut year = 1970;
    let is_leap =
        |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(engine: &str, seconds: f64) -> IndexResult {
        IndexResult {
            engine: engine.to_owned(),
            version: format!("{engine} 1"),
            seconds: Some(seconds),
            size: 800,
            segments: 1,
            peak: 30,
            open: Some(Spread::single(70.0)),
        }
    }

    fn run() -> Run {
        let timing = |micros: f64| Timing { micros: Some(Spread::single(micros)), fault: None };
        let wrong = Timing { fault: Some("found 1 paragraphs, not 3".to_owned()), ..timing(1.0) };
        let row = |query: &str, timings| QueryResult {
            class: QueryClass::Phrase,
            query: query.to_owned(),
            task: Task::Count,
            paragraphs: 3,
            occurrences: 4,
            timings,
        };
        let scale = ScaleResult {
            scale: 1,
            paragraphs: 30,
            bytes: 1_000,
            indexes: vec![index("quotable", 3.0), index(BASELINE, 2.0)],
            rows: vec![
                row("\"a b\"", vec![timing(50.0), timing(100.0)]),
                row("\"c d\"", vec![wrong, timing(100.0)]),
            ],
        };
        Run {
            day: "2026-11-28".to_owned(),
            machine: Machine::this(),
            note: "A test.".to_owned(),
            corpus: CorpusKind::Generated,
            seed: 1,
            scales: vec![scale],
        }
    }

    #[test]
    fn the_tables_show_ratios_and_faults() {
        let overview = overview(&run());
        assert!(overview.contains("| index, CPU | 1.50 | 1.50 | - |"), "{overview}");
        assert!(overview.contains("| phrase, count |  | 0.50 | - |"), "{overview}");
        assert!(
            overview.contains("- 1x, count of `\"c d\"`: quotable found 1 paragraphs, not 3"),
            "{overview}"
        );
        let details = details(&run());
        assert!(details.contains("| phrase | count | 2 | 50 (0.50) | 100 | 0.50 `\"a b\"` |"), "{details}");
    }

    #[test]
    fn every_figure_is_one_measurement() {
        let measurements = run().measurements();
        assert_eq!(measurements.len(), 1 + 2 * 5 + 2 * 4);
        let wrong: Vec<_> = measurements.iter().filter(|measurement| !measurement.fault.is_empty()).collect();
        assert_eq!(wrong.len(), 1);
        assert_eq!((wrong[0].engine.as_str(), wrong[0].figure.as_str()), ("quotable", "count"));
    }

    #[test]
    fn the_date_has_the_iso_form() {
        let day = today();
        assert_eq!(day.len(), 10);
        assert!(day.as_str() > "2026-01-01", "{day}");
    }
}
