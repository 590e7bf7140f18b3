//! Bytes to a report, whatever the bytes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use quotable_read::{Budget, ReadError, ReadErrorKind, Readers};
use quotable_report::Report;

/// How much stack a thread that reads files has: formats nest.
pub(crate) const STACK: usize = 16 << 20;

/// Reads a file's bytes and understands them. A reader that panics costs this file alone.
pub(crate) fn read_bytes(
    readers: &Readers,
    file: &Path,
    path: &str,
    bytes: &[u8],
    budget: &Budget,
) -> Result<Report, ReadError> {
    // One clock for both.
    let budget = budget.start();
    let read = || {
        let document = readers.read(file, bytes, &budget)?;
        Report::from_document_within(&document, path, &budget)
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let what = panic.downcast_ref::<String>().map(String::as_str);
        let what = what.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        let message = format!("the reader failed on this file ({what}); please report it");
        Err(ReadError::new(ReadErrorKind::Crashed, message))
    })
}
