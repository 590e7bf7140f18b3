//! Boilerplate: paragraphs that stand in many reports, word for word.

use tantivy::SegmentReader;
use tantivy::columnar::Column;

use crate::schema::COPY;
use crate::table::Table;
use crate::{Error, Result};

/// The fewest words of what can be boilerplate: shorter sentences come about alike by themselves.
pub(crate) const SHORTEST: u32 = 12;
/// In how many reports a paragraph stands, at least, that is boilerplate.
const REPORTS: u32 = 5;

/// The boilerplate of one state of the index, by the hash of its folded words.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    /// Hash, and in how many reports it stands; in the order of the hashes.
    known: Vec<(u64, u32)>,
}

impl Copies {
    pub(crate) fn load(readers: &[SegmentReader], table: &Table) -> Result<Self> {
        let mut all: Vec<(u64, u32)> = Vec::new();
        for (segment, reader) in readers.iter().enumerate() {
            let Some(column) = column(reader, COPY)? else { continue };
            for run in table.runs(segment) {
                let hashes = (run.base..=run.base + run.len).filter_map(|doc| column.first(doc));
                all.extend(hashes.map(|hash| (hash, run.source)));
            }
        }
        all.sort_unstable();
        all.dedup();
        let groups = all.chunk_by(|one, other| one.0 == other.0);
        let known = groups.filter_map(|group| {
            let reports = u32::try_from(group.len()).unwrap_or(u32::MAX);
            group.first().filter(|_| reports >= REPORTS).map(|&(hash, _)| (hash, reports))
        });
        Ok(Self { known: known.collect() })
    }

    /// In how many reports a paragraph of that hash stands, if it is boilerplate.
    pub(crate) fn reports(&self, hash: u64) -> Option<u32> {
        let at = self.known.binary_search_by_key(&hash, |&(hash, _)| hash).ok()?;
        self.known.get(at).map(|&(_, reports)| reports)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

/// A column of numbers of a segment; `None` if no paragraph of it has one.
pub(crate) fn column(reader: &SegmentReader, name: &str) -> Result<Option<Column<u64>>> {
    reader.fast_fields().column_opt::<u64>(name).map_err(Error::of_engine)
}
