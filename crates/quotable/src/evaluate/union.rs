//! Postings, and unions of postings.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::front::Front;
use super::many::Many;
use crate::{Error, Result};

/// The paragraphs in which any of several terms stands, in order, and the positions there.
///
/// One term stands at a position, so positions of different terms never coincide.
pub(crate) enum Union {
    Few(Few),
    Many(Box<Many>),
}

/// Up to so many postings are kept in order, document by document; more are read in windows.
const FEW: usize = 8;

impl Union {
    pub(crate) fn open<'t>(
        reader: &SegmentReader,
        fields: &[Field],
        terms: impl Iterator<Item = &'t str> + Clone,
        option: IndexRecordOption,
    ) -> Result<Self> {
        // Postings are large, and thousands of them are not to be moved about.
        let mut postings = Vec::with_capacity(fields.len() * terms.clone().count());
        for &field in fields {
            let index = reader.inverted_index(field).map_err(Error::of_engine)?;
            for term in terms.clone() {
                let term = Term::from_field_text(field, term);
                postings.extend(index.read_postings(&term, option)?);
            }
        }
        Ok(if postings.len() > FEW {
            Self::Many(Box::new(Many::new(postings, option)))
        } else {
            Self::Few(Few::new(postings))
        })
    }

    /// The most paragraphs there can be.
    pub(crate) fn cost(&self) -> u64 {
        match self {
            Self::Few(few) => few.cost(),
            Self::Many(many) => many.cost(),
        }
    }

    /// Goes to the first paragraph at or after the target.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Few(few) => few.seek(target),
            Self::Many(many) => many.seek(target),
        }
    }

    /// How often the terms stand in the current paragraph.
    pub(crate) fn frequency(&self) -> u32 {
        match self {
            Self::Few(few) => few.frequency(),
            Self::Many(many) => many.frequency(),
        }
    }

    /// Where the terms stand in the current paragraph, in order.
    pub(crate) fn positions(&mut self) -> &[u32] {
        match self {
            Self::Few(few) => few.positions(),
            Self::Many(many) => many.positions(),
        }
    }
}

/// The union of a few postings.
pub(crate) struct Few {
    postings: Vec<SegmentPostings>,
    front: Front,
    positions: Vec<u32>,
    /// The paragraph whose positions are loaded.
    loaded: DocId,
}

impl Few {
    fn new(postings: Vec<SegmentPostings>) -> Self {
        let front = Front::new(postings.iter().map(DocSet::doc));
        Self { postings, front, positions: Vec::new(), loaded: TERMINATED }
    }

    /// The most paragraphs there can be.
    fn cost(&self) -> u64 {
        self.postings.iter().map(|one| u64::from(one.size_hint())).sum()
    }

    /// Goes to the first paragraph at or after the target.
    fn seek(&mut self, target: DocId) -> DocId {
        let postings = &mut self.postings;
        self.front.seek(target, |number, target| {
            postings.get_mut(number).map_or(TERMINATED, |one| one.seek(target))
        })
    }

    /// How often the terms stand in the current paragraph.
    fn frequency(&self) -> u32 {
        self.front
            .here()
            .iter()
            .filter_map(|&number| self.postings.get(number))
            .map(|one| one.term_freq())
            .sum()
    }

    /// Where the terms stand in the current paragraph, in order.
    fn positions(&mut self) -> &[u32] {
        if self.loaded != self.front.doc() {
            self.loaded = self.front.doc();
            self.positions.clear();
            for &number in self.front.here() {
                if let Some(one) = self.postings.get_mut(number) {
                    one.append_positions_with_offset(0, &mut self.positions);
                }
            }
            if self.front.here().len() > 1 {
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
