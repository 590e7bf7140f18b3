//! Runs a compiled query over the whole index and counts what it finds.

use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::search::hit::{Counts, ReportCount};
use crate::search::scan::{self, ScanOptions};
use crate::search::tally::Tally;
use crate::store::engine_panic::catch_engine_panic;

impl CompiledQuery {
    /// Calls `each` with every paragraph that matches, those of one source one after another, and returns the counts.
    /// Scores are zero unless `scored`.
    pub(crate) fn each(
        &self,
        scored: bool,
        mut each: impl FnMut(FoundParagraph, SegmentDoc),
    ) -> Result<Counts> {
        let (mut tally, mut left_out) = (Tally::default(), Tally::default());
        let give = |found: FoundParagraph, place| {
            tally.add(&found);
            each(found, place);
        };
        let how = ScanOptions { scored, ..ScanOptions::default() };
        catch_engine_panic(|| scan::scan(self, how, give, |found| left_out.add_left_out(&found)))?;
        let mut counts = tally.counts();
        counts.boilerplate.merge(left_out.counts().boilerplate);
        Ok(counts)
    }

    /// Counts everything that matches.
    pub(crate) fn count(&self) -> Result<Counts> {
        self.each(false, |_, _| ())
    }

    /// Counts paragraphs alone, which costs much less than [`each`](Self::each).
    pub(crate) fn count_paragraphs(&self) -> Result<u64> {
        catch_engine_panic(|| scan::count_paragraphs(self))
    }

    /// Counts by report, in report order; reports without a match are left out.
    pub(crate) fn count_by_report(&self) -> Result<Vec<ReportCount>> {
        let table = self.state.sources();
        let mut by_source = vec![(0_u64, 0_u64); table.entries().len()];
        self.each(false, |found, _| {
            if let Some((occurrences, paragraphs)) = by_source.get_mut(found.source as usize) {
                *occurrences += u64::from(found.occurrences);
                *paragraphs += 1;
            }
        })?;
        let counted = table.entries().iter().zip(by_source).filter(|(_, (_, paragraphs))| *paragraphs > 0);
        let counts = counted.map(|(entry, (occurrences, paragraphs))| ReportCount {
            path: entry.path.clone(),
            occurrences,
            paragraphs,
        });
        Ok(counts.collect())
    }
}
