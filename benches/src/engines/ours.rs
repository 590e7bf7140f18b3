//! Ours, as an embedder would use it.

use std::path::Path;

use quotable::report::Report;
use quotable::{Facet, Hit, Index, Search};

use super::question::{Class, Question, Task};
use super::{Answer, Engine, Outcome};

/// Ours.
#[derive(Debug)]
pub struct Ours {
    index: Index,
    questions: Vec<Question>,
}

/// How many words of context a line has on each side.
const CONTEXT: u32 = 8;

/// Makes an index in a folder, by one thread; gives the number of its segments.
///
/// # Errors
/// If it cannot be written.
pub fn build(folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Outcome<usize> {
    let index = Index::builder().threads(1).open_or_create(folder)?;
    let mut writer = index.writer()?;
    for report in reports {
        writer.put(report)?;
    }
    writer.finish()?;
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    Ok(entries.iter().filter(|entry| entry.path().extension().is_some_and(|end| end == "store")).count())
}

impl Ours {
    /// Opens the index in a folder, to be asked these questions.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn open(folder: &Path, questions: &[Question]) -> Outcome<Self> {
        Ok(Self { index: Index::open_read_only(folder)?, questions: questions.to_vec() })
    }

    /// All that match, in the way that the class asks for.
    fn all(search: &Search, class: Class) -> Outcome<Answer> {
        let mut answer = Answer::default();
        match class {
            Class::CountBy => {
                let table = search.count_by(&[Facet::Year])?;
                answer.paragraphs = Some(table.rows.iter().map(|row| row.paragraphs).sum());
                answer.occurrences = Some(table.rows.iter().map(|row| row.occurrences).sum());
            }
            Class::Kwic => {
                let mut occurrences = 0;
                for line in search.concordance(CONTEXT, CONTEXT)? {
                    let line = line?;
                    occurrences += 1;
                    answer.bytes += (line.pre.len() + line.keyword.len() + line.post.len()) as u64;
                }
                answer.occurrences = Some(occurrences);
            }
            _ => {
                let mut paragraphs = 0;
                for hit in search.every()? {
                    paragraphs += 1;
                    answer.bytes += hit?.text.len() as u64;
                }
                answer.paragraphs = Some(paragraphs);
            }
        }
        Ok(answer)
    }
}

impl Engine for Ours {
    fn ask(&self, question: usize, task: Task) -> Outcome<Option<Answer>> {
        let Question { class, query } = &self.questions[question];
        let search = self.index.search(query)?;
        let texts = |hits: Vec<Hit>| hits.into_iter().map(|hit| hit.text).collect();
        Ok(Some(match task {
            Task::Top | Task::Cold => Answer { best: texts(search.top_hits(10)?), ..Answer::default() },
            Task::Count => Answer { paragraphs: Some(search.count_paragraphs()?), ..Answer::default() },
            Task::Both => {
                let found = search.top(10)?;
                Answer {
                    paragraphs: Some(found.counts.paragraphs),
                    occurrences: Some(found.counts.occurrences),
                    best: texts(found.hits),
                    bytes: 0,
                }
            }
            Task::All => Self::all(&search, *class)?,
        }))
    }
}
