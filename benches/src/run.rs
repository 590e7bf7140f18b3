//! What one run of the engines came to, and the tables made of it.

mod plot;
mod summary;
mod table;

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::corpus::Kind;
use crate::engines::machine::Machine;
use crate::engines::question::{Class, Task};

pub use self::plot::plot;
pub use self::table::{details, table};

/// A run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// The day, by UTC: `2026-11-22`.
    pub day: String,
    /// The machine.
    pub machine: Machine,
    /// What a reader should know of the run.
    pub note: String,
    /// Where the text came from.
    pub corpus: Kind,
    /// The seed of what was made of it.
    pub seed: u64,
    /// What was measured on each corpus, the smallest first.
    pub scales: Vec<Scale>,
}

impl Run {
    /// What its files are called: day, processor, threads, text.
    pub fn name(&self) -> String {
        let Self { day, machine, corpus, .. } = self;
        format!("{day}-{}-{}-{}", machine.architecture, machine.cores, corpus.name())
    }
}

/// The engine that all others are compared with.
pub const FLOOR: &str = "tantivy";

/// What was measured on one corpus.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scale {
    /// How many times the text of 1x.
    pub times: u64,
    /// Paragraphs.
    pub paragraphs: u64,
    /// Bytes of text.
    pub bytes: u64,
    /// What it took each engine to make its index: ours first, then the floor, then the others.
    pub built: Vec<Built>,
    /// What each question took.
    pub rows: Vec<Row>,
}

impl Scale {
    /// The place of the engine that all others are compared with.
    pub fn floor(&self) -> Option<usize> {
        self.built.iter().position(|built| built.engine == FLOOR)
    }

    /// The rows of a class, or of all, for a task.
    pub fn rows(&self, class: Option<Class>, task: Task) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.task == task && class.is_none_or(|class| class == row.class))
    }
}

/// What it took to make an index.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Built {
    /// The engine.
    pub engine: String,
    /// Its version.
    pub version: String,
    /// Seconds on a processor, without those that made the text; none of what has no index.
    pub seconds: Option<f64>,
    /// Bytes of its files.
    pub size: u64,
    /// Segments.
    pub segments: usize,
    /// The most memory held, in MiB.
    pub peak: u64,
    /// Microseconds on a processor to open it, its files in memory; none of what is not opened.
    pub open: Option<f64>,
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

/// What a question took one engine, in microseconds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Time {
    /// The median; none where the engine cannot be asked.
    pub median: Option<f64>,
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// Why it does not count: what is wrong with the answer.
    pub fault: Option<String>,
}

impl Time {
    /// Of some repetitions.
    pub fn of(times: &[Duration]) -> Self {
        // The clocks know no more than nanoseconds.
        let micros = |time: Duration| time.as_nanos() as f64 / 1e3;
        crate::clock::median_and_spread(times).map_or_else(Self::default, |(median, least, most)| Self {
            median: Some(micros(median)),
            least: micros(least),
            most: micros(most),
            fault: None,
        })
    }

    /// The median, if the answer was right.
    pub fn counted(&self) -> Option<f64> {
        self.median.filter(|_| self.fault.is_none())
    }
}

impl Row {
    /// The time of an engine; `None` if it does not count.
    pub fn time(&self, engine: usize) -> Option<f64> {
        self.times.get(engine)?.counted()
    }

    /// The time of an engine as a part of that of another; `None` if either does not count.
    pub fn ratio(&self, engine: usize, other: usize) -> Option<f64> {
        let other = self.time(other).filter(|time| *time > 0.0)?;
        Some(self.time(engine)? / other)
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
