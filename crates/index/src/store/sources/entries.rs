//! The entries of all sources.

use std::sync::OnceLock;

use tantivy::directory::OwnedBytes;

use crate::error::Result;
use crate::store::entry::{Entry, EntryHeader};
use crate::store::packing::{Packer, Unpacker};

/// The entries of one state of the index, in report order.
#[derive(Debug)]
pub(super) enum Entries {
    Read(Vec<Entry>),
    /// As a summary keeps them: each is read when it is first asked for.
    Kept(Kept),
}

#[derive(Debug)]
pub(super) struct Kept {
    /// One after another.
    stored: OwnedBytes,
    /// Where each ends.
    ends: Vec<u32>,
    one: Vec<OnceLock<Box<Entry>>>,
    all: OnceLock<Vec<Entry>>,
}

impl Default for Entries {
    fn default() -> Self {
        Self::Read(Vec::new())
    }
}

impl Entries {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Read(entries) => entries.len(),
            Self::Kept(kept) => kept.ends.len(),
        }
    }

    pub(super) fn all(&self) -> &[Entry] {
        match self {
            Self::Read(entries) => entries,
            Self::Kept(kept) => {
                kept.all.get_or_init(|| (0..kept.ends.len()).map(|at| kept.read(at)).collect())
            }
        }
    }

    pub(super) fn get(&self, source: u32) -> Option<&Entry> {
        let at = source as usize;
        match self {
            Self::Read(entries) => entries.get(at),
            Self::Kept(kept) => match kept.all.get() {
                Some(all) => all.get(at),
                None => Some(kept.one.get(at)?.get_or_init(|| Box::new(kept.read(at)))),
            },
        }
    }

    /// The first of what the entry holds.
    pub(super) fn header(&self, source: u32) -> Option<EntryHeader<'_>> {
        match self {
            Self::Read(entries) => entries.get(source as usize).map(EntryHeader::of),
            Self::Kept(kept) => EntryHeader::from_bytes(kept.bytes(source as usize)?).ok(),
        }
    }

    pub(super) fn path(&self, source: u32) -> &str {
        let path = match self {
            Self::Read(entries) => entries.get(source as usize).map(|entry| entry.path.as_str()),
            Self::Kept(kept) => {
                kept.bytes(source as usize).and_then(|bytes| EntryHeader::path_from_bytes(bytes).ok())
            }
        };
        path.unwrap_or_default()
    }

    pub(super) fn pack(&self, packer: &mut Packer) -> Result<()> {
        let mut stored = Vec::new();
        let mut ends = Vec::new();
        for entry in self.all() {
            stored.extend(entry.to_bytes()?);
            ends.push(u32::try_from(stored.len()).unwrap_or(u32::MAX));
        }
        packer.numbers(ends);
        packer.bytes(&stored);
        Ok(())
    }

    pub(super) fn unpack(unpacker: &mut Unpacker) -> Option<Self> {
        let ends = unpacker.numbers()?;
        let stored = unpacker.bytes()?;
        let one = ends.iter().map(|_| OnceLock::new()).collect();
        // Of more than 4 GiB it would not be known where each ends.
        let all = ends.last().map_or(0, |last| *last as usize);
        (ends.is_sorted() && all == stored.len())
            .then(|| Self::Kept(Kept { stored, ends, one, all: OnceLock::new() }))
    }
}

impl Kept {
    fn bytes(&self, at: usize) -> Option<&[u8]> {
        let start = at.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        self.stored.get(*start as usize..*self.ends.get(at)? as usize)
    }

    /// A summary is whole or is not used, so that there is always an entry to be read.
    fn read(&self, at: usize) -> Entry {
        let entry = self.bytes(at).and_then(|bytes| Entry::from_bytes(bytes).ok());
        entry.unwrap_or_else(Entry::unknown)
    }
}
