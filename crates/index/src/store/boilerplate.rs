//! Boilerplate: paragraphs that are in many reports, word for word.
//!
//! Paragraphs are compared by a hash of their folded words, stored as a column. Finding the frequent hashes takes two
//! passes: the first counts in a table of small counters, in which several hashes may share one, so that a count is
//! never too low; the second keeps and sorts only hashes whose counter reached the threshold. Nearly all hashes are
//! unique, and sorting them all took most of the time. (J. S. Park, M.-S. Chen, P. S. Yu, "An effective hash-based
//! algorithm for mining association rules", SIGMOD 1995, find frequent pairs in this way.)

use tantivy::DocId;
use tantivy::columnar::Column;

use crate::store::packing::{Packer, Unpacker};
use crate::store::sources::{SourceRange, SourceTable};

/// The fewest words of a paragraph that can be boilerplate. Shorter sentences are often equal by chance.
pub(super) const MIN_WORDS: u32 = 12;
/// The fewest reports that hold a paragraph for it to be boilerplate.
const MIN_REPORTS: u32 = 5;

/// The boilerplate of one state of the index.
#[derive(Debug, Default)]
pub(crate) struct BoilerplateTable {
    /// For each segment, the paragraphs that are boilerplate.
    segments: Vec<SegmentBoilerplate>,
}

impl BoilerplateTable {
    /// Finds boilerplate by the hashes in `columns`, the [`COPY`](crate::store::schema::COPY) column of each segment.
    pub(crate) fn load(columns: &[Option<Column<u64>>], sources: &SourceTable) -> Self {
        // Twice as many counters as hashes, so that few hashes share one.
        let all: usize = columns.iter().flatten().map(|column| column.num_docs() as usize).sum();
        let mut counters = vec![0_u8; (2 * all).next_power_of_two()];
        let last = counters.len() - 1;
        each_hash(columns, sources, |hash, _| {
            if let Some(counter) = counters.get_mut(hash as usize & last) {
                *counter = counter.saturating_add(1);
            }
        });
        let mut found: Vec<(u64, ParagraphLocation)> = Vec::new();
        each_hash(columns, sources, |hash, location| {
            if counters.get(hash as usize & last).is_some_and(|counter| u32::from(*counter) >= MIN_REPORTS) {
                found.push((hash, location));
            }
        });
        // By hash, then by report: paragraphs of one report are side by side and count as one.
        found.sort_unstable();
        let mut marks = vec![Vec::new(); columns.len()];
        for group in found.chunk_by(|one, other| one.0 == other.0) {
            let reports = group.chunk_by(|one, other| one.1.report == other.1.report).count();
            let reports = u32::try_from(reports).unwrap_or(u32::MAX);
            if reports < MIN_REPORTS {
                continue;
            }
            for (_, location) in group {
                if let Some(marks) = marks.get_mut(location.segment) {
                    marks.push((location.doc, reports));
                }
            }
        }
        Self { segments: marks.into_iter().map(SegmentBoilerplate::new).collect() }
    }

    /// Writes the table for a summary.
    pub(super) fn pack(&self, packer: &mut Packer) {
        for SegmentBoilerplate { words, reports } in &self.segments {
            packer.numbers(words.iter().flat_map(|(word, _)| [*word as u32, (word >> 32) as u32]));
            packer.numbers(reports.iter().copied());
        }
    }

    /// Reads what [`pack`](Self::pack) wrote; `None` for anything else.
    pub(super) fn unpack(unpacker: &mut Unpacker) -> Option<Self> {
        let mut segments = Vec::new();
        while !unpacker.is_at_end() {
            let (words, reports) = (unpacker.numbers()?, unpacker.numbers()?);
            let words =
                words.as_chunks().0.iter().map(|[low, high]| u64::from(*low) | u64::from(*high) << 32);
            let words: Vec<u64> = words.collect();
            let bits: usize = words.iter().map(|word| word.count_ones() as usize).sum();
            if bits != reports.len() || reports.contains(&0) {
                return None;
            }
            segments.push(SegmentBoilerplate::with_ranks(words, reports));
        }
        Some(Self { segments })
    }

    /// Number of reports that hold the paragraph with number `doc` of a segment; 0 if it is not boilerplate.
    pub(crate) fn of(&self, segment: usize, doc: DocId) -> u32 {
        self.segment(segment).map_or(0, |boilerplate| boilerplate.reports_with(doc))
    }

