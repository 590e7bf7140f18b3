//! Engines put to the same work, and what says whether they did it.

pub mod lucene;
pub mod machine;
pub mod measure;
pub mod oracle;
pub mod ours;
pub mod question;
pub mod raw;
pub mod ripgrep;
#[cfg(feature = "sqlite")]
pub mod sqlite;

use std::path::Path;
use std::time::Duration;

use quotable::report::Report;

use self::question::{Question, Task};
use crate::clock;

/// What may go wrong in a measurement.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// An engine with an index of the corpus, open to be asked.
pub trait Engine {
    /// Does a task of a question; `None` if the engine has no way to.
    ///
    /// # Errors
    /// If the index cannot be read.
    fn ask(&self, question: usize, task: Task) -> Outcome<Option<Answer>>;

    /// How long a task takes on a processor, which took about so long before.
    ///
    /// # Errors
    /// If the index cannot be read.
    fn time(&self, question: usize, task: Task, about: Duration) -> Outcome<Duration> {
        clock::batch(about, || self.ask(question, task))
    }
}

/// What an engine found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Paragraphs that match, where the engine has counted them.
    pub paragraphs: Option<u64>,
    /// Occurrences, where the engine has counted them.
    pub occurrences: Option<u64>,
    /// The texts of the ten best, where these are asked for.
    pub best: Vec<String>,
    /// Bytes of text that were fetched besides.
    pub bytes: u64,
}

#[cfg(not(feature = "sqlite"))]
const NO_SQLITE: &str = "this was built without the feature sqlite";

/// An engine that this program asks by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// This library.
    Ours,
    /// tantivy alone, the floor.
    Raw,
    /// SQLite with FTS5, if this was built with the feature `sqlite`.
    Sqlite,
    /// ripgrep, if it is installed.
    Ripgrep,
}

impl Kind {
    /// All of them, ours first and then the floor.
    pub const ALL: [Self; 4] = [Self::Ours, Self::Raw, Self::Sqlite, Self::Ripgrep];

    /// How it is called in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "quotable",
            Self::Raw => "tantivy",
            Self::Sqlite => "fts5",
            Self::Ripgrep => "ripgrep",
        }
    }

    /// Its version, with its name.
    ///
    /// # Errors
    /// If it is not there, with what would bring it.
    pub fn version(self) -> Result<String, &'static str> {
        match self {
            Self::Ours => Ok(format!("quotable v{}", env!("CARGO_PKG_VERSION"))),
            Self::Raw => Ok(tantivy::version_string().to_owned()),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => Ok(format!("SQLite {}", rusqlite::version())),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite => Err(NO_SQLITE),
            Self::Ripgrep => ripgrep::version().ok_or("there is no program rg"),
        }
    }

    /// True if it has an index: what it writes to build and to open is then worth measuring.
    pub fn has_index(self) -> bool {
        self != Self::Ripgrep
    }

    /// Makes an index in a folder; gives the number of its segments.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn build(self, folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Outcome<usize> {
        match self {
            Self::Ours => ours::build(folder, reports),
            Self::Raw => raw::build(folder, reports),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => sqlite::build(folder, reports),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite => Err(NO_SQLITE.into()),
            Self::Ripgrep => ripgrep::build(folder, reports),
        }
    }

    /// Opens the index in a folder, ready to be asked these questions.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn open(self, folder: &Path, questions: &[Question]) -> Outcome<Box<dyn Engine>> {
        Ok(match self {
            Self::Ours => Box::new(ours::Ours::open(folder, questions)?),
            Self::Raw => Box::new(raw::Raw::open(folder, questions)?),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => Box::new(sqlite::Sqlite::open(folder, questions)?),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite => return Err(NO_SQLITE.into()),
            Self::Ripgrep => Box::new(ripgrep::Ripgrep::open(folder, questions)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::oracle::Oracle;
    use super::question::questions;
    use super::*;
    use crate::corpus::{self, Corpus};
    use crate::generate;

    #[test]
    fn every_engine_finds_what_the_oracle_finds() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = Corpus::write(folder.path().join("corpus"), generate::Corpus::new(7, 2_000)).unwrap();
        let questions = questions(corpus::Kind::Generated, corpus.reports().unwrap()).unwrap();
        let oracle = Oracle::of(&questions, &corpus).unwrap();
        for kind in Kind::ALL.into_iter().filter(|kind| kind.version().is_ok()) {
            let folder = folder.path().join(kind.name());
            kind.build(&folder, &mut corpus.reports().unwrap()).unwrap();
            let engine = kind.open(&folder, &questions).unwrap();
            for (number, question) in questions.iter().enumerate() {
                for &task in question.class.tasks() {
                    let Some(answer) = engine.ask(number, task).unwrap() else {
                        assert!(!matches!(kind, Kind::Ours | Kind::Raw), "{}", question.query);
                        continue;
                    };
                    let fault = oracle.fault(number, task, &answer);
                    assert_eq!(fault, None, "{}, {}: {}", kind.name(), task.name(), question.query);
                }
            }
        }
    }
}
