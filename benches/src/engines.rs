//! Engines put to the same work, and what says whether they did it.

pub mod machine;
pub mod oracle;
pub mod ours;
pub mod question;
pub mod raw;

use std::path::Path;

use quotable::report::Report;

use self::question::Question;

/// What may go wrong in a measurement.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// An engine with an index of the corpus.
pub trait Engine {
    /// How it is called in tables.
    fn name(&self) -> &'static str;

    /// Opens the index in a folder, ready to be asked these questions.
    ///
    /// # Errors
    /// If it cannot be opened.
    fn open(folder: &Path, questions: &[Question]) -> Outcome<Self>
    where
        Self: Sized;

    /// Makes an index in a folder; gives the number of its segments.
    ///
    /// # Errors
    /// If it cannot be written.
    fn build(folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Outcome<usize>
    where
        Self: Sized;

    /// Does what a question asks; `None` if the engine has no way to.
    ///
    /// # Errors
    /// If the index cannot be read.
    fn answer(&self, question: usize) -> Outcome<Option<Answer>>;

    /// Counts the paragraphs that a question finds, by counting alone; `None` if the engine has no way to.
    ///
    /// # Errors
    /// If the index cannot be read.
    fn count(&self, question: usize) -> Outcome<Option<Answer>>;
}

/// What an engine found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answer {
    /// Paragraphs that match, where the engine has counted them.
    pub paragraphs: Option<u64>,
    /// Occurrences, where the engine has counted them.
    pub occurrences: Option<u64>,
    /// Bytes of text that were fetched.
    pub bytes: u64,
}

#[cfg(test)]
mod tests {
    use super::oracle::expected;
    use super::ours::Ours;
    use super::question::questions;
    use super::raw::Raw;
    use super::*;
    use crate::generate::Corpus;

    fn check<E: Engine>(folder: &Path) {
        let corpus = || Corpus::new(7, 2_000);
        let questions = questions(corpus()).unwrap();
        let expected = expected(&questions, corpus()).unwrap();
        E::build(folder, &mut corpus()).unwrap();
        let engine = E::open(folder, &questions).unwrap();
        for (number, expected) in expected.iter().enumerate() {
            let asked = [engine.answer(number).unwrap(), engine.count(number).unwrap()];
            for answer in asked {
                let fault = expected.fault(answer);
                assert_eq!(fault, None, "{}: {}", engine.name(), questions[number].query);
            }
        }
    }

    #[test]
    fn every_engine_finds_what_the_oracle_finds() {
        let folder = tempfile::tempdir().unwrap();
        check::<Ours>(&folder.path().join("ours"));
        check::<Raw>(&folder.path().join("raw"));
    }
}
