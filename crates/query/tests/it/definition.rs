//! The meaning of queries, implemented as simply as possible: every run of words is tried.

use std::collections::BTreeSet;
use std::ops::Range;

use quotable_query::{Leaf, Query, Scope};

type Runs = BTreeSet<(u32, u32)>;

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
            let runs = runs(spans, text, within);
            (!runs.is_empty()).then_some(runs)
        }
    }
}

fn runs(query: &Query, text: &Words, within: Range<u32>) -> Runs {
    let all = within.clone().flat_map(|start| (start + 1..=within.end).map(move |end| (start, end)));
    match query {
        Query::Or(parts) => parts.iter().flat_map(|part| runs(part, text, within.clone())).collect(),
        Query::Near { left, right, distance, ordered } => {
            let (lefts, rights) = (runs(left, text, within.clone()), runs(right, text, within.clone()));
            let joins = |run: &(u32, u32)| {
                lefts.iter().any(|&a| {
                    rights.iter().any(|&b| {
                        let follows = |a: (u32, u32), b: (u32, u32)| a.1 <= b.0 && b.0 - a.1 < *distance;
                        (follows(a, b) && *run == (a.0, b.1))
                            || (!ordered && follows(b, a) && *run == (b.0, a.1))
                    })
                })
            };
            let joined: Runs = all.filter(joins).collect();
            let holds_other = |run: &(u32, u32)| {
                joined.iter().any(|other| other != run && run.0 <= other.0 && other.1 <= run.1)
            };
            joined.iter().copied().filter(|run| !holds_other(run)).collect()
        }
        Query::NotNear { left, right, distance } => {
            let rights = runs(right, text, within.clone());
            let alone = |a: &(u32, u32)| {
                rights.iter().all(|b| a == b || a.1 + distance <= b.0 || b.1 + distance <= a.0)
            };
            runs(left, text, within).into_iter().filter(alone).collect()
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
