//! Classes of words, told by their letters alone: which word an alteration may replace by which.

/// Words that negate.
pub const NEGATIONS: [&str; 6] = ["not", "no", "never", "without", "nor", "none"];
/// Verbs that a `not` may follow.
pub const VERBS: [&str; 13] =
    ["is", "are", "was", "were", "has", "have", "had", "do", "does", "can", "could", "will", "should"];
/// Numbers in words.
pub const NUMBERS: [&str; 8] = ["two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// True if the word has digits alone.
pub fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// True for a lower-case content word that is neither a negation nor a number. Altering it must be reported as a changed
/// word and as nothing graver.
pub fn is_plain(word: &str) -> bool {
    let negative =
        ["never", "nobody", "neither", "without", "nothing", "hardly", "scarcely", "barely", "cannot"];
    let numeric = [
        "three", "seven", "eight", "eleven", "twelve", "twenty", "thirty", "forty", "fifty", "third",
        "thirds", "quarter", "quarters", "half", "twice", "once", "first", "second", "fourth", "fifth",
        "sixth", "single", "double", "hundred", "thousand", "million", "dozen", "percent",
    ];
    word.len() >= 5
        && word.bytes().all(|byte| byte.is_ascii_lowercase())
        && !negative.contains(&word)
        && !numeric.contains(&word)
}

/// True for a name: a capital and at least three lower-case letters.
pub fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let rest: Vec<char> = letters.collect();
    capital && rest.len() >= 3 && rest.iter().all(|letter| letter.is_lowercase())
}

/// Splits off the punctuation at the end of a word: `plans,` is `plans` and `,`.
pub fn split_punctuation(word: &str) -> (&str, &str) {
    let end = word.trim_end_matches([',', '.', ';', ':', ')', '’', '”']).len();
    word.split_at(end)
}

/// Another inflection of a word by the regular endings of English; `None` if it has none.
pub fn inflected(word: &str) -> Option<String> {
    if !is_plain(word) || word.len() < 6 {
        return None;
    }
    let endings = [("ments", "ment"), ("sses", "ss"), ("ings", "ing"), ("kers", "ker"), ("plans", "plan")];
    if let Some((from, to)) = endings.iter().find(|(from, _)| word.ends_with(from)) {
        return Some(format!("{}{to}", word.strip_suffix(from)?));
    }
    let stem = word.strip_suffix("ed").filter(|stem| !stem.ends_with(['e', 'i', 'r']) && stem.len() >= 4)?;
    Some(format!("{stem}ing"))
}

/// The American spelling of a British word; `None` if they do not differ.
pub fn american(word: &str) -> Option<String> {
    for (from, to) in
        [("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"), ("ise", "ize")]
    {
        let stems =
            ["prior", "organ", "recogn", "emphas", "minim", "maxim", "final", "util", "special", "real"];
        if let Some(stem) =
            word.strip_suffix(from).filter(|stem| stems.iter().any(|known| stem.starts_with(known)))
        {
            return Some(format!("{stem}{to}"));
        }
    }
    let stems = [
        ("behaviour", "behavior"),
        ("centred", "centered"),
        ("centre", "center"),
        ("programme", "program"),
        ("neighbour", "neighbor"),
    ];
    stems.iter().find_map(|(from, to)| Some(format!("{to}{}", word.strip_prefix(from)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_classified_by_their_letters() {
        assert!(is_plain("lantern") && !is_plain("Lantern") && !is_plain("never") && !is_plain("boat"));
        assert!(is_name("Marlowe") && !is_name("SEND") && !is_name("marlowe") && !is_name("Ada"));
        assert_eq!(split_punctuation("boats,”"), ("boats", ",”"));
        assert_eq!(inflected("assessments").as_deref(), Some("assessment"));
        assert_eq!(inflected("completed").as_deref(), Some("completing"));
        assert_eq!(inflected("lantern"), None);
        assert_eq!(american("organised").as_deref(), Some("organized"));
        assert_eq!(american("programmes").as_deref(), Some("programs"));
        assert_eq!(american("raise"), None);
    }
}
