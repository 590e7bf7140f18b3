//! The spelling of a word, from its frequency rank.
//!
//! The most frequent words are English and terms of the field, so that queries are readable. The others are stems built
//! from syllables, each with a few regular endings, so that a wildcard matches a family of words.

/// The most frequent words, by rank.
pub(super) const FREQUENT_WORDS: [&str; 198] = [
    "the", "and", "of", "to", "in", "children", "are", "for", "is", "a", "care", "with", "have", "that",
    "their", "social", "by", "not", "young", "people", "on", "from", "workers", "been", "as", "this", "has",
    "be", "were", "plans", "need", "authority", "local", "services", "when", "they", "well", "support",
    "leaders", "family", "or", "risk", "but", "some", "all", "good", "too", "it", "work", "at", "who",
    "staff", "placements", "leavers", "an", "was", "which", "where", "practice", "quality", "more",
    "effective", "partners", "health", "education", "home", "families", "most", "timely", "parents",
    "assessment", "assessments", "managers", "team", "carers", "school", "clear", "these", "however",
    "while", "can", "also", "review", "other", "needs", "progress", "small", "number", "visits", "help",
    "protection", "meetings", "oversight", "early", "always", "senior", "into", "those", "decision",
    "making", "information", "performance", "improve", "appropriate", "foster", "experiences", "many", "few",
    "through", "lives", "there", "between", "case", "records", "during", "out", "known", "improvement",
    "after", "any", "no", "live", "advisers", "learning", "personal", "adoption", "about", "supervision",
    "understand", "caseloads", "offer", "safe", "pathway", "referrals", "contact", "permanence", "board",
    "if", "years", "had", "impact", "independent", "voice", "regular", "access", "direct", "them", "strong",
    "training", "child", "child's", "outcomes", "thresholds", "agencies", "harm", "very", "relationships",
    "unallocated", "neglect", "before", "police", "delay", "exploitation", "missing", "consistent", "audit",
    "what", "being", "first", "time", "emotional", "mental", "housing", "because", "right", "corporate",
    "including", "only", "within", "further", "responses", "aware", "council", "best", "interests", "wishes",
    "feelings", "under", "do", "one", "such", "may", "could", "than", "so", "both", "each", "we",
];

const ONSETS: [&str; 20] = [
    "b", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pr", "gr", "cl", "sh",
];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "ou", "ai"];
const CODAS: [&str; 6] = ["n", "r", "l", "t", "m", "ck"];
/// Endings of a stem.
const ENDINGS: [&str; 5] = ["", "s", "ed", "ing", "ation"];

/// The word of a rank, one-based. No two ranks share a word.
pub(super) fn word(rank: u64) -> String {
    if let Some(word) = FREQUENT_WORDS.get(rank as usize - 1) {
        return (*word).to_owned();
    }
    let number = rank - FREQUENT_WORDS.len() as u64 - 1;
    // The forms of one stem lie 400 ranks apart: in any language one form is far more frequent than another.
    let (endings, block) = (ENDINGS.len() as u64, 400);
    let (blocks, inside) = (number / (endings * block), number % (endings * block));
    let (stem_number, ending) = (blocks * block + inside % block, (inside / block + inside) % endings);
    let mut word = stem(stem_number);
    word.push_str(ENDINGS[ending as usize]);
    if FREQUENT_WORDS.contains(&word.as_str()) {
        // Some syllables are English words.
        word.push_str("'s");
    }
    word
}

/// The stem of a number: one syllable or more, the last closed.
fn stem(number: u64) -> String {
    let syllables = (ONSETS.len() * VOWELS.len()) as u64;
    let mut word = String::new();
    let codas = CODAS.len() as u64;
    let coda = CODAS[(number % codas) as usize];
    let mut rest = number / codas;
    loop {
        // A permutation of the syllables, so that neighbouring numbers do not look alike.
        let syllable = (rest % syllables * 77 + 31) % syllables;
        word.push_str(ONSETS[(syllable / VOWELS.len() as u64) as usize]);
        word.push_str(VOWELS[(syllable % VOWELS.len() as u64) as usize]);
        rest /= syllables;
        if rest == 0 {
            break;
        }
    }
    word.push_str(coda);
    word
}

/// The name of an invented place.
pub(super) fn place_name(number: u64) -> String {
    const SUFFIXES: [&str; 6] = ["mere", "ford", "wick", "combe", "stead", "bourne"];
    let mut name = stem(number * 131 + 7);
    name.push_str(SUFFIXES[(number % SUFFIXES.len() as u64) as usize]);
    name[..1].make_ascii_uppercase();
    name
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::word;

    #[test]
    fn every_rank_has_its_own_word() {
        let mut seen = HashSet::new();
        for rank in 1..300_000 {
            let word = word(rank);
            assert!(seen.insert(word.clone()), "{word} has two ranks");
        }
    }
}
