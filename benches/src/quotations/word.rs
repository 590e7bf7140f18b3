//! Words of a sentence by their letters alone: what may be changed into what.

/// What stands for a negation.
pub const NEGATIONS: [&str; 6] = ["not", "no", "never", "without", "nor", "none"];
/// Verbs that a `not` may follow.
pub const VERBS: [&str; 13] =
    ["is", "are", "was", "were", "has", "have", "had", "do", "does", "can", "could", "will", "should"];
/// Numbers in words.
pub const NUMBERS: [&str; 8] = ["two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// True for digits alone.
pub fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// True for a word of small letters that is no negation, no number and no function word: to drop or to change it changes
/// the sentence and nothing graver.
pub fn is_plain(word: &str) -> bool {
    let grave =
        ["never", "nobody", "neither", "without", "nothing", "hardly", "scarcely", "barely", "cannot"];
    let counts = [
        "three", "seven", "eight", "eleven", "twelve", "twenty", "thirty", "forty", "fifty", "third",
        "thirds", "quarter", "quarters", "half", "twice", "once", "first", "second", "fourth", "fifth",
        "sixth", "single", "double", "hundred", "thousand", "million", "dozen", "percent",
    ];
    word.len() >= 5
        && word.bytes().all(|byte| byte.is_ascii_lowercase())
        && !grave.contains(&word)
        && !counts.contains(&word)
}

/// True for a name: a capital and small letters, four letters or more.
pub fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let rest: Vec<char> = letters.collect();
    capital && rest.len() >= 3 && rest.iter().all(|letter| letter.is_lowercase())
}

/// A word and the signs that hang on it behind: `plans,` is `plans` and `,`.
pub fn parts(word: &str) -> (&str, &str) {
    let end = word.trim_end_matches([',', '.', ';', ':', ')', '’', '”']).len();
    word.split_at(end)
}

/// Another form of a word by the regular endings of English, if it has one.
pub fn inflected(word: &str) -> Option<String> {
    if !is_plain(word) || word.len() < 6 {
        return None;
    }
    let ends = [("ments", "ment"), ("sses", "ss"), ("ings", "ing"), ("kers", "ker"), ("plans", "plan")];
    if let Some((from, to)) = ends.iter().find(|(from, _)| word.ends_with(from)) {
        return Some(format!("{}{to}", word.strip_suffix(from)?));
    }
    let stem = word.strip_suffix("ed").filter(|stem| !stem.ends_with(['e', 'i', 'r']) && stem.len() >= 4)?;
    Some(format!("{stem}ing"))
}

/// The American spelling of a word, if it has one.
pub fn american(word: &str) -> Option<String> {
    for (from, to) in
        [("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"), ("ise", "ize")]
    {
        let known =
            ["prior", "organ", "recogn", "emphas", "minim", "maxim", "final", "util", "special", "real"];
        if let Some(stem) =
            word.strip_suffix(from).filter(|stem| known.iter().any(|known| stem.starts_with(known)))
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
    fn words_are_known_by_their_letters() {
        assert!(is_plain("lantern") && !is_plain("Lantern") && !is_plain("never") && !is_plain("boat"));
        assert!(is_name("Marlowe") && !is_name("SEND") && !is_name("marlowe") && !is_name("Ada"));
        assert_eq!(parts("boats,”"), ("boats", ",”"));
        assert_eq!(inflected("assessments").as_deref(), Some("assessment"));
        assert_eq!(inflected("completed").as_deref(), Some("completing"));
        assert_eq!(inflected("lantern"), None);
        assert_eq!(american("organised").as_deref(), Some("organized"));
        assert_eq!(american("programmes").as_deref(), Some("programs"));
        assert_eq!(american("raise"), None);
    }
}
