//! This library, used as an embedder would use it.

use std::path::Path;

use quotable::report::Report;
use quotable::{Facet, Hit, Index, Search};

use super::{Answer, Engine};
use crate::error::Result;
use crate::queries::{BenchQuery, QueryClass, Task};

/// An open index of this library.
#[derive(Debug)]
pub struct QuotableEngine {
    index: Index,
    queries: Vec<BenchQuery>,
}

/// Words of context on each side of a concordance line.
const CONTEXT: u32 = 8;

/// Builds an index in a folder, on one thread. Returns the number of segments.
///
/// # Errors
/// If the index cannot be written.
pub fn build(folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Result<usize> {
    let index = Index::builder().threads(1).open_or_create(folder)?;
    let mut writer = index.writer()?;
    for report in reports {
        writer.put(report)?;
    }
    writer.finish()?;
    // Each segment has one `.store` file.
    let entries = std::fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    Ok(entries.iter().filter(|entry| entry.path().extension().is_some_and(|end| end == "store")).count())
}

impl QuotableEngine {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// If the index cannot be opened.
    pub fn open(folder: &Path, queries: &[BenchQuery]) -> Result<Self> {
        Ok(Self { index: Index::open_read_only(folder)?, queries: queries.to_vec() })
    }

    /// Fetches or counts all matches, as the class of query requires.
    fn all_matches(search: &Search, class: QueryClass) -> Result<Answer> {
        let mut answer = Answer::default();
        match class {
            QueryClass::CountBy => {
                let table = search.count_by(&[Facet::Year])?;
                answer.paragraphs = Some(table.rows.iter().map(|row| row.paragraphs).sum());
                answer.occurrences = Some(table.rows.iter().map(|row| row.occurrences).sum());
            }
            QueryClass::Kwic => {
                let mut occurrences = 0;
                let mut lines = search.concordance(CONTEXT, CONTEXT)?;
                while let Some(line) = lines.lend()? {
                    occurrences += 1;
                    answer.bytes += (line.pre.len() + line.keyword.len() + line.post.len()) as u64;
                }
                answer.occurrences = Some(occurrences);
            }
            _ => {
                let mut paragraphs = 0;
                let mut hits = search.every()?;
                while let Some(hit) = hits.lend()? {
                    paragraphs += 1;
                    answer.bytes += hit.text.len() as u64;
                }
                answer.paragraphs = Some(paragraphs);
            }
        }
        Ok(answer)
    }
}

impl Engine for QuotableEngine {
    fn run(&self, query: usize, task: Task) -> Result<Option<Answer>> {
        let BenchQuery { class, query } = &self.queries[query];
        let search = self.index.search(query)?;
        let texts = |hits: Vec<Hit>| hits.into_iter().map(|hit| hit.text).collect();
        Ok(Some(match task {
            Task::Top | Task::Cold => Answer { top: texts(search.top_hits(10)?), ..Answer::default() },
            Task::Count => Answer { paragraphs: Some(search.count_paragraphs()?), ..Answer::default() },
            Task::TopAndCount => {
                let found = search.top(10)?;
                Answer {
                    paragraphs: Some(found.counts.paragraphs),
                    occurrences: Some(found.counts.occurrences),
                    top: texts(found.hits),
                    bytes: 0,
                }
            }
            Task::All => Self::all_matches(&search, *class)?,
        }))
    }
}
