//! The occurrences of a query in every paragraph that matches, as positions of words.

use std::ops::Range;

use tantivy::TERMINATED;

use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::evaluate::Needed;
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::search::hit::Counts;
use crate::search::intervals::Interval;
use crate::search::options::Boilerplate;
use crate::search::scan::SegmentParagraphs;
use crate::search::tally::Tally;
use crate::store::engine_panic::catch_engine_panic;

impl CompiledQuery {
    /// Calls `each` with every paragraph that matches and the word positions of its occurrences, which are distinct and in
    /// order, and returns the counts. Reads postings alone, unless a word is asked for as printed. Scores are zero.
    pub(crate) fn each_occurrence(
        &self,
        mut each: impl FnMut(FoundParagraph, SegmentDoc, &[Range<u32>]),
    ) -> Result<Counts> {
        catch_engine_panic(|| self.find_occurrences(&mut each))
    }

    fn find_occurrences(
        &self,
        each: &mut impl FnMut(FoundParagraph, SegmentDoc, &[Range<u32>]),
    ) -> Result<Counts> {
        let mut interrupt = self.options.interrupt();
        let scorer_interrupt = interrupt.clone();
        let (mut tally, mut excluded) = (Tally::default(), Tally::default());
        let (mut intervals, mut positions) = (Vec::new(), Vec::new());
        for (segment, reader) in self.state.searcher().segment_readers().iter().enumerate() {
            interrupt.look()?;
            let searched = self.plan.searched.as_deref();
            let mut paragraphs = SegmentParagraphs::open(self, searched, segment, reader)?;
            let mut scorer = self.open(reader, segment, Needed::Occurrences, &scorer_interrupt)?;
            let mut doc = scorer.seek(0);
            while doc != TERMINATED {
                interrupt.step()?;
                let next = paragraphs.seek(doc);
                if next == doc {
                    intervals.clear();
                    let matched = scorer.find_occurrences(doc, Interval::WHOLE, &mut intervals, &mut []);
                    if matched.is_hit() {
                        let occurrences = u32::try_from(intervals.len()).unwrap_or(u32::MAX);
                        let found = paragraphs.found(doc, occurrences, 0.0);
                        if found.boilerplate > 0 && self.options.boilerplate == Boilerplate::Exclude {
                            excluded.add(&found);
                        } else {
                            tally.add(&found);
                            positions.clear();
                            positions.extend(intervals.iter().map(|interval| interval.start..interval.end));
                            each(found, SegmentDoc { segment, doc }, &positions);
                        }
                    }
                }
                doc = scorer.seek(next.max(doc + 1));
            }
            // An interrupted scorer ends as if there were no more paragraphs: tell the two apart.
            interrupt.look()?;
        }
        let mut counts = tally.counts();
        counts.boilerplate.merge(excluded.counts().boilerplate);
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use crate::api::index::Index;
    use crate::search::compiled::CompiledQuery;
    use crate::search::fetch::Fetcher;
    use crate::search::options::SearchOptions;

    /// The positions from postings are those that the matcher finds in the text, for every operator.
    #[test]
    fn positions_are_those_of_the_matcher() {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        writer
            .put_bytes(
                "one.txt",
                b"The heron waits. The mill waits for the heron.\n\nHerons of the mill, the Mill.",
            )
            .unwrap();
        writer.put_bytes("two.txt", b"Heron, heron, heron at the mill. A reed.\n\nNo bird at all.").unwrap();
        writer.finish().unwrap();
        let queries = [
            "heron",
            "heron*",
            "\"the heron\"",
            "heron mill",
            "heron OR mill",
            "heron w/4 mill",
            "heron -reed",
            "=Mill",
            "heron not w/3 mill",
            "heron w/s mill",
            "\"the * waits\"",
            "heron~ path:one.txt",
            "bird",
            "(heron path:two.txt) OR mill",
        ];
        for query in queries {
            let options = SearchOptions::default();
            let compiled =
                CompiledQuery::new(&index.store().state(), &query.parse().unwrap(), &options).unwrap();
            let mut seen = 0;
            let counts = compiled
                .each_occurrence(|found, _, positions| {
                    let marked = Fetcher::default().read(&compiled, &found).unwrap();
                    let expected: Vec<_> = marked.occurrences.iter().map(|span| span.words.clone()).collect();
                    assert_eq!(positions, expected, "{query}");
                    seen += 1;
                })
                .unwrap();
            assert_eq!(counts, compiled.count().unwrap(), "{query}");
            assert!(seen > 0, "{query}");
        }
    }
}
