//! A reader for the ZIP archives that Word, OpenDocument and EPUB files are.
//!
//! They use a small part of the format (APPNOTE.TXT 6.3): a central directory at the end, and entries that are stored or
//! deflated. Reading just that here holds every size that the file claims to the budget.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::DeflateDecoder;

use crate::error::{ReadError, ReadErrorKind};

/// The most entries that are read. A Word file has some dozens, a book some hundreds.
const MOST_ENTRIES: usize = 10_000;

/// An archive with its central directory.
pub(crate) struct Archive<'b> {
    bytes: &'b [u8],
    /// What the archive is, in words for messages: `Word file`.
    what: &'static str,
    entries: HashMap<String, Entry>,
    /// Bytes that entries may still decompress to.
    remaining: usize,
}

/// Compression methods (APPNOTE 4.4.5).
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Offset of the local file header.
    header: usize,
    /// Compressed size, in bytes.
    compressed: usize,
    method: u16,
    encrypted: bool,
}

fn damaged(what: &str) -> ReadError {
    let message = format!("the {what} is truncated or damaged; download it again");
    ReadError::new(ReadErrorKind::Damaged, message)
}

/// A little-endian number of two bytes.
fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// A little-endian number of four bytes.
fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let number = u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?);
    usize::try_from(number).ok()
}

impl<'b> Archive<'b> {
    /// Reads the central directory. All entries together may decompress to `limit` bytes. `what` names the archive in
    /// messages: `Word file`.
    pub(crate) fn open(bytes: &'b [u8], limit: usize, what: &'static str) -> Result<Self, ReadError> {
        let entries = central_directory(bytes).ok_or_else(|| damaged(what))?;
        Ok(Self { bytes, what, entries, remaining: limit })
    }

    /// True if the archive has an entry of this name.
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// The names of the entries, sorted.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.entries.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// The bytes of an entry; `None` if there is none of this name.
    pub(crate) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(entry) = self.entries.get(name).copied() else { return Ok(None) };
        if entry.encrypted {
            let message = format!("the {} asks for a password; save a copy without one", self.what);
            return Err(ReadError::new(ReadErrorKind::Encrypted, message));
        }
        let compressed = self.compressed(entry).ok_or_else(|| damaged(self.what))?;
        let mut content = Vec::new();
        // One byte above the limit tells an entry that is too large from one that just fits.
        let limit = (self.remaining as u64).saturating_add(1);
        match entry.method {
            STORED => compressed.take(limit).read_to_end(&mut content),
            DEFLATED => DeflateDecoder::new(compressed).take(limit).read_to_end(&mut content),
            _ => return Err(damaged(self.what)),
        }
        .map_err(|_| damaged(self.what))?;
        match self.remaining.checked_sub(content.len()) {
            Some(remaining) => self.remaining = remaining,
            None => {
                let message = format!(
                    "the {} unpacks to far more than a report holds and may be meant to do harm; if you trust it, raise \
                     the limit",
                    self.what
                );
                return Err(ReadError::new(ReadErrorKind::OverBudget, message));
            }
        }
        Ok(Some(content))
    }

    /// The compressed bytes of an entry, behind its local header (APPNOTE 4.3.7).
    fn compressed(&self, entry: Entry) -> Option<&'b [u8]> {
        let header = self.bytes.get(entry.header..)?;
        if !header.starts_with(b"PK\x03\x04") {
            return None;
        }
        let start = 30 + usize::from(u16_at(header, 26)?) + usize::from(u16_at(header, 28)?);
        header.get(start..start.checked_add(entry.compressed)?)
    }
}

/// Reads the central directory (APPNOTE 4.3.12), found from the record at the end of the file (4.3.16).
fn central_directory(bytes: &[u8]) -> Option<HashMap<String, Entry>> {
    // The record has 22 bytes and a comment of up to 65,535.
    let from = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    let record = from + bytes[from..].windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = usize::from(u16_at(bytes, record + 10)?).min(MOST_ENTRIES);
    let mut at = u32_at(bytes, record + 16)?;
    let mut entries = HashMap::new();
    for _ in 0..count {
        if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
            return None;
        }
        let name_length = usize::from(u16_at(bytes, at + 28)?);
        let name = String::from_utf8_lossy(bytes.get(at + 46..at + 46 + name_length)?);
        let entry = Entry {
            header: u32_at(bytes, at + 42)?,
            compressed: u32_at(bytes, at + 20)?,
            method: u16_at(bytes, at + 10)?,
            encrypted: u16_at(bytes, at + 8)? & 1 == 1,
        };
        // Some producers separate folders by backslashes, or begin names with a slash.
        let name = name.replace('\\', "/").trim_start_matches('/').to_owned();
        entries.entry(name).or_insert(entry);
        at += 46 + name_length + usize::from(u16_at(bytes, at + 30)?) + usize::from(u16_at(bytes, at + 32)?);
    }
    Some(entries)
}
