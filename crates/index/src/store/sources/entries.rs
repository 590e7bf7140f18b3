//! The entries of all sources, read from the index or from a summary.

use std::sync::OnceLock;

use tantivy::directory::OwnedBytes;

use crate::error::Result;
use crate::store::entry::{Entry, EntryHeader};
use crate::store::packing::{Packer, Unpacker};

/// The entries of one state of the index, in report order.
#[derive(Debug)]
pub(super) enum Entries {
    /// Read from the index.
    Loaded(Vec<Entry>),
    /// In a summary, decoded when they are needed.
    Packed(PackedEntries),
}

/// Entries in a summary. Most searches need a few of them, and decoding all took most of the time of opening an index.
#[derive(Debug)]
pub(super) struct PackedEntries {
    /// The stored entries, one after another.
    stored: OwnedBytes,
    /// The end of each entry in `stored`.
    ends: Vec<u32>,
    /// Entries that were needed one by one.
    single: Vec<OnceLock<Box<Entry>>>,
    /// All entries, once they were needed as a slice.
    all: OnceLock<Vec<Entry>>,
}

impl Default for Entries {
    fn default() -> Self {
        Self::Loaded(Vec::new())
    }
}

impl Entries {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Loaded(entries) => entries.len(),
            Self::Packed(packed) => packed.ends.len(),
        }
    }

    pub(super) fn all(&self) -> &[Entry] {
        match self {
            Self::Loaded(entries) => entries,
            Self::Packed(packed) => {
                packed.all.get_or_init(|| (0..packed.ends.len()).map(|at| packed.read(at)).collect())
            }
        }
    }

    pub(super) fn get(&self, source: u32) -> Option<&Entry> {
        let at = source as usize;
        match self {
            Self::Loaded(entries) => entries.get(at),
            Self::Packed(packed) => match packed.all.get() {
                Some(all) => all.get(at),
                None => Some(packed.single.get(at)?.get_or_init(|| Box::new(packed.read(at)))),
            },
        }
    }

    /// The header of an entry; `None` if there is none.
    pub(super) fn header(&self, source: u32) -> Option<EntryHeader<'_>> {
        match self {
            Self::Loaded(entries) => entries.get(source as usize).map(EntryHeader::of),
            Self::Packed(packed) => EntryHeader::from_bytes(packed.bytes(source as usize)?).ok(),
        }
    }

    pub(super) fn path(&self, source: u32) -> &str {
        let path = match self {
            Self::Loaded(entries) => entries.get(source as usize).map(|entry| entry.path.as_str()),
            Self::Packed(packed) => {
                packed.bytes(source as usize).and_then(|bytes| EntryHeader::path_from_bytes(bytes).ok())
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
        let single = ends.iter().map(|_| OnceLock::new()).collect();
        // Entries of more than 4 GiB, whose ends do not fit 32 bits, fail here and are read from the index.
        let end = ends.last().map_or(0, |last| *last as usize);
        (ends.is_sorted() && end == stored.len())
            .then(|| Self::Packed(PackedEntries { stored, ends, single, all: OnceLock::new() }))
    }
}

impl PackedEntries {
    /// The stored form of an entry.
    fn bytes(&self, at: usize) -> Option<&[u8]> {
        let start = at.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        self.stored.get(*start as usize..*self.ends.get(at)? as usize)
    }

    /// Decodes an entry. A summary is used only if its checksum is right, so this fails only for one that was forged;
    /// then the entry is an empty one, and `Index::verify` finds the forgery.
    fn read(&self, at: usize) -> Entry {
        let entry = self.bytes(at).and_then(|bytes| Entry::from_bytes(bytes).ok());
        entry.unwrap_or_else(Entry::unknown)
    }
}
