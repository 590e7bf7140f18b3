//! Reads the bytes of a file into a report. Never panics, whatever the bytes are.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use quotable_read::{Budget, ReadError, ReadErrorKind, Readers};
use quotable_report::Report;

/// The stack of a thread that reads files, in bytes. Formats nest, and readers recurse.
pub(super) const STACK: usize = 16 << 20;

/// Reads a file's bytes into a report. A reader that panics costs this file alone.
pub(super) fn read_bytes(
    readers: &Readers,
    file: &Path,
    path: &str,
    bytes: &[u8],
    budget: &Budget,
) -> Result<Report, ReadError> {
    // One clock for reading blocks and for making the report of them.
    let budget = budget.start();
    let read = || {
        let document = readers.read(file, bytes, &budget)?;
        Report::from_document_within(&document, path, &budget)
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let what = panic.downcast_ref::<String>().map(String::as_str);
        let what = what.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        let message = format!("the reader crashed on this file ({what}); please report the file");
        Err(ReadError::new(ReadErrorKind::Crashed, message))
    })
}

#[cfg(all(test, feature = "docx", feature = "html", feature = "markdown", feature = "pdf"))]
mod tests {
    use super::*;
    use crate::ingest::walk::{CorpusFile, walk};
    use crate::store::entry::READING;

    /// Fails when the sample corpus gives other reports without a new number of [`READING`].
    #[test]
    fn the_reports_of_the_sample_are_those_of_this_version_of_reading() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/reports");
        let files = walk(&corpus, None, &Readers::default(), false).unwrap().files;
        let mut hasher = blake3::Hasher::new();
        for CorpusFile { path, file, .. } in files {
            let bytes = std::fs::read(&file).unwrap();
            let read = read_bytes(&Readers::default(), &file, &path, &bytes, &Budget::default());
            hasher.update(serde_json::to_string(&read).unwrap().as_bytes());
        }
        let hash = hasher.finalize().to_hex();
        assert_eq!(
            (READING, &hash[..16]),
            (3, "684ddec189506a41"),
            "the same files now give other reports: raise READING, and put the new hash here"
        );
    }
}
