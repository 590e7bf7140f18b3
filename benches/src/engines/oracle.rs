//! What must be found: every query over every text, by the pure matcher.

use std::sync::{Mutex, PoisonError};

use quotable::query::matcher::Condition;
use quotable::query::{Field, Filter, Matcher, Text, Value};
use quotable::report::{Paragraph, Report};

use super::question::{Question, Task};
use super::{Answer, Outcome};
use crate::corpus::{Corpus, report};

/// What a question must find.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Expected {
    /// Paragraphs that match.
    pub paragraphs: u64,
    /// Occurrences in them.
    pub occurrences: u64,
}

/// What all questions must find in a corpus, and the corpus’s size.
#[derive(Debug, Default)]
pub struct Oracle {
    matchers: Vec<Matcher>,
    expected: Vec<Expected>,
    /// Paragraphs.
    pub paragraphs: u64,
    /// Bytes of text.
    pub bytes: u64,
}

impl Oracle {
    /// Reads the corpus once, by all processors, and asks every question of every paragraph.
    ///
    /// # Errors
    /// If a query is at fault, or the corpus cannot be read.
    pub fn of(questions: &[Question], corpus: &Corpus) -> Outcome<Self> {
        let matchers =
            questions.iter().map(|question| Matcher::new(&question.query)).collect::<Result<_, _>>()?;
        let mut whole =
            Self { matchers, expected: vec![Expected::default(); questions.len()], ..Self::default() };
        let lines = Mutex::new(corpus.lines()?);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let matchers = &whole.matchers;
        let next = || lines.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || {
            let mut part = Self { expected: vec![Expected::default(); matchers.len()], ..Self::default() };
            while let Some(line) = next() {
                let read = line.map_err(|error| error.to_string());
                let read = read.and_then(|line| report(&line).map_err(|error| error.to_string()))?;
                part.add(matchers, &read);
            }
            Ok::<_, String>(part)
        };
        let parts = std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            running.into_iter().map(|thread| thread.join()).collect::<Vec<_>>()
        });
        for part in parts {
            let part = part.map_err(|_| "a thread panicked")??;
            whole.paragraphs += part.paragraphs;
            whole.bytes += part.bytes;
            for (all, part) in whole.expected.iter_mut().zip(part.expected) {
                all.paragraphs += part.paragraphs;
                all.occurrences += part.occurrences;
            }
        }
        Ok(whole)
    }

    fn add(&mut self, matchers: &[Matcher], report: &Report) {
        for paragraph in report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()) {
            self.paragraphs += 1;
            self.bytes += paragraph.text.len() as u64;
            let text = Text::with_sentences(&paragraph.text, &paragraph.sentences);
            for (matcher, expected) in matchers.iter().zip(&mut self.expected) {
                let found = matcher.find_if(&text, |condition| match condition {
                    Condition::Filter(filter) => passes(filter, report, paragraph),
                    _ => false,
                });
                expected.paragraphs += u64::from(found.matched);
                expected.occurrences += found.occurrences.len() as u64;
            }
        }
    }

    /// What a question must find.
    pub fn expected(&self, question: usize) -> Expected {
        self.expected.get(question).copied().unwrap_or_default()
    }

    /// What is wrong with an answer; `None` if nothing is. The ten best must be as many as there can be, and be found by
    /// the matcher too, filters apart: these are held by the counts.
    pub fn fault(&self, question: usize, task: Task, answer: &Answer) -> Option<String> {
        let expected = self.expected(question);
        let counts = [
            ("paragraphs", answer.paragraphs, expected.paragraphs),
            ("occurrences", answer.occurrences, expected.occurrences),
        ];
        let wrong = counts.into_iter().find(|(_, found, wanted)| found.is_some_and(|found| found != *wanted));
        if let Some((what, found, wanted)) = wrong {
            return Some(format!("found {} {what}, not {wanted}", found.unwrap_or_default()));
        }
        if !task.is_best() {
            let counted = answer.paragraphs.is_some() || answer.occurrences.is_some();
            return (!counted).then(|| "counted nothing".to_owned());
        }
        let wanted = expected.paragraphs.min(10);
        if answer.best.len() as u64 != wanted {
            return Some(format!("gave {} of the best {wanted}", answer.best.len()));
        }
        let matcher = self.matchers.get(question)?;
        let missed = answer.best.iter().any(|text| !matcher.find_if(&Text::new(text), |_| true).matched);
        missed.then(|| "gave a paragraph that does not match".to_owned())
    }
}

/// The filters of the questions, by definition.
fn passes(filter: &Filter, report: &Report, paragraph: &Paragraph) -> bool {
    match (filter.field, &filter.value) {
        (Field::Grade, Value::Text(wanted)) => {
            let grade = report.above(paragraph.section).find_map(|(_, section)| section.grade);
            grade.is_some_and(|grade| grade.as_str() == wanted)
        }
        (Field::Date, Value::Range(from, to)) => years(from.as_deref(), to.as_deref())
            .is_some_and(|years| report.published.is_some_and(|day| years.contains(&day.year()))),
        _ => false,
    }
}

/// The years of a range of whole years; `None` of any other range.
pub(super) fn years(from: Option<&str>, to: Option<&str>) -> Option<std::ops::RangeInclusive<u16>> {
    let year = |text: Option<&str>, open| text.map_or(Some(open), |text| text.parse().ok());
    Some(year(from, 0)?..=year(to, u16::MAX)?)
}
