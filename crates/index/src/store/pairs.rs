//! Pairs of adjacent frequent words, indexed as terms of their own.
//!
//! Finding a phrase of frequent words by intersecting their positions is slow, since the lists are very long. A field
//! beside the text holds each pair of such words as one term, with its frequency in the paragraph, so that a phrase of
//! two reads one posting list. These are nextword indexes restricted to common words (H. Williams, J. Zobel, D. Bahle,
//! "Fast phrase querying with combined indexes", 2004); Lucene calls such terms common grams.

/// The most frequent words of inspection reports, counted over some hundreds of them, in alphabetical order. Part of
/// the index format: the index in this list is the code of a word.
const FREQUENT: [&str; 64] = [
    "a", "about", "after", "all", "an", "and", "are", "as", "at", "authority", "be", "been", "by", "care",
    "child", "children", "children's", "effective", "ensure", "families", "for", "from", "good", "has",
    "have", "help", "in", "is", "it", "leavers", "local", "looked", "need", "needs", "not", "of", "on", "or",
    "people", "plans", "practice", "quality", "risk", "service", "services", "social", "some", "support",
    "that", "the", "their", "them", "there", "these", "they", "this", "to", "well", "when", "who", "with",
    "work", "workers", "young",
];

/// The term for two adjacent words; `None` unless both are frequent. The frequency of the term in a paragraph is that
/// of the phrase of both words.
pub(crate) fn pair(first: &str, second: &str) -> Option<String> {
    Some([code(first)?, code(second)?].map(char::from).iter().collect())
}

/// The code of a frequent word in terms, from 1 to 64; `None` for other words. It is ASCII, so that terms are UTF-8.
pub(super) fn code(word: &str) -> Option<u8> {
    code_of(pack(word.as_bytes())?)
}

/// The [`code`] of a word given by its bytes, the first lowest, padded with zeros.
pub(super) fn code_of(packed: u128) -> Option<u8> {
    let mut slot = slot_of(packed);
    // Linear probing. Seven of eight slots are empty, so an empty one soon ends the loop.
    while let Some(&(there, code)) = SLOTS.get(slot) {
        if there == packed {
            return Some(code).filter(|code| *code > 0);
        }
        if there == 0 {
            return None;
        }
        slot = (slot + 1) % SLOTS.len();
    }
    None
}

/// Appends the term for two words, given by their codes.
pub(super) fn push(terms: &mut Vec<u8>, first: u8, second: u8) {
    terms.extend_from_slice(&[first, second]);
}

/// A hash table of the words in [`FREQUENT`] and their codes, made at compile time. Every word of every paragraph is
/// looked up; most end at an empty slot at once.
static SLOTS: [(u128, u8); 512] = slots();

/// The bytes of a word as a number, the first lowest; `None` for the empty word and for words of more than 15 bytes. 0
/// marks an empty slot, and is no word.
const fn pack(word: &[u8]) -> Option<u128> {
    if word.is_empty() || word.len() > 15 {
        return None;
    }
    let mut packed = 0;
    let mut at = word.len();
    while at > 0 {
        at -= 1;
        packed = packed << 8 | word[at] as u128;
    }
    Some(packed)
}

/// The slot at which to begin, by Fibonacci hashing: the highest 9 bits of the product.
const fn slot_of(packed: u128) -> usize {
    let folded = packed as u64 ^ (packed >> 64) as u64;
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55) as usize
}

const fn slots() -> [(u128, u8); 512] {
    assert!(FREQUENT.len() < 0x80, "every code must be ASCII");
    let mut slots = [(0, 0); 512];
    let mut at = 0;
    while at < FREQUENT.len() {
        if let Some(packed) = pack(FREQUENT[at].as_bytes()) {
            let mut slot = slot_of(packed);
            while slots[slot].0 != 0 {
                slot = (slot + 1) % slots.len();
            }
            slots[slot] = (packed, at as u8 + 1);
        }
        at += 1;
    }
    slots
}

#[cfg(test)]
mod tests {
    use quotable_query::analyse::fold;

    use super::*;

    #[test]
    fn the_list_is_in_order_and_folded() {
        assert!(FREQUENT.is_sorted_by(|one, other| one < other));
        for word in FREQUENT {
            assert_eq!(fold(word), word);
            assert!(code(word).is_some(), "{word}");
        }
    }

    #[test]
    fn every_pair_has_a_term_of_its_own() {
        let mut terms = std::collections::HashSet::new();
        for first in FREQUENT {
            for second in FREQUENT {
                assert!(terms.insert(pair(first, second).unwrap()));
            }
        }
    }

    #[test]
    fn other_words_have_no_code() {
        for other in
            ["", "heron", "th", "thee", "of the", "The", "children\u{2019}s", "incomprehensibilities"]
        {
            assert!(code(other).is_none(), "{other}");
        }
        assert_eq!(pair("of", "heron"), None);
        assert_eq!(pair("heron", "of"), None);
    }
}
