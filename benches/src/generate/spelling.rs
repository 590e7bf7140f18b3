//! How a word of a rank is spelled.
//!
//! The most frequent words are those of English and of the field, so that queries can be read; all others are made of
//! syllables, stem by stem, each stem with a few regular forms, so that a wildcard stands for a family.

/// The most frequent words, the first first.
pub(super) const HEAD: [&str; 198] = [
    "the",
    "and",
    "of",
    "to",
    "in",
    "children",
    "are",
    "for",
    "is",
    "a",
    "care",
    "with",
    "have",
    "that",
    "their",
    "social",
    "by",
    "not",
    "young",
    "people",
    "on",
    "from",
    "workers",
    "been",
    "as",
    "this",
    "has",
    "be",
    "were",
    "plans",
    "need",
    "authority",
    "local",
    "services",
    "when",
    "they",
    "well",
    "support",
    "leaders",
    "family",
    "or",
    "risk",
    "but",
    "some",
    "all",
    "good",
    "too",
    "it",
    "work",
    "at",
    "who",
    "staff",
    "placements",
    "leavers",
    "an",
    "was",
    "which",
    "where",
    "practice",
    "quality",
    "more",
    "effective",
    "partners",
    "health",
    "education",
    "home",
    "families",
    "most",
    "timely",
    "parents",
    "assessment",
    "assessments",
    "managers",
    "team",
    "carers",
    "school",
    "clear",
    "these",
    "however",
    "while",
    "can",
    "also",
    "review",
    "other",
    "needs",
    "progress",
    "small",
    "number",
    "visits",
    "help",
    "protection",
    "meetings",
    "oversight",
    "early",
    "always",
    "senior",
    "into",
    "those",
    "decision",
    "making",
    "information",
    "performance",
    "improve",
    "appropriate",
    "foster",
    "experiences",
    "many",
    "few",
    "through",
    "lives",
    "there",
    "between",
    "case",
    "records",
    "during",
    "out",
    "known",
    "improvement",
    "after",
    "any",
    "no",
    "live",
    "advisers",
    "learning",
    "personal",
    "adoption",
    "about",
    "supervision",
    "understand",
    "caseloads",
    "offer",
    "safe",
    "pathway",
    "referrals",
    "contact",
    "permanence",
    "board",
    "if",
    "years",
    "had",
    "impact",
    "independent",
    "voice",
    "regular",
    "access",
    "direct",
    "them",
    "strong",
    "training",
    "child",
    "child's",
    "outcomes",
    "thresholds",
    "agencies",
    "harm",
    "very",
    "relationships",
    "unallocated",
    "neglect",
    "before",
    "police",
    "delay",
    "exploitation",
    "missing",
    "consistent",
    "audit",
    "what",
    "being",
    "first",
    "time",
    "emotional",
    "mental",
    "housing",
    "because",
    "right",
    "corporate",
    "including",
    "only",
    "within",
    "further",
    "responses",
    "aware",
    "council",
    "best",
    "interests",
    "wishes",
    "feelings",
    "under",
    "do",
    "one",
    "such",
    "may",
    "could",
    "than",
    "so",
    "both",
    "each",
    "we",
];

const ONSETS: [&str; 20] = [
    "b", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pr", "gr", "cl", "sh",
];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "ou", "ai"];
const CODAS: [&str; 6] = ["n", "r", "l", "t", "m", "ck"];
const FORMS: [&str; 5] = ["", "s", "ed", "ing", "ation"];

/// The word of a rank, which is one-based. No two ranks have the same word.
pub(super) fn word(rank: u64) -> String {
    if let Some(word) = HEAD.get(rank as usize - 1) {
        return (*word).to_owned();
    }
    let number = rank - HEAD.len() as u64 - 1;
    // Forms of one stem are spread over ranks, as they are in any language.
    let (forms, block) = (FORMS.len() as u64, 400);
    let (blocks, inside) = (number / (forms * block), number % (forms * block));
    let (stem, form) = (blocks * block + inside % block, (inside / block + inside) % forms);
    let mut word = stem_of(stem);
    word.push_str(FORMS[form as usize]);
    if HEAD.contains(&word.as_str()) {
        // Some syllables are English.
        word.push_str("'s");
    }
    word
}

/// One syllable or more, the last closed.
fn stem_of(number: u64) -> String {
    // Stems that follow each other should not look alike: the numbers are shuffled within each length.
    let syllables = (ONSETS.len() * VOWELS.len()) as u64;
    let mut word = String::new();
    let mut rest = number;
    let codas = CODAS.len() as u64;
    let coda = CODAS[(rest % codas) as usize];
    rest /= codas;
    loop {
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

/// A name of a place that is nowhere.
pub(super) fn place(number: u64) -> String {
    const ENDS: [&str; 6] = ["mere", "ford", "wick", "combe", "stead", "bourne"];
    let mut name = stem_of(number * 131 + 7);
    name.push_str(ENDS[(number % ENDS.len() as u64) as usize]);
    name[..1].make_ascii_uppercase();
    name
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_rank_has_a_word_of_its_own() {
        let mut seen = HashSet::new();
        for rank in 1..300_000 {
            let word = word(rank);
            assert!(seen.insert(word.clone()), "{word} is there twice");
        }
    }
}
