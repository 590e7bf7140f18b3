//! The union of the posting lists of one or more terms.
//!
//! A word of a query may expand to thousands of terms (wildcards, inflections, spellings). [`Union`] chooses how to
//! merge their posting lists by their number and by the data needed.

mod frequencies;
mod heap;
mod positions;
mod single;

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, TERMINATED, Term};

use self::frequencies::FrequenciesUnion;
use self::heap::HeapUnion;
use self::positions::PositionsUnion;
use self::single::SinglePosting;
use super::block_max::{BlockMax, odds, share};
use super::docs::SourceDocs;
use super::frequencies::UnitFrequencies;
use super::min_heap::MAX_SCANNED;
use super::posting_list::PostingList;
use super::window::{WINDOW_DOCS, Window, window_from};
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::store::sources::SourceRange;

/// The documents that contain any of several terms, in order, with summed frequencies and merged positions.
///
/// A position holds one term, so the positions of different terms never coincide.
pub(crate) enum Union {
    /// One list.
    Single(Box<SinglePosting>),
    /// A few lists or none, merged document by document.
    Heap(HeapUnion),
    /// Many lists with positions, decoded a window at a time.
    Positions(Box<PositionsUnion>),
    /// Many lists without positions, decoded a window at a time.
    Frequencies(Box<FrequenciesUnion>),
}

impl Union {
    /// Opens the posting lists of one term in each of `fields`. The data that `option` leaves out must not be read.
    pub(crate) fn of_term(
        reader: &SegmentReader,
        fields: &[Field],
        term: &str,
        option: IndexRecordOption,
    ) -> Result<Self> {
        Self::open(reader, fields, std::iter::once(term), option, &Interrupt::never())
    }

