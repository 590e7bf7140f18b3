//! Finds the words of the corpus that each leaf matches, and similar words for leaves without any.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use quotable_query::{Leaf, Query};

use super::{LeafWords, WordCount};
use crate::error::Result;
use crate::interrupt::Interrupt;
use crate::search::compiled::CompiledQuery;
use crate::search::expansion::{live_frequency, vocabulary};
use crate::search::words;

/// The most similar words suggested for a leaf.
const MAX_SUGGESTIONS: usize = 10;
/// The most leaves with suggestions. Each scans the whole vocabulary.
const MAX_SUGGESTED_LEAVES: usize = 20;

/// The words of each distinct leaf of the query.
pub(super) fn of_leaves(compiled: &CompiledQuery, interrupt: &mut Interrupt) -> Result<Vec<LeafWords>> {
    let (state, plan) = (&*compiled.state, &compiled.plan);
    // The plan has no leaves for parts in the scope of theme chunks or reports, which are planned separately: take the leaves
    // of the matcher, which has all, and expand those that the plan lacks.
    let mut all: Vec<LeafWords> = Vec::new();
    let mut suggested = 0;
    for leaf in plan.matcher.leaves() {
        // A number with a wildcard has a leaf for each way in which it may stand.
        let query = leaf.query().to_string();
        if all.iter().any(|known| known.query == query) {
            continue;
        }
        let known: Vec<_> = plan.leaves.iter().filter(|known| known.leaf.query() == leaf.query()).collect();
        let terms = match (known.as_slice(), leaf.exact()) {
            ([], Some(word)) => vec![word.to_owned()],
            ([], None) => vocabulary(state, &plan.fields, leaf, interrupt)?,
            (known, _) => {
                let terms: BTreeSet<&String> = known.iter().flat_map(|known| &known.terms).collect();
                terms.into_iter().cloned().collect()
            }
        };
        let words = counted(compiled, terms, interrupt)?;
        let wanted = words.is_empty() && suggested < MAX_SUGGESTED_LEAVES;
        suggested += usize::from(wanted);
        let nearest = if wanted { nearest(compiled, leaf, interrupt)? } else { Vec::new() };
        all.push(LeafWords { query, words, nearest });
    }
    Ok(all)
}

/// The words of the corpus within one or two edits of a leaf's word, nearest first.
fn nearest(compiled: &CompiledQuery, leaf: &Leaf, interrupt: &mut Interrupt) -> Result<Vec<WordCount>> {
    let word = match leaf.query() {
        Query::Word(word) | Query::Inflected(word) | Query::Fuzzy { word, .. } => word,
        Query::Regex(pattern) => return containing(compiled, pattern, interrupt),
        _ => return Ok(Vec::new()),
    };
    let (state, plan) = (&*compiled.state, &compiled.plan);
    // Two edits of a short word reach unrelated words.
    let most = if word.chars().count() < 5 { 1 } else { 2 };
    let mut near: Vec<WordCount> = Vec::new();
    for distance in 1..=most {
        let Ok(fuzzy) = Leaf::new(&Query::fuzzy(word, distance)) else {
            // Too long for a fuzzy query.
            break;
        };
        let mut terms = vocabulary(state, &plan.fields, &fuzzy, interrupt)?;
        terms.retain(|term| near.iter().all(|known| known.word != *term));
        // Document frequencies are cheap: choose by them, then count the occurrences of the chosen words only.
        let mut frequent = Vec::with_capacity(terms.len());
        for term in terms {
            frequent.push((Reverse(live_frequency(state, &plan.fields, &term)?), term));
        }
        frequent.sort_unstable();
        let best = frequent.into_iter().map(|(_, term)| term).take(MAX_SUGGESTIONS - near.len()).collect();
        near.extend(counted(compiled, best, interrupt)?);
    }
    Ok(near)
}

/// The most frequent words with a part that a regular expression matches: it was asked for whole words.
fn containing(compiled: &CompiledQuery, pattern: &str, interrupt: &mut Interrupt) -> Result<Vec<WordCount>> {
    let (state, plan) = (&*compiled.state, &compiled.plan);
    let Ok(leaf) = Leaf::new(&Query::regex(format!(".*({pattern}).*"))) else { return Ok(Vec::new()) };
    let mut frequent = Vec::new();
    for term in vocabulary(state, &plan.fields, &leaf, interrupt)? {
        frequent.push((Reverse(live_frequency(state, &plan.fields, &term)?), term));
    }
    frequent.sort_unstable();
    counted(compiled, frequent.into_iter().map(|(_, term)| term).take(MAX_SUGGESTIONS).collect(), interrupt)
}

/// Counts words, most frequent first; words that occur in no live paragraph are left out.
fn counted(
    compiled: &CompiledQuery,
    terms: Vec<String>,
    interrupt: &mut Interrupt,
) -> Result<Vec<WordCount>> {
    let mut counts = Vec::with_capacity(terms.len());
    for word in terms {
        let words::Frequency { occurrences, paragraphs } =
            words::count(&compiled.state, &compiled.plan.fields, &word, interrupt)?;
        if paragraphs > 0 {
            counts.push(WordCount { word, occurrences, paragraphs });
        }
    }
    counts.sort_by(|one, other| {
        (Reverse(one.occurrences), &one.word).cmp(&(Reverse(other.occurrences), &other.word))
    });
    Ok(counts)
}
