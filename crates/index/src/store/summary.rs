//! What follows from a commit and takes long to find out: which documents are a source's, what is boilerplate, the
//! strings of texts.
//!
//! Whoever ends writing has found it out, and keeps it in a file beside those of the engine, for every process that
//! opens the index; where that could not be done, a refresh that finds nothing changed makes it good. The name of the file follows from the commit and its segments, so that it cannot be taken for that
//! of another state. It can do without: where there is no such file, or not a whole one, all is found out again. Nothing
//! is in it that is not in the index.

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use tantivy::directory::OwnedBytes;
use tantivy::directory::error::OpenReadError;
use tantivy::{Directory as _, IndexMeta, SegmentReader};

use crate::error::{Error, Result};
use crate::store::boilerplate::BoilerplateTable;
use crate::store::directory::IndexDirectory;
use crate::store::hash::hash;
use crate::store::lexicon::Lexicon;
use crate::store::packing::{Packer, Unpacker};
use crate::store::sources::SourceTable;

/// Raised when something else is kept, or in another way.
const VERSION: u32 = 1;
/// How many bytes of a file are the hash of all before them.
const HASH: usize = size_of::<u64>();

/// Of which state a summary is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SummaryKey([u8; 16]);

impl SummaryKey {
    /// The key of a commit.
    pub(crate) fn of(commit: &IndexMeta) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&VERSION.to_le_bytes()).update(&commit.opstamp.to_le_bytes());
        let payload = commit.payload.as_deref().unwrap_or_default();
        hasher.update(&(payload.len() as u64).to_le_bytes()).update(payload.as_bytes());
        // The documents of a segment stay what they are, and are only ever deleted.
        for segment in &commit.segments {
            let deleted = segment.delete_opstamp().map_or(0, |opstamp| opstamp + 1);
            hasher.update(segment.id().uuid_string().as_bytes());
            hasher.update(&segment.max_doc().to_le_bytes()).update(&deleted.to_le_bytes());
        }
        Self(hasher.finalize().as_bytes().first_chunk().copied().unwrap_or_default())
    }

    /// The name of the file.
    pub(crate) fn file(self) -> PathBuf {
        format!("{:032x}.summary", u128::from_be_bytes(self.0)).into()
    }
}

/// What is kept, not read yet save that it is whole.
#[derive(Debug, Clone)]
pub(crate) struct Summary {
    sources: OwnedBytes,
    boilerplate: OwnedBytes,
    lexicon: OwnedBytes,
}

impl Summary {
    /// Opens what is kept of a state, if it is there and whole.
    pub(crate) fn open(place: &IndexDirectory, key: SummaryKey) -> Option<Self> {
        let file = place.open_read(Path::new(&key.file())).ok()?.read_bytes().ok()?;
        let kept = file.len().checked_sub(HASH)?;
        let (kept, said) = file.split(kept);
        if *said != hash(&kept).to_le_bytes() {
            return None;
        }
        let mut unpacker = Unpacker::new(kept);
        if *unpacker.bytes()? != key.0 {
            return None;
        }
        Some(Self { sources: unpacker.bytes()?, boilerplate: unpacker.bytes()?, lexicon: unpacker.bytes()? })
    }

    /// What is to be kept of a state.
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
        let mut kept = packer.finish();
        let hash = hash(&kept).to_le_bytes();
        kept.extend(hash);
        Ok(kept)
    }

    /// The sources.
    pub(crate) fn sources(&self, readers: &[SegmentReader]) -> Option<SourceTable> {
        SourceTable::unpack(&mut Unpacker::new(self.sources.clone()), readers)
    }

    /// The boilerplate.
    pub(crate) fn boilerplate(&self) -> Option<BoilerplateTable> {
        BoilerplateTable::unpack(&mut Unpacker::new(self.boilerplate.clone()))
    }

    /// The strings of texts.
    pub(crate) fn lexicon(&self) -> Option<Lexicon> {
        Lexicon::unpack(&mut Unpacker::new(self.lexicon.clone()))
    }
}

/// What is in the file of a summary; `None` if there is no such file.
pub(crate) fn stored(place: &IndexDirectory, key: SummaryKey) -> Result<Option<Vec<u8>>> {
    match place.atomic_read(&key.file()) {
        Ok(stored) => Ok(Some(stored)),
        Err(OpenReadError::FileDoesNotExist(_)) => Ok(None),
        Err(error) => Err(Error::of_engine(error.into())),
    }
}
