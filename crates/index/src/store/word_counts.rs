//! The exact number of words of every paragraph. The norms that BM25 uses are rounded.

use tantivy::DocId;
use tantivy::columnar::Column;

use crate::error::Result;
use crate::store::schema::WORDS;
use crate::store::state::State;

/// The column of word counts of each segment; `None` for a segment without paragraphs.
pub(crate) struct WordCounts(Vec<Option<Column<u64>>>);

impl WordCounts {
    pub(crate) fn open(state: &State) -> Result<Self> {
        state.columns(WORDS).map(Self)
    }

    /// Number of words of a paragraph; 0 for a document that is none.
    pub(crate) fn get(&self, segment: usize, doc: DocId) -> u64 {
        let column = self.0.get(segment).and_then(Option::as_ref);
        column.and_then(|column| column.first(doc)).unwrap_or(0)
    }
}
