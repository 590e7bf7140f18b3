//! The ZIP archive in which a Word file keeps its parts.
//!
//! Only what Word writes is read: a directory at the end, and parts that are stored or deflated. That is little enough to
//! stand here in full, where every size that the file claims can be held to the budget.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::DeflateDecoder;

use crate::error::{ReadError, ReadErrorKind};

/// Parts more than this are no document.
const MOST_PARTS: usize = 10_000;

/// An archive: its directory, and how many bytes its parts may still unfold to.
pub(super) struct Archive<'b> {
    bytes: &'b [u8],
    parts: HashMap<String, Part>,
    left: usize,
}

#[derive(Debug, Clone, Copy)]
struct Part {
    /// Where the part's own header stands.
    header: usize,
    packed: usize,
    method: u16,
    encrypted: bool,
}

fn damaged() -> ReadError {
    ReadError::new(
        ReadErrorKind::Damaged,
        "the file begins as a Word file but is truncated or damaged; download it again",
    )
}

/// A number of two bytes, least first.
fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// A number of four bytes, least first.
fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let number = u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?);
    usize::try_from(number).ok()
}

impl<'b> Archive<'b> {
    /// Reads the directory. All parts together may unfold to `most` bytes.
    pub(super) fn open(bytes: &'b [u8], most: usize) -> Result<Self, ReadError> {
        let parts = directory(bytes).ok_or_else(damaged)?;
        Ok(Self { bytes, parts, left: most })
    }

    /// True if the archive holds a part of this name.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// The names of the parts, in order.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.parts.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// The bytes of a part; `None` if there is none of this name.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(part) = self.parts.get(name).copied() else { return Ok(None) };
        if part.encrypted {
            let message = "the file asks for a password; save it without one";
            return Err(ReadError::new(ReadErrorKind::Encrypted, message));
        }
        let packed = self.packed(part).ok_or_else(damaged)?;
        let mut unfolded = Vec::new();
        // One byte more than is allowed tells a part that is too large from one that just fits.
        let most = u64::try_from(self.left).unwrap_or(u64::MAX).saturating_add(1);
        match part.method {
            0 => packed.take(most).read_to_end(&mut unfolded),
            8 => DeflateDecoder::new(packed).take(most).read_to_end(&mut unfolded),
            _ => return Err(damaged()),
        }
        .map_err(|_| damaged())?;
        match self.left.checked_sub(unfolded.len()) {
            Some(left) => self.left = left,
            None => {
                let message = "the file unfolds to far more than a report holds; it may be made to do harm";
                return Err(ReadError::new(ReadErrorKind::OverBudget, message));
            }
        }
        Ok(Some(unfolded))
    }

    fn packed(&self, part: Part) -> Option<&'b [u8]> {
        let header = self.bytes.get(part.header..)?;
        if !header.starts_with(b"PK\x03\x04") {
            return None;
        }
        let start = 30 + usize::from(short(header, 26)?) + usize::from(short(header, 28)?);
        header.get(start..start.checked_add(part.packed)?)
    }
}

/// The directory, found from its record at the end of the file (APPNOTE 4.3.16).
fn directory(bytes: &[u8]) -> Option<HashMap<String, Part>> {
    // A comment of up to 65,535 bytes may stand behind the record of 22.
    let from = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    let record = from + bytes[from..].windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = usize::from(short(bytes, record + 10)?).min(MOST_PARTS);
    let mut at = long(bytes, record + 16)?;
    let mut parts = HashMap::new();
    for _ in 0..count {
        if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
            return None;
        }
        let name_length = usize::from(short(bytes, at + 28)?);
        let name = String::from_utf8_lossy(bytes.get(at + 46..at + 46 + name_length)?);
        let part = Part {
            header: long(bytes, at + 42)?,
            packed: long(bytes, at + 20)?,
            method: short(bytes, at + 10)?,
            encrypted: short(bytes, at + 8)? & 1 == 1,
        };
        // Some writers part folders by a backslash, or begin at the root.
        let name = name.replace('\\', "/").trim_start_matches('/').to_owned();
        parts.entry(name).or_insert(part);
        at += 46 + name_length + usize::from(short(bytes, at + 30)?) + usize::from(short(bytes, at + 32)?);
    }
    Some(parts)
}
