//! A hash that is fast, and the same on every machine. It is not for what must not be forged.

use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::ops::Range;

/// Numbers without a pattern: the first digits of the fractions of the square roots of 2, 3 and 5.
const SEEDS: [u64; 3] = [0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b];

/// The hash of some bytes. Part of the format: what it finds alike is boilerplate.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    go_on(SEEDS[0], bytes)
}

fn go_on(hash: u64, bytes: &[u8]) -> u64 {
    let mut hash = hash ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        hash = mix(hash.rotate_left(23) ^ number(chunk), SEEDS[1]) ^ SEEDS[2];
    }
    mix(hash, SEEDS[1])
}

fn mix(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    product as u64 ^ (product >> 64) as u64
}

/// Up to eight bytes as a number, another for any other bytes of as many; of more, the first eight.
fn number(chunk: &[u8]) -> u64 {
    if let Some(eight) = chunk.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    if let (Some(first), Some(last)) = (chunk.first_chunk(), chunk.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    chunk.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A short string as one number, which is compared faster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShortString([u64; 2]);

impl Hash for ShortString {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u128(self.number());
    }
}

impl ShortString {
    /// The most bytes: in that of the last stands how many there are.
    const LONGEST: usize = 15;

    /// What no string is.
    pub(crate) const NONE: Self = Self([u64::MAX; 2]);

    /// `None` for what is longer than 15 bytes.
    pub(crate) fn of(string: &str) -> Option<Self> {
        Self::at(string.as_bytes(), 0..string.len())
    }

    /// The string of those bytes of a text; `None` for what is longer than 15.
    #[inline]
    pub(crate) fn at(text: &[u8], bytes: Range<usize>) -> Option<Self> {
        let length = bytes.len();
        if length > Self::LONGEST {
            return None;
        }
        let block = match text.get(bytes.start..).and_then(<[u8]>::first_chunk) {
            Some(block) => u128::from_le_bytes(*block) & !(u128::MAX << (8 * length)),
            None => text.get(bytes)?.iter().rev().fold(0, |number, byte| number << 8 | u128::from(*byte)),
        };
        let number = block | (length as u128) << 120;
        Some(Self([number as u64, (number >> 64) as u64]))
    }

    /// The first bytes of eight, fewer than these; the first is the lowest.
    #[inline]
    pub(crate) fn below_eight(block: u64, length: usize) -> Self {
        Self([block & !(u64::MAX << (8 * length)), (length as u64) << 56])
    }

    fn number(self) -> u128 {
        u128::from(self.0[0]) | u128::from(self.0[1]) << 64
    }

    /// A place for it among two to the power of so many, the same in every process.
    #[inline]
    pub(crate) fn place(self, bits: u32) -> usize {
        let folded = self.0[0] ^ self.0[1].rotate_left(29);
        (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
    }

    /// The bytes, the first the lowest, of a string of ASCII letters and digits alone: small letters for capitals, and
    /// zeros behind.
    #[inline]
    pub(crate) fn small(self) -> u128 {
        // Letters are what has this bit, and small ones those that have the next lower too.
        const LETTER: u128 = u128::from_ne_bytes([0x40; 16]);
        let bytes = self.number() & (u128::MAX >> 8);
        bytes | (bytes & LETTER) >> 1
    }
}

/// Makes hashers for maps that do not outlive the process, of which nobody can know beforehand what falls together.
#[derive(Debug, Clone)]
pub(crate) struct Quick(u64);

impl Default for Quick {
    fn default() -> Self {
        Self(RandomState::new().build_hasher().finish())
    }
}

impl BuildHasher for Quick {
    type Hasher = QuickHasher;

    fn build_hasher(&self) -> QuickHasher {
        QuickHasher(self.0)
    }
}

pub(crate) struct QuickHasher(u64);

impl Hasher for QuickHasher {
    /// Both halves are mixed with what is secret: nobody can choose numbers that fall together.
    fn write_u128(&mut self, number: u128) {
        let (low, high) = (number as u64, (number >> 64) as u64);
        self.0 = mix(low ^ self.0, high ^ SEEDS[1] ^ self.0.rotate_left(23)) ^ SEEDS[2];
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = go_on(self.0, bytes);
    }

    fn write_u8(&mut self, byte: u8) {
        self.0 ^= u64::from(byte);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_makes_another_hash() {
        let text = "the heron stood in the reeds by the mill and saw nobody";
        let with = |at: usize| hash(&[&text.as_bytes()[..at], b"x", &text.as_bytes()[at + 1..]].concat());
        let lengths = (0..text.len()).map(|end| hash(&text.as_bytes()[..end]));
        let zeros = (1..40).map(|length| hash(&vec![0; length]));
        let mut hashes: Vec<u64> = (0..text.len()).map(with).chain(lengths).chain(zeros).collect();
        let count = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), count);
    }

    #[test]
    fn short_strings_differ_where_they_do() {
        let words = [
            "",
            "a",
            "ab",
            "ba",
            "abc",
            "aab",
            "abcd",
            "abcde",
            "abcdd",
            "abcdefgh",
            "abcdefghi",
            "abcdefghh",
        ];
        let mut all: Vec<ShortString> = words.iter().filter_map(|word| ShortString::of(word)).collect();
        all.push(ShortString::of("\0").unwrap());
        all.push(ShortString::of("\0\0").unwrap());
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| other != one), "{one:?}");
        }
        assert_eq!(ShortString::of("abcdefghijklmnop"), None);
        // Wherever in a text it stands.
        for (at, word) in words.iter().enumerate() {
            let text = format!("{}{word}, the mill and the heron", "\0".repeat(at));
            assert_eq!(ShortString::at(text.as_bytes(), at..at + word.len()), Some(all[at]));
            if word.len() < 8 {
                let block = text.as_bytes()[at..].first_chunk().copied().map(u64::from_le_bytes).unwrap();
                assert_eq!(ShortString::below_eight(block, word.len()), all[at]);
            }
        }
    }

    #[test]
    fn capitals_come_to_small_letters() {
        let mut bytes = *b"azazmm019zaaa9z\0";
        let capitals = ShortString::of("AZazMm019ZaAa9z").unwrap();
        assert_eq!(capitals.small(), u128::from_le_bytes(bytes));
        bytes[2..].fill(0);
        assert_eq!(ShortString::of("aZ").unwrap().small(), u128::from_le_bytes(bytes));
    }

    #[test]
    fn the_hash_is_that_of_the_format() {
        assert_eq!(format!("{:016x}", hash(b"the heron stood in the reeds")), "b881b56ec1776972");
    }
}
