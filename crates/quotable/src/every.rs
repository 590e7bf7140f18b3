//! Every hit, streamed.

use std::sync::Arc;

use crate::collect::{Found, Scan, scan};
use crate::error::Result;
use crate::fetch::fetch;
use crate::guard::guarded;
use crate::hit::Every;
use crate::search::Compiled;
use crate::search::Search;

/// How many found paragraphs are held at once: some 1.5 MiB of them.
pub(crate) const HELD: usize = 1 << 16;
/// From how many on the system is to read ahead.
const MANY: usize = 1000;

impl Search {
    /// Every hit in report order, one at a time, in memory that does not grow with their number: where there are more
    /// than some 65,000 the search is run again for each so many. The iterator owns what it needs.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn every(&self) -> Result<Every> {
        let compiled = Arc::clone(&self.0);
        let hits = self.stream(HELD)?.map(move |found| fetch(&compiled, &found?));
        Ok(Every(Box::new(hits)))
    }

    /// Every found paragraph in report order, about so many held at once.
    pub(crate) fn stream(&self, held: usize) -> Result<Stream> {
        let sources = self.0.snapshot.table().len();
        let mut stream = Stream {
            compiled: Arc::clone(&self.0),
            held,
            by_source: vec![0; sources],
            next: sources,
            found: Vec::new().into_iter(),
        };
        let (mut all, mut count) = (Vec::new(), 0_usize);
        let each = |found: Found| {
            count += 1;
            if let Some(number) = stream.by_source.get_mut(found.source as usize) {
                *number += 1;
            }
            if count <= held {
                all.push(found);
            }
        };
        run(&self.0, None, each)?;
        if count > MANY {
            self.0.snapshot.read_ahead();
        }
        if count <= held {
            all.sort_unstable();
            stream.found = all.into_iter();
        } else {
            stream.next = 0;
        }
        Ok(stream)
    }
}

/// Found paragraphs in report order.
pub(crate) struct Stream {
    compiled: Arc<Compiled>,
    held: usize,
    /// How many are found in each source.
    by_source: Vec<u32>,
    /// The first source of which none has been given yet.
    next: usize,
    found: std::vec::IntoIter<Found>,
}

impl Stream {
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

impl Iterator for Stream {
    type Item = Result<Found>;

    fn next(&mut self) -> Option<Result<Found>> {
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

fn run(compiled: &Compiled, sources: Option<&[bool]>, mut each: impl FnMut(Found)) -> Result<()> {
    guarded(|| scan(compiled, Scan { scored: true, sources }, |found, _| each(found), |_| ()))
}

#[cfg(test)]
mod tests {
    use quotable_report::{Paragraph, Report};

    use super::MANY;
    use crate::index::Index;

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
        let search = index.search(&"care".parse().unwrap()).unwrap();
        let all = |held| search.stream(held).unwrap().collect::<crate::error::Result<Vec<_>>>().unwrap();
        let whole = all(100);
        assert_eq!(whole.len(), 36);
        assert!(whole.is_sorted());
        for held in [1, 5, 13, 35, 36] {
            assert_eq!(all(held), whole, "{held}");
        }
    }
}
