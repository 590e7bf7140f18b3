//! Good files, damaged at random.

use crate::file::TestFile;
use crate::format_tokens::format_tokens;
use crate::random::Random;

/// An endless iterator of damaged copies of good files, as a bad transmission or a bad program would leave them.
///
/// The same files and seed give the same copies.
#[derive(Debug, Clone)]
pub struct CorruptedFiles {
    originals: Vec<TestFile>,
    random: Random,
    count: usize,
}

/// The largest damaged file, in bytes. Repeated copying could otherwise build a file that takes an hour to read.
const MAX_SIZE: usize = 4 << 20;

/// Boundary values: of integers, of floats, of encodings and of Unicode.
const BOUNDARY_VALUES: [&[u8]; 22] = [
    b"\0",
    b"\xFF",
    b"\x7F",
    b"\x80",
    b"\x00\x00\x00\x00",
    b"\xFF\xFF\xFF\xFF",
    b"\xFF\xFF\xFF\x7F",
    b"0",
    b"-1",
    b"2147483648",
    b"4294967295",
    b"9223372036854775807",
    b"18446744073709551616",
    b"1e308",
    b"\r\n",
    b"\x0C",
    b"\t",
    "\u{202e}".as_bytes(),
    "\u{feff}".as_bytes(),
    "\u{301}\u{301}\u{301}".as_bytes(),
    "ẞﬁ\u{ad}İ".as_bytes(),
    b"\xED\xA0\x80",
];

impl CorruptedFiles {
    /// Creates the damaged copies of `originals`. There are none if `originals` is empty.
    pub fn new(originals: Vec<TestFile>, seed: u64) -> Self {
        Self { originals, random: Random::new(seed), count: 0 }
    }

    /// Applies one random edit. `tokens` are inserted by some of the edits.
    fn edit(&mut self, bytes: &mut Vec<u8>, tokens: &[&[u8]]) {
        let random = &mut self.random;
        let at = random.index(bytes.len() + 1);
        // A power of two: short edits are as frequent as long ones.
        let len = 1 << random.below(12);
        let end = at.saturating_add(random.index(len)).min(bytes.len());
        match random.below(12) {
            0..=2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            3 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = random.byte();
                }
            }
            4 => drop(bytes.drain(at..end)),
            5 => {
                let copy = bytes[at..end].to_vec();
                let to = random.index(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            6 => {
                let copy = bytes[at..end].repeat(random.index(64));
                bytes.splice(at..at, copy);
            }
            7 => bytes[at..end].reverse(),
            8 => {
                let value = random.pick(&BOUNDARY_VALUES).copied().unwrap_or_default();
                // Half of the time the value is inserted, half of the time it overwrites.
                let overwritten = (at + value.len() * random.index(2)).min(bytes.len());
                bytes.splice(at..overwritten, value.iter().copied());
            }
            9 | 10 => {
                let token = random.pick(tokens).copied().unwrap_or_default();
                let overwritten = (at + token.len() * random.index(2)).min(bytes.len());
                bytes.splice(at..overwritten, token.repeat(1 + random.index(3) * random.index(40)));
            }
            _ => {
                // Splice in a range of another original, of whatever format.
                if let Some(other) = random.pick(&self.originals) {
                    let from = random.index(other.bytes.len() + 1);
                    let range = &other.bytes[from..(from + len).min(other.bytes.len())];
                    bytes.splice(at..end, range.iter().copied());
                }
            }
        }
    }
}

impl Iterator for CorruptedFiles {
    type Item = TestFile;

    fn next(&mut self) -> Option<TestFile> {
        let original = self.random.pick(&self.originals)?.clone();
        let tokens = format_tokens(original.extension());
        let mut bytes = original.bytes;
        for _ in 0..1 << self.random.below(7) {
            self.edit(&mut bytes, &tokens);
        }
        if self.random.below(8) == 0 {
            bytes.truncate(self.random.index(bytes.len() + 1));
        }
        bytes.truncate(MAX_SIZE);
        self.count += 1;
        Some(TestFile::new(format!("corrupted-{:05}-{}", self.count, original.name), bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_files() {
        let originals =
            || vec![TestFile::new("a.txt", "The gate was not locked."), TestFile::new("b.pdf", "%PDF-1.7")];
        let corrupted = |seed| CorruptedFiles::new(originals(), seed).take(50).collect::<Vec<_>>();
        assert_eq!(corrupted(1), corrupted(1));
        assert_ne!(corrupted(1), corrupted(2));
        let differs = |file: &&TestFile| originals().iter().all(|original| original.bytes != file.bytes);
        assert!(corrupted(1).iter().filter(differs).count() > 40);
        assert_eq!(CorruptedFiles::new(Vec::new(), 1).next(), None);
    }
}
