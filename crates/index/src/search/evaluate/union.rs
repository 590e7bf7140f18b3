//! Postings, and unions of postings.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, TERMINATED, Term};

use super::block_max::BlockMax;
use super::dense::Dense;
use super::frequencies::Unit;
use super::many::Many;
use super::max_score::{odds, share};
use super::min_heap::{FEW, MinHeap};
use super::posting::Posting;
use super::windowed::Window;
use crate::error::{Error, Result};

/// The paragraphs in which any of several terms stands, in order, and the positions there.
///
/// One term stands at a position, so positions of different terms never coincide.
pub(crate) enum Union {
    One(Box<One>),
    Few(Few),
    Many(Box<Many>),
    Dense(Box<Dense>),
}

impl Union {
    /// Opens the postings of terms, which are distinct; what the option leaves out is not to be asked for.
    pub(crate) fn open<'t>(
        reader: &SegmentReader,
        fields: &[Field],
        terms: impl Iterator<Item = &'t str> + Clone,
        option: IndexRecordOption,
    ) -> Result<Self> {
        let mut known = Vec::new();
        for &field in fields {
            let index = reader.inverted_index(field).map_err(Error::of_engine)?;
            for term in terms.clone() {
                let info = index.get_term_info(&Term::from_field_text(field, term))?;
                known.extend(info.map(|info| (field, info)));
            }
        }
        Self::of(reader, &known, option)
    }

    /// The same of terms of which is known where their postings are, those of one field side by side.
    pub(crate) fn of(
        reader: &SegmentReader,
        known: &[(Field, TermInfo)],
        option: IndexRecordOption,
    ) -> Result<Self> {
        // More than a front looks through are read in windows.
        let (mut postings, mut many) = (Vec::new(), Vec::new());
        for same in known.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((field, _)) = same.first() else { continue };
            let index = reader.inverted_index(*field).map_err(Error::of_engine)?;
            for (_, info) in same {
                if known.len() > FEW && option.has_positions() {
                    many.push(index.read_postings_from_terminfo(info, option)?);
                } else {
                    postings.push(Posting::open(&index, *field, info, option)?);
                }
            }
        }
        Ok(match (known.len(), postings.pop()) {
            (1, Some(one)) => Self::One(Box::new(One::new(one))),
            (0..=FEW, last) => {
                postings.extend(last);
                Self::Few(Few::new(postings))
            }
            (_, None) => Self::Many(Box::new(Many::new(many))),
            (_, last) => {
                postings.extend(last);
                Self::Dense(Box::new(Dense::new(postings)))
            }
        })
    }

    /// The most paragraphs there can be.
    pub(crate) fn cost(&self) -> u64 {
        match self {
            Self::One(one) => one.posting.cost(),
            Self::Few(few) => few.cost(),
            Self::Many(many) => many.cost(),
            Self::Dense(dense) => dense.cost(),
        }
    }

    /// Goes to the first paragraph at or after the target.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::One(one) => one.posting.seek(target),
            Self::Few(few) => few.seek(target),
            Self::Many(many) => many.seek(target),
            Self::Dense(dense) => dense.seek(target),
        }
    }

    /// How often the terms stand in the current paragraph.
    pub(crate) fn frequency(&self) -> u32 {
        match self {
            Self::One(one) => one.posting.frequency(),
            Self::Few(few) => few.frequency(),
            Self::Many(many) => many.frequency(),
            Self::Dense(dense) => dense.frequency(),
        }
    }

    /// Where the terms stand in the current paragraph, in order.
    pub(crate) fn positions(&mut self) -> &[u32] {
        match self {
            Self::One(one) => one.positions(),
            Self::Few(few) => few.positions(),
            Self::Many(many) => many.positions(),
            Self::Dense(_) => &[],
        }
    }

    /// Marks the paragraphs of a window. Windows follow one another, and nothing else is asked after the first.
    pub(super) fn mark(&mut self, window: &mut Window) {
        if let Some(postings) = self.unread() {
            postings.iter_mut().for_each(|one| one.mark(window));
            return;
        }
        let mut doc = self.seek(window.base());
        while doc < window.end() {
            window.set(doc);
            doc = self.seek(doc + 1);
        }
    }

    /// Says how often the terms stand in the paragraphs of a window. Windows follow one another, and nothing else is
    /// asked after the first.
    pub(super) fn tally(&mut self, unit: &mut Unit) {
        if let Some(postings) = self.unread() {
            postings.iter_mut().for_each(|one| one.tally(unit));
            return;
        }
        let mut doc = self.seek(unit.held().base());
        while doc < unit.held().end() {
            unit.add(doc, self.frequency());
            doc = self.seek(doc + 1);
        }
    }

    /// Its postings, if each may be read by itself: what was read of all together is not in them any more.
    fn unread(&mut self) -> Option<&mut [Posting]> {
        match self {
            Self::One(one) => Some(std::slice::from_mut(&mut one.posting)),
            Self::Few(few) => Some(&mut few.postings),
            Self::Dense(dense) => dense.unread().map(Vec::as_mut_slice),
            Self::Many(_) => None,
        }
    }

    /// Gives what it takes to say [how high](Self::max_score) scores get.
    pub(super) fn measure(&mut self, block_max: &[(Field, Arc<BlockMax>)]) {
        match self {
            Self::One(one) => one.posting.measure(block_max),
            Self::Few(few) => few.postings.iter_mut().for_each(|one| one.measure(block_max)),
            Self::Many(_) | Self::Dense(_) => {}
        }
    }

    /// What share of their highest possible score the terms together reach at most, from a paragraph at which the query
    /// stands to the one given.
    pub(super) fn max_score(&mut self, doc: DocId) -> (f64, DocId) {
        match self {
            Self::One(one) => one.posting.max_score(doc),
            Self::Few(few) => {
                let each = few.postings.iter_mut().map(|one| one.max_score(doc));
                let (all, end) = each.fold((0.0, TERMINATED), |(all, end), (other, other_end)| {
                    (all + odds(other), end.min(other_end))
                });
                (share(all), end)
            }
            Self::Many(_) | Self::Dense(_) => (1.0, TERMINATED),
        }
    }

    /// How many paragraphs there are in all, removed ones that were not yet cleared away among them, if that is known
    /// without looking at each. To be asked before anything else, and nothing else after it.
    pub(super) fn count(&mut self) -> Option<u64> {
        match self {
            Self::One(one) => Some(one.posting.cost()),
            Self::Few(_) | Self::Many(_) | Self::Dense(_) => None,
        }
    }
}

