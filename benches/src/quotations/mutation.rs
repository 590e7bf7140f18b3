//! Alterations of a sentence, each of one kind, and the verdict that a check must give.

use std::ops::Range;

use quotable::{Check, EditKind, Verdict};
use quotable_testkit::Random;

use super::word_class::{
    NEGATIONS, NUMBERS, VERBS, american, inflected, is_name, is_number, is_plain, split_punctuation,
};

/// A kind of alteration.
#[derive(Debug, Clone, Copy)]
pub struct Mutation {
    /// Its name in tables.
    pub name: &'static str,
    /// Alters the words of a sentence; `None` if they do not allow it.
    pub apply: fn(&[&str], &mut Random) -> Option<String>,
    /// What a check must report.
    pub expected: Expected,
}

/// What a check must report.
#[derive(Debug, Clone, Copy)]
pub enum Expected {
    /// The verdict altered, with an edit of this kind first: a check lists the gravest edit first.
    Gravest(EditKind),
    /// The verdict altered, with missing words; or with a graver edit, if a negation, number or name is among them.
    Cut,
    /// The verdict exact, since folding ignores the alteration.
    Folded,
}

impl Expected {
    /// True if `check` reports it.
    pub fn is_met(self, check: &Check) -> bool {
        let kinds = || check.edits.iter().map(|edit| edit.kind);
        let changed = matches!(check.verdict, Verdict::Altered | Verdict::Spliced);
        match self {
            Self::Gravest(kind) => changed && kinds().next() == Some(kind),
            Self::Cut => changed && kinds().any(|kind| kind.is_grave() || kind == EditKind::Missing),
            Self::Folded => check.verdict.is_exact(),
        }
    }
}

/// Every kind of alteration.
pub const MUTATIONS: [Mutation; 20] = [
    Mutation {
        name: "negation lost",
        apply: negation_lost,
        expected: Expected::Gravest(EditKind::NegationLost),
    },
    Mutation {
        name: "negation gained",
        apply: negation_gained,
        expected: Expected::Gravest(EditKind::NegationGained),
    },
    Mutation { name: "prefix lost", apply: prefix_lost, expected: Expected::Gravest(EditKind::NegationLost) },
    Mutation {
        name: "prefix gained",
        apply: prefix_gained,
        expected: Expected::Gravest(EditKind::NegationGained),
    },
    Mutation { name: "number changed", apply: number, expected: Expected::Gravest(EditKind::Number) },
    Mutation {
        name: "number word changed",
        apply: number_word,
        expected: Expected::Gravest(EditKind::Number),
    },
    Mutation { name: "name changed", apply: name, expected: Expected::Gravest(EditKind::Name) },
    Mutation { name: "word changed", apply: changed, expected: Expected::Gravest(EditKind::Changed) },
    Mutation { name: "word added", apply: added, expected: Expected::Gravest(EditKind::Added) },
    Mutation { name: "word missing", apply: missing, expected: Expected::Gravest(EditKind::Missing) },
    Mutation { name: "inflection", apply: inflection, expected: Expected::Gravest(EditKind::Inflection) },
    Mutation { name: "spelling", apply: spelling, expected: Expected::Gravest(EditKind::Spelling) },
    Mutation { name: "number form", apply: number_form, expected: Expected::Gravest(EditKind::NumberForm) },
    Mutation { name: "ellipsis", apply: ellipsis, expected: Expected::Gravest(EditKind::Ellipsis) },
    Mutation {
        name: "ellipsis over a negation",
        apply: ellipsis_over_negation,
        expected: Expected::Gravest(EditKind::NegationLost),
    },
    Mutation { name: "bracket", apply: bracket, expected: Expected::Gravest(EditKind::Bracket) },
    Mutation { name: "silent cut of 3 to 6 words", apply: short_cut, expected: Expected::Cut },
    Mutation { name: "silent cut of 7 to 15 words", apply: long_cut, expected: Expected::Cut },
    Mutation { name: "silent cut of 16 to 30 words", apply: longest_cut, expected: Expected::Cut },
    Mutation { name: "case and marks", apply: fold_marks, expected: Expected::Folded },
];

/// A random word that passes the test, by its position. Never the first word.
fn pick_word(words: &[&str], random: &mut Random, test: impl Fn(usize) -> bool) -> Option<usize> {
    let places: Vec<usize> = (1..words.len()).filter(|&at| test(at)).collect();
    random.pick(&places).copied()
}

