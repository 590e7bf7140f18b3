//! Changes to a sentence, each of one kind.

use quotable::{Check, EditKind, Verdict};

use super::chance::Chance;
use super::word::{NEGATIONS, NUMBERS, VERBS, american, inflected, is_name, is_number, is_plain, parts};

/// A kind of change.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    /// Its name in tables.
    pub name: &'static str,
    /// Makes it, if the words of the sentence allow it.
    pub make: fn(&[&str], &mut Chance) -> Option<String>,
    /// What a check must say of it.
    pub wanted: Wanted,
}

/// What a check must say.
#[derive(Debug, Clone, Copy)]
pub enum Wanted {
    /// Altered, with an edit of this kind before all others.
    First(EditKind),
    /// Altered, with an edit of this kind and none that is graver.
    Gravest(EditKind),
    /// Altered, with words missing; graver if a negation, number or name was among them.
    Cut,
    /// Exact, but for what folding takes away.
    Folded,
}

impl Wanted {
    /// True if a check says so.
    pub fn is_met(self, check: &Check) -> bool {
        let kinds = || check.edits.iter().map(|edit| edit.kind);
        let changed = matches!(check.verdict, Verdict::Altered | Verdict::Spliced);
        match self {
            Self::First(kind) | Self::Gravest(kind) => changed && kinds().next() == Some(kind),
            Self::Cut => changed && kinds().any(|kind| kind.is_grave() || kind == EditKind::Missing),
            Self::Folded => check.verdict.is_exact(),
        }
    }
}

/// Every kind of change.
pub const CHANGES: [Change; 20] = [
    Change { name: "negation lost", make: negation_lost, wanted: Wanted::First(EditKind::NegationLost) },
    Change {
        name: "negation gained",
        make: negation_gained,
        wanted: Wanted::First(EditKind::NegationGained),
    },
    Change { name: "prefix lost", make: prefix_lost, wanted: Wanted::First(EditKind::NegationLost) },
    Change { name: "prefix gained", make: prefix_gained, wanted: Wanted::First(EditKind::NegationGained) },
    Change { name: "number changed", make: number, wanted: Wanted::First(EditKind::Number) },
    Change { name: "number word changed", make: number_word, wanted: Wanted::First(EditKind::Number) },
    Change { name: "name changed", make: name, wanted: Wanted::First(EditKind::Name) },
    Change { name: "word changed", make: changed, wanted: Wanted::Gravest(EditKind::Changed) },
    Change { name: "word added", make: added, wanted: Wanted::Gravest(EditKind::Added) },
    Change { name: "word missing", make: missing, wanted: Wanted::Gravest(EditKind::Missing) },
    Change { name: "inflection", make: inflection, wanted: Wanted::Gravest(EditKind::Inflection) },
    Change { name: "spelling", make: spelling, wanted: Wanted::Gravest(EditKind::Spelling) },
    Change { name: "number form", make: number_form, wanted: Wanted::Gravest(EditKind::NumberForm) },
    Change { name: "ellipsis", make: ellipsis, wanted: Wanted::Gravest(EditKind::Ellipsis) },
    Change { name: "ellipsis over a negation", make: denied, wanted: Wanted::First(EditKind::NegationLost) },
    Change { name: "bracket", make: bracket, wanted: Wanted::Gravest(EditKind::Bracket) },
    Change { name: "silent cut of 3 to 6 words", make: short_cut, wanted: Wanted::Cut },
    Change { name: "silent cut of 7 to 15 words", make: long_cut, wanted: Wanted::Cut },
    Change { name: "silent cut of 16 to 30 words", make: longest_cut, wanted: Wanted::Cut },
    Change { name: "case and marks", make: folded, wanted: Wanted::Folded },
];

/// A place among the words that the test holds for, at chance; never the first word.
fn place(words: &[&str], chance: &mut Chance, test: impl Fn(usize) -> bool) -> Option<usize> {
    let places: Vec<usize> = (1..words.len()).filter(|&at| test(at)).collect();
    chance.pick(&places).copied()
}

