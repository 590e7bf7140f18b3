//! The meaning of queries, implemented as simply as possible: every run of words is tried.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use quotable_query::{Leaf, Query, Scope, Side};

type Runs = BTreeSet<(u32, u32)>;
/// Runs, each with the positions of the words that are its own.
type OwnWords = BTreeMap<(u32, u32), Vec<u32>>;

pub(crate) struct Words {
    pub(crate) words: Vec<String>,
    pub(crate) sentences: Vec<Range<u32>>,
}

/// The occurrences of the query in the words `within`, if it holds there. The query must have no filters and no scopes
/// wider than the paragraph, which words cannot decide.
pub(crate) fn holds(query: &Query, text: &Words, within: Range<u32>) -> Option<Runs> {
    match query {
        Query::And(parts) => {
            let parts: Option<Vec<Runs>> =
                parts.iter().map(|part| holds(part, text, within.clone())).collect();
            Some(parts?.into_iter().flatten().collect())
        }
        Query::Or(parts) => {
            let parts: Vec<Runs> =
                parts.iter().filter_map(|part| holds(part, text, within.clone())).collect();
            (!parts.is_empty()).then(|| parts.into_iter().flatten().collect())
        }
        Query::Not(part) => holds(part, text, within).is_none().then(Runs::new),
        Query::Within { scope: Scope::Sentence, query } => {
            let each: Vec<Runs> =
                text.sentences.iter().filter_map(|sentence| holds(query, text, sentence.clone())).collect();
            (!each.is_empty()).then(|| each.into_iter().flatten().collect())
        }
        Query::Within { query, .. } => holds(query, text, 0..u32::try_from(text.words.len()).unwrap()),
        spans => {
            let runs: Runs = own_words(spans, text, within).into_keys().collect();
            (!runs.is_empty()).then_some(runs)
        }
    }
}

/// Of two choices of words for one run, the one that counts: with the fewest words, or the first of as many.
fn choose(all: &mut OwnWords, run: (u32, u32), words: Vec<u32>) {
    let rank = |words: &Vec<u32>| (words.len(), words.clone());
    match all.get_mut(&run) {
        Some(known) if rank(known) <= rank(&words) => {}
        Some(known) => *known = words,
        None => drop(all.insert(run, words)),
    }
}

/// The runs of a part of a window, with the words that are their own.
fn own_words(query: &Query, text: &Words, within: Range<u32>) -> OwnWords {
    let mut all = OwnWords::new();
    match query {
        Query::Or(parts) => {
            for (run, words) in parts.iter().flat_map(|part| own_words(part, text, within.clone())) {
                choose(&mut all, run, words);
            }
        }
        Query::Near { left, right, distance, ordered } => {
            let rights = own_words(right, text, within.clone());
            for (a, of_a) in own_words(left, text, within) {
                for (b, of_b) in &rights {
                    let follows = |a: (u32, u32), b: (u32, u32)| a.1 <= b.0 && b.0 - a.1 < *distance;
                    let overlap = a.0 < b.1 && b.0 < a.1;
                    let interlock = overlap && !of_a.iter().any(|word| of_b.contains(word));
                    if follows(a, *b) || !ordered && (follows(*b, a) || interlock) {
                        let mut words = [of_a.as_slice(), of_b].concat();
                        words.sort_unstable();
                        choose(&mut all, (a.0.min(b.0), a.1.max(b.1)), words);
                    }
                }
            }
            let hulls: Vec<_> = all.keys().copied().collect();
            let holds =
                |run: &(u32, u32), other: &(u32, u32)| other != run && run.0 <= other.0 && other.1 <= run.1;
            all.retain(|run, _| !hulls.iter().any(|other| holds(run, other)));
        }
        Query::NotNear { left, .. } | Query::NotBeside { left, .. } => {
            let far = runs(query, text, within.clone());
            all = own_words(left, text, within);
            all.retain(|run, _| far.contains(run));
        }
        solid => {
            for run in runs(solid, text, within) {
                all.insert(run, (run.0..run.1).collect());
            }
        }
    }
    all
}

fn runs(query: &Query, text: &Words, within: Range<u32>) -> Runs {
    let all = within.clone().flat_map(|start| (start + 1..=within.end).map(move |end| (start, end)));
    match query {
        Query::NotNear { left, right, distance } => {
            let rights = own_words(right, text, within.clone());
            let alone = |a: &(u32, u32)| {
                rights.keys().all(|b| a == b || a.1 + distance <= b.0 || b.1 + distance <= a.0)
            };
            own_words(left, text, within).into_keys().filter(alone).collect()
        }
        Query::NotBeside { left, right, distance, side } => {
            let rights = own_words(right, text, within.clone());
            let (before, after) = if *side == Side::Before { (*distance, 0) } else { (0, *distance) };
            let alone =
                |a: &(u32, u32)| rights.keys().all(|b| a == b || a.1 + after <= b.0 || b.1 + before <= a.0);
            own_words(left, text, within).into_keys().filter(alone).collect()
        }
        Query::Phrase(parts) => all
            .filter(|run| (run.1 - run.0) as usize == parts.len())
            .filter(|run| (run.0..).zip(parts).all(|(at, part)| fits(part, &text.words[at as usize])))
            .collect(),
        leaf => all.filter(|run| run.1 - run.0 == 1 && fits(leaf, &text.words[run.0 as usize])).collect(),
    }
}

fn fits(part: &Query, word: &str) -> bool {
    match part {
        Query::Gap => true,
        Query::Or(words) => words.iter().any(|part| fits(part, word)),
        Query::Word(wanted) => wanted == word,
        pattern => Leaf::new(pattern).unwrap().matches(word),
    }
}