/// Replaces a range of words and joins the sentence.
fn replace_range(words: &[&str], range: Range<usize>, replacement: &[&str]) -> String {
    [&words[..range.start], replacement, &words[range.end..]].concat().join(" ")
}

fn negation_lost(words: &[&str], random: &mut Random) -> Option<String> {
    let at = pick_word(words, random, |at| NEGATIONS.contains(&words[at]))?;
    let replacement: &[&str] = if words[at] == "without" { &["with"] } else { &[] };
    Some(replace_range(words, at..at + 1, replacement))
}

fn negation_gained(words: &[&str], random: &mut Random) -> Option<String> {
    let next = |at: usize| words.get(at + 1).is_none_or(|next| !NEGATIONS.contains(next));
    let at = pick_word(words, random, |at| VERBS.contains(&words[at]) && next(at))?;
    Some(replace_range(words, at + 1..at + 1, &["not"]))
}

/// Words with a negative prefix, and the same words without it.
const NEGATED: [(&str, &str); 10] = [
    ("unallocated", "allocated"),
    ("ineffective", "effective"),
    ("inconsistent", "consistent"),
    ("inappropriate", "appropriate"),
    ("unsuitable", "suitable"),
    ("insufficient", "sufficient"),
    ("unclear", "clear"),
    ("inadequate", "adequate"),
    ("unable", "able"),
    ("unnecessary", "necessary"),
];

fn swap_prefix(words: &[&str], random: &mut Random, pairs: &[(&str, &str)]) -> Option<String> {
    let found = |word: &str| pairs.iter().find(|(from, _)| *from == split_punctuation(word).0);
    let at = pick_word(words, random, |at| found(words[at]).is_some())?;
    let replacement = format!("{}{}", found(words[at])?.1, split_punctuation(words[at]).1);
    Some(replace_range(words, at..at + 1, &[&replacement]))
}

fn prefix_lost(words: &[&str], random: &mut Random) -> Option<String> {
    swap_prefix(words, random, &NEGATED)
}

fn prefix_gained(words: &[&str], random: &mut Random) -> Option<String> {
    swap_prefix(words, random, &NEGATED.map(|(from, to)| (to, from)))
}

fn number(words: &[&str], random: &mut Random) -> Option<String> {
    let at = pick_word(words, random, |at| is_number(split_punctuation(words[at]).0))?;
    let (digits, rest) = split_punctuation(words[at]);
    let other = digits.parse::<u64>().ok()? + 1 + random.below(40);
    Some(replace_range(words, at..at + 1, &[&format!("{other}{rest}")]))
}

fn number_word(words: &[&str], random: &mut Random) -> Option<String> {
    let at = pick_word(words, random, |at| NUMBERS.contains(&words[at]))?;
    let others: Vec<&str> = NUMBERS.into_iter().filter(|other| *other != words[at]).collect();
    Some(replace_range(words, at..at + 1, &[random.pick(&others)?]))
}

fn name(words: &[&str], random: &mut Random) -> Option<String> {
    let inside = |at: usize| !words[at - 1].ends_with(|last: char| !last.is_alphanumeric());
    let at = pick_word(words, random, |at| is_name(split_punctuation(words[at]).0) && inside(at))?;
    let others = ["Ashvale", "Wexcombe", "Harrowmere", "Tarnbeck", "Corran"];
    let replacement = format!("{}{}", random.pick(&others)?, split_punctuation(words[at]).1);
    Some(replace_range(words, at..at + 1, &[&replacement]))
}

fn changed(words: &[&str], random: &mut Random) -> Option<String> {
    let at = pick_word(words, random, |at| is_plain(split_punctuation(words[at]).0))?;
    let others = ["harbour", "glowing", "window", "orchard", "velvet", "quickly", "marble", "jumping"];
    let replacement = format!("{}{}", random.pick(&others)?, split_punctuation(words[at]).1);
    Some(replace_range(words, at..at + 1, &[&replacement]))
}

fn added(words: &[&str], random: &mut Random) -> Option<String> {
    let at = pick_word(words, random, |at| split_punctuation(words[at - 1]).1.is_empty())?;
    let replacement = *random.pick(&["often", "largely", "clearly", "generally", "sometimes", "very"])?;
    let repeats = words[at] == replacement || words[at - 1] == replacement;
    (!repeats).then(|| replace_range(words, at..at, &[replacement]))
}

