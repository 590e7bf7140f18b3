//! The paragraphs beside a hit.

use crate::document::Record;
use crate::error::{Error, ErrorKind, Result};
use crate::hit::Hit;
use crate::id::Id;
use crate::snapshot::Snapshot;

impl Snapshot {
    /// The paragraph of that id with up to `n` before and `n` after it in its report, in order, as hits without
    /// matches. Whatever they are: headings, rows of tables and notes too. None if there is no such paragraph.
    ///
    /// # Errors
    /// [`Invalid`](ErrorKind::Invalid) if the id is that of a report, or if the index cannot be read.
    pub fn around(&self, id: &Id, n: u32) -> Result<Vec<Hit>> {
        let Some(ordinal) = id.ordinal() else {
            return Err(Error::new(
                ErrorKind::Invalid,
                format!("{id} is the id of a report, not of a paragraph"),
            ));
        };
        let Some(source) = self.find_id(&id.report()) else { return Ok(Vec::new()) };
        let last = self.table().entry(source).map_or(0, |entry| entry.documents);
        if ordinal > last {
            return Ok(Vec::new());
        }
        let places = ordinal.saturating_sub(n).max(1)..=ordinal.saturating_add(n).min(last);
        let hits = places.filter_map(|place| {
            let record = self.record::<Record>(source, place).transpose()?;
            Some(record.and_then(|record| self.hit(source, place, record, Vec::new())))
        });
        hits.collect()
    }
}
