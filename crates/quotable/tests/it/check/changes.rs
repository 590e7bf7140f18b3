//! Random changes to sentences of the sample corpus: each must be reported with its kind.

use quotable::{EditKind, Verdict};

use super::{check, sample};

/// The most changes of each kind.
const TRIES: usize = 200;

/// A deterministic random generator: Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap()
    }
}

/// The sentences of 8 to 45 words, each with a number that differs between paragraphs, in random order.
fn sentences(random: &mut Random) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    for source in sample().reports().unwrap() {
        let Some(report) = sample().report(&source.path).unwrap() else { continue };
        for (number, paragraph) in report
            .paragraphs
            .iter()
            .enumerate()
            .filter(|(_, found)| found.role == quotable::report::Role::Body)
        {
            for sentence in &paragraph.sentences {
                let text = paragraph.text[sentence.clone()].trim();
                if (8..=45).contains(&text.split_whitespace().count()) {
                    all.push((all.len() - all.len() % 1_000 + number, text.to_owned()));
                }
            }
        }
    }
    for last in (1..all.len()).rev() {
        all.swap(last, random.below(last + 1));
    }
    all
}

/// A change to the words of a sentence; `None` if it does not apply.
type Change = fn(&[&str], &mut Random) -> Option<String>;

/// Applies a change to up to [`TRIES`] sentences; each must be found not exact and pass `right`.
fn try_all(change: Change, right: impl Fn(&quotable::Check) -> bool) {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut tried = 0;
    let mut wrong = Vec::new();
    for (_, sentence) in sentences(&mut random) {
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let Some(text) = change(&words, &mut random) else { continue };
        let found = check(sample(), &text);
        if found.verdict.is_exact() || !right(&found) {
            wrong.push(format!("{text}\n  => {found}"));
        }
        tried += 1;
        if tried == TRIES {
            break;
        }
    }
    assert!(tried >= 30, "{tried}");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}

fn first_is(kind: EditKind) -> impl Fn(&quotable::Check) -> bool {
    move |found| found.edits.first().is_some_and(|edit| edit.kind == kind)
}

/// The index of a random word that passes `test`, never the first.
fn pick(words: &[&str], random: &mut Random, test: impl Fn(usize) -> bool) -> Option<usize> {
    let places: Vec<usize> = (1..words.len()).filter(|&at| test(at)).collect();
    places.get(random.below(places.len())).copied()
}

fn replaced(words: &[&str], at: usize, with: &[&str]) -> String {
    [&words[..at], with, &words[at + 1..]].concat().join(" ")
}

#[test]
fn a_lost_negation_is_flagged() {
    let change: Change = |words, random| {
        let at = pick(words, random, |at| matches!(words[at], "not" | "no" | "never" | "without"))?;
        Some(replaced(words, at, &[]))
    };
    try_all(change, first_is(EditKind::NegationLost));
}

#[test]
fn a_gained_negation_is_flagged() {
    let change: Change = |words, random| {
        let verbs = ["is", "are", "was", "were", "has", "have", "do", "can"];
        let at = pick(words, random, |at| verbs.contains(&words[at]) && words.get(at + 1) != Some(&"not"))?;
        Some(replaced(words, at, &[words[at], "not"]))
    };
    try_all(change, first_is(EditKind::NegationGained));
}

#[test]
fn a_changed_number_is_flagged() {
    let change: Change = |words, random| {
        let at = pick(words, random, |at| words[at].bytes().all(|byte| byte.is_ascii_digit()))?;
        let number: u64 = words[at].parse().ok()?;
        Some(replaced(words, at, &[&(number + 3).to_string()]))
    };
    try_all(change, first_is(EditKind::Number));
}

#[test]
fn a_changed_name_is_flagged() {
    let change: Change = |words, random| {
        let name = |word: &str| word.len() > 3 && word.chars().all(char::is_alphabetic);
        let at = pick(words, random, |at| {
            name(words[at])
                && words[at].starts_with(char::is_uppercase)
                && !words[at - 1].ends_with(|last: char| !last.is_alphanumeric())
        })?;
        Some(replaced(words, at, &["Ashvale"]))
    };
    try_all(change, first_is(EditKind::Name));
}

#[test]
fn a_negation_under_an_ellipsis_is_flagged() {
    let change: Change = |words, random| {
        let at = pick(words, random, |at| matches!(words[at], "not" | "no") && at + 3 < words.len())?;
        Some(replaced(words, at, &["…"]))
    };
    try_all(change, first_is(EditKind::NegationLost));
}

#[test]
fn a_replaced_last_word_is_a_change() {
    let change: Change = |words, _| Some(replaced(words, words.len() - 1, &["harbour."]));
    // The replaced word may be a negation.
    try_all(change, |found| found.edits[0].kind <= EditKind::Changed);
}

#[test]
fn a_long_cut_without_an_ellipsis_is_reported() {
    let change: Change = |words, _| {
        let kept = words.len() / 5 + 1;
        let (before, after) = (&words[..kept.max(5)], &words[words.len() - kept.max(5)..]);
        (words.len() >= 20).then(|| [before, after].concat().join(" "))
    };
    try_all(change, |found| {
        let cut = |edit: &quotable::Edit| edit.kind == EditKind::Missing || edit.kind.is_grave();
        found.verdict == Verdict::Altered && found.edits.iter().any(cut)
    });
}

#[test]
fn sentences_of_two_paragraphs_are_spliced() {
    let mut random = Random(77);
    let all = sentences(&mut random);
    let mut wrong = Vec::new();
    let pairs: Vec<_> =
        all.chunks(2).filter(|pair| pair.len() == 2 && pair[0].0 != pair[1].0).take(TRIES).collect();
    for pair in &pairs {
        let text = format!("{} {}", pair[0].1, pair[1].1);
        let found = check(sample(), &text);
        if found.verdict != Verdict::Spliced || found.places.len() != 2 {
            wrong.push(format!("{text}\n  => {found}"));
        }
    }
    assert!(pairs.len() > 100);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), pairs.len(), wrong.join("\n"));
}

#[test]
fn an_unchanged_sentence_is_exact() {
    let mut random = Random(5);
    for (_, sentence) in sentences(&mut random).into_iter().take(TRIES) {
        assert_eq!(check(sample(), &sentence).verdict, Verdict::Exact, "{sentence}");
        let folded = sentence.to_uppercase().replace('’', "'");
        assert_eq!(check(sample(), &folded).verdict, Verdict::ExactAfterFolding, "{folded}");
    }
}

#[test]
fn a_similar_sentence_is_never_exact() {
    let mut random = Random(11);
    let mut seen = 0;
    for (_, sentence) in sentences(&mut random).into_iter().take(TRIES) {
        // Every fifth word replaced: similar to a sentence of the corpus, but not in it.
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let like: Vec<&str> =
            words.iter().enumerate().map(|(at, word)| if at % 5 == 3 { "harbour" } else { word }).collect();
        let found = check(sample(), &like.join(" "));
        assert!(!found.verdict.is_exact(), "{found}");
        assert!(found.nearest.is_some() || !found.places.is_empty());
        seen += 1;
    }
    assert!(seen > 100);
}
