//! Reads the bytes of a file into a report. Never panics, whatever the bytes are.

use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use quotable_read::{Budget, Document, ReadError, ReadErrorKind, Readers, open_regular};
use quotable_report::profile::Profiles;
use quotable_report::{Report, Understand};

use crate::ingest::hints::{Hints, Recognised};

/// The stack of a thread that reads files, in bytes. Formats nest, and readers recurse.
pub(super) const STACK: usize = 16 << 20;

/// The bytes of a file; of one longer than `limit` bytes, one more than that, by which a reader sees that it is too
/// long.
pub(super) fn bytes_of(file: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = open_regular(file)?;
    let limit = limit.saturating_add(1);
    // Room for the whole file at once, for a length that is true and for the byte that tells its end.
    let length = file.metadata()?.len().saturating_add(1).min(limit);
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(length).unwrap_or(usize::MAX))?;
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a file's bytes into a report, by the profiles. A reader that panics costs this file alone.
pub(super) fn read_bytes(
    readers: &Readers,
    profiles: &Profiles,
    hints: &Hints,
    file: &Path,
    path: &str,
    bytes: &[u8],
    budget: &Budget,
) -> Result<Report, ReadError> {
    // One clock for reading blocks and for making the report of them.
    let budget = budget.start();
    let read = || {
        let document = match (readers.read(file, bytes, &budget), &hints.recognised) {
            (Ok(mut document), Some(recognised)) => {
                document.add_recognised(recognised.text.iter().cloned());
                document
            }
            (Err(error), Some(Recognised { pages, text })) if error.kind() == ReadErrorKind::NoText => {
                Document::of_recognised("pdf", *pages, text.iter().cloned())
            }
            (read, _) => read?,
        };
        let understand = Understand::new(profiles).kind(hints.kind).framework(hints.framework.as_ref());
        let report = understand.within(&budget).document(&document, path)?;
        if report.paragraphs.is_empty() {
            let message = match hints.recognised {
                Some(_) => "no text was found in the file, nor recognised (OCR) in the pictures of its pages",
                None if document.format != "pdf" => {
                    "no text was found in the file; save it again with its text"
                }
                None => {
                    "no text was found in the file; if its pages are pictures, run text recognition (OCR) on it, else save \
                     it again with its text"
                }
            };
            return Err(ReadError::new(ReadErrorKind::NoText, message));
        }
        Ok(report)
    };
    guarded(read)
}

/// Makes an error of the file of a panic of its reader.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let what = panic.downcast_ref::<String>().map(String::as_str);
        let what = what.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        let message = format!("the reader crashed on this file ({what}); please report the file");
        Err(ReadError::new(ReadErrorKind::Crashed, message))
    })
}

#[cfg(all(
    test,
    feature = "docx",
    feature = "epub",
    feature = "html",
    feature = "mail",
    feature = "markdown",
    feature = "odt",
    feature = "pdf",
    feature = "rtf"
))]
mod tests {
    use super::*;
    use crate::ingest::walk::{CorpusFile, walk};
    use crate::store::entry::READING;

    #[test]
    fn no_more_of_a_file_is_read_than_shows_that_it_is_too_long() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "0123456789").unwrap();
        for (limit, read) in [(3, 4), (9, 10), (10, 10), (u64::MAX, 10)] {
            assert_eq!(bytes_of(file.path(), limit).unwrap().len(), read, "{limit}");
        }
    }

    #[test]
    fn a_file_without_words_is_a_failure() {
        let read = |text: &str| {
            let (readers, profiles) = (Readers::default(), Profiles::built_in());
            let file = Path::new("a.txt");
            read_bytes(
                &readers,
                profiles,
                &Hints::default(),
                file,
                "a.txt",
                text.as_bytes(),
                &Budget::default(),
            )
        };
        assert_eq!(read("——\n\n* * *\n").unwrap_err().kind(), ReadErrorKind::NoText);
        assert_eq!(read("Herons\n").unwrap().paragraphs.len(), 1);
    }

    /// Fails when the sample corpus gives other reports without a new number of [`READING`].
    #[test]
    fn the_reports_of_the_sample_are_those_of_this_version_of_reading() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/reports");
        let files = walk(&corpus, None, None, &Readers::default(), false).unwrap().files;
        let mut hasher = blake3::Hasher::new();
        for CorpusFile { path, file, .. } in files {
            let bytes = std::fs::read(&file).unwrap();
            let read = read_bytes(
                &Readers::default(),
                Profiles::built_in(),
                &Hints::default(),
                &file,
                &path,
                &bytes,
                &Budget::default(),
            );
            hasher.update(serde_json::to_string(&read).unwrap().as_bytes());
        }
        let hash = hasher.finalize().to_hex();
        assert_eq!(
            (READING, &hash[..16]),
            (8, "2911423aedbe9ffa"),
            "the same files now give other reports: raise READING, and put the new hash here"
        );
    }
}
