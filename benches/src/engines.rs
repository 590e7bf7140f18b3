//! The engines under measurement, and the oracle that judges their answers.

pub mod lucene;
pub mod measure;
pub mod oracle;
pub mod quotable_engine;
pub mod ripgrep;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod tantivy_engine;

use std::path::Path;
use std::time::Duration;

use quotable::report::Report;

use crate::clock;
use crate::error::Result;
use crate::queries::{BenchQuery, Task};

/// An engine with an open index, prepared for a list of queries.
pub trait Engine {
    /// Runs a task of the query at this position of the list; `None` if the engine cannot.
    ///
    /// # Errors
    /// If the index cannot be read.
    fn run(&self, query: usize, task: Task) -> Result<Option<Answer>>;

    /// Mean CPU time of a task. `estimate` is the time of an earlier run, from which the number of runs follows.
    ///
    /// # Errors
    /// If the index cannot be read.
    fn time(&self, query: usize, task: Task, estimate: Duration) -> Result<Duration> {
        clock::mean_call_time(estimate, || self.run(query, task))
    }
}

/// What an engine found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Matching paragraphs, if the engine counted them.
    pub paragraphs: Option<u64>,
    /// Occurrences, if the engine counted them.
    pub occurrences: Option<u64>,
    /// Texts of the top ten, if the task returns them.
    pub top: Vec<String>,
    /// Bytes of any other text fetched. Kept so that the compiler cannot drop the work.
    pub bytes: u64,
}

#[cfg(not(feature = "sqlite"))]
const NO_SQLITE: &str = "built without the feature sqlite";

/// An engine that runs in this process, or as a command. Lucene runs by [`lucene`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineKind {
    /// This library.
    Quotable,
    /// tantivy alone, the baseline.
    Tantivy,
    /// SQLite with FTS5, with the feature `sqlite`.
    Sqlite,
    /// ripgrep, if installed.
    Ripgrep,
}

impl EngineKind {
    /// All of them: this library, the baseline, the others.
    pub const ALL: [Self; 4] = [Self::Quotable, Self::Tantivy, Self::Sqlite, Self::Ripgrep];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quotable => "quotable",
            Self::Tantivy => "tantivy",
            Self::Sqlite => "fts5",
            Self::Ripgrep => "ripgrep",
        }
    }

    /// Name and version.
    ///
    /// # Errors
    /// If the engine is not available, with the reason.
    pub fn version(self) -> std::result::Result<String, &'static str> {
        match self {
            Self::Quotable => Ok(format!("quotable v{}", env!("CARGO_PKG_VERSION"))),
            Self::Tantivy => Ok(tantivy::version_string().to_owned()),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => Ok(format!("SQLite {}", rusqlite::version())),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite => Err(NO_SQLITE),
            Self::Ripgrep => ripgrep::version().ok_or("rg is not installed"),
        }
    }

    /// True if the engine has an index: only then do build and open times mean anything.
    pub fn has_index(self) -> bool {
        self != Self::Ripgrep
    }

    /// Builds an index in a folder. Returns the number of segments.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn build(self, folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Result<usize> {
        match self {
            Self::Quotable => quotable_engine::build(folder, reports),
            Self::Tantivy => tantivy_engine::build(folder, reports),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => sqlite::build(folder, reports),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite => Err(NO_SQLITE.into()),
            Self::Ripgrep => ripgrep::build(folder, reports),
        }
    }

    /// Opens the index in a folder and prepares the queries.
    ///
    /// # Errors
    /// If the index cannot be opened.
    pub fn open(self, folder: &Path, queries: &[BenchQuery]) -> Result<Box<dyn Engine>> {
        Ok(match self {
            Self::Quotable => Box::new(quotable_engine::QuotableEngine::open(folder, queries)?),
            Self::Tantivy => Box::new(tantivy_engine::TantivyEngine::open(folder, queries)?),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => Box::new(sqlite::SqliteEngine::open(folder, queries)?),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite => return Err(NO_SQLITE.into()),
            Self::Ripgrep => Box::new(ripgrep::RipgrepEngine::open(folder, queries)),
        })
    }
}

#[cfg(test)]
mod tests {
    use quotable_testkit::corpus::GeneratedReports;

    use super::oracle::Oracle;
    use super::*;
    use crate::corpus::{CorpusFile, CorpusKind};
    use crate::queries::bench_queries;

    #[test]
    fn every_engine_agrees_with_the_oracle() {
        let folder = tempfile::tempdir().unwrap();
        let corpus =
            CorpusFile::write(folder.path().join("corpus"), GeneratedReports::new(7, 2_000)).unwrap();
        let queries = bench_queries(CorpusKind::Generated, corpus.reports().unwrap()).unwrap();
        let oracle = Oracle::new(&queries, &corpus).unwrap();
        for kind in EngineKind::ALL.into_iter().filter(|kind| kind.version().is_ok()) {
            let folder = folder.path().join(kind.name());
            kind.build(&folder, &mut corpus.reports().unwrap()).unwrap();
            let engine = kind.open(&folder, &queries).unwrap();
            for (number, query) in queries.iter().enumerate() {
                for &task in query.class.tasks() {
                    let Some(answer) = engine.run(number, task).unwrap() else {
                        let complete = matches!(kind, EngineKind::Quotable | EngineKind::Tantivy);
                        assert!(!complete, "{} cannot run {}", kind.name(), query.query);
                        continue;
                    };
                    let fault = oracle.fault(number, task, &answer);
                    assert_eq!(fault, None, "{}, {}: {}", kind.name(), task.name(), query.query);
                }
            }
        }
    }
}
