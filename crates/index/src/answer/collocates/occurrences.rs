//! The occurrences of a query by paragraph.

use std::ops::Range;

use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::found::FoundParagraph;
use crate::search::hit::Counts;

/// The occurrences of a query by paragraph, in report order.
pub(super) struct Occurrences {
    /// The source of each paragraph, and its number in it.
    paragraphs: Vec<(u32, u32)>,
    /// Where the occurrences of each paragraph begin in `spans`.
    starts: Vec<usize>,
    /// Ranges of words.
    spans: Vec<(u32, u32)>,
}

impl Occurrences {
    /// Finds those of a query, and counts them.
    pub(super) fn of(compiled: &CompiledQuery) -> Result<(Self, Counts)> {
        let mut found: Vec<(u32, u32, u32, u32)> = Vec::new();
        let counts = compiled.each_occurrence(|paragraph, _, positions| {
            let FoundParagraph { source, ordinal, .. } = paragraph;
            found.extend(positions.iter().map(|span| (source, ordinal, span.start, span.end)));
        })?;
        // Those of a paragraph are in order already.
        found.sort_by_key(|(source, ordinal, ..)| (*source, *ordinal));
        let mut occurrences =
            Self { paragraphs: Vec::new(), starts: Vec::new(), spans: Vec::with_capacity(found.len()) };
        for (source, ordinal, start, end) in found {
            if occurrences.paragraphs.last() != Some(&(source, ordinal)) {
                occurrences.paragraphs.push((source, ordinal));
                occurrences.starts.push(occurrences.spans.len());
            }
            occurrences.spans.push((start, end));
        }
        Ok((occurrences, counts))
    }

    /// True if a paragraph has any.
    pub(super) fn are_in(&self, source: u32, ordinal: u32) -> bool {
        self.paragraphs.binary_search(&(source, ordinal)).is_ok()
    }

    /// Those of a paragraph, in order.
    pub(super) fn get(&self, source: u32, ordinal: u32) -> impl Iterator<Item = Range<u32>> + Clone {
        let spans = self.paragraphs.binary_search(&(source, ordinal)).ok().and_then(|at| {
            let end = self.starts.get(at + 1).copied().unwrap_or(self.spans.len());
            self.spans.get(*self.starts.get(at)?..end)
        });
        spans.unwrap_or_default().iter().map(|(start, end)| *start..*end)
    }
}
