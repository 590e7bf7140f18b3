//! Summaries: a cache, on disk, of the tables that opening an index would otherwise compute: sources, boilerplate and
//! lexicon.
//!
//! A writer that ends writes the summary of its commit into a file beside tantivy's, for every process that opens the
//! index; if that failed, the next refresh that finds nothing changed writes it. The name of the file is a hash of the
//! commit and its segments, so a summary is never taken for that of another state.
//!
//! The file is optional. It holds nothing that does not follow from the index, and where it is missing or its checksums
//! are wrong, the tables are computed again.
//!
//! Form: the key, sources, boilerplate and lexicon as byte strings of a [`Packer`].

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use tantivy::directory::OwnedBytes;
use tantivy::directory::error::OpenReadError;
use tantivy::{Directory as _, IndexMeta, SegmentReader};

use crate::error::{Error, Result};
use crate::store::boilerplate::BoilerplateTable;
use crate::store::directory::IndexDirectory;
use crate::store::lexicon::Lexicon;
use crate::store::packing::{Packer, Unpacker};
use crate::store::sources::SourceTable;

/// The version of the form. Raise it when the content or the form of summaries changes; older files are then ignored.
const VERSION: u32 = 4;

/// Identifies the state that a summary belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SummaryKey([u8; 16]);

impl SummaryKey {
    /// The key for a commit.
    pub(crate) fn of(commit: &IndexMeta) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&VERSION.to_le_bytes()).update(&commit.opstamp.to_le_bytes());
        let payload = commit.payload.as_deref().unwrap_or_default();
        hasher.update(&(payload.len() as u64).to_le_bytes()).update(payload.as_bytes());
        // Segments are immutable but for deletions, which have a stamp.
        for segment in &commit.segments {
            let deleted = segment.delete_opstamp().map_or(0, |opstamp| opstamp + 1);
            hasher.update(segment.id().uuid_string().as_bytes());
            hasher.update(&segment.max_doc().to_le_bytes()).update(&deleted.to_le_bytes());
        }
        let mut key = [0; 16];
        // The first bytes of the extended output are those of the plain hash.
        hasher.finalize_xof().fill(&mut key);
        Self(key)
    }

    /// The name of the file.
    pub(super) fn file(self) -> PathBuf {
        format!("{:032x}.summary", u128::from_be_bytes(self.0)).into()
    }
}

/// A summary whose checksums are right. Its tables are decoded when they are needed.
#[derive(Debug, Clone)]
pub(super) struct Summary {
    sources: OwnedBytes,
    boilerplate: OwnedBytes,
    lexicon: OwnedBytes,
}

impl Summary {
    /// Opens the summary of a state; `None` if it is missing or damaged.
    pub(crate) fn open(directory: &IndexDirectory, key: SummaryKey) -> Option<Self> {
        let file = directory.open_read(Path::new(&key.file())).ok()?.read_bytes().ok()?;
        let mut unpacker = Unpacker::new(file);
        if *unpacker.bytes()? != key.0 {
            return None;
        }
        Some(Self { sources: unpacker.bytes()?, boilerplate: unpacker.bytes()?, lexicon: unpacker.bytes()? })
    }

    /// The content of a summary file.
    pub(crate) fn of(
        key: SummaryKey,
        sources: &SourceTable,
        boilerplate: &BoilerplateTable,
        lexicon: &Lexicon,
    ) -> Result<Vec<u8>> {
        let mut packer = Packer::default();
        packer.bytes(&key.0);
        packer.part(|part| sources.pack(part))?;
        packer.part(|part| {
            boilerplate.pack(part);
            Ok(())
        })?;
        packer.part(|part| {
            lexicon.pack(part);
            Ok(())
        })?;
        Ok(packer.finish())
    }

    /// The sources; `None` if they do not fit the segments.
    pub(crate) fn sources(&self, readers: &[SegmentReader]) -> Option<SourceTable> {
        SourceTable::unpack(&mut Unpacker::new(self.sources.clone()), readers)
    }

    /// The boilerplate; `None` if it cannot be decoded.
    pub(super) fn boilerplate(&self) -> Option<BoilerplateTable> {
        BoilerplateTable::unpack(&mut Unpacker::new(self.boilerplate.clone()))
    }

    /// The lexicon; `None` if it cannot be decoded.
    pub(super) fn lexicon(&self) -> Option<Lexicon> {
        Lexicon::unpack(&mut Unpacker::new(self.lexicon.clone()))
    }
}

/// The bytes of a summary file; `None` if there is no such file.
pub(super) fn read_file(directory: &IndexDirectory, key: SummaryKey) -> Result<Option<Vec<u8>>> {
    match directory.atomic_read(&key.file()) {
        Ok(stored) => Ok(Some(stored)),
        Err(OpenReadError::FileDoesNotExist(_)) => Ok(None),
        Err(error) => Err(Error::of_engine(error.into())),
    }
}
