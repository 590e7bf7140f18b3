//! Endings and prefixes of English words.

/// Endings that are no words: no author puts a hyphen before one. `able`, `less` and `ship` are words.
#[rustfmt::skip]
const ENDINGS: [&str; 83] = [
    "ability", "ably", "ance", "ances", "ancy", "antly", "aries", "ary", "ated", "ates", "ating", "ation",
    "ations", "ative", "atives", "cation", "cial", "cially", "cies", "dren", "ed", "edly", "ence", "ences",
    "encies", "ency", "ently", "ers", "fication", "fied", "ful", "fying", "ial", "ially", "ibility", "ible",
    "ibly", "ical", "ically", "ing", "ingly", "ings", "isation", "ise", "ised", "ises", "ising", "ism",
    "isms", "ist", "ists", "ities", "ity", "ive", "ively", "ization", "ize", "ized", "izing", "ly",
    "ment", "ments", "ness", "ories", "ory", "ous", "ously", "sion", "sions", "sive", "tial", "tially",
    "tion", "tional", "tionally", "tions", "tive", "tively", "tives", "ture", "tures", "ually", "ular",
];

/// Prefixes that authors set with a hyphen.
#[rustfmt::skip]
const PREFIXES: [&str; 32] = [
    "anti", "co", "counter", "de", "ex", "extra", "hyper", "ill", "inter", "intra", "macro", "mega",
    "micro", "mid", "mini", "mis", "multi", "non", "over", "post", "pre", "pro", "re", "self",
    "semi", "sub", "super", "trans", "ultra", "un", "under", "well",
];

/// Letters; what is shorter is a prefix or an initial.
const SHORTEST_STEM: usize = 3;

/// True if `after`, or the part of it before an apostrophe, can only be the ending of the word that `before` begins. Both
/// in lower case.
pub(super) fn is_ending(before: &str, after: &str) -> bool {
    let after = after.split(['\'', '’']).next().unwrap_or_default();
    let stem = before.chars().all(char::is_alphabetic) && before.chars().count() >= SHORTEST_STEM;
    stem && ENDINGS.contains(&after)
}

/// True for a prefix that may stand before a hyphen: `co` of `co-ordinated`. In lower case.
pub(super) fn is_prefix(word: &str) -> bool {
    PREFIXES.contains(&word)
}
