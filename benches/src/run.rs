//! What one run of the engines came to, and the tables made of it.

mod plot;
mod table;

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::engines::machine::Machine;
use crate::engines::question::Class;

pub use self::plot::plot;
pub use self::table::table;

/// A run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// The day, by UTC: `2026-11-22`.
    pub day: String,
    /// The machine.
    pub machine: Machine,
    /// What a reader should know of the run.
    pub note: String,
    /// The seed of the corpora.
    pub seed: u64,
    /// What was measured on each corpus, the smallest first.
    pub scales: Vec<Scale>,
}

impl Run {
    /// What its files are called: day, processor, threads.
    pub fn name(&self) -> String {
        let Self { day, machine, .. } = self;
        format!("{day}-{}-{}", machine.architecture, machine.cores)
    }
}

/// What was measured on one corpus.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scale {
    /// How many times 30,000 paragraphs.
    pub times: u64,
    /// Paragraphs.
    pub paragraphs: u64,
    /// Bytes of text.
    pub bytes: u64,
    /// What it took each engine to make its index: ours first, the floor last.
    pub built: Vec<Built>,
    /// What each question took.
    pub rows: Vec<Row>,
}

/// What it took to make an index.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Built {
    /// The engine.
    pub engine: String,
    /// Seconds on a processor, without those that made the text.
    pub seconds: f64,
    /// Bytes of its files.
    pub size: u64,
    /// Segments.
    pub segments: usize,
    /// The most memory held, in MiB.
    pub peak: u64,
}

/// What a question took each engine.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    /// What kind of query it is.
    pub class: Class,
    /// The query.
    pub query: String,
    /// What was asked.
    pub task: Task,
    /// The paragraphs that match, by the oracle.
    pub paragraphs: u64,
    /// The occurrences, by the oracle.
    pub occurrences: u64,
    /// Of each engine, in the order of [`Scale::built`].
    pub times: Vec<Time>,
}

/// What was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// The ten best, with their text.
    Top,
    /// A count.
    Count,
    /// All of them: by year, in context, or with their text.
    All,
    /// The ten best of an index just opened, its files not in memory; by the clock.
    Cold,
}

impl Task {
    /// The name, as tables have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Top => "top 10",
            Self::Count => "count",
            Self::All => "all",
            Self::Cold => "cold top 10",
        }
    }
}

/// What a question took one engine, in microseconds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Time {
    /// The median.
    pub median: f64,
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// Why it does not count: a wrong answer, or none.
    pub fault: Option<String>,
}

impl Time {
    /// Of some repetitions.
    pub fn of(times: &[Duration]) -> Self {
        // The clocks know no more than nanoseconds.
        let micros = |time: Duration| time.as_nanos() as f64 / 1e3;
        crate::clock::median_and_spread(times).map_or_else(Self::default, |(median, least, most)| Self {
            median: micros(median),
            least: micros(least),
            most: micros(most),
            fault: None,
        })
    }
}

impl Row {
    /// The time of the first engine as a part of that of another; `None` if either does not count.
    pub fn ratio(&self, other: usize) -> Option<f64> {
        let (ours, other) = (self.times.first()?, self.times.get(other)?);
        let counts = ours.fault.is_none() && other.fault.is_none() && other.median > 0.0;
        counts.then(|| ours.median / other.median)
    }
}

/// This day, by UTC, as the ISO has it.
pub fn today() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let mut days = since.as_secs() / 86_400;
    let mut year = 1970;
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let february = 28 + u64::from(leap(year));
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
