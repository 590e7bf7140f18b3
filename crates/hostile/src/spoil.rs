//! Good files made bad.

use crate::{Hostile, Random, words};

/// Makes bad files of good ones, one after the other.
#[derive(Debug, Clone)]
pub struct Spoiler {
    seeds: Vec<Hostile>,
    random: Random,
    made: usize,
}

/// Bytes at the borders of what numbers and letters can be.
const EDGES: [&[u8]; 22] = [
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

impl Spoiler {
    /// Spoils these files in ways that the seed says.
    pub fn new(seeds: Vec<Hostile>, seed: u64) -> Self {
        Self { seeds, random: Random::new(seed), made: 0 }
    }

    /// One change, of any kind, at any place.
    fn change(&mut self, bytes: &mut Vec<u8>, words: &[&[u8]]) {
        let random = &mut self.random;
        let at = random.below(bytes.len() + 1);
        let len = 1 << random.below(12);
        let end = at.saturating_add(random.below(len)).min(bytes.len());
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
                let to = random.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            6 => {
                let copy = bytes[at..end].repeat(random.below(64));
                bytes.splice(at..at, copy);
            }
            7 => bytes[at..end].reverse(),
            8 => {
                let edge = random.of(&EDGES).copied().unwrap_or_default();
                let over = (at + edge.len() * random.below(2)).min(bytes.len());
                bytes.splice(at..over, edge.iter().copied());
            }
            9 | 10 => {
                let word = random.of(words).copied().unwrap_or_default();
                let over = (at + word.len() * random.below(2)).min(bytes.len());
                bytes.splice(at..over, word.repeat(1 + random.below(3) * random.below(40)));
            }
            _ => {
                // A stretch of another file of the same kind, or of any.
                if let Some(other) = random.of(&self.seeds) {
                    let from = random.below(other.bytes.len() + 1);
                    let stretch = &other.bytes[from..(from + len).min(other.bytes.len())];
                    bytes.splice(at..end, stretch.iter().copied());
                }
            }
        }
    }
}

impl Iterator for Spoiler {
    type Item = Hostile;

    fn next(&mut self) -> Option<Hostile> {
        let seed = self.random.of(&self.seeds)?.clone();
        let mut bytes = seed.bytes;
        let words = words::of(&seed.name);
        for _ in 0..1 << self.random.below(7) {
            self.change(&mut bytes, &words);
        }
        if self.random.below(8) == 0 {
            bytes.truncate(self.random.below(bytes.len() + 1));
        }
        // Chance must not build what takes an hour to read.
        bytes.truncate(4 << 20);
        self.made += 1;
        Some(Hostile::new(format!("spoiled-{:05}-{}", self.made, seed.name), bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_files() {
        let seeds =
            || vec![Hostile::new("a.txt", "The gate was not locked."), Hostile::new("b.pdf", "%PDF-1.7")];
        let made = |seed| Spoiler::new(seeds(), seed).take(50).collect::<Vec<_>>();
        assert_eq!(made(1), made(1));
        assert_ne!(made(1), made(2));
        assert!(
            made(1).iter().filter(|file| seeds().iter().all(|seed| seed.bytes != file.bytes)).count() > 40
        );
        assert_eq!(Spoiler::new(Vec::new(), 1).next(), None);
    }
}
