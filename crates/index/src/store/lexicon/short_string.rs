//! Strings of up to 15 bytes, held in a number.

use std::hash::{Hash, Hasher};
use std::ops::Range;

/// A string of up to 15 bytes, padded with zeros to 16. Byte 15, the highest, holds the length.
///
/// Nearly every word is that short. Two integers compare and hash faster than a string, and need no memory of their
/// own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShortString([u64; 2]);

impl Hash for ShortString {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u128(self.to_number());
    }
}

impl ShortString {
    const MAX_BYTES: usize = 15;

    /// Equal to no string: its length would be 255.
    pub(super) const NONE: Self = Self([u64::MAX; 2]);

    /// `None` for more than 15 bytes.
    pub(super) fn new(string: &str) -> Option<Self> {
        Self::from_range(string.as_bytes(), 0..string.len())
    }

    /// The string at `range` of `text`; `None` for more than 15 bytes.
    #[inline]
    pub(super) fn from_range(text: &[u8], range: Range<usize>) -> Option<Self> {
        let length = range.len();
        if length > Self::MAX_BYTES {
            return None;
        }
        // Reads 16 bytes at once and clears those behind the string; near the end of the text, byte by byte.
        let block = match text.get(range.start..).and_then(<[u8]>::first_chunk) {
            Some(block) => u128::from_le_bytes(*block) & !(u128::MAX << (8 * length)),
            None => text.get(range)?.iter().rev().fold(0, |number, byte| number << 8 | u128::from(*byte)),
        };
        let number = block | (length as u128) << 120;
        Some(Self([number as u64, (number >> 64) as u64]))
    }

    /// The first `length` bytes of `block`, whose lowest byte is the first. `length` is at most 7.
    #[inline]
    pub(super) fn from_block(block: u64, length: usize) -> Self {
        Self([block & !(u64::MAX << (8 * length)), (length as u64) << 56])
    }

    fn to_number(self) -> u128 {
        u128::from(self.0[0]) | u128::from(self.0[1]) << 64
    }

    /// A slot in a table of `2^bits` slots, by Fibonacci hashing (D. Knuth, The Art of Computer Programming, volume 3,
    /// section 6.4). The same in every process, so for caches only, where strings that meet in a slot do no harm.
    #[inline]
    pub(super) fn slot(self, bits: u32) -> usize {
        let folded = self.0[0] ^ self.0[1].rotate_left(29);
        (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
    }

    /// The bytes in lower case, the first byte lowest, padded with zeros. For strings of ASCII letters and digits
    /// alone.
    #[inline]
    pub(crate) fn to_ascii_lowercase(self) -> u128 {
        // Letters have bit 0x40 and digits do not; small letters have bit 0x20 too.
        const LETTER: u128 = u128::from_ne_bytes([0x40; 16]);
        let bytes = self.to_number() & (u128::MAX >> 8);
        bytes | (bytes & LETTER) >> 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_equal_strings_are_equal() {
        let words = [
            "", "a", "ab", "ba", "abc", "aab", "abcd", "abcde", "abcdd", "abcdefgh", "abcdefghi", "abcdefghh",
        ];
        let mut all: Vec<ShortString> = words.iter().filter_map(|word| ShortString::new(word)).collect();
        all.push(ShortString::new("\0").unwrap());
        all.push(ShortString::new("\0\0").unwrap());
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| other != one), "{one:?}");
        }
        assert_eq!(ShortString::new("abcdefghijklmnop"), None);
        // At any position in a text.
        for (at, word) in words.iter().enumerate() {
            let text = format!("{}{word}, the mill and the heron", "\0".repeat(at));
            assert_eq!(ShortString::from_range(text.as_bytes(), at..at + word.len()), Some(all[at]));
            if word.len() < 8 {
                let block = text.as_bytes()[at..].first_chunk().copied().map(u64::from_le_bytes).unwrap();
                assert_eq!(ShortString::from_block(block, word.len()), all[at]);
            }
        }
    }

    #[test]
    fn capitals_become_small_letters() {
        let mut bytes = *b"azazmm019zaaa9z\0";
        let capitals = ShortString::new("AZazMm019ZaAa9z").unwrap();
        assert_eq!(capitals.to_ascii_lowercase(), u128::from_le_bytes(bytes));
        bytes[2..].fill(0);
        assert_eq!(ShortString::new("aZ").unwrap().to_ascii_lowercase(), u128::from_le_bytes(bytes));
    }
}
