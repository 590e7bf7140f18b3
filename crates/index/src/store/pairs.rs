//! Two frequent words side by side, as one term.
//!
//! A phrase of frequent words is slow to find by the places of its words, of which there are very many. Pairs of such
//! words are written beside the words themselves, how often in each paragraph, so that such a phrase is one posting.

/// The most frequent words of inspection reports, counted over some hundreds of them; in order. Another list makes another
/// format.
const FREQUENT: [&str; 64] = [
    "a",
    "about",
    "after",
    "all",
    "an",
    "and",
    "are",
    "as",
    "at",
    "authority",
    "be",
    "been",
    "by",
    "care",
    "child",
    "children",
    "children's",
    "effective",
    "ensure",
    "families",
    "for",
    "from",
    "good",
    "has",
    "have",
    "help",
    "in",
    "is",
    "it",
    "leavers",
    "local",
    "looked",
    "need",
    "needs",
    "not",
    "of",
    "on",
    "or",
    "people",
    "plans",
    "practice",
    "quality",
    "risk",
    "service",
    "services",
    "social",
    "some",
    "support",
    "that",
    "the",
    "their",
    "them",
    "there",
    "these",
    "they",
    "this",
    "to",
    "well",
    "when",
    "who",
    "with",
    "work",
    "workers",
    "young",
];

/// The term that stands for two words side by side, if pairs of them are written: then the phrase of the two stands in
/// a paragraph as often as the term does, and nowhere if there is no such term.
pub(crate) fn pair(first: &str, second: &str) -> Option<String> {
    Some([code(first)?, code(second)?].map(char::from).iter().collect())
}

/// The letter that stands for a frequent word in terms. It is ASCII.
pub(crate) fn code(word: &str) -> Option<u8> {
    code_of(pack(word.as_bytes())?)
}

/// The same of a word by its bytes, the first the lowest, and zeros behind.
pub(crate) fn code_of(packed: u128) -> Option<u8> {
    let mut slot = slot_of(packed);
    // Far from full, so that an empty slot ends this.
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

/// Writes the term of two words.
pub(crate) fn push(terms: &mut Vec<u8>, first: u8, second: u8) {
    terms.extend_from_slice(&[first, second]);
}

/// The words by their letters, to be found by one look at most words.
static SLOTS: [(u128, u8); 512] = slots();

/// A word as a number; `None` for what is longer than any of the list, or nothing. No word is 0.
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

const fn slot_of(packed: u128) -> usize {
    let folded = packed as u64 ^ (packed >> 64) as u64;
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55) as usize
}

const fn slots() -> [(u128, u8); 512] {
    assert!(FREQUENT.len() < 0x80, "a letter of one byte for each");
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
    fn other_words_have_none() {
        for other in
            ["", "heron", "th", "thee", "of the", "The", "children\u{2019}s", "incomprehensibilities"]
        {
            assert!(code(other).is_none(), "{other}");
        }
        assert_eq!(pair("of", "heron"), None);
        assert_eq!(pair("heron", "of"), None);
    }
}