fn missing(words: &[&str], random: &mut Random) -> Option<String> {
    let at = pick_word(words, random, |at| at + 1 < words.len() && is_plain(words[at]))?;
    Some(replace_range(words, at..at + 1, &[]))
}

fn inflection(words: &[&str], random: &mut Random) -> Option<String> {
    let at = pick_word(words, random, |at| inflected(split_punctuation(words[at]).0).is_some())?;
    let (word, rest) = split_punctuation(words[at]);
    Some(replace_range(words, at..at + 1, &[&format!("{}{rest}", inflected(word)?)]))
}

fn spelling(words: &[&str], random: &mut Random) -> Option<String> {
    let at = pick_word(words, random, |at| american(split_punctuation(words[at]).0).is_some())?;
    let (word, rest) = split_punctuation(words[at]);
    Some(replace_range(words, at..at + 1, &[&format!("{}{rest}", american(word)?)]))
}

fn number_form(words: &[&str], random: &mut Random) -> Option<String> {
    let percent = |at: usize| words[at].strip_suffix('%').is_some_and(is_number);
    let at = pick_word(words, random, |at| percent(at) || NUMBERS.contains(&words[at]))?;
    let replacement = match words[at].strip_suffix('%') {
        Some(number) => format!("{number} per cent"),
        None => (NUMBERS.iter().position(|number| *number == words[at])? + 2).to_string(),
    };
    Some(replace_range(words, at..at + 1, &[&replacement]))
}

/// A random range of `min` to `max` words, with at least five words before and after it.
fn pick_range(words: &[&str], random: &mut Random, min: usize, max: usize) -> Option<Range<usize>> {
    let length = min + random.index(max + 1 - min);
    let places = words.len().checked_sub(length + 10)?;
    let start = 5 + random.index(places + 1);
    Some(start..start + length)
}

fn ellipsis(words: &[&str], random: &mut Random) -> Option<String> {
    let cut = pick_range(words, random, 3, 10)?;
    let plain = |word: &&str| {
        let (word, _) = split_punctuation(word);
        !NEGATIONS.contains(&word) && word != "cannot" && word != "nothing" && !word.ends_with("n’t")
    };
    let dots = if random.below(2) == 0 { "…" } else { "..." };
    words[cut.clone()].iter().all(plain).then(|| replace_range(words, cut, &[dots]))
}

fn ellipsis_over_negation(words: &[&str], random: &mut Random) -> Option<String> {
    let at = pick_word(words, random, |at| words[at] == "not" && at + 4 < words.len())?;
    let end = at + 1 + random.index(2);
    Some(replace_range(words, at..end, &["…"]))
}

fn bracket(words: &[&str], random: &mut Random) -> Option<String> {
    let at = pick_word(words, random, |at| at + 2 < words.len() && is_plain(words[at]))?;
    let replacement = *random.pick(&["[the council]", "[they]", "[in this town]"])?;
    Some(replace_range(words, at..at + 1, &[replacement]))
}

fn short_cut(words: &[&str], random: &mut Random) -> Option<String> {
    pick_range(words, random, 3, 6).map(|cut| replace_range(words, cut, &[]))
}

fn long_cut(words: &[&str], random: &mut Random) -> Option<String> {
    pick_range(words, random, 7, 15).map(|cut| replace_range(words, cut, &[]))
}

fn longest_cut(words: &[&str], random: &mut Random) -> Option<String> {
    pick_range(words, random, 16, 30).map(|cut| replace_range(words, cut, &[]))
}

fn fold_marks(words: &[&str], random: &mut Random) -> Option<String> {
    let text = words.join(" ");
    match random.below(3) {
        0 => Some(text.to_uppercase()),
        1 => {
            let first = text.chars().next()?;
            Some(format!("{}{}", first.to_lowercase(), &text[first.len_utf8()..]))
        }
        _ => text.contains(['’', '‘']).then(|| text.replace(['’', '‘'], "'")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_alters_a_sentence_that_allows_it() {
        let text = "Leaders in Marlowe do not know which of three ineffective, completed plans are organised for the \
                    14 children, though 57% of audits are effective and managers’ assessments of the lanterns on the \
                    quays were read by every worker last week.";
        let words: Vec<&str> = text.split(' ').collect();
        let mut random = Random::new(3);
        for mutation in MUTATIONS {
            let mutated = (0..50).find_map(|_| (mutation.apply)(&words, &mut random));
            assert!(mutated.is_some_and(|mutated| mutated != text), "{}", mutation.name);
        }
    }
}
