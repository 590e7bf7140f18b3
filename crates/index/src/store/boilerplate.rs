//! Boilerplate: paragraphs that stand in many reports, word for word.

use tantivy::DocId;
use tantivy::columnar::Column;

use crate::store::packing::{Packer, Unpacker};
use crate::store::sources::{SourceRange, SourceTable};

/// The fewest words of what can be boilerplate: shorter sentences come about alike by themselves.
pub(crate) const SHORTEST: u32 = 12;
/// In how many reports a paragraph stands, at least, that is boilerplate.
const REPORTS: u32 = 5;

/// The boilerplate of one state of the index.
#[derive(Debug, Default)]
pub(crate) struct BoilerplateTable {
    /// For each segment, which documents they are.
    segments: Vec<MarkedDocs>,
}

impl BoilerplateTable {
    /// Finds it among the hashes of paragraphs, a [`COPY`](crate::store::schema::COPY) column for each segment.
    pub(crate) fn load(columns: &[Option<Column<u64>>], sources: &SourceTable) -> Self {
        // Nearly every hash stands alone, and need not be sorted: what comes often enough shares a counter with no less.
        let all: usize = columns.iter().flatten().map(|column| column.num_docs() as usize).sum();
        let mut counters = vec![0_u8; (2 * all).next_power_of_two()];
        let last = counters.len() - 1;
        each(columns, sources, |hash, _| {
            if let Some(counter) = counters.get_mut(hash as usize & last) {
                *counter = counter.saturating_add(1);
            }
        });
        let mut found: Vec<(u64, HashedParagraph)> = Vec::new();
        each(columns, sources, |hash, place| {
            if counters.get(hash as usize & last).is_some_and(|counter| u32::from(*counter) >= REPORTS) {
                found.push((hash, place));
            }
        });
        found.sort_unstable();
        let mut marks = vec![Vec::new(); columns.len()];
        for group in found.chunk_by(|one, other| one.0 == other.0) {
            let sources = group.chunk_by(|one, other| one.1.source == other.1.source).count();
            let reports = u32::try_from(sources).unwrap_or(u32::MAX);
            if reports < REPORTS {
                continue;
            }
            for (_, place) in group {
                if let Some(marks) = marks.get_mut(place.segment) {
                    marks.push((place.doc, reports));
                }
            }
        }
        Self { segments: marks.into_iter().map(MarkedDocs::new).collect() }
    }

    /// Writes it for a summary.
    pub(crate) fn pack(&self, packer: &mut Packer) {
        for MarkedDocs { words, numbers } in &self.segments {
            packer.numbers(words.iter().flat_map(|(word, _)| [*word as u32, (word >> 32) as u32]));
            packer.numbers(numbers.iter().copied());
        }
    }

    /// Reads what was [`pack`](Self::pack)ed.
    pub(crate) fn unpack(unpacker: &mut Unpacker) -> Option<Self> {
        let mut segments = Vec::new();
        while !unpacker.is_at_end() {
            let (words, numbers) = (unpacker.numbers()?, unpacker.numbers()?);
            let words =
                words.as_chunks().0.iter().map(|[low, high]| u64::from(*low) | u64::from(*high) << 32);
            segments.push(MarkedDocs::ranked(words.collect(), numbers));
        }
        Some(Self { segments })
    }

    /// In how many reports the paragraph stands that is that document of a segment, if it is boilerplate; else zero.
    pub(crate) fn of(&self, segment: usize, doc: DocId) -> u32 {
        self.segments.get(segment).map_or(0, |marked| marked.of(doc))
    }
}

/// Gives every hash of live paragraphs.
fn each(columns: &[Option<Column<u64>>], sources: &SourceTable, mut take: impl FnMut(u64, HashedParagraph)) {
    for (segment, column) in columns.iter().enumerate() {
        let Some(column) = column else { continue };
        for &SourceRange { base, len, source } in sources.ranges(segment) {
            for doc in base..=base + len {
                if let Some(hash) = column.first(doc) {
                    take(hash, HashedParagraph { source, segment, doc });
                }
            }
        }
    }
}

/// Where a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct HashedParagraph {
    source: u32,
    segment: usize,
    doc: DocId,
}

/// Some documents of a segment, each with a number.
#[derive(Debug, Default)]
struct MarkedDocs {
    /// A bit for each document, with how many bits are set before the word.
    words: Vec<(u64, u32)>,
    /// The numbers, in the order of the documents.
    numbers: Vec<u32>,
}

impl MarkedDocs {
    fn new(mut marks: Vec<(DocId, u32)>) -> Self {
        marks.sort_unstable();
        let len = marks.last().map_or(0, |(doc, _)| *doc as usize / 64 + 1);
        let mut words = vec![0; len];
        for (doc, _) in &marks {
            if let Some(word) = words.get_mut(*doc as usize / 64) {
                *word |= 1_u64 << (doc % 64);
            }
        }
        Self::ranked(words, marks.into_iter().map(|(_, number)| number).collect())
    }

    /// Of the bits, and the numbers of those that are set.
    fn ranked(words: Vec<u64>, numbers: Vec<u32>) -> Self {
        let mut rank = 0;
        let ranked = |word: u64| {
            let before = rank;
            rank += word.count_ones();
            (word, before)
        };
        Self { words: words.into_iter().map(ranked).collect(), numbers }
    }

    fn of(&self, doc: DocId) -> u32 {
        let Some(&(word, before)) = self.words.get(doc as usize / 64) else { return 0 };
        let bit = 1_u64 << (doc % 64);
        if word & bit == 0 {
            return 0;
        }
        let at = before + (word & (bit - 1)).count_ones();
        self.numbers.get(at as usize).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_mark_is_found_where_it_was_put(marks in prop::collection::btree_map(0_u32..400, 5_u32..99, 0..60)) {
            let marked = MarkedDocs::new(marks.clone().into_iter().collect());
            let found: BTreeMap<u32, u32> = (0..500).map(|doc| (doc, marked.of(doc))).filter(|(_, number)| *number > 0).collect();
            prop_assert_eq!(found, marks);
        }
    }
}
