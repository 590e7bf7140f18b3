//! Word frequencies, and which words follow which. The same for every seed.
//!
//! A word is its frequency rank. Frequencies are those of real reports up to the last measured rank and fall by a power
//! law beyond, without an end, so that a larger corpus has more distinct words. After a word, the next is mostly drawn
//! from the followers of that word, some far more often than others: so pairs and phrases recur as they do in reports.

use std::sync::LazyLock;

use super::spelling::FREQUENT_WORDS;
use crate::random::Random;

/// Share of all text that the words up to a rank make up, measured on 209 reports by the program `shape`.
const CUMULATIVE_SHARES: [(u64, f64); 24] = [
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

/// Share of the words beyond the measured ranks. Higher than in reports, to make up for the followers of words: they are
/// drawn once, and few rare words are among them.
const TAIL_SHARE: f64 = 0.06;
/// Exponent of the power law beyond the measured ranks. A higher one gives fewer new words in a larger corpus.
const TAIL_EXPONENT: f64 = 1.4;
/// Probability that a word is drawn from the followers of the word before it.
const FOLLOWS: f64 = 0.93;
/// Number of followers of the most frequent word.
const MAX_FOLLOWERS: f64 = 3_000.0;
/// A word of rank `r` has `r` to this power times fewer followers.
const FOLLOWERS_EXPONENT: f64 = 0.42;
/// Number of followers that every word has.
const MIN_FOLLOWERS: f64 = 25.0;
/// Seed of the followers.
const LANGUAGE_SEED: u64 = 0x51_0E57;

/// Pairs that are frequent in reports: the second word is the most frequent follower of the first.
const FREQUENT_PAIRS: [(&str, &str); 22] = [
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

/// The most frequent follower of the word of each rank, where [`FREQUENT_PAIRS`] has one.
static FIRST_FOLLOWERS: LazyLock<Vec<Option<u64>>> = LazyLock::new(|| {
    let rank = |word: &str| FREQUENT_WORDS.iter().position(|other| *other == word).map(|index| index + 1);
    let mut followers = vec![None; FREQUENT_WORDS.len() + 1];
    for (first, second) in FREQUENT_PAIRS {
        if let (Some(first), Some(second)) = (rank(first), rank(second)) {
            followers[first] = Some(second as u64);
        }
    }
    followers
});

/// Draws the rank of a word from all words.
pub(super) fn any_word(random: &mut Random) -> u64 {
    rank_at(random.unit())
}

/// Draws the rank of the word after the word of rank `previous`.
pub(super) fn next_word(previous: u64, random: &mut Random) -> u64 {
    if !random.chance(FOLLOWS) {
        return any_word(random);
    }
    let followers = (MAX_FOLLOWERS / (previous as f64).powf(FOLLOWERS_EXPONENT)).max(MIN_FOLLOWERS);
    let follower = harmonic(followers, random);
    if follower == 1
        && let Some(Some(first)) = FIRST_FOLLOWERS.get(previous as usize)
    {
        return *first;
    }
    // The followers are not stored: each is drawn anew from its own seed, and so always comes out the same.
    any_word(&mut Random::for_item(LANGUAGE_SEED ^ previous, follower))
}

/// Draws a number from 1 to `max`, `n` with a probability in proportion to about `1/n` (Zipf's law).
pub(super) fn harmonic(max: f64, random: &mut Random) -> u64 {
    max.powf(random.unit()) as u64
}

/// The rank at a share of the text, from 0 to 1, if its words were sorted by rank.
fn rank_at(share: f64) -> u64 {
    let measured = 1.0 - TAIL_SHARE;
    let (last_rank, last_share) = CUMULATIVE_SHARES[CUMULATIVE_SHARES.len() - 1];
    if share >= measured {
        let left = (1.0 - share) / TAIL_SHARE;
        return (last_rank as f64 * left.powf(-1.0 / TAIL_EXPONENT)).min(1e12) as u64 + 1;
    }
    let share = share * last_share / measured;
    let after = CUMULATIVE_SHARES.partition_point(|(_, upper)| *upper <= share);
    let (to, high) = CUMULATIVE_SHARES[after.min(CUMULATIVE_SHARES.len() - 1)];
    let (from, low) = if after == 0 { (0, 0.0) } else { CUMULATIVE_SHARES[after - 1] };
    // Between two measured ranks the frequency falls as one over the rank.
    let within = (share - low) / (high - low);
    let (from, to) = (from as f64 + 1.0, to as f64 + 1.0);
    (from * (to / from).powf(within)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_rise_with_the_share_of_the_text() {
        assert_eq!(rank_at(0.0), 1);
        let mut last = 0;
        for share in 0..10_000 {
            let rank = rank_at(f64::from(share) / 10_000.0);
            assert!(rank >= last);
            last = rank;
        }
        assert!(last > CUMULATIVE_SHARES[CUMULATIVE_SHARES.len() - 1].0);
    }
}
