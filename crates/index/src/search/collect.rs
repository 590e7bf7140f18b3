//! Runs a compiled query over the whole index and counts the matches.

use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::search::hit::{Counts, ReportCount};
use crate::search::scan::{self, Collector, ScanOptions};
use crate::search::tally::Counted;
use crate::store::engine_panic::catch_engine_panic;

/// Counts all that matches and hands it on.
struct CountedEach<E> {
    counted: Counted,
    each: E,
}

impl<E: FnMut(FoundParagraph, SegmentDoc)> Collector for CountedEach<E> {
    fn collect(&mut self, found: FoundParagraph, doc: SegmentDoc) {
        self.counted.collect(found, doc);
        (self.each)(found, doc);
    }

    fn exclude(&mut self, found: FoundParagraph) {
        self.counted.exclude(found);
    }
}

impl CompiledQuery {
    /// Calls `each` with every paragraph that matches, and returns the counts. Paragraphs of one source come one after
    /// another. Scores are zero unless `scored`.
    pub(crate) fn each(&self, scored: bool, each: impl FnMut(FoundParagraph, SegmentDoc)) -> Result<Counts> {
        let mut counted = CountedEach { counted: Counted::new(self), each };
        let options = ScanOptions { scored, ..ScanOptions::default() };
        catch_engine_panic(|| scan::scan_into(self, options, &mut counted))?;
        Ok(counted.counted.counts())
    }

    /// Counts everything that matches.
    pub(crate) fn count(&self) -> Result<Counts> {
        let mut counted = Counted::new(self);
        catch_engine_panic(|| scan::scan_into(self, ScanOptions::default(), &mut counted))?;
        Ok(counted.counts())
    }

    /// Counts paragraphs alone. Much cheaper than [`each`](Self::each), because occurrences need not be found.
    pub(crate) fn count_paragraphs(&self) -> Result<u64> {
        catch_engine_panic(|| scan::count_paragraphs(self))
    }

    /// Counts by report, in report order, without the reports that have no match.
    pub(crate) fn count_by_report(&self) -> Result<Vec<ReportCount>> {
        let sources = self.state.sources();
        let mut by_source = vec![(0_u64, 0_u64); sources.len()];
        self.each(false, |found, _| {
            let count = by_source.get_mut(found.source as usize);
            debug_assert!(count.is_some(), "a found paragraph has no source");
            if let Some((occurrences, paragraphs)) = count {
                *occurrences += u64::from(found.occurrences);
                *paragraphs += 1;
            }
        })?;
        let counted = sources.entries().iter().zip(by_source).filter(|(_, (_, paragraphs))| *paragraphs > 0);
        let counts = counted.map(|(entry, (occurrences, paragraphs))| ReportCount {
            path: entry.path.clone(),
            occurrences,
            paragraphs,
        });
        Ok(counts.collect())
    }
}
