//! Reports with their versions: a hash of all that is exported of one, by which a second export knows what has changed.

use quotable_codebook::CodeBook;
use quotable_index::{Result, Snapshot};

use super::columns::{ExportTable, OF_EXPORT, visit_rows};
use super::data::{ReportData, WrittenBy};
use super::value::Value;

/// Reads a report with its version; `None` if there is none, or it could not be read.
pub(super) fn read_versioned(
    snapshot: &Snapshot,
    book: &CodeBook,
    by: WrittenBy<'_>,
    path: &str,
) -> Result<Option<ReportData>> {
    let Some(mut data) = ReportData::read(snapshot, book, by, path)? else { return Ok(None) };
    data.version = version(&data);
    Ok(Some(data))
}

/// The column whose numbers grow old: one report more with a common sentence raises the count of boilerplate in all that
/// have it, and none of them has changed. That there is a count is part of the version, since queries ask for it.
const GROWS_OLD: &str = "boilerplate";

/// A hash of every value of every row, in 32 hexadecimal digits.
fn version(data: &ReportData) -> String {
    let mut hasher = blake3::Hasher::new();
    let columns: Vec<_> = ExportTable::ALL.map(|table| (table, table.columns())).into();
    visit_rows(data, |table, row| {
        hasher.update(table.name().as_bytes());
        let columns = columns.iter().filter(|(known, _)| *known == table).flat_map(|(_, columns)| columns);
        for (column, value) in columns.zip(row) {
            if column.name == GROWS_OLD {
                Value::Bool(!matches!(value, Value::Null)).hash(&mut hasher);
            } else if !OF_EXPORT.contains(&column.name) {
                value.hash(&mut hasher);
            }
        }
    });
    let mut hash = hasher.finalize().to_hex().to_string();
    hash.truncate(32);
    hash
}