    /// The boilerplate of one segment; `None` if it has none.
    pub(crate) fn segment(&self, segment: usize) -> Option<&SegmentBoilerplate> {
        self.segments.get(segment).filter(|boilerplate| !boilerplate.words.is_empty())
    }
}

/// Calls `take` with the hash of every live paragraph that has one.
fn each_hash(
    columns: &[Option<Column<u64>>],
    sources: &SourceTable,
    mut take: impl FnMut(u64, ParagraphLocation),
) {
    for (segment, column) in columns.iter().enumerate() {
        let Some(column) = column else { continue };
        for &SourceRange { base, len, source } in sources.ranges(segment) {
            // The document at `base` is the source's own and has no hash.
            // Copies of a report count as one report.
            let report = sources.kept(source);
            for doc in base..=base + len {
                if let Some(hash) = column.first(doc) {
                    take(hash, ParagraphLocation { report, segment, doc });
                }
            }
        }
    }
}

/// The report of a paragraph, by the number of the source that stands for its copies, and its document. Ordered by report
/// first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ParagraphLocation {
    report: u32,
    segment: usize,
    doc: DocId,
}

/// The paragraphs of a segment that are boilerplate, each with the number of reports that hold it.
///
/// A bit set with ranks (G. Jacobson, "Space-efficient static trees and graphs", 1989): the rank of a document's bit,
/// the number of bits set before it, is the index of its entry in `reports`.
#[derive(Debug, Default)]
pub(crate) struct SegmentBoilerplate {
    /// 64 documents each: their bits, and the number of bits set in all words before.
    words: Vec<(u64, u32)>,
    /// Number of reports, in the order of the documents.
    reports: Vec<u32>,
}

impl SegmentBoilerplate {
    fn new(mut marks: Vec<(DocId, u32)>) -> Self {
        marks.sort_unstable();
        let len = marks.last().map_or(0, |(doc, _)| *doc as usize / 64 + 1);
        let mut words = vec![0; len];
        for (doc, _) in &marks {
            if let Some(word) = words.get_mut(*doc as usize / 64) {
                *word |= 1_u64 << (doc % 64);
            }
        }
        Self::with_ranks(words, marks.into_iter().map(|(_, reports)| reports).collect())
    }

    /// Adds the ranks to the bits. `reports` has an entry for each bit that is set.
    fn with_ranks(words: Vec<u64>, reports: Vec<u32>) -> Self {
        let mut rank = 0;
        let ranked = |word: u64| {
            let before = rank;
            rank += word.count_ones();
            (word, before)
        };
        Self { words: words.into_iter().map(ranked).collect(), reports }
    }

    /// True if a paragraph from `first` to `last` may be boilerplate.
    pub(crate) fn may_have(&self, first: DocId, last: DocId) -> bool {
        let end = self.words.len().min(last as usize / 64 + 1);
        let words = self.words.get(first as usize / 64..end).unwrap_or_default();
        words.iter().any(|(word, _)| *word != 0)
    }

    /// True if a paragraph is boilerplate.
    #[inline]
    pub(crate) fn has(&self, doc: DocId) -> bool {
        self.words.get(doc as usize / 64).is_some_and(|(word, _)| word >> (doc % 64) & 1 != 0)
    }

    /// The number of reports that hold a paragraph; 0 if it is not boilerplate.
    #[inline]
    pub(crate) fn reports_with(&self, doc: DocId) -> u32 {
        let Some(&(word, before)) = self.words.get(doc as usize / 64) else { return 0 };
        let bit = 1_u64 << (doc % 64);
        if word & bit == 0 {
            return 0;
        }
        let at = before + (word & (bit - 1)).count_ones();
        self.reports.get(at as usize).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_document_has_its_own_number_of_reports(marks in prop::collection::btree_map(0_u32..400, 5_u32..99, 0..60)) {
            let marked = SegmentBoilerplate::new(marks.clone().into_iter().collect());
            let all = (0..500).map(|doc| (doc, marked.reports_with(doc)));
            let found: BTreeMap<u32, u32> = all.filter(|(_, reports)| *reports > 0).collect();
            prop_assert_eq!(&found, &marks);
            let has: Vec<u32> = (0..500).filter(|doc| marked.has(*doc)).collect();
            prop_assert!(has.iter().eq(marks.keys()));
            let among = |first: u32, last: u32| has.iter().any(|doc| (first..=last).contains(doc));
            for first in (0..480).step_by(7) {
                prop_assert!(marked.may_have(first, first + 9) || !among(first, first + 9));
            }
        }
    }
}
