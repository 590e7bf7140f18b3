//! Bytes and numbers one after another.

use tantivy::directory::OwnedBytes;

use crate::error::Result;

/// Writes what an [`Unpacker`] reads.
#[derive(Debug, Default)]
pub(crate) struct Packer(Vec<u8>);

impl Packer {
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend((bytes.len() as u64).to_le_bytes());
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn numbers(&mut self, numbers: impl IntoIterator<Item = u32>) {
        let bytes: Vec<u8> = numbers.into_iter().flat_map(u32::to_le_bytes).collect();
        self.bytes(&bytes);
    }

    /// What something else writes, together.
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

/// Reads what a [`Packer`] wrote; `None` where that is not so.
#[derive(Debug)]
pub(crate) struct Unpacker(OwnedBytes);

impl Unpacker {
    pub(super) fn new(packed: OwnedBytes) -> Self {
        Self(packed)
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn bytes(&mut self) -> Option<OwnedBytes> {
        let len = usize::try_from(u64::from_le_bytes(*self.0.first_chunk()?)).ok()?;
        let start = size_of::<u64>();
        let end = start.checked_add(len).filter(|end| *end <= self.0.len())?;
        let bytes = self.0.slice(start..end);
        self.0.advance(end);
        Some(bytes)
    }

    pub(crate) fn numbers(&mut self) -> Option<Vec<u32>> {
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
        fn what_was_packed_is_unpacked(bytes: Vec<u8>, numbers: Vec<u32>) {
            let mut packer = Packer::default();
            packer.bytes(&bytes);
            packer.numbers(numbers.iter().copied());
            let mut unpacker = Unpacker::new(OwnedBytes::new(packer.finish()));
            prop_assert_eq!(unpacker.bytes().unwrap().to_vec(), bytes);
            prop_assert_eq!(unpacker.numbers().unwrap(), numbers);
            prop_assert!(unpacker.bytes().is_none());
        }

        #[test]
        fn nonsense_is_refused_or_read(packed in prop::collection::vec(0_u8..9, 0..60)) {
            let mut unpacker = Unpacker::new(OwnedBytes::new(packed));
            while unpacker.bytes().is_some() && unpacker.numbers().is_some() {}
        }
    }
}
