//! Every hit, streamed.

use std::sync::Arc;

use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::fetch::fetch;
use crate::search::found::FoundParagraph;
use crate::search::hit::{Counts, Hit};
use crate::search::scan::{ScanOptions, scan};
use crate::store::engine_panic::catch_engine_panic;

/// How many found paragraphs are held at once: some 1.5 MiB of them.
pub(crate) const HELD: usize = 1 << 16;
/// From how many on the system is to read ahead.
const MANY: usize = 1000;

/// Every hit in report order, one at a time. Owns what it needs: later commits do not change it.
pub struct HitStream {
    compiled: Arc<CompiledQuery>,
    found: FoundStream,
}

impl HitStream {
    pub(crate) fn open(compiled: &Arc<CompiledQuery>, held: usize) -> Result<Self> {
        Ok(Self { compiled: compiled.clone(), found: FoundStream::open(compiled, held)? })
    }

    /// The exact counts of the whole search, however many hits have been taken.
    pub fn counts(&self) -> Counts {
        self.found.counts
    }
}

impl Iterator for HitStream {
    type Item = Result<Hit>;

    fn next(&mut self) -> Option<Result<Hit>> {
        let found = self.found.next()?;
        Some(found.and_then(|found| fetch(&self.compiled, &found)))
    }
}

impl std::fmt::Debug for HitStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HitStream").field("counts", &self.found.counts).finish_non_exhaustive()
    }
}

/// Found paragraphs in report order.
pub(crate) struct FoundStream {
    compiled: Arc<CompiledQuery>,
    held: usize,
    /// How many are found in each source.
    by_source: Vec<u32>,
    /// The first source of which none has been given yet.
    next: usize,
    found: std::vec::IntoIter<FoundParagraph>,
    /// Of the whole search.
    counts: Counts,
}

impl FoundStream {
    /// Counts everything that is found and holds up to `held` paragraphs of it.
    pub(crate) fn open(compiled: &Arc<CompiledQuery>, held: usize) -> Result<Self> {
        let sources = compiled.state.sources().len();
        let mut by_source = vec![0_u32; sources];
        let mut all = Vec::new();
        let counts = compiled.each(true, |found, _| {
            if let Some(number) = by_source.get_mut(found.source as usize) {
                *number += 1;
            }
            if all.len() < held {
                all.push(found);
            }
        })?;
        let count = usize::try_from(counts.paragraphs).unwrap_or(usize::MAX);
        if count > MANY {
            compiled.state.read_ahead();
        }
        let is_whole = count <= held;
        if is_whole {
            all.sort_unstable();
        } else {
            all.clear();
        }
        let next = if is_whole { sources } else { 0 };
        Ok(Self { compiled: compiled.clone(), held, by_source, next, found: all.into_iter(), counts })
    }

    /// The counts of the whole search.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// Finds those of the next sources.
    fn refill(&mut self) -> Result<()> {
        let mut wanted = vec![false; self.by_source.len()];
        let mut count = 0;
        while let (Some(number), Some(wanted)) = (self.by_source.get(self.next), wanted.get_mut(self.next)) {
            if count > 0 && count + *number as usize > self.held {
                break;
            }
            *wanted = *number > 0;
            count += *number as usize;
            self.next += 1;
        }
        let mut all = Vec::with_capacity(count);
        if count > 0 {
            run(&self.compiled, Some(&wanted), |found| all.push(found))?;
        }
        all.sort_unstable();
        self.found = all.into_iter();
        Ok(())
    }
}

impl Iterator for FoundStream {
    type Item = Result<FoundParagraph>;

    fn next(&mut self) -> Option<Result<FoundParagraph>> {
        loop {
            if let Some(found) = self.found.next() {
                return Some(Ok(found));
            }
            if self.next >= self.by_source.len() {
                return None;
            }
            if let Err(error) = self.refill() {
                self.next = self.by_source.len();
                return Some(Err(error));
            }
        }
    }
}

fn run(
    compiled: &CompiledQuery,
    sources: Option<&[bool]>,
    mut each: impl FnMut(FoundParagraph),
) -> Result<()> {
    catch_engine_panic(|| {
        scan(compiled, ScanOptions { scored: true, sources }, |found, _| each(found), |_| ())
    })
}

#[cfg(test)]
mod tests {
    use quotable_report::{Paragraph, Report};

    use super::*;
    use crate::api::index::Index;
    use crate::search::options::SearchOptions;

    #[test]
    fn texts_are_the_same_read_ahead() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open_or_create(folder.path()).unwrap();
        let put = |name: &str, paragraphs: usize| {
            let mut report = Report::new(name);
            report.paragraphs =
                (0..paragraphs).map(|number| Paragraph::new(format!("Care number {number}."))).collect();
            let mut writer = index.writer().unwrap();
            writer.put(report).unwrap();
            writer.finish().unwrap();
        };
        put("first.txt", MANY + 1);
        put("second.txt", 3);
        let all = |index: &Index| {
            let hits = index.search(&"care".parse().unwrap()).unwrap().every().unwrap();
            hits.map(|hit| hit.unwrap().text).collect::<Vec<_>>()
        };
        let texts = all(&index);
        assert_eq!(texts.len(), MANY + 4);
        assert!((0..=MANY).all(|number| texts[number] == format!("Care number {number}.")));
        let before = Index::open_read_only(folder.path()).unwrap();
        // What is open serves where its files are gone.
        put("first.txt", 2);
        assert_eq!(all(&before), texts);
        assert_eq!(all(&index).len(), 5);
    }

    #[test]
    fn what_is_held_at_once_changes_nothing() {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for number in 0..9_u16 {
            let mut report = Report::new(format!("{number}.txt"));
            report.published = quotable_report::Date::new(2010 + (number * 5) % 7, 1, 1);
            report.paragraphs = (0..number).map(|_| Paragraph::new("Care, and then more care.")).collect();
            writer.put(report).unwrap();
            if number % 3 == 2 {
                writer.commit().unwrap();
            }
        }
        writer.finish().unwrap();
        let query = "care".parse().unwrap();
        let compiled =
            Arc::new(CompiledQuery::new(&index.store().state(), &query, &SearchOptions::default()).unwrap());
        let all = |held| FoundStream::open(&compiled, held).unwrap().collect::<Result<Vec<_>>>().unwrap();
        let whole = all(100);
        assert_eq!(whole.len(), 36);
        assert!(whole.is_sorted());
        for held in [1, 5, 13, 35, 36] {
            assert_eq!(all(held), whole, "{held}");
        }
    }
}
