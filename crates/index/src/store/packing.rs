//! The encoding of summaries: byte strings with their lengths, and arrays of numbers.
//!
//! Numbers have a fixed width of four bytes, little-endian. That is larger than a varint and loads without decoding,
//! which is the purpose of a summary.

use tantivy::directory::OwnedBytes;

use crate::error::Result;

/// Writes byte strings and arrays, for an [`Unpacker`] to read in the same order.
#[derive(Debug, Default)]
pub(super) struct Packer(Vec<u8>);

impl Packer {
    /// Appends the length, in eight bytes, and the bytes.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend((bytes.len() as u64).to_le_bytes());
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn numbers(&mut self, numbers: impl IntoIterator<Item = u32>) {
        let bytes: Vec<u8> = numbers.into_iter().flat_map(u32::to_le_bytes).collect();
        self.bytes(&bytes);
    }

    /// Appends everything that `write` writes as one byte string.
    pub(super) fn part(&mut self, write: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let mut part = Self::default();
        write(&mut part)?;
        self.bytes(&part.0);
        Ok(())
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Reads what a [`Packer`] wrote. Every method returns `None` for anything else.
#[derive(Debug)]
pub(super) struct Unpacker(OwnedBytes);

impl Unpacker {
    pub(super) fn new(packed: OwnedBytes) -> Self {
        Self(packed)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte string, which shares its memory with the whole.
    pub(super) fn bytes(&mut self) -> Option<OwnedBytes> {
        let len = usize::try_from(u64::from_le_bytes(*self.0.first_chunk()?)).ok()?;
        let start = size_of::<u64>();
        let end = start.checked_add(len).filter(|end| *end <= self.0.len())?;
        let bytes = self.0.slice(start..end);
        self.0.advance(end);
        Some(bytes)
    }

    pub(super) fn numbers(&mut self) -> Option<Vec<u32>> {
        let bytes = self.bytes()?;
        let (numbers, rest) = bytes.as_chunks();
        rest.is_empty().then(|| numbers.iter().map(|number| u32::from_le_bytes(*number)).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn packed_values_are_unpacked_unchanged(bytes: Vec<u8>, numbers: Vec<u32>) {
            let mut packer = Packer::default();
            packer.bytes(&bytes);
            packer.numbers(numbers.iter().copied());
            let mut unpacker = Unpacker::new(OwnedBytes::new(packer.finish()));
            prop_assert_eq!(unpacker.bytes().unwrap().to_vec(), bytes);
            prop_assert_eq!(unpacker.numbers().unwrap(), numbers);
            prop_assert!(unpacker.bytes().is_none());
        }

        #[test]
        fn arbitrary_bytes_do_not_panic(packed in prop::collection::vec(0_u8..9, 0..60)) {
            let mut unpacker = Unpacker::new(OwnedBytes::new(packed));
            while unpacker.bytes().is_some() && unpacker.numbers().is_some() {}
        }
    }
}
