//! The right answers: every query on every paragraph, by the pure matcher of the query crate.

use std::sync::{Mutex, PoisonError};

use quotable::query::matcher::Condition;
use quotable::query::{Filter, Matcher, Text};
use quotable::report::{Paragraph, Report};

use super::Answer;
use crate::corpus::{CorpusFile, report_of_line};
use crate::error::Result;
use crate::queries::{BenchQuery, Task, grade_of, years_of};

/// The right counts of a query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Matching paragraphs.
    pub paragraphs: u64,
    /// Occurrences.
    pub occurrences: u64,
}

/// The right counts of every query on a corpus, and the size of the corpus.
#[derive(Debug, Default)]
pub struct Oracle {
    matchers: Vec<Matcher>,
    counts: Vec<Counts>,
    /// Paragraphs of the corpus.
    pub paragraphs: u64,
    /// Bytes of text in the corpus.
    pub bytes: u64,
}

impl Oracle {
    /// Reads the corpus once, on all hardware threads, and matches every query with every paragraph.
    ///
    /// # Errors
    /// If a query has no matcher, or the corpus cannot be read.
    pub fn new(queries: &[BenchQuery], corpus: &CorpusFile) -> Result<Self> {
        let matchers: Vec<Matcher> =
            queries.iter().map(|query| Matcher::new(&query.query)).collect::<std::result::Result<_, _>>()?;
        let lines = Mutex::new(corpus.lines()?);
        let next_line = || lines.lock().unwrap_or_else(PoisonError::into_inner).next();
        let count_lines = || {
            let mut part = Self::empty(matchers.len());
            while let Some(line) = next_line() {
                part.add(&matchers, &report_of_line(&line?)?);
            }
            Result::Ok(part)
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let parts = std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(count_lines)).collect();
            running.into_iter().map(|thread| thread.join()).collect::<Vec<_>>()
        });
        let mut whole = Self::empty(matchers.len());
        for part in parts {
            let part = part.map_err(|_| "a thread of the oracle panicked")??;
            whole.paragraphs += part.paragraphs;
            whole.bytes += part.bytes;
            for (sum, part) in whole.counts.iter_mut().zip(part.counts) {
                sum.paragraphs += part.paragraphs;
                sum.occurrences += part.occurrences;
            }
        }
        Ok(Self { matchers, ..whole })
    }

    fn empty(queries: usize) -> Self {
        Self { counts: vec![Counts::default(); queries], ..Self::default() }
    }

    fn add(&mut self, matchers: &[Matcher], report: &Report) {
        for paragraph in report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()) {
            self.paragraphs += 1;
            self.bytes += paragraph.text.len() as u64;
            let text = Text::with_sentences(&paragraph.text, &paragraph.sentences);
            for (matcher, counts) in matchers.iter().zip(&mut self.counts) {
                let found = matcher.find_if(&text, |condition| match condition {
                    Condition::Filter(filter) => passes(filter, report, paragraph),
                    _ => false,
                });
                counts.paragraphs += u64::from(found.matched);
                counts.occurrences += found.occurrences.len() as u64;
            }
        }
    }

    /// The right counts of a query.
    pub fn counts(&self, query: usize) -> Counts {
        self.counts.get(query).copied().unwrap_or_default()
    }

    /// What is wrong with an answer; `None` if it is right.
    ///
    /// A top ten must be complete, and the matcher must match each of its texts. Filters are not checked there, since the
    /// text does not show grade and date; the counts cover them.
    pub fn fault(&self, query: usize, task: Task, answer: &Answer) -> Option<String> {
        let right = self.counts(query);
        for (unit, found, right) in [
            ("paragraphs", answer.paragraphs, right.paragraphs),
            ("occurrences", answer.occurrences, right.occurrences),
        ] {
            if let Some(found) = found.filter(|found| *found != right) {
                return Some(format!("found {found} {unit}, not {right}"));
            }
        }
        if !task.returns_top() {
            let has_counts = answer.paragraphs.is_some() || answer.occurrences.is_some();
            return (!has_counts).then(|| "counted nothing".to_owned());
        }
        let complete = right.paragraphs.min(10);
        if answer.top.len() as u64 != complete {
            return Some(format!("returned {} of the top {complete}", answer.top.len()));
        }
        let matcher = self.matchers.get(query)?;
        let has_mismatch = answer.top.iter().any(|text| !matcher.find_if(&Text::new(text), |_| true).matched);
        has_mismatch.then(|| "returned a paragraph that does not match".to_owned())
    }
}

/// Evaluates a filter by its definition.
fn passes(filter: &Filter, report: &Report, paragraph: &Paragraph) -> bool {
    if let Some(grade) = grade_of(filter) {
        let of_section = report.above(paragraph.section).find_map(|(_, section)| section.grade.as_ref());
        return of_section.is_some_and(|of_section| of_section.as_str() == grade);
    }
    years_of(filter)
        .is_some_and(|years| report.published.is_some_and(|published| years.contains(&published.year())))
}