fn with(words: &[&str], at: std::ops::Range<usize>, put: &[&str]) -> String {
    [&words[..at.start], put, &words[at.end..]].concat().join(" ")
}

fn negation_lost(words: &[&str], chance: &mut Chance) -> Option<String> {
    let at = place(words, chance, |at| NEGATIONS.contains(&words[at]))?;
    let put: &[&str] = if words[at] == "without" { &["with"] } else { &[] };
    Some(with(words, at..at + 1, put))
}

fn negation_gained(words: &[&str], chance: &mut Chance) -> Option<String> {
    let next = |at: usize| words.get(at + 1).is_none_or(|next| !NEGATIONS.contains(next));
    let at = place(words, chance, |at| VERBS.contains(&words[at]) && next(at))?;
    Some(with(words, at + 1..at + 1, &["not"]))
}

const DENIED: [(&str, &str); 10] = [
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

fn prefix(words: &[&str], chance: &mut Chance, pairs: &[(&str, &str)]) -> Option<String> {
    let found = |word: &str| pairs.iter().find(|(from, _)| *from == parts(word).0);
    let at = place(words, chance, |at| found(words[at]).is_some())?;
    let put = format!("{}{}", found(words[at])?.1, parts(words[at]).1);
    Some(with(words, at..at + 1, &[&put]))
}

fn prefix_lost(words: &[&str], chance: &mut Chance) -> Option<String> {
    prefix(words, chance, &DENIED)
}

fn prefix_gained(words: &[&str], chance: &mut Chance) -> Option<String> {
    prefix(words, chance, &DENIED.map(|(from, to)| (to, from)))
}

fn number(words: &[&str], chance: &mut Chance) -> Option<String> {
    let at = place(words, chance, |at| is_number(parts(words[at]).0))?;
    let (digits, rest) = parts(words[at]);
    let other = digits.parse::<u64>().ok()? + 1 + chance.below(40) as u64;
    Some(with(words, at..at + 1, &[&format!("{other}{rest}")]))
}

fn number_word(words: &[&str], chance: &mut Chance) -> Option<String> {
    let at = place(words, chance, |at| NUMBERS.contains(&words[at]))?;
    let others: Vec<&str> = NUMBERS.into_iter().filter(|other| *other != words[at]).collect();
    Some(with(words, at..at + 1, &[chance.pick(&others)?]))
}

fn name(words: &[&str], chance: &mut Chance) -> Option<String> {
    let inside = |at: usize| !words[at - 1].ends_with(|last: char| !last.is_alphanumeric());
    let at = place(words, chance, |at| is_name(parts(words[at]).0) && inside(at))?;
    let others = ["Ashvale", "Wexcombe", "Harrowmere", "Tarnbeck", "Corran"];
    let put = format!("{}{}", chance.pick(&others)?, parts(words[at]).1);
    Some(with(words, at..at + 1, &[&put]))
}

fn changed(words: &[&str], chance: &mut Chance) -> Option<String> {
    let at = place(words, chance, |at| is_plain(parts(words[at]).0))?;
    let others = ["harbour", "glowing", "window", "orchard", "velvet", "quickly", "marble", "jumping"];
    let put = format!("{}{}", chance.pick(&others)?, parts(words[at]).1);
    Some(with(words, at..at + 1, &[&put]))
}

fn added(words: &[&str], chance: &mut Chance) -> Option<String> {
    let at = place(words, chance, |at| parts(words[at - 1]).1.is_empty())?;
    let put = *chance.pick(&["often", "largely", "clearly", "generally", "sometimes", "very"])?;
    let twice = words[at] == put || words[at - 1] == put;
    (!twice).then(|| with(words, at..at, &[put]))
}

fn missing(words: &[&str], chance: &mut Chance) -> Option<String> {
    let at = place(words, chance, |at| at + 1 < words.len() && is_plain(words[at]))?;
    Some(with(words, at..at + 1, &[]))
}

fn inflection(words: &[&str], chance: &mut Chance) -> Option<String> {
    let at = place(words, chance, |at| inflected(parts(words[at]).0).is_some())?;
    let (word, rest) = parts(words[at]);
    Some(with(words, at..at + 1, &[&format!("{}{rest}", inflected(word)?)]))
}

fn spelling(words: &[&str], chance: &mut Chance) -> Option<String> {
    let at = place(words, chance, |at| american(parts(words[at]).0).is_some())?;
    let (word, rest) = parts(words[at]);
    Some(with(words, at..at + 1, &[&format!("{}{rest}", american(word)?)]))
}

fn number_form(words: &[&str], chance: &mut Chance) -> Option<String> {
    let percent = |at: usize| words[at].strip_suffix('%').is_some_and(is_number);
    let at = place(words, chance, |at| percent(at) || NUMBERS.contains(&words[at]))?;
    let put = match words[at].strip_suffix('%') {
        Some(number) => format!("{number} per cent"),
        None => (NUMBERS.iter().position(|number| *number == words[at])? + 2).to_string(),
    };
    Some(with(words, at..at + 1, &[&put]))
}

/// A stretch of so many words, with at least five before and behind.
fn stretch(words: &[&str], chance: &mut Chance, least: usize, most: usize) -> Option<std::ops::Range<usize>> {
    let length = least + chance.below(most + 1 - least);
    let places = words.len().checked_sub(length + 10)?;
    let start = 5 + chance.below(places + 1);
    Some(start..start + length)
}

fn ellipsis(words: &[&str], chance: &mut Chance) -> Option<String> {
    let cut = stretch(words, chance, 3, 10)?;
    let plain = |word: &&str| {
        let (word, _) = parts(word);
        !NEGATIONS.contains(&word) && word != "cannot" && word != "nothing" && !word.ends_with("n’t")
    };
    let dots = if chance.below(2) == 0 { "…" } else { "..." };
    words[cut.clone()].iter().all(plain).then(|| with(words, cut, &[dots]))
}

fn denied(words: &[&str], chance: &mut Chance) -> Option<String> {
    let at = place(words, chance, |at| words[at] == "not" && at + 4 < words.len())?;
    let end = at + 1 + chance.below(2);
    Some(with(words, at..end, &["…"]))
}

fn bracket(words: &[&str], chance: &mut Chance) -> Option<String> {
    let at = place(words, chance, |at| at + 2 < words.len() && is_plain(words[at]))?;
    let put = *chance.pick(&["[the council]", "[they]", "[in this town]"])?;
    Some(with(words, at..at + 1, &[put]))
}

fn short_cut(words: &[&str], chance: &mut Chance) -> Option<String> {
    stretch(words, chance, 3, 6).map(|cut| with(words, cut, &[]))
}

fn long_cut(words: &[&str], chance: &mut Chance) -> Option<String> {
    stretch(words, chance, 7, 15).map(|cut| with(words, cut, &[]))
}

fn longest_cut(words: &[&str], chance: &mut Chance) -> Option<String> {
    stretch(words, chance, 16, 30).map(|cut| with(words, cut, &[]))
}

fn folded(words: &[&str], chance: &mut Chance) -> Option<String> {
    let text = words.join(" ");
    match chance.below(3) {
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
    fn every_kind_changes_a_sentence_that_allows_it() {
        let text = "Leaders in Marlowe do not know which of three ineffective, completed plans are organised for the \
                    14 children, though 57% of audits are effective and managers’ assessments of the lanterns on the \
                    quays were read by every worker last week.";
        let words: Vec<&str> = text.split(' ').collect();
        let mut chance = Chance::new(3);
        for change in CHANGES {
            let made = (0..50).find_map(|_| (change.make)(&words, &mut chance));
            assert!(made.is_some_and(|made| made != text), "{}", change.name);
        }
    }
}