/// The postings of one term.
pub(crate) struct One {
    posting: Posting,
    positions: Vec<u32>,
    /// The paragraph whose positions are loaded.
    loaded: DocId,
}

impl One {
    fn new(posting: Posting) -> Self {
        Self { posting, positions: Vec::new(), loaded: TERMINATED }
    }

    /// The postings, read without places.
    pub(super) fn posting_mut(&mut self) -> &mut Posting {
        &mut self.posting
    }

    /// Where the term stands in the current paragraph, in order.
    fn positions(&mut self) -> &[u32] {
        if self.loaded != self.posting.doc() {
            self.loaded = self.posting.doc();
            self.positions.clear();
            self.posting.positions(&mut self.positions);
        }
        &self.positions
    }
}

/// The union of a few postings.
pub(crate) struct Few {
    postings: Vec<Posting>,
    min_heap: MinHeap,
    positions: Vec<u32>,
    /// The paragraph whose positions are loaded.
    loaded: DocId,
}

impl Few {
    fn new(postings: Vec<Posting>) -> Self {
        let min_heap = MinHeap::new(postings.iter().map(Posting::doc));
        Self { postings, min_heap, positions: Vec::new(), loaded: TERMINATED }
    }

    /// The most paragraphs there can be.
    fn cost(&self) -> u64 {
        self.postings.iter().map(Posting::cost).sum()
    }

    /// Goes to the first paragraph at or after the target.
    fn seek(&mut self, target: DocId) -> DocId {
        let postings = &mut self.postings;
        self.min_heap.seek(target, |number, target| {
            postings.get_mut(number).map_or(TERMINATED, |one| one.seek(target))
        })
    }

    /// How often the terms stand in the current paragraph.
    fn frequency(&self) -> u32 {
        let here = self.min_heap.here().iter().filter_map(|&number| self.postings.get(number));
        here.map(Posting::frequency).sum()
    }

    /// Where the terms stand in the current paragraph, in order.
    fn positions(&mut self) -> &[u32] {
        if self.loaded != self.min_heap.doc() {
            self.loaded = self.min_heap.doc();
            self.positions.clear();
            for &number in self.min_heap.here() {
                if let Some(one) = self.postings.get_mut(number) {
                    one.positions(&mut self.positions);
                }
            }
            if self.min_heap.here().len() > 1 {
                self.positions.sort_unstable();
            }
        }
        &self.positions
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use tantivy::schema::Schema;
    use tantivy::{Index, doc};

    use super::*;

    const DOCS: u32 = 5000;
    const TERMS: u32 = 40;

    /// Whether a term stands at a position of a document, by rules that make some terms rare and some documents empty.
    fn word(doc: u32, position: u32) -> Option<u32> {
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
            let words =
                (0..6).map(|at| word(document, at).map_or("other".to_owned(), |term| format!("t{term}")));
            writer.add_document(doc!(field => words.collect::<Vec<_>>().join(" "))).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        assert_eq!(searcher.segment_readers().len(), 1);
        (searcher.segment_reader(0).clone(), field)
    });

    proptest! {
        #[test]
        fn many_terms_stand_where_they_stand(
            first in 0_u32..TERMS,
            steps in proptest::collection::vec(prop_oneof![8 => 0_u32..9, 2 => 0_u32..150, 1 => 0_u32..4000], 1..200),
            positions: bool,
        ) {
            let (reader, field) = &*READER;
            let option =
                if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
            let terms = terms(first);
            let mut union = Union::open(reader, &[*field], terms.iter().map(String::as_str), option).unwrap();
            let stands = |doc: u32| (0..6).filter(|&at| word(doc, at).is_some_and(|term| term >= first)).collect::<Vec<_>>();
            let mut target = 0;
            for step in steps {
                target += step;
                let expected = (target..DOCS).find(|&doc| !stands(doc).is_empty()).unwrap_or(TERMINATED);
                prop_assert_eq!(union.seek(target), expected);
                if expected == TERMINATED {
                    break;
                }
                prop_assert_eq!(union.frequency() as usize, stands(expected).len());
                if positions {
                    prop_assert_eq!(union.positions(), stands(expected));
                }
                target = expected;
            }
        }
    }
}