    /// Opens the posting lists of distinct terms in each of `fields`. The data that `option` leaves out must not be
    /// read. When `interrupt` fires, the union ends early; the caller must check for it.
    pub(crate) fn open<'t>(
        reader: &SegmentReader,
        fields: &[Field],
        terms: impl Iterator<Item = &'t str> + Clone,
        option: IndexRecordOption,
        interrupt: &Interrupt,
    ) -> Result<Self> {
        let mut infos = Vec::new();
        for &field in fields {
            let index = reader.inverted_index(field).map_err(Error::of_engine)?;
            for term in terms.clone() {
                let info =
                    index.get_term_info(&Term::from_field_text(field, term)).map_err(Error::of_index_file)?;
                infos.extend(info.map(|info| (field, info)));
            }
        }
        Self::from_term_infos(reader, &infos, option, interrupt)
    }

    /// Opens posting lists that were looked up before. Those of one field must be adjacent.
    pub(super) fn from_term_infos(
        reader: &SegmentReader,
        infos: &[(Field, TermInfo)],
        option: IndexRecordOption,
        interrupt: &Interrupt,
    ) -> Result<Self> {
        let in_windows = infos.len() > MAX_SCANNED && option.has_positions();
        // A list is more than a thousand bytes, which a vector that grows copies again and again.
        let room = |wanted: bool| if wanted { infos.len() } else { 0 };
        let mut postings = Vec::with_capacity(room(!in_windows));
        let mut with_positions = Vec::with_capacity(room(in_windows));
        for same_field in infos.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((field, _)) = same_field.first() else { continue };
            let index = reader.inverted_index(*field).map_err(Error::of_engine)?;
            for (_, info) in same_field {
                if in_windows {
                    with_positions
                        .push(index.read_postings_from_terminfo(info, option).map_err(Error::of_index_file)?);
                } else {
                    postings.push(PostingList::open(&index, *field, info, option)?);
                }
            }
        }
        // More lists than a linear scan merges well are decoded in windows.
        Ok(match (infos.len(), postings.pop()) {
            (1, Some(only)) => Self::Single(Box::new(SinglePosting::new(only))),
            (0..=MAX_SCANNED, last) => {
                postings.extend(last);
                Self::Heap(HeapUnion::new(postings))
            }
            (_, None) => Self::Positions(Box::new(PositionsUnion::new(with_positions, interrupt.clone()))),
            (_, last) => {
                postings.extend(last);
                Self::Frequencies(Box::new(FrequenciesUnion::new(postings, interrupt.clone())))
            }
        })
    }

    /// Upper bound of the number of documents.
    pub(crate) fn cost(&self) -> u64 {
        match self {
            Self::Single(union) => union.postings.cost(),
            Self::Heap(union) => union.cost(),
            Self::Positions(union) => union.cost(),
            Self::Frequencies(union) => union.cost(),
        }
    }

    /// Goes to the first document at or after `target`. Targets must not decrease.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Single(union) => union.postings.seek(target),
            Self::Heap(union) => union.seek(target),
            Self::Positions(union) => union.seek(target),
            Self::Frequencies(union) => union.seek(target),
        }
    }

    /// Summed frequency of the terms in the current document.
    pub(crate) fn frequency(&self) -> u32 {
        match self {
            Self::Single(union) => union.postings.frequency(),
            Self::Heap(union) => union.frequency(),
            Self::Positions(union) => union.frequency(),
            Self::Frequencies(union) => union.frequency(),
        }
    }

    /// Positions of the terms in the current document, in order.
    pub(super) fn positions(&mut self) -> &[u32] {
        match self {
            Self::Single(union) => union.positions(),
            Self::Heap(union) => union.positions(),
            Self::Positions(union) => union.positions(),
            Self::Frequencies(_) => {
                debug_assert!(false, "positions are read of a union opened without them");
                &[]
            }
        }
    }

    /// Marks the documents of a window. Windows must follow one another, and only this method may be called after it.
    pub(super) fn mark_docs(&mut self, window: &mut Window) {
        if let Some(postings) = self.unread_postings() {
            postings.iter_mut().for_each(|postings| postings.mark_docs(window));
            return;
        }
        let docs = window.range();
        let mut doc = self.seek(docs.start);
        while doc < docs.end {
            window.insert(doc);
            doc = self.seek(doc + 1);
        }
    }

    /// Adds the frequencies in the documents of a window. Windows must follow one another, and only this method may be
    /// called after it.
    pub(super) fn add_frequencies(&mut self, unit: &mut UnitFrequencies) {
        if let Some(postings) = self.unread_postings() {
            postings.iter_mut().for_each(|postings| postings.add_frequencies(unit));
            return;
        }
        let docs = unit.docs().range();
        let mut doc = self.seek(docs.start);
        while doc < docs.end {
            unit.add(doc, self.frequency());
            doc = self.seek(doc + 1);
        }
    }

    /// Calls `each` with the documents of `searched` that contain a term, in a segment of `max_doc` documents: with their source,
    /// some of its documents and the frequency in each. Stops early once `is_over` says so. For a union on which nothing else was
    /// called.
    ///
    /// A single list is passed on as it is decoded. Of several the frequencies are added up a window of documents at a time.
    pub(crate) fn for_each_batch(
        &mut self,
        searched: &mut SourceDocs<'_>,
        max_doc: DocId,
        mut is_over: impl FnMut() -> bool,
        mut each: impl FnMut(&SourceRange, &[DocId], &[u32]),
    ) {
        let mut windows = (0..max_doc).step_by(WINDOW_DOCS as usize).map(window_from);
        let mut next = || windows.next().filter(|_| !is_over());
        if let Self::Single(single) = self {
            let postings = single.postings_mut();
            while let Some(window) = next() {
                searched.for_each_source(window, |source, docs| {
                    postings.for_each_block(docs.start, docs.end, |docs, frequencies| {
                        each(source, docs, frequencies);
                    });
                });
            }
            return;
        }
        let mut unit = UnitFrequencies::new();
        while let Some(window) = next() {
            unit.clear(window.start);
            self.add_frequencies(&mut unit);
            searched.for_each_source(window, |source, docs| {
                unit.for_each_batch(docs, |docs, frequencies| each(source, docs, frequencies));
            });
        }
    }

    /// The posting lists, if they can be decoded one by one. Once a union has decoded a window of all of them, they no
    /// longer hold its documents.
    fn unread_postings(&mut self) -> Option<&mut [PostingList]> {
        match self {
            Self::Single(union) => Some(std::slice::from_mut(&mut union.postings)),
            Self::Heap(union) => Some(&mut union.postings),
            Self::Frequencies(union) => union.unread_postings().map(Vec::as_mut_slice),
            Self::Positions(_) => None,
        }
    }

    /// Sets the bounds that [`max_share`](Self::max_share) uses.
    pub(super) fn set_block_max(&mut self, block_max: &[(Field, Arc<BlockMax>)]) {
        match self {
            Self::Single(union) => union.postings.set_block_max(block_max),
            Self::Heap(union) => {
                union.postings.iter_mut().for_each(|postings| postings.set_block_max(block_max));
            }
            // These decode a window ahead of the query: the current blocks do not cover its document.
            Self::Positions(_) | Self::Frequencies(_) => {}
        }
    }

    /// Upper bound of the terms' common share in the documents from `doc`, the query's current document, to before the
    /// returned one.
    pub(super) fn max_share(&mut self, doc: DocId) -> (f64, DocId) {
        match self {
            Self::Single(union) => union.postings.max_share(doc),
            Self::Heap(union) => {
                let each = union.postings.iter_mut().map(|postings| postings.max_share(doc));
                let (sum, end) = each.fold((0.0, TERMINATED), |(sum, end), (share, share_end)| {
                    (sum + odds(share), end.min(share_end))
                });
                (share(sum), end)
            }
            Self::Positions(_) | Self::Frequencies(_) => (1.0, TERMINATED),
        }
    }

    /// Exact number of documents, deleted ones included, if the vocabulary tells it. Must be called before `seek`.
    pub(super) fn doc_count(&mut self) -> Option<u64> {
        match self {
            Self::Single(union) => Some(union.postings.cost()),
            Self::Heap(_) | Self::Positions(_) | Self::Frequencies(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use tantivy::schema::Schema;
    use tantivy::{Index, doc};

    use super::*;
    use crate::search::options::SearchOptions;

    /// More than a window has.
    const DOCS: u32 = 9000;
    const TERMS: u32 = 40;

    /// The term at a position of a document, if any; some terms are rare, and some documents have none.
    fn term_at(doc: u32, position: u32) -> Option<u32> {
        let mixed = (doc * 31 + position * 17).wrapping_mul(2_654_435_761) >> 16;
        (!doc.is_multiple_of(7) && mixed.is_multiple_of(3)).then_some(mixed % TERMS)
    }

    fn terms(first: u32) -> Vec<String> {
        (first..TERMS).map(|term| format!("t{term}")).collect()
    }

    static READER: LazyLock<(SegmentReader, Field)> = LazyLock::new(|| {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", tantivy::schema::TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for document in 0..DOCS {
            let words = (0..6).map(|position| {
                term_at(document, position).map_or("other".to_owned(), |term| format!("t{term}"))
            });
            writer.add_document(doc!(field => words.collect::<Vec<_>>().join(" "))).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        assert_eq!(searcher.segment_readers().len(), 1);
        (searcher.segment_reader(0).clone(), field)
    });

    proptest! {
        #[test]
        fn unions_of_terms_equal_a_linear_scan(
            first in 0_u32..TERMS,
            steps in proptest::collection::vec(prop_oneof![8 => 0_u32..9, 2 => 0_u32..150, 1 => 0_u32..4000], 1..200),
            positions: bool,
        ) {
            let (reader, field) = &*READER;
            let option =
                if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
            let terms = terms(first);
            let interrupt = SearchOptions::default().interrupt();
            let mut union = Union::open(reader, &[*field], terms.iter().map(String::as_str), option, &interrupt).unwrap();
            let scan = |doc: u32| {
                let contains = |&position: &u32| term_at(doc, position).is_some_and(|term| term >= first);
                (0..6).filter(contains).collect::<Vec<_>>()
            };
            let mut target = 0;
            for step in steps {
                target += step;
                let expected = (target..DOCS).find(|&doc| !scan(doc).is_empty()).unwrap_or(TERMINATED);
                prop_assert_eq!(union.seek(target), expected);
                if expected == TERMINATED {
                    break;
                }
                prop_assert_eq!(union.frequency() as usize, scan(expected).len());
                if positions {
                    prop_assert_eq!(union.positions(), scan(expected));
                }
                target = expected;
            }
        }

        /// Sources end where they like, one over the border of two windows, and some are not searched.
        #[test]
        fn batches_equal_a_linear_scan(
            first in 0_u32..TERMS,
            lengths in proptest::collection::vec(0_u32..900, 12..40),
            wanted in proptest::collection::vec(any::<bool>(), 40),
            positions: bool,
        ) {
            let (reader, field) = &*READER;
            let option =
                if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
            let (mut sources, mut base) = (Vec::new(), 0);
            for (source, len) in (0..).zip(lengths) {
                if base + len < DOCS {
                    sources.push(SourceRange { base, len, source });
                    base += len + 1;
                }
            }
            let terms = terms(first);
            let interrupt = SearchOptions::default().interrupt();
            let terms = terms.iter().map(String::as_str);
            let mut union = Union::open(reader, &[*field], terms, option, &interrupt).unwrap();
            let mut found = Vec::new();
            let mut searched = SourceDocs::new(&sources, Some(&wanted));
            union.for_each_batch(&mut searched, DOCS, || false, |source, docs, counts| {
                assert!(!docs.is_empty() && docs.len() == counts.len());
                found.extend(docs.iter().zip(counts).map(|(doc, count)| (source.source, *doc, *count)));
            });
            let mut expected = Vec::new();
            for source in sources.iter().filter(|source| wanted[source.source as usize]) {
                for doc in source.base + 1..=source.base + source.len {
                    let contains = |position: &u32| term_at(doc, *position).is_some_and(|term| term >= first);
                    let count = (0..6).filter(contains).count() as u32;
                    expected.extend((count > 0).then_some((source.source, doc, count)));
                }
            }
            prop_assert_eq!(found, expected);
        }
    }
}
