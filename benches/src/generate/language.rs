//! Which words follow which: a language of our own, the same for every seed.
//!
//! How often a word stands is that of its rank among real reports, beyond which ranks go on without an end, so that a
//! larger corpus has more words. After a word often comes one of those that it is given to go with, some far more often
//! than others, so that pairs and phrases come again as they do in reports.

use std::sync::LazyLock;

use super::random::Random;
use super::spelling::HEAD;

/// The share of the text that words up to a rank make up: measured on 209 reports by the `shape` program.
const SHARES: [(u64, f64); 24] = [
    (1, 0.04810),
    (2, 0.09418),
    (3, 0.12673),
    (4, 0.15902),
    (5, 0.18152),
    (7, 0.22149),
    (9, 0.25259),
    (12, 0.28366),
    (16, 0.31635),
    (22, 0.34912),
    (30, 0.38660),
    (42, 0.43202),
    (58, 0.47833),
    (81, 0.52503),
    (113, 0.57306),
    (158, 0.62074),
    (221, 0.67128),
    (309, 0.72399),
    (432, 0.77558),
    (604, 0.82510),
    (845, 0.87130),
    (1183, 0.91183),
    (1656, 0.94434),
    (2318, 0.96742),
];

/// How much of the text the words beyond the ranks above make up. More than in reports: words that others are given to go
/// with are drawn once for all, and few of the rare are among them.
const TAIL: f64 = 0.06;
/// How fast words beyond them get rarer: the more, the fewer new words in a larger corpus.
const STEEP: f64 = 1.4;
/// How often a word is one of those that go with the word before it.
const BOUND: f64 = 0.93;
/// Among how many words that go with it the most frequent word may choose.
const MATES: f64 = 3_000.0;
/// The power of its rank by which a rarer word has fewer of them.
const FEWER: f64 = 0.42;
/// How many of them any word has.
const FEWEST: f64 = 25.0;
/// The language's own seed.
const LANGUAGE: u64 = 0x51_0E57;

/// Pairs that the field is known for: these come after these, often.
const PAIRS: [(&str, &str); 22] = [
    ("care", "leavers"),
    ("social", "workers"),
    ("local", "authority"),
    ("young", "people"),
    ("children", "in"),
    ("in", "care"),
    ("of", "the"),
    ("in", "the"),
    ("to", "the"),
    ("foster", "carers"),
    ("senior", "leaders"),
    ("pathway", "plans"),
    ("personal", "advisers"),
    ("decision", "making"),
    ("management", "oversight"),
    ("mental", "health"),
    ("health", "and"),
    ("early", "help"),
    ("help", "and"),
    ("and", "protection"),
    ("need", "to"),
    ("are", "not"),
];

/// Gives ranks of words, one after another.
pub(super) struct Language {
    mates: Vec<Option<u64>>,
}

pub(super) static ENGLISH: LazyLock<Language> = LazyLock::new(|| {
    let rank = |word: &str| HEAD.iter().position(|other| *other == word);
    let mut mates = vec![None; HEAD.len() + 1];
    for (first, second) in PAIRS {
        if let (Some(first), Some(second)) = (rank(first), rank(second)) {
            mates[first + 1] = Some(second as u64 + 1);
        }
    }
    Language { mates }
});

impl Language {
    /// A word, whatever stands before it.
    pub(super) fn any(&self, random: &mut Random) -> u64 {
        rank(random.unit())
    }

    /// The word after a word.
    pub(super) fn next(&self, word: u64, random: &mut Random) -> u64 {
        if !random.chance(BOUND) {
            return self.any(random);
        }
        let choice = random.harmonic((MATES / (word as f64).powf(FEWER)).max(FEWEST));
        if choice == 1
            && let Some(Some(mate)) = self.mates.get(word as usize)
        {
            return *mate;
        }
        rank(Random::of(LANGUAGE ^ word, choice).unit())
    }
}

/// The rank of the word that stands at such a part of the text, if words stood in order of their ranks.
fn rank(part: f64) -> u64 {
    let known = 1.0 - TAIL;
    let (last, _) = SHARES[SHARES.len() - 1];
    if part >= known {
        let left = (1.0 - part) / TAIL;
        return (last as f64 * left.powf(-1.0 / STEEP)).min(1e12) as u64 + 1;
    }
    let part = part * SHARES[SHARES.len() - 1].1 / known;
    let after = SHARES.partition_point(|(_, share)| *share <= part);
    let (to, high) = SHARES[after.min(SHARES.len() - 1)];
    let (from, low) = if after == 0 { (0, 0.0) } else { SHARES[after - 1] };
    // Between two known ranks, frequency falls as one over the rank.
    let within = (part - low) / (high - low);
    let (from, to) = (from as f64 + 1.0, to as f64 + 1.0);
    (from * (to / from).powf(within)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_rise_with_the_part_of_the_text() {
        assert_eq!(rank(0.0), 1);
        let mut last = 0;
        for part in 0..10_000 {
            let rank = rank(f64::from(part) / 10_000.0);
            assert!(rank >= last);
            last = rank;
        }
        assert!(last > SHARES[SHARES.len() - 1].0);
    }
}
