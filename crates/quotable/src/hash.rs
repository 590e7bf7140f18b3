//! A hash that is fast, and the same on every machine. It is not for what must not be forged.

use std::hash::{BuildHasher, Hash, Hasher, RandomState};

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

/// A short string as numbers, which are compared faster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Short {
    first: u64,
    last: u64,
    bytes: u64,
}

impl Hash for Short {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        // Each is mixed with what is secret before the next comes: nobody can choose strings that fall together.
        hasher.write_u64(self.first);
        hasher.write_u64(self.last ^ self.bytes << 56);
    }
}

impl Short {
    /// `None` for what is longer than 16 bytes.
    pub(crate) fn of(string: &str) -> Option<Self> {
        let bytes = string.as_bytes();
        let (first, last) = match bytes.len() {
            0..=8 => (number(bytes), 0),
            9..=16 => (number(bytes), bytes.last_chunk().copied().map_or(0, u64::from_le_bytes)),
            _ => return None,
        };
        Some(Self { first, last, bytes: bytes.len() as u64 })
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
    fn write_u64(&mut self, number: u64) {
        self.0 = mix(self.0.rotate_left(23) ^ number, SEEDS[1]) ^ SEEDS[2];
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
        let mut all: Vec<Short> = words.iter().filter_map(|word| Short::of(word)).collect();
        all.push(Short::of("\0").unwrap());
        all.push(Short::of("\0\0").unwrap());
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| other != one), "{one:?}");
        }
        assert_eq!(Short::of("abcdefghijklmnopq"), None);
    }

    #[test]
    fn the_hash_is_that_of_the_format() {
        assert_eq!(format!("{:016x}", hash(b"the heron stood in the reeds")), "b881b56ec1776972");
    }
}
