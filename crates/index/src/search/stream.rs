//! Every hit in report order, as an iterator in bounded memory.
//!
//! A search finds paragraphs segment by segment, which is not report order, so they must be sorted before the first is
//! returned. If they fit a buffer that is done once. Otherwise the first pass only counts them by source, and further
//! passes fill the buffer with the paragraphs of as many of the next sources as fit.

use std::sync::Arc;

use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::fetch::{Fetcher, cite_source};
use crate::search::found::FoundParagraph;
use crate::search::hit::{Counts, Hit};
use crate::search::scan::{ScanOptions, scan};
use crate::store::engine_panic::catch_engine_panic;

/// Size of the buffer: found paragraphs held at once, some 1.5 MiB.
pub(crate) const BUFFERED: usize = 1 << 16;

/// Every hit in report order, one at a time. Owns everything it uses: later commits do not change it.
///
/// As an iterator it gives each hit away. [`lend`](Self::lend) only lends each, which is faster: some forty strings and lists of
/// a hit are written where those of the one before were.
pub struct HitStream {
    compiled: Arc<CompiledQuery>,
    found: FoundStream,
    fetcher: Fetcher,
    /// The hit that was lent last, and its source.
    lent: Option<(u32, Hit)>,
}

impl HitStream {
    pub(crate) fn open(compiled: &Arc<CompiledQuery>, buffered: usize) -> Result<Self> {
        let found = FoundStream::open(compiled, buffered)?;
        Ok(Self { compiled: compiled.clone(), found, fetcher: Fetcher::default(), lent: None })
    }

    /// Lends the next hit, until this is called again; `None` after the last one.
    ///
    /// ```
    /// use quotable_index::Index;
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = index.writer()?;
    /// writer.put_bytes("west.txt", b"Forty children wait.\n\nNo one says why.\n\nThe children ask.")?;
    /// writer.finish()?;
    /// let mut hits = index.search(&"children".parse().unwrap())?.every()?;
    /// let mut bytes = 0;
    /// while let Some(hit) = hits.lend()? {
    ///     bytes += hit.text.len();
    /// }
    /// assert_eq!(bytes, "Forty children wait.".len() + "The children ask.".len());
    /// # Ok::<(), quotable_index::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) if a paragraph cannot be read; the next call goes on with the next one. And those
    /// of [`count`](crate::Search::count), since the search is run again for every 65,000 hits; then the hits end.
    pub fn lend(&mut self) -> Result<Option<&Hit>> {
        let Some(found) = self.found.next().transpose()? else { return Ok(None) };
        match &mut self.lent {
            Some((source, hit)) => {
                if *source != found.source {
                    cite_source(&self.compiled.state, found.source, &mut hit.citation)?;
                    *source = found.source;
                }
                self.fetcher.fill(&self.compiled, &found, hit)?;
            }
            None => self.lent = Some((found.source, self.fetcher.fetch(&self.compiled, &found)?)),
        }
        Ok(self.lent.as_ref().map(|(_, hit)| hit))
    }

    /// The exact counts of the whole search, not only of the hits returned so far.
    pub fn counts(&self) -> Counts {
        self.found.counts
    }
}

impl Iterator for HitStream {
    type Item = Result<Hit>;

    fn next(&mut self) -> Option<Result<Hit>> {
        let found = self.found.next()?;
        Some(found.and_then(|found| self.fetcher.fetch(&self.compiled, &found)))
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
    /// Size of the buffer.
    buffered: usize,
    /// Number of found paragraphs in each source.
    by_source: Vec<u32>,
    /// The first source whose paragraphs are not in the buffer yet.
    next_source: usize,
    /// The buffer.
    found: std::vec::IntoIter<FoundParagraph>,
    /// Counts of the whole search.
    counts: Counts,
}

impl FoundStream {
    /// Runs the search once to count, and keeps what it finds if that fits a buffer of `buffered` paragraphs.
    pub(crate) fn open(compiled: &Arc<CompiledQuery>, buffered: usize) -> Result<Self> {
        let sources = compiled.state.sources().len();
        let mut by_source = vec![0_u32; sources];
        let mut all = Vec::new();
        let counts = compiled.each(true, |found, _| {
            let count = by_source.get_mut(found.source as usize);
            debug_assert!(count.is_some(), "a found paragraph has no source");
            if let Some(count) = count {
                *count += 1;
            }
            if all.len() < buffered {
                all.push(found);
            }
        })?;
        let count = usize::try_from(counts.paragraphs).unwrap_or(usize::MAX);
        let is_whole = count <= buffered;
        if is_whole {
            all.sort_unstable();
        } else {
            all.clear();
        }
        let next_source = if is_whole { sources } else { 0 };
        Ok(Self {
            compiled: compiled.clone(),
            buffered,
            by_source,
            next_source,
            found: all.into_iter(),
            counts,
        })
    }

    /// The counts of the whole search.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// Fills the buffer with the found paragraphs of the next sources: as many as fit, at least one source.
    fn refill(&mut self) -> Result<()> {
        let mut wanted = vec![false; self.by_source.len()];
        let mut count = 0;
        while let (Some(found), Some(wanted)) =
            (self.by_source.get(self.next_source), wanted.get_mut(self.next_source))
        {
            if count > 0 && count + *found as usize > self.buffered {
                break;
            }
            *wanted = *found > 0;
            count += *found as usize;
            self.next_source += 1;
        }
        let mut all = Vec::with_capacity(count);
        if count > 0 {
            scan_sources(&self.compiled, &wanted, |found| all.push(found))?;
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
            if self.next_source >= self.by_source.len() {
                return None;
            }
            if let Err(error) = self.refill() {
                // End after an error: what follows would have a gap.
                self.next_source = self.by_source.len();
                return Some(Err(error));
            }
        }
    }
}

/// Runs the search over the `wanted` sources alone, by source number.
fn scan_sources(
    compiled: &CompiledQuery,
    wanted: &[bool],
    mut each: impl FnMut(FoundParagraph),
) -> Result<()> {
    let options = ScanOptions { scored: true, sources: Some(wanted) };
    catch_engine_panic(|| scan(compiled, options, |found, _| each(found)))
}

#[cfg(test)]
mod tests {
    use quotable_report::{Paragraph, Report};

    use super::*;
    use crate::api::index::Index;
    use crate::search::options::SearchOptions;

    #[test]
    fn texts_are_read_after_a_later_commit_removed_their_files() {
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
        const MANY: usize = 1001;
        put("first.txt", MANY);
        put("second.txt", 3);
        let all = |index: &Index| {
            let hits = index.search(&"care".parse().unwrap()).unwrap().every().unwrap();
            hits.map(|hit| hit.unwrap().text).collect::<Vec<_>>()
        };
        let texts = all(&index);
        assert_eq!(texts.len(), MANY + 3);
        assert!((0..MANY).all(|number| texts[number] == format!("Care number {number}.")));
        let before = Index::open_read_only(folder.path()).unwrap();
        // An open index goes on answering after a later commit removed its files.
        put("first.txt", 2);
        assert_eq!(all(&before), texts);
        assert_eq!(all(&index).len(), 5);
    }

    #[test]
    fn the_size_of_the_buffer_changes_no_result() {
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
        let all =
            |buffered| FoundStream::open(&compiled, buffered).unwrap().collect::<Result<Vec<_>>>().unwrap();
        let whole = all(100);
        assert_eq!(whole.len(), 36);
        assert!(whole.is_sorted());
        for buffered in [1, 5, 13, 35, 36] {
            assert_eq!(all(buffered), whole, "{buffered}");
        }
    }
}
