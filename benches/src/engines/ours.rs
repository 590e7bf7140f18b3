//! Ours, as an embedder would use it.

use std::path::Path;

use quotable::report::Report;
use quotable::{Facet, Index};

use super::question::{Class, Question};
use super::{Answer, Engine, Outcome};

/// Ours.
#[derive(Debug)]
pub struct Ours {
    index: Index,
    questions: Vec<Question>,
}

/// How many words of context a line has on each side.
const CONTEXT: u32 = 8;

impl Engine for Ours {
    fn name(&self) -> &'static str {
        "quotable"
    }

    fn open(folder: &Path, questions: &[Question]) -> Outcome<Self> {
        Ok(Self { index: Index::open_read_only(folder)?, questions: questions.to_vec() })
    }

    fn build(folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Outcome<usize> {
        let index = Index::builder().threads(1).open_or_create(folder)?;
        let mut writer = index.writer()?;
        for report in reports {
            writer.put(report)?;
        }
        writer.finish()?;
        let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
        Ok(entries.iter().filter(|entry| entry.path().extension().is_some_and(|end| end == "store")).count())
    }

    fn answer(&self, question: usize) -> Outcome<Option<Answer>> {
        let Question { class, query } = &self.questions[question];
        let search = self.index.search(query)?;
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
            Class::Every => {
                let mut paragraphs = 0;
                for hit in search.every()? {
                    paragraphs += 1;
                    answer.bytes += hit?.text.len() as u64;
                }
                answer.paragraphs = Some(paragraphs);
            }
            _ => {
                let hits = search.top(10)?;
                answer.paragraphs = Some(hits.counts.paragraphs);
                answer.occurrences = Some(hits.counts.occurrences);
                answer.bytes = hits.hits.iter().map(|hit| hit.text.len() as u64).sum();
            }
        }
        Ok(Some(answer))
    }

    fn count(&self, question: usize) -> Outcome<Option<Answer>> {
        let counts = self.index.search(&self.questions[question].query)?.count()?;
        Ok(Some(Answer {
            paragraphs: Some(counts.paragraphs),
            occurrences: Some(counts.occurrences),
            bytes: 0,
        }))
    }
}
